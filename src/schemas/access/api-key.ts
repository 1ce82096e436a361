import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { ApiKey } from '../../domain/access/api-key.ts'
import { SCOPES } from '../../domain/access/permissions.ts'
import { Lenient } from '../dealers/source.ts'
import { Named } from '../named.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const members = {
  id: Id(),
  name: Type.String(),
  prefix: Type.String({
    description: 'A visible part of the key, by which users can recognise it.'
  }),
  scopes: Type.Array(oneOf(SCOPES)),
  sourceId: nullable(
    Named('source', 'The only source of leads that the key creates. Null: any source.')
  ),
  lenient: Lenient('key'),
  expiresAt: nullable(Instant()),
  revokedAt: nullable(Instant()),
  lastUsedAt: nullable(Instant('The time of the last use, exact to the minute.')),
  createdBy: nullable(Id('The user or key that created the key.')),
  version: Type.Integer(),
  createdAt: Instant(),
  updatedAt: Instant()
}

const API_KEY_EXAMPLE = {
  id: EXAMPLE_IDS.apiKey,
  name: 'Website form',
  prefix: 'lk_live_h4Kd',
  scopes: ['leads:capture'],
  sourceId: EXAMPLE_IDS.website,
  lenient: false,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  createdBy: EXAMPLE_IDS.user,
  version: 1,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const

export const ApiKeySchema = Type.Object(members, {
  $id: 'ApiKey',
  ...closed,
  examples: [API_KEY_EXAMPLE]
})

export const IssuedApiKeySchema = Type.Object(
  {
    ...members,
    key: nullable(Type.String({ description: 'The API key. Null in the response to a repeat.' }))
  },
  {
    $id: 'IssuedApiKey',
    ...closed,
    examples: [{ ...API_KEY_EXAMPLE, key: 'lk_live_<60 letters and digits>' }]
  }
)

export const CreateApiKeySchema = Type.Object(
  {
    name: wordsText(),
    scopes: Type.Array(oneOf(SCOPES), {
      minItems: 1,
      uniqueItems: true,
      description:
        '`leads:capture`: create leads and read their receipts. `read`: read records. ' +
        '`write`: read, change and create records, including leads. `admin`: everything in ' +
        '`write`, and settings.'
    }),
    sourceId: Type.Optional(
      nullable(
        Named('source', 'The only source of leads that the key can create. Null: any source.')
      )
    ),
    lenient: Type.Optional(Lenient('key')),
    expiresAt: Type.Optional(nullable(Instant('A time in the future.')))
  },
  {
    $id: 'CreateApiKey',
    ...closed,
    examples: [{ name: 'Website form', scopes: ['leads:capture'] }]
  }
)

export const PatchApiKeySchema = Type.Object(
  { name: Type.Optional(wordsText()), lenient: Type.Optional(Lenient('key')) },
  { $id: 'PatchApiKey', ...closed, examples: [{ name: 'Website form, old' }] }
)

export const RotateApiKeySchema = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30 * 86_400,
        description: 'The seconds for which the old key stays valid. Default: 86400, a day.'
      })
    ),
    expiresAt: Type.Optional(
      nullable(Instant('The time when the new key expires. Default: the time of the old key.'))
    )
  },
  { $id: 'RotateApiKey', ...closed, examples: [{ overlapSeconds: 3600 }] }
)

export const ApiKeyPageSchema = pageOf(ApiKeySchema)

export const apiKeySchemas = [
  ApiKeySchema,
  IssuedApiKeySchema,
  CreateApiKeySchema,
  PatchApiKeySchema,
  RotateApiKeySchema,
  ApiKeyPageSchema
]

export function presentApiKey(key: ApiKey): Static<typeof ApiKeySchema> {
  return {
    ...key,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
    updatedAt: key.updatedAt.toISOString()
  }
}

/** `secret` is null where it was shown before. */
export function presentIssuedApiKey(
  key: ApiKey,
  secret: string | null
): Static<typeof IssuedApiKeySchema> {
  return { ...presentApiKey(key), key: secret }
}
