import type { PlannedDecision } from '../leads/decision.ts'
import type { Route, RoutingBasis } from './route.ts'

/** Why the rules put a lead where it is: which version, which entry, and who was passed over. */
export function routedDecision(
  rules: RoutingBasis['rules'],
  { entry, user, queue, passedOver }: Route,
  passedOverBefore: readonly { userId: string; because: string }[] = []
): PlannedDecision {
  const everybody = [...passedOverBefore, ...passedOver]
  if (!entry) {
    return {
      step: 'routed',
      outcome: 'queued',
      reason: 'no rule fits: it waits in the default queue',
      considered: { assigneeId: null, passedOver: everybody, ...versionOf(rules) }
    }
  }
  return {
    step: 'routed',
    outcome: user ? 'assigned' : 'queued',
    reason: `a rule fits: ${entry.name}`,
    considered: {
      assigneeId: user?.id ?? null,
      queueId: queue?.id ?? null,
      passedOver: everybody,
      ...versionOf(rules),
      on: entry.on,
      entryId: entry.id
    }
  }
}

function versionOf(rules: RoutingBasis['rules']): Record<string, unknown> {
  return rules ? { ruleSetId: rules.id, ruleSetNumber: rules.number } : {}
}
