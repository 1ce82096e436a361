import type { Transaction } from '../../database/client.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import type { StoredMessage } from '../../repositories/deliveries/delivery-attempts.ts'
import { findLeadById } from '../../repositories/leads/leads.ts'
import { prepareAutoResponse } from '../../mail/purposes/auto-response-mail.ts'
import {
  prepareAdfMail,
  prepareColleagueMail,
  prepareLeadMail
} from '../../mail/purposes/lead-mails.ts'
import type { MailedMatter } from '../../mail/purposes/lead-mails.ts'
import { buildMessage } from '../../mail/build-message.ts'
import { preparePromoterMail } from '../../mail/purposes/promoter-mails.ts'
import type { MailObstacle, PreparedMail, Writing } from '../../mail/purposes/prepared-mail.ts'

/** The mail by the facts as they are now, or why nobody is to be told any more. */
export async function prepareMail(
  tx: Transaction,
  delivery: Delivery,
  now: Date
): Promise<PreparedMail | MailObstacle> {
  const { purpose } = delivery
  if (purpose === 'promoter_invitation' || purpose === 'promoter_welcome') {
    return await preparePromoterMail(tx, { ...delivery, purpose }, now)
  }
  const matter = await findMatter(tx, delivery)
  if ('obstacle' in matter) return matter
  switch (purpose) {
    case 'promoter_mail':
    case 'assignee_mail':
    case 'responsible_mail':
    case 'dealer_mail':
    case 'test_mail':
      return await prepareLeadMail(tx, { ...delivery, purpose }, matter)
    case 'dealer_adf':
      return prepareAdfMail(matter)
    case 'offer_mail':
    case 'offer_answer_mail':
    case 'feedback_mail':
      return await prepareColleagueMail(tx, delivery, matter, now)
    case 'auto_response':
      return await prepareAutoResponse(tx, delivery, matter, now)
  }
}

/** The lead it is about, where somebody may still hear of it. */
async function findMatter(
  tx: Transaction,
  { leadId }: Delivery
): Promise<MailedMatter | MailObstacle> {
  const lead = leadId === null ? null : await findLeadById(tx, leadId)
  const dealer = await findDealer(tx)
  if (!lead || !dealer) return { obstacle: 'the lead was erased' }
  if (lead.quarantineReason !== null) return { obstacle: 'the lead is quarantined' }
  if (lead.status.group === 'deleted') return { obstacle: 'the lead was deleted' }
  return { lead, dealer }
}

/** Writes the message of a delivery: the same from the first attempt to the last. */
export async function composeDelivery(
  delivery: Delivery,
  prepared: PreparedMail,
  writing: Writing
): Promise<StoredMessage> {
  const { fromName, replyTo, date, isReply, unsubscribeUrl, ...mail } =
    await prepared.write(writing)
  const { from } = writing
  const raw = await buildMessage(mail, {
    from: fromName === undefined ? from : { ...from, name: fromName },
    to: { name: delivery.recipientName ?? '', address: delivery.recipientAddress },
    messageId: delivery.messageId,
    date: date ?? delivery.createdAt,
    ...(replyTo ? { replyTo } : {}),
    ...(isReply === undefined ? {} : { isReply }),
    ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl })
  })
  return { subject: mail.subject, raw: raw.toString('utf8') }
}
