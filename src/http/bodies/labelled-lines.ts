import { digitsOf } from '../../domain/contacts/phone-forms.ts'
import { withSignsInField } from '../../domain/contacts/spoken-addresses.ts'
import { isColumnName } from '../../domain/imports/guess-mapping.ts'
import { contactColumn } from '../../domain/imports/qualified-names.ts'
import type { FormField } from '../../inbound/form-field.ts'

/** A label and its value, as they stand in a text. */
export interface LabelledValue {
  label: string
  value: string
}

const MIN_DIGITS = 6
/** More lines are no form that a person filled in. */
const MAX_LINES = 2_000

/** Whether a text is longer than a form, so that it need not be looked at. */
export function hasManyLines(text: string): boolean {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    count += 1
    if (count > MAX_LINES) return true
  }
  return false
}

/** Whether a label is that of an e-mail or phone, or of a chat, and its value is one. */
export function isPoint({ label, value }: LabelledValue): boolean {
  const isLabel = contactColumn(label) !== null || CHAT.test(label)
  return isLabel && (withSignsInField(value).includes('@') || digitsOf(value).length >= MIN_DIGITS)
}

/** A chat that knows people by their phones. */
const CHAT = /\b(?:whats ?app|viber|signal|telegram)\b/i

/** Whether labels are those of a person: one has an e-mail or phone, and another is known too. */
export function areLabelled(pairs: readonly LabelledValue[]): boolean {
  if (pairs.length < 2 || pairs.length > MAX_LINES || !pairs.some(isPoint)) return false
  return pairs.filter(({ label }) => isColumnName(label)).length > 1
}

/**
 * Whether a text has a field on each of its lines, as mails of portals and page builders write them: `Name: Jan Kos`.
 * One of them at least is an e-mail or a phone.
 */
export function isLabelled(text: string): boolean {
  if (hasManyLines(text)) return false
  const lines = filled(text)
  const labelled = pairsBy(COLON, lines)
  return labelled.length > 1 && 2 * labelled.length > lines.length && labelled.some(isPoint)
}

/** The fields of a text with labels before a colon. */
export function readLabelled(text: string): FormField[] {
  return readLines(text, COLON)
}

/** The fields of a text with other marks between its labels and values, or with both on lines of their own; null: it has none. */
export function readOtherLabels(text: string): FormField[] | null {
  const lines = filled(text).filter((line) => !ASIDE.test(line))
  const mark = MARKS.find((pattern) => {
    const pairs = pairsBy(pattern, lines)
    return 2 * pairs.length > lines.length && areLabelled(pairs)
  })
  if (mark) return readLines(withoutAsides(text), mark)
  const pairs = alternating(lines.map((line) => line.trim()))
  return pairs?.map(({ label, value }) => ({ name: label, text: value, isFile: false })) ?? null
}

function filled(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

function pairsBy(pattern: RegExp, lines: readonly string[]): LabelledValue[] {
  return lines.flatMap((line) => {
    const [, label = '', value = ''] = pattern.exec(line) ?? []
    return label === '' ? [] : [{ label, value }]
  })
}

const START = String.raw`^\s{0,9}[*•-]?\s?(?:\*\*|__)?`
const BOLD = String.raw`(?:\*{1,2}|__)?`
const LABEL = String.raw`(\p{L}[\p{L}\p{M}\d ./()?_-]{0,38}?)${BOLD}`

/** A label and its value, in a list or in bold as well: `- Name: Jan`, `**Name:** Jan`, `*Name*: Jan`. */
const COLON = new RegExp(String.raw`${START}${LABEL}\s?:(?!\/\/)${BOLD}\s{0,9}(\S.*)?$`, 'u')

/**
 * `name = "Jan"` of settings, `"name": "Jan",`, `Name – Jan`, `Name -> Jan`, `Name | Jan`, and a tab, dots or several
 * blanks between both.
 */
const MARKS: readonly RegExp[] = [
  new RegExp(String.raw`^\s{0,9}["']?${LABEL}["']?\s{0,20}=>?\s{0,20}(\S.*)?$`, 'u'),
  new RegExp(String.raw`^\s{0,9}["'“„]${LABEL}["'”“]\s?:\s{0,20}(\S.*)?$`, 'u'),
  new RegExp(String.raw`${START}${LABEL}\s{1,20}(?:[–—-]{1,2}|[=-]>|→|\|)\s{1,20}(\S.*)?$`, 'u'),
  new RegExp(String.raw`${START}${LABEL}\s?[–—]\s?(\S.*)?$`, 'u'),
  new RegExp(String.raw`${START}${LABEL}:?${BOLD}\t\s{0,20}(\S.*)?$`, 'u'),
  new RegExp(String.raw`${START}${LABEL}(?:\s{3,40}|\s?\.{3,60}\s?)(\S.*)?$`, 'u')
]

/** What stands around the pairs of an object that a program has printed: `{name=Jan, phone=601 …}`, `Lead(name=Jan)`. */
const PRINTED = /^[\w.$]{0,80}\s?[{([]([^\n]*)[})\]]$/
const NEXT_LABEL = /[,;|]\s{0,3}(?=["']?(\p{L}[\p{L}\d _-]{0,38})["']?\s?[:=])/gu

/** The fields of one line with several labels: `Name: Jan Kos, Phone: 601 …`; null: it has none. */
export function readOneLine(text: string): FormField[] | null {
  const line = text.trim()
  if (line.includes('\n') || line.length > MAX_LINE) return null
  const inside = PRINTED.exec(line)?.[1] ?? line
  const lines = inside.replace(NEXT_LABEL, (mark, label: string) =>
    isColumnName(label) ? '\n' : mark
  )
  const mark = [COLON, ...MARKS.slice(0, 2)].find((pattern) => {
    const pairs = pairsBy(pattern, filled(lines))
    return 2 * pairs.length > filled(lines).length && areLabelled(pairs)
  })
  if (!mark) return null
  return readLines(lines, mark).map((field) => ({ ...field, text: unquoted(field.text) }))
}

const MAX_LINE = 10_000

/** Sections and comments of settings, and the head of a record: `[contact]`, `# lead`, `-[ RECORD 1 ]---`. */
const ASIDE = /^\s{0,9}(?:\[[\w.\s-]{1,60}\]\s{0,9}$|[#;]|-\[ RECORD)/

/** The sections stay: fields of one may be of another party. */
function withoutAsides(text: string): string {
  return text
    .split('\n')
    .filter((line) => SECTION.test(line) || !ASIDE.test(line))
    .join('\n')
}

const SECTION = /^\s{0,9}\[([\w.-]{1,60})\]\s{0,9}$/

/**
 * The fields of lines, by what stands between a label and its value. A line without a label goes on with the value
 * before it.
 */
export function readLines(text: string, pattern: RegExp): FormField[] {
  const fields: FormField[] = []
  const isPlain = pattern === COLON
  let section = ''
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = pattern.exec(line) ?? []
    const [, begun] = isPlain ? [] : (SECTION.exec(line) ?? [])
    const last = fields.at(-1)
    if (begun !== undefined) section = begun
    else if (name !== undefined) {
      const called = section === '' ? name : `${section}[${name}]`
      fields.push({ name: called, text: isPlain ? value : unquoted(value), isFile: false })
    } else if (last) last.text += `\n${line}`
  }
  return fields
}

/** A value without the quotes that stand around the whole of it. */
function unquoted(value: string): string {
  const text = value.trim()
  return /^(?:"[^"]*"|'[^']*')[,;]?$/.test(text)
    ? text.slice(1, text.lastIndexOf(text.charAt(0)))
    : value
}

/** Labels and values on lines of their own, one after the other; null: they are not. */
export function alternating(lines: readonly string[]): LabelledValue[] | null {
  const pairs: LabelledValue[] = []
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const label = (lines[at] ?? '').replace(/\s?:$/, '')
    const value = lines[at + 1] ?? ''
    if (label.length > MAX_LABEL || !isColumnName(label) || isColumnName(value.slice(0, 60)))
      continue
    pairs.push({ label, value })
    at += 1
  }
  return 4 * pairs.length > lines.length && areLabelled(pairs) ? pairs : null
}

const MAX_LABEL = 40
