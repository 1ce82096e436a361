import { adfMailTo, mailTo, mailToUser } from '../deliveries/delivery.ts'
import type { PlannedDelivery } from '../deliveries/delivery.ts'
import { because } from '../reasons/reasons.ts'
import type { QuarantineCode } from '../reasons/decision-reasons.ts'
import { planNotification } from '../notifications/notification.ts'
import { hearersOfQueue } from '../notifications/queue-recipients.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import type { Reference } from '../leads/lead.ts'
import type { CaptureFacts } from './capture-facts.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import { decided } from '../leads/decision.ts'

/** The notifications of a lead. */
export function decideAnnouncement(
  facts: CaptureFacts,
  known: {
    assignee: AssignableUser | null
    queue: Reference | null
    duplicateOf: string | null
    quarantineReason: QuarantineCode | null
  }
): { deliveries: PlannedDelivery[]; decision: PlannedDecision } {
  const toNone = (code: AnnouncedCode) => ({ deliveries: [], decision: announced([], code) })
  const { settings, content, referral, author } = facts
  if (known.quarantineReason !== null) return toNone('quarantined')
  if (content.isTest) {
    if (settings.testAddress === null) return toNone('test_without_address')
    const deliveries = [mailTo('test_mail', settings.testAddress)]
    return { deliveries, decision: announced(deliveries, 'test_lead') }
  }
  if (known.duplicateOf !== null && !settings.announceDuplicates) {
    return toNone('repeat_not_announced')
  }
  const { assignee, queue } = known
  const promoter = referral?.promoter ?? null
  const deliveries: PlannedDelivery[] = [
    ...(assignee && assignee.id !== author?.id ? [mailToUser('assignee_mail', assignee)] : []),
    ...(queue ? toldOfQueue(facts, queue.id) : []),
    ...(promoter?.active === true && promoter.email !== null
      ? [mailTo('promoter_mail', promoter.email, promoter.name)]
      : []),
    ...(settings.leadAddress === null ? [] : [mailTo('dealer_mail', settings.leadAddress)]),
    ...(settings.adfAddress === null ? [] : [adfMailTo(settings.adfAddress)])
  ]
  const code = deliveries.length === 0 ? untoldCode(assignee, author) : 'dealer_settings'
  return { deliveries, decision: announced(deliveries, code) }
}

/** Who hears of a lead that waits in a queue. */
function toldOfQueue(facts: CaptureFacts, queueId: string): PlannedDelivery[] {
  const { settings, routing, decidedAt: at, author, queueRecipients } = facts
  const { workingHours, timeZone: zone } = routing
  const exceptId = author?.id ?? null
  const queue = { queueId, settings, workingHours, zone, at, exceptId }
  return planNotification('queuedLead', hearersOfQueue(queueRecipients, queue))
}

/** Who entered the lead, and has it, need not be told. */
function untoldCode(
  assignee: AssignableUser | null,
  author: AssignableUser | null
): 'assignee_entered_it' | 'no_recipient' {
  return assignee !== null && assignee.id === author?.id ? 'assignee_entered_it' : 'no_recipient'
}

type AnnouncedCode =
  | 'quarantined'
  | 'test_lead'
  | 'test_without_address'
  | 'repeat_not_announced'
  | 'no_recipient'
  | 'assignee_entered_it'
  | 'dealer_settings'

function announced(deliveries: readonly PlannedDelivery[], code: AnnouncedCode): PlannedDecision {
  const purposes = [...new Set(deliveries.map(({ purpose }) => purpose))]
  const outcome = purposes.length === 0 ? 'none' : 'enqueued'
  return decided('announced', outcome, because(code), { purposes })
}
