import type { FastifyReply, FastifyRequest } from 'fastify'

import { checkCriteria } from '../../../domain/rules/criteria.ts'
import type { Criteria } from '../../../domain/rules/criteria.ts'
import { sendProblem, toProblem } from '../../../http/plugins/problem-details.ts'
import { problems } from '../../../http/problems.ts'
import type { FieldError } from '../../../http/problems.ts'

const BASE = '/rules/entries'

/** Refuses posted rules with all their faults: those of their form, and those of criteria whose form is right. */
export function refuseRules(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  const problem = toProblem(error)
  const { errors } = problem.extras
  if (problem.type !== 'validation-failed' || errors === undefined) {
    return sendProblem(error, request, reply)
  }
  const more = criteriaFaults(request.body, errors)
  return sendProblem(problems.validation([...errors, ...more]), request, reply)
}

function criteriaFaults(body: unknown, errors: readonly FieldError[]): FieldError[] {
  const { rules } = (body ?? {}) as { rules?: { entries?: unknown } }
  const entries = Array.isArray(rules?.entries) ? (rules.entries as unknown[]) : []
  return entries.flatMap((entry, index) => {
    const pointer = `${BASE}/${index}/criteria`
    const { criteria = null } = (entry ?? {}) as { criteria?: Criteria | null }
    const isMalformed = errors.some((fault) => fault.pointer.startsWith(pointer))
    return criteria === null || isMalformed ? [] : checkCriteria(criteria, pointer)
  })
}
