import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { escapeHtml } from '../../escape-html.ts'
import { inertLine } from '../../mail/inert-text.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import { createFormats } from '../../mail/sections/formats.ts'
import { leadSections, mailedLead } from '../../mail/sections/lead-sections.ts'
import { linkedRow, row, sectionOf } from '../../mail/sections/rows.ts'
import { htmlValue } from '../../mail/sections/render-sections.ts'
import type { Row, Section } from '../../mail/sections/rows.ts'
import type { Formats } from '../../mail/sections/formats.ts'
import type { Ended, Waiting } from '../../domain/qualification/waiting.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { WAITING_WORDINGS, sayEnded, sayWaiting } from '../../wording/waiting.ts'
import { wordingFor } from '../../mail/wording/wording.ts'
import { heading, page, paragraph } from './page.ts'
import { plannedSection } from './planned-section.ts'
import type { PlannedActivity } from './planned-section.ts'

/** For how long a page opens, and for whom. */
export const NOTE: Record<Locale, (until: string) => string> = {
  en: (until) => `This page is for you only. It opens until ${until}.`,
  es: (until) => `Esta página es solo para usted. Se puede abrir hasta el ${until}.`,
  pl: (until) => `Ta strona jest tylko dla Ciebie. Można ją otworzyć do: ${until}.`
}

const DELETED: Record<Locale, { title: string; text: string }> = {
  en: {
    title: 'This lead was deleted',
    text: 'A user of the dealer has deleted it. An admin can restore it.'
  },
  es: {
    title: 'Este lead se ha eliminado',
    text: 'Lo eliminó un usuario del concesionario. Un administrador puede recuperarlo.'
  },
  pl: {
    title: 'Ten lead został usunięty',
    text: 'Usunął go użytkownik dealera. Administrator może go przywrócić.'
  }
}

/** What the reader of a lead sees once it was deleted: nothing of the person. */
export function deletedPage(locale: Locale): string {
  const { title, text } = DELETED[locale]
  return page(locale, title, [heading(title), paragraph(text)])
}

const WENT: Record<
  Locale,
  {
    converted: string
    moved: string
    text: string
    with: (name: string) => string
  }
> = {
  en: {
    converted: 'This lead became a client',
    moved: 'This lead went to a colleague',
    text: 'You do not see it any more. An owner or admin can show you what became of it.',
    with: (name) => `${name} looks after it now.`
  },
  es: {
    converted: 'Este lead se ha convertido en cliente',
    moved: 'Este lead ha pasado a otra persona',
    text: 'Ya no puede verlo. Un propietario o administrador puede decirle qué ha sido de él.',
    with: (name) => `Ahora se ocupa de él: ${name}.`
  },
  pl: {
    converted: 'Ten lead stał się klientem',
    moved: 'Ten lead przejęła inna osoba',
    text: 'Nie masz już do niego dostępu. O dalszych losach leada powie właściciel lub administrator.',
    with: (name) => `Teraz zajmuje się nim: ${name}.`
  }
}

/** What who was told of a lead sees once they see it no more: why, and who has it, but nothing of the person. */
export function wentPage(
  { isConverted, holder }: { isConverted: boolean; holder: string | null },
  locale: Locale
): string {
  const wording = WENT[locale]
  const title = isConverted ? wording.converted : wording.moved
  const held = holder === null ? [] : [paragraph(wording.with(inertLine(holder)))]
  return page(locale, title, [heading(title), ...held, paragraph(wording.text)])
}

/** A lead as its reader's mail shows it, as it is now. Nothing can be changed here. */
export function leadPage(
  {
    lead,
    waiting,
    ended,
    planned,
    dealer,
    until,
    now
  }: {
    lead: Lead
    waiting: readonly Waiting[]
    ended: readonly Ended[]
    planned: readonly PlannedActivity[]
    dealer: Dealer
    until: Date
    now: Date
  },
  locale: Locale
): string {
  const wording = wordingFor(locale)
  const formats = createFormats(locale, dealer)
  const title = inertLine(recognisableName(lead.content.contact) ?? wording.nameless)
  return page(locale, title, [
    heading(title),
    ...waiting
      .flatMap((one) => waitingSection(one, locale, { formats, lead, dealer }))
      .map(sectionHtml),
    ...ended.flatMap((one) => endedSection(one, locale, formats)).map(sectionHtml),
    ...plannedSection(planned, locale, { formats, now }).map(sectionHtml),
    ...leadSections({ wording, formats }, locale, dealer, mailedLead(lead)).map(sectionHtml),
    paragraph(NOTE[locale](formats.instant(until)), 'note')
  ])
}

/** What the lead waits for, and who can do what about it. */
function waitingSection(
  waiting: Waiting,
  locale: Locale,
  { formats, ...shown }: { formats: Formats; lead: Lead; dealer: Dealer }
): Section[] {
  const { title, rows } = WAITING_WORDINGS[locale]
  const { what, next } = sayWaiting(waiting, locale)
  const { since, expiresAt, message } = waiting
  return sectionOf(title, [
    ...row(rows.what, what),
    ...row(rows.since, formats.instant(since)),
    ...row(rows.expiresAt, expiresAt && formats.instant(expiresAt)),
    ...row(rows.message, message),
    ...row(rows.next, next),
    ...answerRow(waiting, locale, shown)
  ])
}

const ANSWERED_AT: Record<Waiting['kind'], string> = {
  link_request: 'link-requests',
  handover: 'handovers'
}

/** Where a reader who can do something does it: at the dealer's own screen, else by the API. */
function answerRow(
  { kind, id, actions }: Waiting,
  locale: Locale,
  { lead, dealer }: { lead: Lead; dealer: Dealer }
): Row[] {
  if (actions.length === 0) return []
  const { answer } = WAITING_WORDINGS[locale].rows
  const screen = dealer.settings.leadUrl?.replaceAll('{id}', lead.id) ?? null
  if (screen !== null) return linkedRow(answer, wordingFor(locale).openLead, screen)
  return row(
    answer,
    actions.map((action) => `POST /v1/${ANSWERED_AT[kind]}/${id}/${action}`).join('\n')
  )
}

/** How the latest offer or request ended. */
function endedSection(ended: Ended, locale: Locale, formats: Formats): Section[] {
  const { title, rows } = WAITING_WORDINGS[locale].ended
  const { what, state } = sayEnded(ended, locale, formats.instant(ended.at))
  const { reason, withdrawalCode } = ended
  const withdrawal = withdrawalCode && sentenceOf(because(withdrawalCode), locale)
  return sectionOf(title, [
    ...row(rows.what, what),
    ...row(rows.ended, state),
    ...row(rows.reason, withdrawal ?? reason)
  ])
}

/** A section of a mail, as pages show it. */
export function sectionHtml({ title, rows }: Section): string {
  const lines = rows.map(
    (row) =>
      `<tr><th scope="row" dir="auto">${escapeHtml(inertLine(row.label))}</th>` +
      `<td dir="auto">${htmlValue(row)}</td></tr>`
  )
  return `<h2>${escapeHtml(inertLine(title))}</h2>\n<table><tbody>\n${lines.join('\n')}\n</tbody></table>`
}
