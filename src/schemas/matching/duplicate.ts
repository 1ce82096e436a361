import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { DUPLICATE_STATES, MAX_COUNTED } from '../../domain/matching/duplicate.ts'
import type { Duplicate } from '../../domain/matching/duplicate.ts'
import { mergeFields } from '../clients/client-merge.ts'
import { Named } from '../named.ts'
import { Id, Instant, ReferenceSchema, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'
import { MATCH_EXAMPLE, matchReasons, presentMatchReasons } from './match.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const DuplicateClientSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    responsibleUser: nullable(ref(ReferenceSchema))
  },
  { $id: 'DuplicateClient', ...closed }
)

export const DuplicateSchema = Type.Object(
  {
    id: Id(),
    state: oneOf(
      DUPLICATE_STATES,
      '`open`: a user has to decide. `different`: a user said that they are two people. `merged`: they are one ' +
        'client now.'
    ),
    score: Type.Number({ minimum: 0, maximum: 1, description: 'When they were compared last.' }),
    band: oneOf(['sure', 'possible']),
    reasons: matchReasons,
    clients: Type.Array(ref(DuplicateClientSchema), {
      minItems: 2,
      maxItems: 2,
      description: 'The older client, and the younger one.'
    }),
    assignee: nullable(ref(ReferenceSchema, 'The user who is to decide.')),
    decidedBy: nullable(ref(ReferenceSchema, 'Null: a key, or not decided.')),
    decidedAt: nullable(Instant()),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Duplicate',
    ...closed,
    description: 'Two clients who may be one person.',
    examples: [
      {
        id: EXAMPLE_IDS.duplicate,
        state: 'open',
        score: 0.8412,
        band: 'possible',
        reasons: presentMatchReasons(MATCH_EXAMPLE.reasons, 'en'),
        clients: [
          {
            id: MATCH_EXAMPLE.id,
            name: 'Łukasz Żółć',
            responsibleUser: MATCH_EXAMPLE.responsibleUser
          },
          {
            id: EXAMPLE_IDS.otherClient,
            name: 'Lukasz Zolc',
            responsibleUser: null
          }
        ],
        assignee: null,
        decidedBy: null,
        decidedAt: null,
        version: 1,
        createdAt: '2026-11-22T08:00:00.120Z',
        updatedAt: '2026-11-22T08:00:00.120Z'
      }
    ]
  }
)

export const DuplicatePageSchema = pageOf(DuplicateSchema)

const count = (description: string) =>
  Type.Integer({ minimum: 0, maximum: MAX_COUNTED, description })

export const DuplicateCountsSchema = Type.Object(
  {
    open: count('The number of open pairs.'),
    unassigned: count('Of these, those without an assigned user.'),
    mine: count('Of these, those assigned to the calling user.'),
    toCompare: count('The number of clients that are still to be compared with the others.')
  },
  {
    $id: 'DuplicateCounts',
    ...closed,
    description: `Each number is counted up to ${MAX_COUNTED}.`,
    examples: [{ open: 12, unassigned: 9, mine: 1, toCompare: 0 }]
  }
)

export const UpdateDuplicateSchema = Type.Object(
  {
    state: Type.Optional(
      oneOf(
        ['open', 'different'],
        '`different`: they are two people, and the pair is never suggested again. `open` takes that back.'
      )
    ),
    assigneeId: Type.Optional(nullable(Named('user', 'The user who is to decide.')))
  },
  { $id: 'UpdateDuplicate', ...closed, examples: [{ state: 'different' }] }
)

export const MergeDuplicateSchema = Type.Object(
  {
    survivorId: Type.Optional(
      Id('The client of the pair that remains. Default: the older client.')
    ),
    overwrite: Type.Optional(
      Type.Boolean({ description: 'As in `POST /v1/clients/{id}/merge`. Default: `false`.' })
    ),
    fields: mergeFields
  },
  { $id: 'MergeDuplicate', ...closed, examples: [{}] }
)

export const duplicateSchemas = [
  DuplicateClientSchema,
  DuplicateSchema,
  DuplicatePageSchema,
  DuplicateCountsSchema,
  UpdateDuplicateSchema,
  MergeDuplicateSchema
]

export function presentDuplicate(
  { id, state, score, band, clients, assignee, decidedBy, ...pair }: Duplicate,
  locale: Locale
): Static<typeof DuplicateSchema> {
  return {
    id,
    state,
    score,
    band,
    reasons: presentMatchReasons(pair.reasons, locale),
    clients: [...clients],
    assignee,
    decidedBy,
    decidedAt: pair.decidedAt?.toISOString() ?? null,
    version: pair.version,
    createdAt: pair.createdAt.toISOString(),
    updatedAt: pair.updatedAt.toISOString()
  }
}
