import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import { NO_AUTO_RESPONSES } from '../../../domain/auto-responses/auto-response-rules.ts'
import type { AutoResponseRules } from '../../../domain/auto-responses/auto-response-rules.ts'
import {
  autoResponseRuleSetSchemas,
  readAutoResponseRules
} from '../../../schemas/auto-responses/auto-responses.ts'
import type { AutoResponseRulesInputSchema } from '../../../schemas/auto-responses/auto-responses.ts'
import { findAutoResponseFaults } from '../../../use-cases/auto-responses/steps/find-rule-faults.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { registerRuleSetRoutes } from '../rules/routes.ts'
import type { RuleSetResource } from '../rules/resource.ts'

const RESOURCE: RuleSetResource = {
  kind: 'auto_response',
  path: 'auto-responses',
  noun: 'AutoResponses',
  tag: 'Auto-responses',
  title: 'auto-responses',
  schemas: autoResponseRuleSetSchemas,
  empty: NO_AUTO_RESPONSES,
  read: (input) => readAutoResponseRules(input as Static<typeof AutoResponseRulesInputSchema>),
  findFaults: (tx, content) => findAutoResponseFaults(tx, content as AutoResponseRules)
}

/** Versions of auto-response rules. */
export const autoResponseRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  await Promise.resolve()
  registerRuleSetRoutes(app, options, RESOURCE)
}
