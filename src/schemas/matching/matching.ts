import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { MATCHING_POLICIES } from '../../domain/matching/matching-policy.ts'
import type { MatchingPolicy } from '../../domain/matching/matching-policy.ts'
import { REKEYING_STATES } from '../../domain/matching/rekeying.ts'
import type { Rekeying } from '../../domain/matching/rekeying.ts'
import { MatchSchema } from './match.ts'
import { Instant, closed, nullable, oneOf, ref } from '../shared.ts'

const RekeyingSchema = Type.Object(
  {
    version: Type.Integer({ description: 'The version of the normaliser.' }),
    state: oneOf(REKEYING_STATES),
    total: Type.Integer({ description: 'The number of clients and leads at the start.' }),
    done: Type.Integer({ description: 'The number of clients and leads that the run has passed.' }),
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    startedAt: nullable(Instant()),
    finishedAt: nullable(Instant())
  },
  {
    $id: 'Rekeying',
    ...closed,
    description:
      'A run over all clients and leads, which writes the keys of their persons anew after the program has got a ' +
      'newer normaliser. Until it ends, people may not be found who share no e-mail address and no phone number.',
    examples: [
      {
        version: 2,
        state: 'running',
        total: 20_000,
        done: 4_400,
        percent: 22,
        startedAt: '2026-11-22T08:00:00.120Z',
        finishedAt: null
      }
    ]
  }
)

export const MatchingSchema = Type.Object(
  {
    policy: oneOf(MATCHING_POLICIES, 'The setting `matchingPolicy` of the dealer.'),
    rekeying: nullable(ref(RekeyingSchema, 'The latest run. Null: none was planned yet.'))
  },
  {
    $id: 'Matching',
    ...closed,
    description: 'How people are compared.',
    examples: [
      {
        policy: 'fuzzy',
        rekeying: {
          version: 1,
          state: 'done',
          total: 0,
          done: 0,
          percent: 100,
          startedAt: null,
          finishedAt: null
        }
      }
    ]
  }
)

export const matchingSchemas = [MatchSchema, RekeyingSchema, MatchingSchema]

export function presentMatching(
  policy: MatchingPolicy,
  run: Rekeying | null
): Static<typeof MatchingSchema> {
  return { policy, rekeying: run && presentRekeying(run) }
}

function presentRekeying(run: Rekeying): Static<typeof RekeyingSchema> {
  const { version, state, total, done, startedAt, finishedAt } = run
  // Records may come while it runs.
  const share = total === 0 ? 0 : Math.floor((100 * done) / total)
  return {
    version,
    state,
    total,
    done,
    percent: state === 'done' ? 100 : Math.min(share, 99),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null
  }
}
