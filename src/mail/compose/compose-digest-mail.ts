import type { Activity } from '../../domain/activities/activity.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { NotificationKind } from '../../domain/notifications/kinds.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import type { MovedFacts } from '../../domain/notifications/moved-facts.ts'
import { NOTIFICATION_TITLES } from '../../wording/notifications.ts'
import { inertText, shorten } from '../inert-text.ts'
import { createFormats } from '../sections/formats.ts'
import type { Formats } from '../sections/formats.ts'
import { naming } from '../sections/naming.ts'
import { renderHtml, renderText } from '../sections/render-sections.ts'
import { join, linkedRow, row, sectionOf } from '../sections/rows.ts'
import type { Row } from '../sections/rows.ts'
import { colleagueWordingFor } from '../wording/colleague-wording.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { wordingFor } from '../wording/wording.ts'
import type { LeadMail } from './compose-lead-mail.ts'

interface DigestItem {
  kind: NotificationKind
  at: Date
  /** Whom or what it is about. */
  name: string | null
  activity: Pick<Activity, 'type' | 'dueAt' | 'outcome'> | null
  /** Until when the reader is to respond. */
  answerBy: Date | null
  /** How many records went with a client; left out: it is about none. */
  moved?: Record<keyof MovedFacts, number>
  url: string | null
}

export interface DigestMailInput {
  locale: Locale
  dealer: Dealer
  items: readonly DigestItem[]
  /** With those that are not among the items. */
  total: number
}

const SUBJECT_LIMIT = 140

/** Writes the daily digest: a section for each kind, a line for each notification. */
export function composeDigestMail({ locale, dealer, items, total }: DigestMailInput): LeadMail {
  const titles = NOTIFICATION_TITLES[locale]
  const { digest } = notificationWordingFor(locale)
  const common = wordingFor(locale)
  const formats = createFormats(locale, dealer)
  const count = formats.number(total)
  const subject = shorten(
    digest.subject.replace('{count}', () => count),
    SUBJECT_LIMIT
  )
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  const left = total - items.length
  const document = {
    locale,
    title: subject,
    paragraphs: [naming(dealer, digest.intro)],
    sections: [
      ...kinds.flatMap((kind) =>
        sectionOf(
          titles[kind],
          items
            .filter((item) => item.kind === kind)
            .flatMap((item) => digestRow(locale, formats, item))
        )
      ),
      ...sectionOf(digest.more, row(digest.count, left > 0 ? formats.number(left) : null))
    ],
    link: null,
    footer: naming(dealer, common.footer)
  }
  return { subject, text: renderText(document), html: renderHtml(document) }
}

/**
 * When it came, whom or what it is about, and of what is to be done: what, until when, or how it ended; of a
 * client what went with it.
 */
function digestRow(locale: Locale, formats: Formats, item: DigestItem): Row[] {
  const { at, name, activity, answerBy, url } = item
  const { rows } = notificationWordingFor(locale)
  const { types, outcomes } = ACTIVITY_WORDINGS[locale]
  const timed = (label: string, time: Date | null | undefined) =>
    time ? `${label}: ${formats.instant(time)}` : null
  const outcome = activity?.outcome ? outcomes[activity.outcome] : null
  const facts = [
    activity && types[activity.type],
    outcome && `${colleagueWordingFor(locale).rows.outcome}: ${outcome}`,
    outcome ? null : timed(rows.dueAt, activity?.dueAt),
    timed(rows.expiresAt, answerBy),
    ...countsOf(locale, formats, item)
  ]
  const who = inertText(name ?? wordingFor(locale).nameless)
  return linkedRow(formats.instant(at), who, url).map((line) => ({
    ...line,
    value: join([line.value, ...facts], ' · ')
  }))
}

function countsOf(locale: Locale, formats: Formats, { moved }: DigestItem): (string | null)[] {
  if (!moved) return []
  const { sections, rows } = notificationWordingFor(locale)
  const counts = [
    [sections.movedLeads, moved.leads],
    [rows.plannedActivities, moved.activities],
    [rows.openOpportunities, moved.opportunities]
  ] as const
  return counts.map(([label, count]) => (count > 0 ? `${label}: ${formats.number(count)}` : null))
}
