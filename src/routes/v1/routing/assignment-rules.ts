import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import type { AssignmentRules } from '../../../domain/routing/assignment-rules.ts'
import { checkCriteria } from '../../../domain/rules/criteria.ts'
import { problems } from '../../../http/problems.ts'
import type { FieldError } from '../../../http/problems.ts'
import { findUnknownPlaces } from '../../../repositories/rules/places.ts'
import type { NamedPlace } from '../../../repositories/rules/places.ts'
import {
  assignmentRuleSetSchemas,
  findTargetFaults,
  readAssignmentRules
} from '../../../schemas/routing/assignment-rules.ts'
import type { AssignmentRulesInputSchema } from '../../../schemas/routing/assignment-rules.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { registerRuleSetRoutes } from '../rules/routes.ts'
import type { RuleSetResource } from '../rules/resource.ts'

const RESOURCE: RuleSetResource = {
  kind: 'assignment',
  path: 'assignment-rules',
  noun: 'AssignmentRules',
  tag: 'Assignment rules',
  title: 'assignment rules',
  schemas: assignmentRuleSetSchemas,
  empty: { entries: [] },
  read: (input) => readCheckedRules(input as Static<typeof AssignmentRulesInputSchema>),
  findFaults: (tx, content) => findAssignmentFaults(tx, content as AssignmentRules)
}

/** Who gets which lead, in versions. */
export const assignmentRuleRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  options
) => {
  await Promise.resolve()
  registerRuleSetRoutes(app, options, RESOURCE)
}

/** The rules as the domain holds them; throws where a target is not what its type asks for. */
export function readCheckedRules(
  input: Static<typeof AssignmentRulesInputSchema>
): AssignmentRules {
  const faults = findTargetFaults(input)
  if (faults.length > 0) {
    throw problems.validation(
      faults.map(({ pointer, message }) => ({ pointer: `/rules${pointer}`, message }))
    )
  }
  return readAssignmentRules(input)
}

/** What is wrong with rules beyond their shape, with pointers below them. */
export async function findAssignmentFaults(
  tx: Transaction,
  { entries }: AssignmentRules
): Promise<FieldError[]> {
  const named = entries.flatMap(({ target }, index): NamedPlace[] => {
    const pointer = `/entries/${index}/target`
    if (target.type === 'user') return [{ pointer: `${pointer}/userId`, userId: target.userId }]
    if (target.type === 'queue') return [{ pointer: `${pointer}/queueId`, queueId: target.queueId }]
    return target.weights.map(({ userId }, at) => ({
      pointer: `${pointer}/weights/${at}/userId`,
      userId
    }))
  })
  const unknown = await findUnknownPlaces(tx, named)
  const ids = entries.map(({ id }) => id)
  return [
    ...entries.flatMap(({ criteria }, index) =>
      checkCriteria(criteria, `/entries/${index}/criteria`)
    ),
    ...unknown.map((place) => ({
      pointer: place.pointer,
      message: 'queueId' in place ? 'is not a known queue' : 'is not a known user'
    })),
    ...ids
      .map((id, index) => ({ id, index }))
      .filter(({ id, index }) => ids.indexOf(id) !== index)
      .map(({ index }) => ({ pointer: `/entries/${index}/id`, message: 'stands twice' }))
  ]
}
