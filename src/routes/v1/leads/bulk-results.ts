import type { Static } from '@fastify/type-provider-typebox'

import { presentProblem, problems } from '../../../http/problems.ts'
import { toProblem } from '../../../http/refusals.ts'
import type { BulkResultsSchema } from '../../../schemas/leads/lead-work.ts'
import type { BulkResult, BulkResults } from '../../../use-cases/leads/steps/bulk-results.ts'

/** The problems of refused leads have the id of the request, as the problem of a request has. */
export function presentBulkResults(
  { operationId, results }: BulkResults,
  requestId: string
): Static<typeof BulkResultsSchema> {
  return { operationId, results: results.map((one) => presentBulkResult(one, requestId)) }
}

function presentBulkResult(result: BulkResult, requestId: string) {
  const { leadId, outcome } = result
  if (outcome !== 'refused') return { leadId, outcome, problem: null }
  const { refusal } = result
  const problem =
    refusal instanceof Error ? problems.forbidden(refusal.message) : toProblem(refusal)
  return { leadId, outcome, problem: presentProblem(problem, requestId) }
}
