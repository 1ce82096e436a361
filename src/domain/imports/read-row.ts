import { timeOfDay } from '../clock/time-of-day.ts'
import { customFieldFaults } from '../fields/custom-field.ts'
import { isReachable } from '../leads/contact.ts'
import { EMPTY_LEAD } from '../leads/empty-lead.ts'
import { absentValue } from '../leads/known-texts.ts'
import { REMOVED } from '../leads/secret-values.ts'
import type { LeadContent, UnmappedValue } from '../leads/lead.ts'
import type { Money } from '../leads/values.ts'
import type { RowCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import { reachedByText } from '../contacts/reached-by-text.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import { isBareAmount } from '../leads/written-values.ts'
import { readCustomValue } from './custom-cell.ts'
import { CONSENTS_PART, REQUEST_TIME } from './import-fields.ts'
import type { RowProblem, StoredRow } from './import.ts'
import { columnUnit } from './column-unit.ts'
import { readValue } from './read-value.ts'
import type { CellValue } from './read-value.ts'
import { leadContentOf, pathOfText, putValue } from './record-content.ts'
import type { RowDraft } from './record-content.ts'
import { requestTimeOf, textOfCell } from './request-times.ts'
import { readConsentCell } from './row-consents.ts'
import { isPhoneKind } from './row-plan.ts'
import type { PlannedCell, RowPlan } from './row-plan.ts'
import { mayBeAbsent, pointRepairs, withoutPrefix } from './row-texts.ts'
import { surplusCells } from './surplus-cells.ts'
import { leftOut } from './left-out-row.ts'
import { unmappedCells, unreadCell } from './unmapped-cells.ts'

/** A row as a lead, with its faults. */
export interface ReadRow {
  content: LeadContent
  /** With any of these the row becomes no record. */
  problems: RowProblem[]
  /** Told of a row that becomes a record all the same: what can't be read in it, or was mended. */
  notices: RowProblem[]
  /** The row is of no person: it sums up those above, or is a note below them. */
  isLeftOut: boolean
}

/** How much of a cell is shown where something is wrong with it. */
export const MAX_SHOWN = 100

type Find = (column: string | null, reason: Reason<RowCode>, text: string | null) => void

/**
 * Reads a row as the mapping says. Everything that is wrong with it is found at once. A value that can't be
 * read costs no row that has an e-mail or phone: it is in `unmapped`, and told.
 */
export function readRow(plan: RowPlan, row: StoredRow): ReadRow {
  const problems: RowProblem[] = []
  const notices: RowProblem[] = []
  const find = findIn(problems, row)
  if (row.fault !== null) {
    findInText(plan, row, row.fault, find)
    return { content: EMPTY_LEAD, problems, notices, isLeftOut: false }
  }
  const fieldAt = (place: number) => plan.cells.find((cell) => cell.place === place)?.field ?? null
  const left = leftOut(row.cells, fieldAt)
  if (left !== null) {
    const { place, code } = left
    findIn(notices, row)(plan.names[place] ?? null, because(code), row.cells[place] ?? null)
    return { content: EMPTY_LEAD, problems, notices, isLeftOut: true }
  }
  const warn = findIn(notices, row)
  const read = settleFields(plan, row, readContent(plan, row, warn), { find, warn })
  const { contact } = read
  for (const { path, text, reason } of pointRepairs(read.unmapped)) {
    warn(plan.names.includes(path) ? path : null, reason, text)
  }
  if (!isReachable(contact)) {
    const isKept = contact.emails.length + contact.phones.length > 0
    if (!isKept) findUnreachable(plan.cells, row, find)
    else if (plan.target === 'leads') findQuarantined(plan.cells, row, warn)
    else findUnreachable(plan.cells, row, warn)
  }
  const surplus = surplusCells(plan.names, row)
  if (surplus.length > 0) {
    warn(
      null,
      because('too_many_cells', { cells: row.cells.length, columns: plan.names.length }),
      null
    )
  }
  if (row.repair !== null) findInText(plan, row, row.repair, warn)
  const content = { ...read, unmapped: [...read.unmapped, ...surplus] }
  return problems.length > 0
    ? { content, problems: [...problems, ...notices], notices: [], isLeftOut: false }
    : { content, problems, notices, isLeftOut: false }
}

function findIn(found: RowProblem[], row: StoredRow): Find {
  return (column, reason, text) => {
    const value = text === null ? null : text.slice(0, MAX_SHOWN).toWellFormed()
    found.push({ row: row.number, line: row.line, column, ...reason, value })
  }
}

/** The content of the cells; where they have no e-mail or phone, cells without a column are read too. */
function readContent(plan: RowPlan, row: StoredRow, warn: Find): LeadContent {
  const draft: RowDraft = { parts: {}, emails: [], phones: [], codes: [], consents: [] }
  const unmapped: UnmappedValue[] = []
  const shortened: UnmappedValue[] = []
  const sentAt = requestTimeOf(plan.cells, row)
  for (const planned of plan.cells) {
    const { place, column, field } = planned
    const text = withoutPrefix(field, row.cells[place]?.trim() ?? '')
    if (text === '' || (field.path === REQUEST_TIME && sentAt !== null)) continue
    if (text === REMOVED) {
      unmapped.push({ path: column, text })
      continue
    }
    if (mayBeAbsent(field) && isAbsentValue(text)) {
      unmapped.push(absentValue(column, text))
      continue
    }
    const cell = readCell(plan, planned, textOfCell(field, text, sentAt))
    if (cell === null) {
      unmapped.push({ path: column, text })
      continue
    }
    const label = planned.labelAt === null ? null : (row.cells[planned.labelAt] ?? null)
    if (cell.value !== undefined) putValue(draft, { ...planned, label, given: text }, cell.value)
    if (!cell.fault) continue
    warn(column, cell.fault, text)
    const isShortened = cell.value !== undefined
    unmapped.push(unreadCell(column, text, { isShortened }))
    if (isShortened) shortened.push({ path: column, text: endOf(text), code: 'shortened_text' })
  }
  const content = contentOf(plan, row, draft, shortened)
  const told = content.unmapped.map((value) => ({ ...value, path: columnAt(plan, value.path) }))
  return { ...content, unmapped: [...unmapped, ...told] }
}

/** What is searched of the end of a cell that is longer than its field: people put their phone there. */
const MAX_END = 20_000

/** Digits at the cut may be a part of a longer number. */
function endOf(text: string): string {
  return text.slice(-MAX_END).replace(/^[\d ()./-]+/, '')
}

/**
 * `shortened` are the ends of cells that are told already. A comma too many moves the cells behind it: what is
 * left of them at the end can be the only phone.
 */
function contentOf(
  plan: RowPlan,
  row: StoredRow,
  draft: RowDraft,
  shortened: readonly UnmappedValue[]
): LeadContent {
  const { contacts } = plan.parsers
  const others = unmappedOf(plan, row, draft)
  const read = (all: RowDraft) => {
    const content = leadContentOf(all, contacts)
    const unmapped = [...content.unmapped, ...others, ...shortened]
    const reached = reachedByText({ ...content, unmapped }, contacts, pathOfText)
    return { ...reached, unmapped: reached.unmapped.filter((one) => !shortened.includes(one)) }
  }
  const content = read(draft)
  const surplus = surplusCells(plan.names, row)
  if (surplus.length === 0 || isReachable(content.contact)) return content
  const emails = surplus.filter(({ text }) => text.includes('@'))
  const phones = surplus.filter(({ text }) => /(?:\d[\s().\/-]*){7}/.test(text))
  const more = read({
    ...draft,
    emails: [...emails, ...draft.emails],
    phones: [...phones, ...draft.phones]
  })
  return isReachable(more.contact) ? more : content
}

/** The column of a name that was read together with others, or the path as it is. */
function columnAt({ cells }: RowPlan, path: string): string {
  return cells.find(({ field }) => field.path.replaceAll('.', '/') === path)?.column ?? path
}

/**
 * The content with what the dealer's own fields can hold; a value that its field can't hold is unmapped. A
 * required field without a value costs the row, as it does wherever a person can correct it.
 */
function settleFields(
  { cells, definitions, parsers }: RowPlan,
  row: StoredRow,
  content: LeadContent,
  { find, warn }: { find: Find; warn: Find }
): LeadContent {
  const faults = customFieldFaults(definitions, content.customFields, parsers.values)
  if (faults.length === 0) return content
  const values = new Map(Object.entries(content.customFields))
  const unmapped: UnmappedValue[] = []
  for (const { key, reason } of faults) {
    const cell = cells.find(({ field }) => field.part === 'customFields' && field.member === key)
    const column = cell?.column ?? null
    const text = textOf(row, cell?.place)
    const isRequired = definitions.some((field) => field.key === key && field.required)
    if (column === null || text === null || isRequired) {
      find(column, column === null ? because('field_required', { field: key }) : reason, text)
      continue
    }
    warn(column, reason, text)
    values.delete(key)
    unmapped.push(unreadCell(column, text.trim(), { isShortened: false }))
  }
  const customFields = Object.fromEntries(values)
  return { ...content, customFields, unmapped: [...content.unmapped, ...unmapped] }
}

/** The value of a cell; null: it says nothing that its field holds. */
function readCell(
  { definitions, parsers }: RowPlan,
  { column, field, dateOrder }: PlannedCell,
  text: string
): CellValue | null {
  // A time without its day.
  if (field.path === REQUEST_TIME) {
    return timeOfDay(text) === null ? { fault: because('not_time') } : null
  }
  if (field.part === CONSENTS_PART) return readConsentCell(column, text)
  const definition =
    field.part === 'customFields' ? definitions.find(({ key }) => key === field.member) : undefined
  if (definition) return { value: readCustomValue(definition, text, dateOrder) }
  const unit = columnUnit(column)
  const said = { ...parsers, ...unit }
  const read = readValue(field, text, said, dateOrder)
  // A price in the dealer's currency is not passed on as given in it.
  const isAssumed =
    field.path === 'vehicle.price' &&
    unit.currency === undefined &&
    read.value !== undefined &&
    isBareAmount(text, parsers.currency)
  return isAssumed ? { value: { ...(read.value as Money), currencyAssumed: true } } : read
}

/** The cells without a field; those of an address at work too, where the row has another. */
function unmappedOf(plan: RowPlan, row: StoredRow, { parts }: RowDraft): UnmappedValue[] {
  const second = parts['contact.address']
    ? plan.cells.filter(({ field }) => field.part === 'contact.workAddress')
    : []
  const wanted = new Set([...plan.unmapped, ...second.map(({ column }) => column)])
  return unmappedCells(row, plan.names, wanted)
}

/** What was found in the text of a row; where one of its cells is to blame, that is named and shown. */
function findInText({ names }: RowPlan, row: StoredRow, fault: Reason<RowCode>, find: Find): void {
  const place = Number(fault.facts.cell) - 1
  const column = names[place] ?? null
  find(column, fault, column === null ? null : textOf(row, place))
}

/** The row is a lead all the same, in quarantine: its first value for an e-mail or phone is named. */
function findQuarantined(cells: RowPlan['cells'], row: StoredRow, find: Find): void {
  const { phones, emails } = givenPoints(cells, row)
  const cell = phones[0] ?? emails[0]
  find(cell?.column ?? null, because('lead_quarantined'), textOf(row, cell?.place))
}

/** The contact has no way to be reached: no phone was given, or an invalid one. */
function findUnreachable(cells: RowPlan['cells'], row: StoredRow, find: Find): void {
  const { phones, emails } = givenPoints(cells, row)
  for (const { column, place } of phones) find(column, because('not_phone'), textOf(row, place))
  for (const { column, place } of emails) find(column, because('not_email'), textOf(row, place))
  if (phones.length === 0 && emails.length === 0) find(null, because('unreachable'), null)
}

/** The cells that have a text for a phone or an e-mail. */
function givenPoints(cells: RowPlan['cells'], row: StoredRow) {
  const given = cells.filter(({ place }) => !isAbsentValue(row.cells[place]?.trim() ?? ''))
  return {
    phones: given.filter(({ field }) => isPhoneKind(field)),
    emails: given.filter(({ field: { kind } }) => kind === 'email' || kind === 'emails')
  }
}

function textOf(row: StoredRow, place: number | undefined): string | null {
  return place === undefined ? null : (row.cells[place] ?? null)
}
