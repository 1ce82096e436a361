import type { Static } from '@fastify/type-provider-typebox'

import { presentRefused, problems } from '../../../http/problems.ts'
import { toProblem } from '../../../http/refusals.ts'
import type { BulkResultsSchema } from '../../../schemas/leads/lead-work.ts'
import type { BulkResult, BulkResults } from '../../../use-cases/leads/steps/bulk-results.ts'

export function presentBulkResults({
  operationId,
  results
}: BulkResults): Static<typeof BulkResultsSchema> {
  return { operationId, results: results.map(presentBulkResult) }
}

function presentBulkResult(result: BulkResult) {
  const { leadId, outcome } = result
  if (outcome !== 'refused') return { leadId, outcome, problem: null }
  const { refusal } = result
  const problem =
    refusal instanceof Error ? problems.forbidden(refusal.message) : toProblem(refusal)
  return { leadId, outcome, problem: presentRefused(problem) }
}
