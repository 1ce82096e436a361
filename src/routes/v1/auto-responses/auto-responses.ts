import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { NO_AUTO_RESPONSES } from '../../../domain/auto-responses/auto-response-rules.ts'
import type { AutoResponseRules } from '../../../domain/auto-responses/auto-response-rules.ts'
import { checkCriteria } from '../../../domain/rules/criteria.ts'
import type { FieldError } from '../../../http/problems.ts'
import { holdTemplates } from '../../../repositories/auto-responses/held-templates.ts'
import {
  autoResponseRuleSetSchemas,
  readAutoResponseRules
} from '../../../schemas/auto-responses/auto-responses.ts'
import type { AutoResponseRulesInputSchema } from '../../../schemas/auto-responses/auto-responses.ts'
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

/** What people hear back by themselves, in versions. */
export const autoResponseRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  await Promise.resolve()
  registerRuleSetRoutes(app, options, RESOURCE)
}

/**
 * What is wrong with rules beyond their shape, with pointers below them. The templates they name stay
 * until the transaction ends: none can be deleted while rules with it are published.
 */
async function findAutoResponseFaults(
  tx: Transaction,
  { entries, default: fallback, quietHours }: AutoResponseRules
): Promise<FieldError[]> {
  const named = [
    ...entries.map(({ templateId }, index) => ({
      pointer: `/entries/${index}/templateId`,
      templateId
    })),
    { pointer: '/default/templateId', templateId: fallback?.templateId ?? null }
  ]
  const ids = named.flatMap(({ templateId }) => (templateId === null ? [] : [templateId]))
  const held = await holdTemplates(tx, ids)
  const entryIds = entries.map(({ id }) => id)
  return [
    ...entries.flatMap(({ criteria }, index) =>
      checkCriteria(criteria, `/entries/${index}/criteria`)
    ),
    ...entryIds.flatMap((id, index) =>
      entryIds.indexOf(id) === index
        ? []
        : [{ pointer: `/entries/${index}/id`, message: 'stands twice' }]
    ),
    ...named
      .filter(({ templateId }) => templateId !== null && !held.has(templateId))
      .map(({ pointer }) => ({ pointer, message: 'is not a known template' })),
    ...(quietHours && quietHours.from === quietHours.to
      ? [{ pointer: '/quietHours/to', message: 'is the same as from' }]
      : [])
  ]
}
