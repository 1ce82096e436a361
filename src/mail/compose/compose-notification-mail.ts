import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import { kindOf } from '../../domain/notifications/kinds.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import { queueName, sourceName } from '../../wording/first-names.ts'
import { NOTIFICATION_TITLES } from '../../wording/notifications.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { inertLine, shorten } from '../inert-text.ts'
import { mailRow, reachRows } from '../sections/contact-rows.ts'
import { createFormats } from '../sections/formats.ts'
import type { Formats } from '../sections/formats.ts'
import { wantedVehicleNames } from '../sections/lead-sections.ts'
import type { MailedLead } from '../sections/lead-sections.ts'
import { naming } from '../sections/naming.ts'
import type { NotificationTopic } from '../sections/notification-topic.ts'
import { movedWorkSections, openWorkSections } from '../sections/open-work-sections.ts'
import { promoterSection } from '../sections/promoter-section.ts'
import { renderHtml, renderText } from '../sections/render-sections.ts'
import { row, sectionOf, wordFor } from '../sections/rows.ts'
import type { Section } from '../sections/rows.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { wordingFor } from '../wording/wording.ts'
import type { LeadMail } from './compose-lead-mail.ts'

export interface NotificationMailInput {
  topic: NotificationTopic
  locale: Locale
  dealer: Dealer
  /** Null: it is about no lead. */
  lead: MailedLead | null
  /** Where its reader opens what it is about; null: it has no page. */
  url: string | null
}

const SUBJECT_LIMIT = 140
const NAME_LIMIT = 60

/** Writes the mail that tells a team member of one thing. */
export function composeNotificationMail(input: NotificationMailInput): LeadMail {
  const { topic, locale, dealer, lead, url } = input
  const wording = notificationWordingFor(locale)
  const common = wordingFor(locale)
  const formats = createFormats(locale, dealer)
  const about = shorten(inertLine(nameOf(input)), NAME_LIMIT)
  const title = NOTIFICATION_TITLES[locale][topic.kind]
  const subject = shorten(about === '' ? title : `${title}: ${about}`, SUBJECT_LIMIT)
  const document = {
    locale,
    title: subject,
    paragraphs: [naming(dealer, wording.intros[topic.kind])],
    sections: [
      ...topicSections(locale, formats, input),
      ...(lead === null ? [] : leadSection(locale, formats, lead))
    ],
    link: url === null ? null : { label: linkLabel(input), url },
    footer: naming(dealer, common.footer)
  }
  return { subject, text: renderText(document), html: renderHtml(document) }
}

/** Whom or what it is about, in a few words. */
function nameOf({ topic, lead, locale }: NotificationMailInput): string {
  if (lead) return recognisableName(lead.content.contact) ?? wordingFor(locale).nameless
  switch (topic.kind) {
    case 'plannedActivity':
    case 'movedActivity':
    case 'cancelledActivity':
    case 'reminder':
    case 'overdue':
      return topic.clientName ?? ACTIVITY_WORDINGS[locale].types[topic.activity.type]
    case 'newClient':
    case 'movedClient':
      return topic.clientName
    case 'quietSource':
      return sourceName(topic.source, locale)
    case 'openLeads':
      return topic.userName
    case 'failedMail':
      return topic.delivery.target.name ?? topic.delivery.target.address
    case 'pendingPromoter':
    case 'promoterResponse':
      return topic.promoter.name
    case 'takenBackLead':
    case 'movedLead':
    case 'leadSale':
    case 'responseWarning':
    case 'responseOverdue':
    case 'offerEnding':
      return ''
  }
}

function linkLabel({ topic, lead, locale }: NotificationMailInput): string {
  const { openClient, openLastLead, openPromoter, openWork } = notificationWordingFor(locale)
  if ('promoter' in topic) return openPromoter
  if (topic.kind === 'quietSource') return openLastLead
  if (topic.kind === 'openLeads') return openWork
  const isOfLead = lead !== null || topic.kind === 'failedMail'
  return isOfLead ? wordingFor(locale).openLead : openClient
}

function topicSections(
  locale: Locale,
  formats: Formats,
  { topic, lead }: Pick<NotificationMailInput, 'topic' | 'lead'>
): Section[] {
  const { sections, rows, saleStates } = notificationWordingFor(locale)
  const at = (time: Date | null) => time && formats.instant(time)
  switch (topic.kind) {
    case 'plannedActivity':
    case 'movedActivity':
    case 'cancelledActivity':
    case 'reminder':
    case 'overdue': {
      const { type, dueAt, text } = topic.activity
      // The lead has the same person with what they asked for.
      const contact = lead === null ? topic.clientContact : null
      return sectionOf(sections.activity, [
        ...row(rows.type, ACTIVITY_WORDINGS[locale].types[type]),
        ...row(rows.dueAt, at(dueAt)),
        ...row(topic.kind === 'movedActivity' ? rows.nowWith : rows.plannedBy, topic.userName),
        ...row(rows.text, text),
        ...row(rows.client, topic.clientName),
        ...(contact ? reachRows({ wording: wordingFor(locale), formats }, contact) : [])
      ])
    }
    case 'newClient':
    case 'movedClient': {
      const reach = { wording: wordingFor(locale), formats }
      return [
        ...sectionOf(rows.client, [
          ...row(rows.user, topic.clientName),
          ...row(rows.nowWith, topic.userName),
          ...(topic.clientContact ? reachRows(reach, topic.clientContact) : [])
        ]),
        ...movedWorkSections(locale, formats, topic.moved)
      ]
    }
    case 'leadSale':
      return sectionOf(rows.sale, row(rows.promoterState, saleStates[topic.state]))
    case 'takenBackLead':
    case 'movedLead':
      return []
    case 'responseWarning':
    case 'responseOverdue':
      return sectionOf(sections.response, row(rows.respondBy, at(topic.respondBy)))
    case 'offerEnding': {
      const { fromUser, message, expiresAt } = topic.handover
      return sectionOf(sections.offer, [
        ...row(rows.from, fromUser?.name),
        ...row(rows.message, message),
        ...row(rows.expiresAt, at(expiresAt))
      ])
    }
    case 'quietSource':
      return sectionOf(sections.source, [
        ...row(rows.source, sourceName(topic.source, locale)),
        ...row(rows.lastLeadAt, at(topic.lastLeadAt))
      ])
    case 'pendingPromoter':
    case 'promoterResponse':
      return promoterSection(locale, topic.promoter)
    case 'failedMail':
      return failedMailSection(locale, formats, topic.delivery)
    case 'openLeads':
      return openWorkSections(locale, formats, topic)
  }
}

function failedMailSection(
  locale: Locale,
  formats: Formats,
  {
    purpose,
    target,
    reason,
    updatedAt
  }: Extract<NotificationTopic, { kind: 'failedMail' }>['delivery']
): Section[] {
  const { sections, rows, otherMails } = notificationWordingFor(locale)
  const kind = kindOf(purpose)
  const told = kind === null ? wordFor(otherMails, purpose) : NOTIFICATION_TITLES[locale][kind]
  return sectionOf(sections.mail, [
    ...row(rows.recipient, target.name),
    ...mailRow(rows.email, target.address),
    ...row(rows.told, told),
    ...row(rows.failedAt, formats.instant(updatedAt)),
    ...row(rows.reason, reason && sentenceOf(reason, locale))
  ])
}

function leadSection(locale: Locale, formats: Formats, lead: MailedLead): Section[] {
  const { sections, rows } = notificationWordingFor(locale)
  const common = wordingFor(locale)
  return sectionOf(sections.lead, [
    ...row(common.lead.who, recognisableName(lead.content.contact) ?? common.nameless),
    ...reachRows({ wording: common, formats }, lead.content.contact),
    ...wantedVehicleNames(lead.content).flatMap((car) => row(common.sections.vehicle, car)),
    ...row(common.lead.receivedAt, formats.instant(lead.receivedAt)),
    ...row(rows.assignee, lead.assigneeName),
    ...row(rows.queue, lead.queueName && queueName(lead.queueName, locale)),
    ...row(common.lead.id, lead.id)
  ])
}
