import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Formats } from '../../mail/sections/formats.ts'
import { join, row, sectionOf } from '../../mail/sections/rows.ts'
import type { Section } from '../../mail/sections/rows.ts'
import { notificationWordingFor } from '../../mail/wording/notification-wording.ts'
import { listActivities } from '../../repositories/activities/activities.ts'
import { findNames } from '../../repositories/names.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'

/** An activity that is still to be done, with the name of its user. */
export interface PlannedActivity extends Pick<Activity, 'type' | 'dueAt' | 'text'> {
  userName: string | null
}

/** How many a page shows: a lead or client has few. */
const MAX_SHOWN = 20

const OVERDUE: Record<Locale, string> = { en: 'overdue', es: 'vencida', pl: 'po terminie' }

/** The planned activities of a lead or client that the reader sees, the most urgent first. */
export async function findPlanned(
  tx: Transaction,
  reader: TenantPrincipal,
  about: { lead: string } | { client: string }
): Promise<PlannedActivity[]> {
  const page = { limit: MAX_SHOWN, after: null, descending: false }
  const { data } = await listActivities(tx, reader, { ...about, state: ['planned'] }, page)
  const names = await findNames(
    tx,
    data.flatMap(({ userId }) => userId ?? [])
  )
  const timeOf = ({ dueAt }: PlannedActivity) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY
  return data
    .map(({ type, dueAt, text, userId }) => ({
      ...{ type, dueAt, text },
      userName: userId === null ? null : (names.get(userId) ?? null)
    }))
    .toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1))
}

/** What is still to be done, and by whom; what is overdue is marked. */
export function plannedSection(
  planned: readonly PlannedActivity[],
  locale: Locale,
  { formats, now }: { formats: Formats; now: Date }
): Section[] {
  const title = notificationWordingFor(locale).rows.plannedActivities
  const { types } = ACTIVITY_WORDINGS[locale]
  return sectionOf(
    title,
    planned.flatMap(({ type, dueAt, text, userName }) => {
      const mark = dueAt && dueAt <= now ? OVERDUE[locale] : null
      const facts = join([dueAt && formats.instant(dueAt), mark, userName], ' · ')
      return row(types[type], join([facts, text], '\n') || '…')
    })
  )
}
