import type { Transaction } from '../database/client.ts'
import type { Dealer, Locale } from '../domain/dealers/dealer.ts'
import type { Delivery, DeliveryPurpose } from '../domain/deliveries/delivery.ts'
import type { Lead } from '../domain/leads/lead.ts'
import { findDealer } from '../repositories/dealers/dealers.ts'
import type { StoredMessage } from '../repositories/deliveries/delivery-attempts.ts'
import { findLeadById } from '../repositories/leads/leads.ts'
import { findMailedPromoter, findMailedUser } from '../repositories/deliveries/recipients.ts'
import { renderAdf } from './adf-document.ts'
import { buildMessage } from './mail/build-message.ts'
import type { ComposedMail } from './mail/build-message.ts'
import { findColleagueMatter } from './colleague-facts.ts'
import { composeAdfMail } from './mail/compose-adf-mail.ts'
import { composeColleagueMail } from './mail/compose-colleague-mail.ts'
import type { ColleagueMatter } from './mail/compose-colleague-mail.ts'
import { composeLeadMail } from './mail/compose-lead-mail.ts'
import type { MailedLead } from './mail/lead-sections.ts'
import type { Mailbox } from './mail/mail-address.ts'
import type { MailAudience } from './mail/wording-terms.ts'

/** What a message is composed from. */
export interface MessageFacts {
  dealer: Dealer
  lead: Lead
  locale: Locale
  /** What a mail between colleagues tells of beside the lead. */
  matter?: ColleagueMatter
}

/** The facts as they are now, or why nobody is to be told any more. */
export async function findMessageFacts(
  tx: Transaction,
  delivery: Delivery,
  now: Date
): Promise<MessageFacts | { obstacle: string }> {
  const lead = await findLeadById(tx, delivery.leadId)
  const dealer = await findDealer(tx)
  if (!lead || !dealer) return { obstacle: 'the lead was erased' }
  if (lead.quarantineReason !== null) return { obstacle: 'the lead is quarantined' }
  if (lead.status.group === 'deleted') return { obstacle: 'the lead was deleted' }
  switch (delivery.purpose) {
    case 'promoter_mail':
      return await factsForPromoter(tx, { lead, dealer })
    case 'assignee_mail':
    case 'responsible_mail': {
      const obstacle = await findStaffObstacle(tx, delivery, lead)
      return obstacle === null ? { lead, dealer, locale: dealer.locale } : { obstacle }
    }
    case 'offer_mail':
    case 'offer_answer_mail':
    case 'feedback_mail': {
      const matter = await findColleagueMatter(tx, delivery, now)
      return 'obstacle' in matter ? matter : { lead, dealer, locale: dealer.locale, matter }
    }
    case 'dealer_mail':
    case 'dealer_adf':
    case 'test_mail':
      return { lead, dealer, locale: dealer.locale }
  }
}

/** A removed promoter gets no more mail; others are written to in their own language. */
async function factsForPromoter(
  tx: Transaction,
  { lead, dealer }: Omit<MessageFacts, 'locale'>
): Promise<MessageFacts | { obstacle: string }> {
  const promoter = lead.promoter ? await findMailedPromoter(tx, lead.promoter.id) : null
  if (promoter?.state !== 'active') return { obstacle: 'the promoter is not active' }
  return { lead, dealer, locale: promoter.locale ?? dealer.locale }
}

/** Nobody reads of a lead in the mailbox of one who left, or who has nothing to do with it by now. */
async function findStaffObstacle(
  tx: Transaction,
  { purpose, recipientAddress }: Delivery,
  lead: Lead
): Promise<string | null> {
  const user = await findMailedUser(tx, recipientAddress)
  if (user?.active === false) return 'the user is not active'
  if (purpose === 'responsible_mail') {
    return lead.client ? null : 'the lead is no longer linked to the client'
  }
  const isTheirs = user === null || lead.assignee?.id === user.id
  return isTheirs ? null : 'the lead is not theirs any more'
}

/** Mails that tell of a lead itself. */
type LeadMailPurpose = Exclude<
  DeliveryPurpose,
  'dealer_adf' | 'offer_mail' | 'offer_answer_mail' | 'feedback_mail'
>

const AUDIENCES: Record<LeadMailPurpose, MailAudience> = {
  assignee_mail: 'assignee',
  dealer_mail: 'dealer',
  promoter_mail: 'promoter',
  responsible_mail: 'responsible',
  test_mail: 'test'
}

/** Writes the message of a delivery: the same from the first attempt to the last. */
export async function composeDelivery(
  delivery: Delivery,
  facts: MessageFacts,
  { from, publicUrl }: { from: Mailbox; publicUrl: string }
): Promise<StoredMessage> {
  const mail = composeMail(delivery.purpose, facts, publicUrl)
  const raw = await buildMessage(mail, {
    from,
    to: { name: delivery.recipientName ?? '', address: delivery.recipientAddress },
    messageId: delivery.messageId,
    date: delivery.createdAt
  })
  return { subject: mail.subject, raw: raw.toString('utf8') }
}

function composeMail(
  purpose: DeliveryPurpose,
  { dealer, lead, locale, matter }: MessageFacts,
  publicUrl: string
): ComposedMail {
  const leadUrl = `${publicUrl}/v1/leads/${lead.id}`
  if (matter) return composeColleagueMail({ matter, locale, dealer, lead: describe(lead), leadUrl })
  if (purpose === 'dealer_adf') {
    const includePrequalification = dealer.settings.mailPrequalification
    const adf = renderAdf(lead, dealer, { includePrequalification })
    return composeAdfMail({ dealer, lead, sourceName: lead.source.name, adf })
  }
  return composeLeadMail({
    audience: AUDIENCES[purpose as LeadMailPurpose],
    locale,
    dealer,
    lead: describe(lead),
    leadUrl
  })
}

function describe(lead: Lead): MailedLead {
  const { id, receivedAt, content, temperature } = lead
  return {
    id,
    receivedAt,
    content,
    temperature,
    sourceName: lead.source.name,
    statusName: lead.status.name,
    isDuplicate: lead.duplicateOf !== null,
    assigneeName: lead.assignee?.name ?? null,
    queueName: lead.queue?.name ?? null,
    promoterName: lead.promoter?.name ?? null,
    referralCode: lead.referralLink?.code ?? null
  }
}
