import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { AssignmentRules } from '../../../domain/routing/assignment-rules.ts'
import { problems } from '../../../http/problems.ts'
import {
  assignmentRuleSetSchemas,
  findTargetFaults,
  readAssignmentRules
} from '../../../schemas/routing/assignment-rules.ts'
import type { AssignmentRulesInputSchema } from '../../../schemas/routing/assignment-rules.ts'
import { findAssignmentFaults } from '../../../use-cases/routing/steps/find-rule-faults.ts'
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

/** Versions of assignment rules. */
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
