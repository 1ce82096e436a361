import type { Locale } from '../../domain/dealers/dealer.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { callRow, mailRow } from './contact-rows.ts'
import type { ToldPromoter } from './notification-topic.ts'
import { row, sectionOf } from './rows.ts'
import type { Section } from './rows.ts'

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
