import { decided } from '../leads/decision.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import { because } from '../reasons/reasons.ts'
import type { PassedOver, Route, RoutingBasis } from './route.ts'

/** Why the rules put a lead where it is: which version, which entry, and who was passed over. */
export function routedDecision(
  rules: RoutingBasis['rules'],
  { entry, user, queue, passedOver }: Route,
  passedOverBefore: readonly PassedOver[] = []
): PlannedDecision {
  const facts = {
    assigneeId: user?.id ?? null,
    passedOver: [...passedOverBefore, ...passedOver],
    ...(rules ? { ruleSetId: rules.id, ruleSetNumber: rules.number } : {})
  }
  if (!entry) return decided('routed', 'queued', because('no_rule_fits'), facts)
  const reason = because('rule_fits', { ruleName: entry.name })
  const ofEntry = { queueId: queue?.id ?? null, on: entry.on, entryId: entry.id }
  return decided('routed', user ? 'assigned' : 'queued', reason, { ...facts, ...ofEntry })
}
