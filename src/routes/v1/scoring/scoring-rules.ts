import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import { checkCriteria } from '../../../domain/rules/criteria.ts'
import type { ScoringRules } from '../../../domain/scoring/scoring-rules.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { FieldError } from '../../../http/problems.ts'
import { findRecomputationOf } from '../../../repositories/scoring/recomputations.ts'
import {
  NO_SCORING_RULES,
  RecomputationSchema,
  asksForScore,
  presentRecomputation,
  readScoringRules,
  scoringRuleSetSchemas
} from '../../../schemas/scoring/scoring-rules.ts'
import type { ScoringRulesInputSchema } from '../../../schemas/scoring/scoring-rules.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { planRecomputation } from '../../../use-cases/scoring/recompute.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { registerRuleSetRoutes } from '../rules/routes.ts'
import type { RuleSetResource } from '../rules/resource.ts'

const RESOURCE: RuleSetResource = {
  kind: 'scoring',
  path: 'scoring-rules',
  noun: 'ScoringRules',
  tag: 'Scoring rules',
  title: 'scoring rules',
  schemas: scoringRuleSetSchemas,
  empty: NO_SCORING_RULES,
  read: (input) => readScoringRules(input as Static<typeof ScoringRulesInputSchema>),
  findFaults: (_tx, content) => Promise.resolve(findScoringFaults(content as ScoringRules)),
  afterPublication: (tx, { id }, now) => planRecomputation(tx, id, now)
}

/** Versions of scoring rules. */
export const scoringRuleRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  await Promise.resolve()
  registerRuleSetRoutes(app, options, RESOURCE)

  app.get(
    '/scoring-rules/:id/recomputation',
    operation({
      id: 'getRecomputation',
      tag: 'Scoring rules',
      summary: 'Read the progress of a recomputation',
      description:
        'After scoring rules are published, a worker recomputes the scores of all open ' +
        'leads. The response for a version that was never published is 404.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(RecomputationSchema, 'The recomputation.') }
    }),
    async (request) => {
      const run = await options.db.read(tenantOf(request).dealerId, (tx) =>
        findRecomputationOf(tx, request.params.id)
      )
      if (!run) throw problems.notFound('recomputation')
      return presentRecomputation(run)
    }
  )
}

/** The faults of rules beyond their shape, with pointers below them. */
function findScoringFaults({ attributes, movement, thresholds }: ScoringRules): FieldError[] {
  const attributeFaults = attributes.flatMap(({ criteria }, index) => {
    const pointer = `/attributes/${index}/criteria`
    const faults = checkCriteria(criteria, pointer)
    if (faults.length > 0) return faults
    return asksForScore(criteria) ? [{ pointer, message: 'asks for what comes of scores' }] : []
  })
  const movementFaults = movement.flatMap(({ from, to }, index) =>
    from === to ? [{ pointer: `/movement/${index}/to`, message: 'is the same as from' }] : []
  )
  const isReversed = thresholds !== null && thresholds.hot <= thresholds.warm
  return [
    ...attributeFaults,
    ...movementFaults,
    ...(isReversed ? [{ pointer: '/thresholds/hot', message: 'is not above warm' }] : [])
  ]
}
