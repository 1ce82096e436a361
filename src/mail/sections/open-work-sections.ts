import type { Locale } from '../../domain/dealers/dealer.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import type { NotificationWording } from '../wording/notification-terms.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { wordingFor } from '../wording/wording.ts'
import type { Formats } from './formats.ts'
import type { LinkedName, OpenWorkLists, WorkLists } from './notification-topic.ts'
import { join, linkedRow, row, sectionOf } from './rows.ts'
import type { Section } from './rows.ts'

/** What a user who was deactivated leaves open: leads, activities, clients and opportunities. */
export function openWorkSections(
  locale: Locale,
  formats: Formats,
  work: OpenWorkLists & { userName: string }
): Section[] {
  const { sections, rows } = notificationWordingFor(locale)
  return [
    ...sectionOf(sections.user, [
      ...row(rows.user, work.userName),
      ...row(rows.openLeads, formats.number(work.count)),
      ...row(rows.plannedActivities, formats.number(work.activities)),
      ...row(rows.clients, formats.number(work.clientCount)),
      ...row(rows.openOpportunities, formats.number(work.opportunityCount))
    ]),
    ...sectionOf(sections.leads, leadRows(locale, formats, work)),
    ...sectionOf(rows.plannedActivities, plannedRows(locale, formats, work)),
    ...sectionOf(
      rows.clients,
      namedRows(rows, formats, { all: work.clients, count: work.clientCount })
    ),
    ...opportunitySection(locale, formats, work)
  ]
}

/** What went with a client to another user: leads, activities and opportunities. */
export function movedWorkSections(locale: Locale, formats: Formats, moved: WorkLists): Section[] {
  const { sections, rows } = notificationWordingFor(locale)
  return [
    ...sectionOf(sections.movedLeads, leadRows(locale, formats, moved)),
    ...sectionOf(rows.plannedActivities, plannedRows(locale, formats, moved)),
    ...opportunitySection(locale, formats, moved)
  ]
}

function leadRows(locale: Locale, formats: Formats, { leads, count }: WorkLists) {
  const { rows } = notificationWordingFor(locale)
  const left = count - leads.length
  return [
    ...leads.flatMap(({ name, receivedAt, url }) =>
      linkedRow(formats.instant(receivedAt), name ?? wordingFor(locale).nameless, url)
    ),
    ...row(rows.more, left > 0 ? formats.number(left) : null)
  ]
}

function plannedRows(locale: Locale, formats: Formats, { planned, activities }: WorkLists) {
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

function opportunitySection(
  locale: Locale,
  formats: Formats,
  { opportunities: all, opportunityCount: count }: WorkLists
): Section[] {
  const { rows } = notificationWordingFor(locale)
  return sectionOf(rows.openOpportunities, namedRows(rows, formats, { all, count }))
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
