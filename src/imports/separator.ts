import { isColumnName } from '../domain/imports/guess-mapping.ts'
import { SEPARATORS } from '../domain/imports/import.ts'
import { HEAD_ROWS, isValue } from './header.ts'
import { MAX_COLUMNS, SAMPLE_BYTES } from './limits.ts'

/** A first line that tells spreadsheets the separator: `sep=;`. */
const DECLARATION = /^"?sep=([,;|\t])"?\n/i

/** The separator that the file names itself, and the length of that line. */
export function declaredSeparator(head: string): { separator: string; length: number } | null {
  const match = DECLARATION.exec(head)
  const separator = match?.[1]
  return match && separator !== undefined ? { separator, length: match[0].length } : null
}

const MAX_LINES = 100

/**
 * The separator of the names of the columns, if the rows below have as many cells; else the one that cuts the
 * first lines into equally many cells, and into the most. Text between quotes is never cut.
 */
export function guessSeparator(head: string): string {
  const whole = firstLines(head)
  const ofNames = separatorOfNames(whole)
  if (ofNames !== null) return ofNames
  const candidates = Object.values(SEPARATORS).map((separator) => ({
    separator,
    score: scoreOf(whole.map((line) => line.split(separator).length - 1))
  }))
  return candidates.reduce((best, one) => (one.score > best.score ? one : best)).separator
}

/** The share of the rows below that have as many cells as a row of names: of known ones, and of others. */
const MIN_KEPT = { known: 0.5, other: 0.8 }

/**
 * The separator that cuts one of the first lines into names; of several, into the most known ones, then the one
 * whose line of names comes first, then the one with the most names.
 */
function separatorOfNames(lines: readonly string[]): string | null {
  const found = Object.values(SEPARATORS).flatMap((separator) => {
    const rows = lines.map((line) => line.split(separator))
    const at = rows.slice(0, HEAD_ROWS).findIndex((cells, place) => {
      if (!areNames(cells)) return false
      const below = rows.slice(place + 1)
      const kept = below.filter(({ length }) => length === cells.length).length
      const least = knownAmong(cells) > 1 ? MIN_KEPT.known : MIN_KEPT.other
      return kept > 0 && kept >= below.length * least
    })
    const names = rows[at]
    return names ? [{ separator, at, known: knownAmong(names), names: names.length }] : []
  })
  const [best] = found.toSorted((a, b) => b.known - a.known || a.at - b.at || b.names - a.names)
  return best?.separator ?? null
}

function knownAmong(names: readonly string[]): number {
  return names.filter((name) => isColumnName(name)).length
}

const MAX_NAME = 60

/** Whether the cells are different short texts and no values. Blank ones are names between quotes. */
function areNames(cells: readonly string[]): boolean {
  if (cells.length < 2 || cells.length > MAX_COLUMNS) return false
  const texts = cells.map((cell) => cell.trim()).filter((text) => text !== '')
  const isName = (text: string) => text.length <= MAX_NAME && /\p{L}/u.test(text) && !isValue(text)
  return texts.every(isName) && new Set(texts).size === texts.length
}

/** The number of cells in most of the first lines. */
export function usualWidth(head: string, separator: string): number {
  const counts = new Map<number, number>()
  for (const line of firstLines(head)) {
    const count = line.split(separator).length
    counts.set(count, (counts.get(count) ?? 0) + 1)
  }
  const most = Math.max(...counts.values())
  return [...counts].find(([, lines]) => lines === most)?.[0] ?? 1
}

/** Separators and line ends. */
const INNER_BREAKS = /[\n,;|\t]+/g

/** The first lines that are not blank. What is between quotes has no separators and line ends in them. */
function firstLines(head: string): string[] {
  const lines = head
    .replace(/"(?:[^"]|"")*"/g, (cell) => cell.slice(1, -1).replace(INNER_BREAKS, ' '))
    .split('\n')
    .filter((line) => line.trim() !== '')
  return (isHalf(head) && lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, MAX_LINES)
}

/** Whether the last line of a sample may be half of one. */
function isHalf(head: string): boolean {
  return head.length >= SAMPLE_BYTES && !head.endsWith('\n')
}

/** The most frequent number of separators in a line, times the number of lines that have it. */
function scoreOf(counts: readonly number[]): number {
  const agreeing = new Map<number, number>()
  for (const count of counts) agreeing.set(count, (agreeing.get(count) ?? 0) + 1)
  const scores = [...agreeing].map(([count, lines]) => Math.sqrt(count) * (lines / counts.length))
  return Math.max(0, ...scores)
}

const WRAPPED = /^"(?:[^"\n]|"")*"$/

/**
 * The head without the quotes around each line as a whole, with more than one cell in it; null: it is another.
 * Spreadsheets write such a file when they save one whose lines they had read as one cell.
 */
export function withoutWraps(head: string): string | null {
  const lines = head.split('\n').filter((line) => line.trim() !== '')
  const whole = isHalf(head) ? lines.slice(0, -1) : lines
  if (whole.length < 2) return null
  const [header = '', ...rows] = whole.slice(0, MAX_LINES).map((line) => line.trim())
  // Some programs put only the rows between quotes.
  const isPlain = !WRAPPED.test(header) && !header.includes('"')
  if (!(isPlain || WRAPPED.test(header)) || !rows.every((row) => WRAPPED.test(row))) return null
  const text = lines.map((line) => unwrapped(line.trim())).join('\n') + '\n'
  const separator = guessSeparator(text)
  const plain = firstLines(text)
  const width = usualWidth(text, separator)
  const isTable = width > 1 && separatorOfNames(plain) !== null
  if (isPlain && header.split(separator).length !== width) return null
  return isTable && areCells(plain, separator) ? text : null
}

function unwrapped(line: string): string {
  return line.replace(/^"|"$/g, '').replaceAll('""', '"')
}

/** Two lines alone may be a column of texts with commas, unless a cell of the second one is a value. */
function areCells([, row = '', ...more]: readonly string[], separator: string): boolean {
  return more.length > 0 || row.split(separator).some((cell) => isValue(cell.trim()))
}
