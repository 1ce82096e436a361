import { isVehicleText } from '../leads/vehicle-text.ts'
import { readCountry } from '../text/country-names.ts'
import { fold } from '../text/fold.ts'
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
  if (!columns.every(({ name }, at) => name === numberedColumn(at))) return undefined
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

function isPersonName(text: string): boolean {
  return NAME.test(text) && !isVehicleText(text) && readCountry(text) === null
}

/** The words before the at signs: `anna.kos@…` is of a Kos. */
function partsOfEmails(points: readonly ImportColumn[]): ReadonlySet<string> {
  const texts = points.flatMap(({ samples }) => samples).filter((text) => text.includes('@'))
  const words = texts.flatMap((text) => fold(text.slice(0, text.indexOf('@'))).split(' '))
  return new Set(words.filter((word) => word.length >= MIN_PART))
}
