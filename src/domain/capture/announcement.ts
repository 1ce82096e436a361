import { adfMailTo, mailTo } from '../deliveries/delivery.ts'
import type { PlannedDelivery } from '../deliveries/delivery.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import type { CaptureFacts } from './capture-facts.ts'
import type { PlannedDecision } from '../leads/decision.ts'

/** Who hears of a lead. */
export function decideAnnouncement(
  facts: CaptureFacts,
  known: {
    assignee: AssignableUser | null
    duplicateOf: string | null
    quarantineReason: string | null
  }
): { deliveries: PlannedDelivery[]; decision: PlannedDecision } {
  const nobody = (reason: string) => ({ deliveries: [], decision: announced([], reason) })
  const { settings, content, referral } = facts
  if (known.quarantineReason !== null) return nobody('it is quarantined')
  if (content.isTest) {
    if (settings.testAddress === null) return nobody('it is a test, and there is no test address')
    const deliveries = [mailTo('test_mail', settings.testAddress)]
    return { deliveries, decision: announced(deliveries, 'it is a test') }
  }
  if (known.duplicateOf !== null && !settings.announceDuplicates) {
    return nobody('it repeats an open lead, and the dealer does not announce those')
  }
  const { assignee } = known
  const promoter = referral?.promoter ?? null
  const deliveries: PlannedDelivery[] = [
    ...(assignee ? [mailTo('assignee_mail', assignee.email, assignee.name)] : []),
    ...(promoter?.active === true && promoter.email !== null
      ? [mailTo('promoter_mail', promoter.email, promoter.name)]
      : []),
    ...(settings.leadAddress === null ? [] : [mailTo('dealer_mail', settings.leadAddress)]),
    ...(settings.adfAddress === null ? [] : [adfMailTo(settings.adfAddress)])
  ]
  const reason = deliveries.length === 0 ? 'no recipient is set' : 'as the dealer has set'
  return { deliveries, decision: announced(deliveries, reason) }
}

function announced(deliveries: readonly PlannedDelivery[], reason: string): PlannedDecision {
  return {
    step: 'announced',
    outcome: deliveries.length === 0 ? 'nobody' : 'owed',
    reason,
    considered: { purposes: deliveries.map(({ purpose }) => purpose) }
  }
}
