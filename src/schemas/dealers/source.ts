import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { SOURCE_KINDS } from '../../domain/dealers/source.ts'
import type { Source } from '../../domain/dealers/source.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf } from '../shared.ts'
import { uniqueName } from '../unique-name.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

/** The switch of a source or a key for leads with members that the contract does not have. */
export function Lenient(noun: 'source' | 'key') {
  return Type.Boolean({
    description:
      `Unknown fields of JSON leads of this ${noun} are kept in \`unmapped\`, with a warning ` +
      '`unknown_member`. Otherwise they are refused with 422. Default: false.'
  })
}

const QuietAfterHours = () =>
  nullable(
    Type.Integer({
      minimum: 1,
      maximum: 8760,
      description:
        'The hours without a lead after which owners and admins are told that the source is quiet. ' +
        'Null, the default: twice the longest pause of the last 28 days, and at least 24 hours; a ' +
        'source with fewer than 10 leads in these days is not reported.'
    })
  )

export const SourceSchema = Type.Object(
  {
    id: Id(),
    key: Type.String({ description: 'The name of the source in requests. It can’t change.' }),
    name: Type.String({ description: 'Unique among the sources of a dealer, in any case.' }),
    kind: oneOf(SOURCE_KINDS),
    active: Type.Boolean({ description: 'Leads of inactive sources are refused.' }),
    lenient: Lenient('source'),
    quietAfterHours: QuietAfterHours(),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Source',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.portal,
        key: 'autotrader',
        name: 'AutoTrader',
        kind: 'portal',
        active: true,
        lenient: false,
        quietAfterHours: null,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateSourceSchema = Type.Object(
  {
    key: Type.String({
      pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/u.source,
      maxLength: 60,
      description: 'Lower-case letters, digits and hyphens.'
    }),
    name: uniqueName(),
    kind: oneOf(SOURCE_KINDS),
    active: Type.Optional(Type.Boolean({ description: 'Default: true.' })),
    lenient: Type.Optional(Lenient('source')),
    quietAfterHours: Type.Optional(QuietAfterHours())
  },
  {
    $id: 'CreateSource',
    ...closed,
    examples: [{ key: 'autotrader', name: 'AutoTrader', kind: 'portal' }]
  }
)

export const PatchSourceSchema = Type.Object(
  {
    name: Type.Optional(uniqueName()),
    kind: Type.Optional(oneOf(SOURCE_KINDS)),
    active: Type.Optional(Type.Boolean()),
    lenient: Type.Optional(Lenient('source')),
    quietAfterHours: Type.Optional(QuietAfterHours())
  },
  { $id: 'PatchSource', ...closed, examples: [{ active: false }] }
)

export const SourcePageSchema = pageOf(SourceSchema)

export const sourceSchemas = [SourceSchema, CreateSourceSchema, PatchSourceSchema, SourcePageSchema]

export function presentSource(source: Source): Static<typeof SourceSchema> {
  return {
    ...source,
    createdAt: source.createdAt.toISOString(),
    updatedAt: source.updatedAt.toISOString()
  }
}
