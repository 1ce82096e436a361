import type { Activity } from '../../domain/activities/activity.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import { kindOf } from '../../domain/notifications/kinds.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import type { NamedHandover } from '../../domain/qualification/handover.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import { queueName, sourceName } from '../../wording/first-names.ts'
import { NOTIFICATION_TITLES } from '../../wording/notifications.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { inertLine, shorten } from '../inert-text.ts'
import { callRow, mailRow, reachRows } from '../sections/contact-rows.ts'
import { createFormats } from '../sections/formats.ts'
import type { Formats } from '../sections/formats.ts'
import { wantedVehicleNames } from '../sections/lead-sections.ts'
import type { MailedLead } from '../sections/lead-sections.ts'
import { naming } from '../sections/naming.ts'
import { renderHtml, renderText } from '../sections/render-sections.ts'
import { join, linkedRow, row, sectionOf, wordFor } from '../sections/rows.ts'
import type { Section } from '../sections/rows.ts'
import type { NotificationWording } from '../wording/notification-terms.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { wordingFor } from '../wording/wording.ts'
import type { LeadMail } from './compose-lead-mail.ts'

/** The kinds that tell of an activity. */
export const ACTIVITY_KINDS = ['plannedActivity', 'movedActivity', 'reminder', 'overdue'] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** A promoter as their user and those who approve see them. */
interface ToldPromoter extends Pick<Promoter, 'name' | 'phone' | 'state'> {
  /** Null: no address, or the name is the address. */
  email: string | null
  /** The user under whom they signed up. Null: the dealer itself. */
  userName: string | null
}

/** A record that a mail lists; `url`: where its reader opens it. */
interface LinkedName {
  name: string
  url: string | null
}

/** What a notification tells, as it is now. */
export type NotificationTopic =
  | {
      kind: ActivityKind
      activity: Activity
      /** Who planned it; of one that was moved, who has it now. */
      userName: string | null
      clientName: string | null
      /** How to reach the client; null: the reader does not see that. */
      clientContact: Contact | null
    }
  | { kind: 'takenBackLead' }
  | { kind: 'responseWarning' | 'responseOverdue'; respondBy: Date | null }
  | { kind: 'offerEnding'; handover: NamedHandover }
  | { kind: 'pendingPromoter' | 'promoterResponse'; promoter: ToldPromoter }
  | {
      kind: 'failedMail'
      delivery: Pick<Delivery, 'purpose' | 'target' | 'reason' | 'updatedAt'>
    }
  | { kind: 'quietSource'; source: { key: string; name: string }; lastLeadAt: Date | null }
  | {
      kind: 'openLeads'
      userName: string
      count: number
      /** How many planned activities the user has. */
      activities: number
      /** The most urgent of them. */
      planned: readonly (Pick<Activity, 'type' | 'dueAt'> & {
        person: string | null
        url: string | null
      })[]
      /** The latest of the leads. */
      leads: readonly { name: string | null; receivedAt: Date; url: string | null }[]
      /** The latest of the clients that the user is responsible for, and how many there are. */
      clients: readonly LinkedName[]
      clientCount: number
      /** The same of open opportunities. */
      opportunities: readonly LinkedName[]
      opportunityCount: number
    }

export interface NotificationMailInput {
  topic: NotificationTopic
  locale: Locale
  dealer: Dealer
  /** Null: it is about no lead. */
  lead: MailedLead | null
  /** Where its reader opens what it is about; null: there is no such page. */
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
    case 'reminder':
    case 'overdue':
      return topic.clientName ?? ACTIVITY_WORDINGS[locale].types[topic.activity.type]
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
    case 'responseWarning':
    case 'responseOverdue':
    case 'offerEnding':
      return ''
  }
}

function linkLabel({ topic, lead, locale }: NotificationMailInput): string {
  const { openClient, openLastLead, openPromoter } = notificationWordingFor(locale)
  if ('promoter' in topic) return openPromoter
  if (topic.kind === 'quietSource') return openLastLead
  const isOfLead = lead !== null || topic.kind === 'failedMail'
  return isOfLead ? wordingFor(locale).openLead : openClient
}

function topicSections(
  locale: Locale,
  formats: Formats,
  { topic, lead }: Pick<NotificationMailInput, 'topic' | 'lead'>
): Section[] {
  const { sections, rows } = notificationWordingFor(locale)
  const at = (time: Date | null) => time && formats.instant(time)
  switch (topic.kind) {
    case 'plannedActivity':
    case 'movedActivity':
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
    case 'takenBackLead':
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
      return [
        ...sectionOf(sections.user, [
          ...row(rows.user, topic.userName),
          ...row(rows.openLeads, formats.number(topic.count)),
          ...row(rows.plannedActivities, formats.number(topic.activities)),
          ...row(rows.clients, formats.number(topic.clientCount)),
          ...row(rows.openOpportunities, formats.number(topic.opportunityCount))
        ]),
        ...sectionOf(sections.leads, openLeadRows(locale, formats, topic)),
        ...sectionOf(rows.plannedActivities, plannedRows(locale, formats, topic)),
        ...sectionOf(
          rows.clients,
          namedRows(rows, formats, { all: topic.clients, count: topic.clientCount })
        ),
        ...sectionOf(
          rows.openOpportunities,
          namedRows(rows, formats, { all: topic.opportunities, count: topic.opportunityCount })
        )
      ]
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

/** A promoter, as mails to users and the page of a promoter for users show them. */
export function promoterSection(
  locale: Locale,
  { name, email, phone, state, userName }: ToldPromoter
): Section[] {
  const { sections, rows, promoterStates } = notificationWordingFor(locale)
  return sectionOf(sections.promoter, [
    ...row(rows.user, name),
    ...mailRow(rows.email, email),
    ...callRow(rows.phone, phone),
    ...row(rows.promoterUser, userName),
    ...row(rows.promoterState, promoterStates[state])
  ])
}

function openLeadRows(
  locale: Locale,
  formats: Formats,
  { leads, count }: Extract<NotificationTopic, { kind: 'openLeads' }>
) {
  const { rows } = notificationWordingFor(locale)
  const left = count - leads.length
  return [
    ...leads.flatMap(({ name, receivedAt, url }) =>
      linkedRow(formats.instant(receivedAt), name ?? wordingFor(locale).nameless, url)
    ),
    ...row(rows.more, left > 0 ? formats.number(left) : null)
  ]
}

function plannedRows(
  locale: Locale,
  formats: Formats,
  { planned, activities }: Extract<NotificationTopic, { kind: 'openLeads' }>
) {
  const { rows } = notificationWordingFor(locale)
  const { types } = ACTIVITY_WORDINGS[locale]
  const left = activities - planned.length
  return [
    ...planned.flatMap(({ type, dueAt, person, url }) => {
      const label = join([types[type], dueAt && formats.instant(dueAt)])
      return linkedRow(label, person ?? wordingFor(locale).nameless, url)
    }),
    ...row(rows.more, left > 0 ? formats.number(left) : null)
  ]
}

function namedRows(
  rows: NotificationWording['rows'],
  formats: Formats,
  { all, count }: { all: readonly LinkedName[]; count: number }
) {
  const left = count - all.length
  return [
    ...all.flatMap(({ name, url }) => linkedRow(rows.user, name, url)),
    ...row(rows.more, left > 0 ? formats.number(left) : null)
  ]
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
