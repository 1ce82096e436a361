import type { Activity } from '../../domain/activities/activity.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { NamedLinkRequest } from '../../domain/clients/link-request.ts'
import type { NamedHandover } from '../../domain/qualification/handover.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { colleagueWordingFor } from '../wording/colleague-wording.ts'
import type { ColleagueTopic } from '../wording/colleague-wording.ts'
import type { LeadMail } from './compose-lead-mail.ts'
import { createFormats } from '../sections/formats.ts'
import type { Formats } from '../sections/formats.ts'
import { inertLine, shorten } from '../inert-text.ts'
import { leadSections, wantedVehicleNames } from '../sections/lead-sections.ts'
import type { MailedLead } from '../sections/lead-sections.ts'
import { naming } from '../sections/naming.ts'
import { renderHtml, renderText } from '../sections/render-sections.ts'
import { row, sectionOf } from '../sections/rows.ts'
import type { Section } from '../sections/rows.ts'
import { wordingFor } from '../wording/wording.ts'

/** The handover, the request or the activity that one colleague writes to another about. */
export type ColleagueContext =
  | { handover: NamedHandover }
  | { linkRequest: NamedLinkRequest }
  | { activity: Activity; byName: string | null }

export interface ColleagueMailInput {
  context: ColleagueContext
  locale: Locale
  dealer: Dealer
  lead: MailedLead
  leadUrl: string
}

const SUBJECT_LIMIT = 140
const NAME_LIMIT = 60

/**
 * Writes a mail between colleagues about a lead. A user who must decide on an offer gets the whole
 * lead; a user who learns the result of an offer gets only its name.
 */
export function composeColleagueMail(input: ColleagueMailInput): LeadMail {
  const { context, locale, dealer, lead, leadUrl } = input
  const common = wordingFor(locale)
  const wording = colleagueWordingFor(locale)
  const formats = createFormats(locale, dealer)
  const topic = topicOf(context)
  const name = recognisableName(lead.content.contact) ?? common.nameless
  const test = lead.content.isTest ? `${common.prefixes.test} ` : ''
  const about = shorten(inertLine(name), NAME_LIMIT)
  const subject = shorten(`${test}${wording.subjects[topic]}: ${about}`, SUBJECT_LIMIT)
  const document = {
    locale,
    title: subject,
    paragraphs: [naming(dealer, wording.intros[topic])],
    sections: [
      ...contextSection(locale, formats, context),
      ...(topic === 'offer' || topic === 'linkRequest'
        ? leadSections({ wording: common, formats }, locale, dealer, lead)
        : sectionOf(wording.sections.lead, [
            ...row(common.lead.who, name),
            ...wantedVehicleNames(lead.content).flatMap((car) => row(common.sections.vehicle, car)),
            ...row(common.lead.receivedAt, formats.instant(lead.receivedAt)),
            ...row(common.lead.id, lead.id)
          ]))
    ],
    link: { label: common.openLead, url: leadUrl },
    footer: naming(dealer, common.footer)
  }
  return { subject, text: renderText(document), html: renderHtml(document) }
}

const LINK_TOPICS = {
  asked: 'linkRequest',
  accepted: 'linkAccepted',
  declined: 'linkDeclined',
  expired: 'linkExpired',
  withdrawn: 'linkWithdrawn'
} as const

/** An offer that was withdrawn is told of only where its recipient was deactivated. */
function topicOf(context: ColleagueContext): ColleagueTopic {
  if ('activity' in context) return 'feedback'
  if ('linkRequest' in context) return LINK_TOPICS[context.linkRequest.state]
  const { state } = context.handover
  return state === 'offered' ? 'offer' : state
}

function contextSection(locale: Locale, formats: Formats, context: ColleagueContext): Section[] {
  const { sections, rows, states } = colleagueWordingFor(locale)
  const at = (time: Date | null) => time && formats.instant(time)
  if ('handover' in context) {
    const { fromUser, toUser, message, expiresAt, endedByUser, reason, state } = context.handover
    const endedBy = state === 'withdrawn' ? rows.withdrawnBy : rows.answeredBy
    return sectionOf(sections.handover, [
      ...(state === 'offered' ? row(rows.from, fromUser?.name) : []),
      ...row(rows.message, message),
      ...row(rows.expiresAt, state === 'offered' ? at(expiresAt) : null),
      ...row(rows.to, state === 'withdrawn' ? toUser?.name : null),
      ...row(endedBy, endedByUser?.name),
      ...row(rows.reason, reason)
    ])
  }
  if ('linkRequest' in context) {
    const { client, fromUser, message, expiresAt, endedByUser, state } = context.linkRequest
    const { reason, withdrawalCode } = context.linkRequest
    const withdrawal = withdrawalCode && sentenceOf(because(withdrawalCode), locale)
    const endedBy = state === 'withdrawn' ? rows.withdrawnBy : rows.answeredBy
    return sectionOf(sections.linkRequest, [
      ...row(rows.client, client.name),
      ...(state === 'asked' ? row(rows.from, fromUser.name) : []),
      ...row(rows.message, message),
      ...row(rows.expiresAt, state === 'asked' ? at(expiresAt) : null),
      ...row(endedBy, endedByUser?.name),
      ...row(rows.reason, withdrawal ?? reason)
    ])
  }
  const { type, dueAt, state, outcome, feedback } = context.activity
  const { types, outcomes } = ACTIVITY_WORDINGS[locale]
  return sectionOf(sections.activity, [
    ...row(rows.type, types[type]),
    ...row(rows.dueAt, at(dueAt)),
    ...row(rows.state, state === 'done' || state === 'missed' ? states[state] : null),
    ...row(rows.by, context.byName),
    ...row(rows.outcome, outcome && outcomes[outcome]),
    ...row(rows.feedback, feedback)
  ])
}
