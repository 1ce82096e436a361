import type { Locale } from '../../domain/dealers/dealer.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import type { NotificationWording } from '../wording/notification-terms.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { wordingFor } from '../wording/wording.ts'
import type { Formats } from './formats.ts'
import type { LinkedName, NotificationTopic } from './notification-topic.ts'
import { join, linkedRow, row, sectionOf } from './rows.ts'
import type { Section } from './rows.ts'

type OpenWork = Extract<NotificationTopic, { kind: 'openLeads' }>

/** What a user who was deactivated leaves open: leads, activities, clients and opportunities. */
export function openWorkSections(locale: Locale, formats: Formats, topic: OpenWork): Section[] {
  const { sections, rows } = notificationWordingFor(locale)
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

function openLeadRows(locale: Locale, formats: Formats, { leads, count }: OpenWork) {
  const { rows } = notificationWordingFor(locale)
  const left = count - leads.length
  return [
    ...leads.flatMap(({ name, receivedAt, url }) =>
      linkedRow(formats.instant(receivedAt), name ?? wordingFor(locale).nameless, url)
    ),
    ...row(rows.more, left > 0 ? formats.number(left) : null)
  ]
}

function plannedRows(locale: Locale, formats: Formats, { planned, activities }: OpenWork) {
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
