import type { DeliveryPurpose } from '../deliveries/delivery.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import type { CaptureFacts } from './capture-facts.ts'
import type { PlannedDecision } from '../leads/decision.ts'

export interface PlannedDelivery {
  purpose: DeliveryPurpose
  recipientName: string | null
  recipientAddress: string
  /** When it is sent; left out, or null: at once. */
  dueAt?: Date | null
}

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
    const deliveries = [to('test_mail', null, settings.testAddress)]
    return { deliveries, decision: announced(deliveries, 'it is a test') }
  }
  if (known.duplicateOf !== null && !settings.announceDuplicates) {
    return nobody('it repeats an open lead, and the dealer does not announce those')
  }
  const { assignee } = known
  const promoter = referral?.promoter ?? null
  const deliveries = [
    ...(assignee ? [to('assignee_mail', assignee.name, assignee.email)] : []),
    ...(promoter?.active === true && promoter.email !== null
      ? [to('promoter_mail', promoter.name, promoter.email)]
      : []),
    ...(settings.leadAddress === null ? [] : [to('dealer_mail', null, settings.leadAddress)]),
    ...(settings.adfAddress === null ? [] : [to('dealer_adf', null, settings.adfAddress)])
  ]
  const reason = deliveries.length === 0 ? 'no recipient is set' : 'as the dealer has set'
  return { deliveries, decision: announced(deliveries, reason) }
}

function to(
  purpose: DeliveryPurpose,
  recipientName: string | null,
  recipientAddress: string
): PlannedDelivery {
  return { purpose, recipientName, recipientAddress }
}

function announced(deliveries: readonly PlannedDelivery[], reason: string): PlannedDecision {
  return {
    step: 'announced',
    outcome: deliveries.length === 0 ? 'nobody' : 'owed',
    reason,
    considered: { purposes: deliveries.map(({ purpose }) => purpose) }
  }
}
