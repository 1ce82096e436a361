import type { DeliveryObstacle, MailDelivery } from '../../domain/deliveries/delivery.ts'
import { prepareAutoResponse } from '../../mail/purposes/auto-response-mail.ts'
import { prepareColleagueMail, prepareLeadMail } from '../../mail/purposes/lead-mails.ts'
import { prepareDigest } from '../../mail/purposes/digest-mail.ts'
import { isTopicPurpose, prepareNotification } from '../../mail/purposes/notification-mails.ts'
import type { PreparedMail } from '../../mail/purposes/prepared-mail.ts'
import { isPromoterMailPurpose, preparePromoterMail } from '../../mail/purposes/promoter-mails.ts'
import { findAnnouncedLead } from './announced-lead.ts'
import type { Channel } from './channel.ts'
import type { DeliveryFacts } from './delivery-facts.ts'
import { mailing } from './mailing.ts'
import type { MailContext } from './mailing.ts'

/** A mail to a person. */
export function mailChannel(context: MailContext): Channel<PreparedMail> {
  return { prepare, ...mailing(context) }
}

/** The mail by its purpose. */
async function prepare(
  facts: DeliveryFacts,
  delivery: MailDelivery,
  now: Date
): Promise<PreparedMail | DeliveryObstacle> {
  const { tx } = facts
  const { purpose } = delivery
  if (isPromoterMailPurpose(purpose)) {
    return await preparePromoterMail(tx, { ...delivery, purpose }, now)
  }
  if (purpose === 'digest_mail') return await prepareDigest(tx, delivery, now)
  if (isTopicPurpose(purpose)) {
    return await prepareNotification(tx, { ...delivery, purpose }, now, () =>
      findAnnouncedLead(facts, delivery)
    )
  }
  const lead = await findAnnouncedLead(facts, delivery)
  if ('obstacle' in lead) return lead
  switch (purpose) {
    case 'promoter_mail':
    case 'assignee_mail':
    case 'queue_mail':
    case 'responsible_mail':
    case 'dealer_mail':
    case 'test_mail':
      return await prepareLeadMail(tx, { ...delivery, purpose }, lead)
    case 'offer_mail':
    case 'offer_response_mail':
    case 'link_request_mail':
    case 'link_response_mail':
    case 'feedback_mail':
      return await prepareColleagueMail(tx, delivery, lead, now)
    case 'auto_response':
      return await prepareAutoResponse(tx, delivery, lead, now)
  }
}
