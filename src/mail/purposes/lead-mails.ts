import type { Transaction } from '../../database/client.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type {
  DeliveryObstacle,
  DeliveryPurpose,
  MailDelivery
} from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { CancellationCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { findMailedPromoter, findMailedUser } from '../../repositories/deliveries/recipients.ts'
import { findResend } from '../../repositories/leads/resent-changes.ts'
import { hearsOfQueue } from '../../repositories/notifications/recipients.ts'
import type { MailedUser } from '../../repositories/deliveries/recipients.ts'
import { renderAdf } from '../../adf/adf-document.ts'
import { findColleagueContext } from './colleague-facts.ts'
import { colleagueOf, replyToColleague } from './colleague-mailbox.ts'
import { composeAdfMail } from '../compose/compose-adf-mail.ts'
import { composeColleagueMail } from '../compose/compose-colleague-mail.ts'
import { composeLeadMail } from '../compose/compose-lead-mail.ts'
import { mailedLead } from '../sections/lead-sections.ts'
import type { MailAudience } from '../wording/wording-terms.ts'
import { findReader, leadUrl } from './lead-url.ts'
import { replyToPerson } from './person-mailbox.ts'
import { obstacleToMailing } from './staff-reader.ts'
import type { PreparedMail } from './prepared-mail.ts'

/** The lead a mail is about, and its dealer, as they are now. */
export interface LeadMailContext {
  dealer: Dealer
  lead: Lead
}

/** Mails that tell of a lead itself, and who reads them. */
const AUDIENCES = {
  assignee_mail: 'assignee',
  queue_mail: 'queue',
  dealer_mail: 'dealer',
  promoter_mail: 'promoter',
  responsible_mail: 'responsible',
  test_mail: 'test'
} as const satisfies Partial<Record<DeliveryPurpose, MailAudience>>

type LeadMailPurpose = keyof typeof AUDIENCES

/** The mail that tells one recipient of a lead. */
export async function prepareLeadMail(
  tx: Transaction,
  { purpose, ...delivery }: MailDelivery & { purpose: LeadMailPurpose },
  context: LeadMailContext
): Promise<PreparedMail | DeliveryObstacle> {
  const { lead, dealer } = context
  const { reader, locale: staffLocale } = await findReader(tx, delivery, dealer)
  const locale = await findLocale(tx, { purpose, ...delivery }, { ...context, staffLocale })
  if (typeof locale !== 'string') return locale
  const resend = await findNews(tx, { purpose, ...delivery }, lead.id)
  const audience = resend ? 'resent' : AUDIENCES[purpose]
  return {
    write: (writing) => ({
      ...composeLeadMail({
        audience,
        locale,
        dealer,
        lead: mailedLead(lead),
        news: resend?.changes ?? [],
        leadUrl: leadUrl({ dealer, id: lead.id, reader }, writing)
      }),
      // A promoter does not learn the person's address.
      ...(audience === 'promoter' ? {} : replyToPerson(lead, dealer))
    })
  }
}

/** What is new in a lead that came again; null: the mail tells of a new lead. */
async function findNews(tx: Transaction, { purpose, aboutId }: MailDelivery, leadId: string) {
  const isResend = purpose === 'assignee_mail' && aboutId !== null
  return isResend ? await findResend(tx, { leadId, eventId: aboutId }) : null
}

/** The reader's language, or why they are not to be told any more. */
async function findLocale(
  tx: Transaction,
  delivery: MailDelivery & { purpose: LeadMailPurpose },
  { lead, dealer, staffLocale }: LeadMailContext & { staffLocale: Locale }
): Promise<Locale | DeliveryObstacle> {
  switch (delivery.purpose) {
    case 'promoter_mail': {
      // A removed promoter gets no more mail; others are written to in their own language.
      const promoter = lead.promoter ? await findMailedPromoter(tx, lead.promoter.id) : null
      if (promoter?.state !== 'active') return { obstacle: because('promoter_inactive') }
      return promoter.locale ?? dealer.locale
    }
    case 'assignee_mail':
    case 'queue_mail':
    case 'responsible_mail': {
      const user = await findMailedUser(tx, delivery.target.address)
      const obstacle = await findStaffObstacle(tx, delivery, { lead, user })
      return obstacle === null ? staffLocale : { obstacle }
    }
    case 'dealer_mail':
    case 'test_mail':
      return staffLocale
  }
}

/** A user who left, or is no longer involved in the lead, gets no mail about it. */
async function findStaffObstacle(
  tx: Transaction,
  delivery: MailDelivery,
  { lead, user }: { lead: Lead; user: MailedUser | null }
): Promise<Reason<CancellationCode> | null> {
  const unwilling = await obstacleToMailing(tx, user, delivery)
  if (unwilling !== null) return unwilling
  const { purpose } = delivery
  if (purpose === 'responsible_mail') return lead.client ? null : because('lead_not_linked')
  if (purpose === 'queue_mail') {
    if (lead.assignee) return because('lead_assigned')
    const isIn = user === null || (lead.queue && (await hearsOfQueue(tx, user.id, lead.queue.id)))
    return isIn ? null : because('lead_left_queue')
  }
  const isTheirs = user === null || lead.assignee?.id === user.id
  return isTheirs ? null : because('lead_reassigned')
}

/** The ADF document for the dealer's CRM. */
export function prepareAdfMail({ lead, dealer }: LeadMailContext): PreparedMail {
  return {
    write: () => {
      const includePrequalification = dealer.settings.mailPrequalification
      const adf = renderAdf(lead, dealer, { includePrequalification })
      return composeAdfMail({ dealer, lead, sourceName: lead.source.name, adf })
    }
  }
}

/** The mails between users about a lead. */
export async function prepareColleagueMail(
  tx: Transaction,
  delivery: MailDelivery,
  { lead, dealer }: LeadMailContext,
  now: Date
): Promise<PreparedMail | DeliveryObstacle> {
  const user = await findMailedUser(tx, delivery.target.address)
  const unwilling = await obstacleToMailing(tx, user, delivery)
  if (unwilling !== null) return { obstacle: unwilling }
  const context = await findColleagueContext(tx, delivery, now)
  if ('obstacle' in context) return context
  const { reader, locale } = await findReader(tx, delivery, dealer)
  const reply = await replyToColleague(tx, colleagueOf(context), delivery.target)
  return {
    write: (writing) => ({
      ...composeColleagueMail({
        context,
        locale,
        dealer,
        lead: mailedLead(lead),
        leadUrl: leadUrl({ dealer, id: lead.id, reader }, writing)
      }),
      ...reply
    })
  }
}
