import { isMakeText, isVehicleText } from '../leads/vehicle-text.ts'
import { readCountry } from '../text/country-names.ts'
import { fold, foldUmlauts } from '../text/fold.ts'
import { hasNameForms } from '../text/nicknames.ts'
import type { ImportColumn } from './import.ts'

/** What the column at this place is called in a file that has no names of columns. */
export function numberedColumn(at: number): string {
  return `Column ${at + 1}`
}

/** Two or three words of letters, the first and the last with a capital letter, where the script has them. */
const NAME =
  /^(?!\p{Ll})\p{L}[\p{L}\p{M}'’-]*(?: [\p{L}\p{M}'’-]+)? (?!\p{Ll})\p{L}[\p{L}\p{M}'’-]*$/u

/** So much of the values must be names. */
const MOST = 0.75

/** How long a part of an e-mail is that says whose it is. */
const MIN_PART = 3

const FULL_NAME = 'contact.fullName'
const POINT = /^contact\.(?:email|phone|otherEmails|otherPhones)$/

/**
 * The column with the names of persons in a file without names of columns, or undefined: most of its values are two or
 * three words, it has about as many as the e-mails or phones, and no other column has names. Of several it is that
 * whose names are in the e-mails, then the nearest to the e-mails and phones.
 */
export function nameByValues(
  columns: readonly ImportColumn[],
  fieldOf: (column: ImportColumn) => string | null | undefined
): ImportColumn | undefined {
  if (!areNumbered(columns)) return undefined
  const points = columns.filter((column) => POINT.test(fieldOf(column) ?? ''))
  const isNamed = columns.some((column) =>
    /^contact\.(?:first|last)Name$/.test(fieldOf(column) ?? '')
  )
  if (points.length === 0 || isNamed) return undefined
  const most = Math.max(...points.map(({ samples }) => samples.length))
  const parts = partsOfEmails(points)
  const places = points.map((point) => columns.indexOf(point))
  const found = columns.flatMap((column, at) => {
    const isOpen = (fieldOf(column) ?? FULL_NAME) === FULL_NAME
    const names = column.samples.filter(isPersonName)
    const isName = names.length > 0 && names.length >= MOST * Math.max(most, column.samples.length)
    if (!isOpen || !isName) return []
    const known = names.filter((name) =>
      fold(name)
        .split(' ')
        .some((word) => parts.has(word))
    )
    const distance = Math.min(...places.map((place) => Math.abs(place - at)))
    return [{ column, known: known.length, distance }]
  })
  return found.toSorted((a, b) => b.known - a.known || a.distance - b.distance)[0]?.column
}

/** Whether no column of a file has a name. */
function areNumbered(columns: readonly ImportColumn[]): boolean {
  return columns.every(({ name }, at) => name === numberedColumn(at))
}

/** One word of letters that begins with a capital letter, or two with a hyphen. */
const NAME_WORD = /^\p{Lu}[\p{L}\p{M}'’]+(?:-\p{Lu}[\p{L}\p{M}'’]+)?$/u

/**
 * The two columns beside each other with the first and last names of persons in a file without names of columns, or
 * null. Which of them is the first name is told by first names that are known, and by e-mails such as `jan.kos@…`.
 */
export function namePartsByValues(
  columns: readonly ImportColumn[],
  fieldOf: (column: ImportColumn) => string | null | undefined
): { first: ImportColumn; last: ImportColumn } | null {
  if (!areNumbered(columns)) return null
  const points = columns.filter((column) => POINT.test(fieldOf(column) ?? ''))
  const isNamed = columns.some((column) => fieldOf(column)?.endsWith('Name') === true)
  if (points.length === 0 || isNamed) return null
  const places = placesInEmails(points)
  const isOpen = (column: ImportColumn) =>
    (fieldOf(column) ?? null) === null && areNameWords(column.samples)
  const found = columns.flatMap((column, at) => {
    const other = columns[at + 1]
    if (!other || !isOpen(column) || !isOpen(other)) return []
    const [own, others] = [firstness(column, places), firstness(other, places)]
    const evidence = Math.abs(own - others)
    const [first, last] = own > others ? [column, other] : [other, column]
    return evidence > 0 ? [{ first, last, evidence }] : []
  })
  return found.toSorted((a, b) => b.evidence - a.evidence)[0] ?? null
}

function areNameWords(samples: readonly string[]): boolean {
  const words = samples.filter(
    (text) => NAME_WORD.test(text) && !isMakeText(text) && readCountry(text) === null
  )
  return words.length > 0 && words.length >= MOST * samples.length
}

/** How much says that the values of a column are first names. */
function firstness(
  { samples }: ImportColumn,
  places: ReadonlyMap<string, 'first' | 'last'>
): number {
  const signs = samples.map((text) => {
    const word = foldUmlauts(fold(text))
    const place = places.get(fold(text))
    return Number(hasNameForms(word)) + (place === undefined ? 0 : place === 'first' ? 1 : -1)
  })
  return signs.reduce((sum, sign) => sum + sign, 0)
}

/** The two words before the at signs: most people write their first name first. */
function placesInEmails(points: readonly ImportColumn[]): Map<string, 'first' | 'last'> {
  const places = new Map<string, 'first' | 'last'>()
  for (const text of points.flatMap(({ samples }) => samples)) {
    const words = text.includes('@') ? fold(text.slice(0, text.indexOf('@'))).split(' ') : []
    const [first, last, ...more] = words.filter((word) => word.length >= MIN_PART)
    if (first === undefined || last === undefined || more.length > 0) continue
    places.set(first, 'first')
    places.set(last, 'last')
  }
  return places
}

function isPersonName(text: string): boolean {
  return NAME.test(text) && !isVehicleText(text) && readCountry(text) === null
}

/** The words before the at signs: `anna.kos@…` is of a Kos. */
function partsOfEmails(points: readonly ImportColumn[]): ReadonlySet<string> {
  const texts = points.flatMap(({ samples }) => samples).filter((text) => text.includes('@'))
  const words = texts.flatMap((text) => fold(text.slice(0, text.indexOf('@'))).split(' '))
  return new Set(words.filter((word) => word.length >= MIN_PART))
}
