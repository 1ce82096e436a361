import { decided } from '../leads/decision.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import { because } from '../reasons/reasons.ts'
import { eachOnce } from './route.ts'
import type { PassedOver, Route, RoutingBasis } from './route.ts'

/** Why the rules put a lead where it is: which version, which entry, and who was passed over. */
export function routedDecision(
  rules: RoutingBasis['rules'],
  { entry, user, queue, passedOver, missed }: Route,
  passedOverBefore: readonly PassedOver[] = []
): PlannedDecision {
  const facts = {
    assigneeId: user?.id ?? null,
    passedOver: eachOnce([...passedOverBefore, ...passedOver]),
    ...(rules ? { ruleSetId: rules.id, ruleSetNumber: rules.number } : {})
  }
  if (!entry) {
    const ofMissed = missed ? { on: missed.entry.on, entryId: missed.entry.id } : {}
    return decided('routed', 'queued', missedReason(missed), { ...facts, ...ofMissed })
  }
  const reason = because('rule_fits', { ruleName: entry.name })
  const ofEntry = { queueId: queue?.id ?? null, on: entry.on, entryId: entry.id }
  return decided('routed', user ? 'assigned' : 'queued', reason, { ...facts, ...ofEntry })
}

/** Why no rule gave the lead to a user: none fits, or none of its users can take it. */
function missedReason(missed: Route['missed']) {
  if (missed === null) return because('no_rule_fits')
  const code = missed.hasUsers ? 'rule_without_user' : 'rule_of_empty_team'
  return because(code, { ruleName: missed.entry.name })
}
