import { isAnyLabel, typeBefore } from './phone-text.ts'
import { codeOf, isOpenPlan, isOwnMobile } from './country-codes.ts'
import type { FoundPhone, PhoneReading } from './phone-reading.ts'

/** Digits that stand together, and what is around them. */
interface Group {
  digits: string
  start: number
  end: number
  /** Letters touch them: `A4`, `2nd`. */
  isGlued: boolean
}

/** Some groups of a text, one behind the other, that are a number. */
interface Segment {
  from: number
  /** The group behind the last one. */
  to: number
  number: string
  raw: string
  start: number
}

/** The best way to read the groups from one on: as few digits as possible are left over. */
interface Best {
  left: number
  segments: readonly Segment[]
}

const MAX_GROUPS = 40
const MAX_GROUPS_OF_NUMBER = 6
const MIN_DIGITS = 8
const MAX_DIGITS = 15
const MAX_LEFT = 6
const IN_NUMBER = /^(?:\) ?| ?\(| ?[-./] ?| )$/

/**
 * The numbers in a text whose digits are whole numbers of the countries, with any marks between them. Other
 * digits are left over only where they are a year, a date, or belong to a word: beside a number, they are otherwise
 * part of a longer, mistyped one. None: the text is not read so.
 */
export function readNumberRuns(text: string, reading: PhoneReading): FoundPhone[] {
  const apart = text.replace(GLUED_LABEL, ' ')
  const groups = groupsOf(apart)
  if (groups.length > MAX_GROUPS) return []
  const best: (Best | null)[] = groups.map(() => null)
  best.push({ left: 0, segments: [] })
  for (let at = groups.length - 1; at >= 0; at -= 1) {
    best[at] = bestFrom(at, { text: apart, groups, reading, best })
  }
  let before = 0
  return (best[0]?.segments ?? []).map(({ number, raw, start }) => {
    const type = typeBefore(apart.slice(before, start))
    before = start + raw.length
    return { number, raw, type }
  })
}

/** `tel:601234567tel:602345678` */
const GLUED_LABEL = /(?<=\d)(?=\p{L}{1,12}[:.])/gu

interface Search {
  text: string
  groups: readonly Group[]
  reading: PhoneReading
  best: readonly (Best | null)[]
}

function bestFrom(at: number, search: Search): Best | null {
  const { groups, best } = search
  let found: Best | null = null
  const keep = (one: Best) => {
    if (found === null || one.left < found.left) found = one
  }
  for (let to = at + 1; to <= Math.min(at + MAX_GROUPS_OF_NUMBER, groups.length); to += 1) {
    const segment = segmentOf(at, to, search)
    const rest = best[to]
    if (segment && rest) keep({ left: rest.left, segments: [segment, ...rest.segments] })
    const isLeft = leftOf(at, to, search)
    if (isLeft !== null && rest) keep({ left: rest.left + isLeft, segments: rest.segments })
  }
  return found
}

function segmentOf(from: number, to: number, { text, groups, reading }: Search): Segment | null {
  const own = groups.slice(from, to)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last || own.some(({ isGlued }) => isGlued)) return null
  const digits = own.map((group) => group.digits).join('')
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return null
  const isOne = own.every(
    (group, at) => at === 0 || IN_NUMBER.test(text.slice(own[at - 1]?.end ?? 0, group.start))
  )
  if (!isOne) return null
  const [sign = ''] =
    /(?:\(\+|\+|\()$/.exec(text.slice(Math.max(0, first.start - 2), first.start)) ?? []
  const end = text[last.end] === ')' ? last.end + 1 : last.end
  const bare = text.slice(first.start, end)
  // A plus that touches the digits before it may stand between two numbers.
  const isBetween =
    sign === '+' && /\d\+$/.test(text.slice(Math.max(0, first.start - 2), first.start))
  const number =
    (isBetween || sign !== '+' ? readNational(bare, digits, reading) : null) ??
    (sign.includes('+') ? reading.parsePhone(`+${digits}`, null) : null)
  if (number === null) return null
  const start = first.start - (isBetween ? 0 : sign.length)
  return { from, to, number, raw: text.slice(start, end).trim(), start }
}

/** In a country whose numbers have any length, only the first digits say that a number begins. */
function readNational(
  text: string,
  digits: string,
  { countries, parsePhone }: PhoneReading
): string | null {
  for (const country of countries) {
    const isOpen = isOpenPlan(country) && !digits.startsWith('0') && !isOwnMobile(digits, country)
    const number = isOpen ? null : parsePhone(text, country)
    if (number !== null) return number
  }
  const code = codeOf(digits)
  const ownCode = countries.some(
    (country) => parsePhone(digits.slice(code.length), country) === `+${digits}`
  )
  return ownCode ? `+${digits}` : null
}

/** How many digits these groups leave over, or null: they may not be left. */
function leftOf(from: number, to: number, { text, groups }: Search): number | null {
  const own = groups.slice(from, to)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return null
  const count = own.reduce((sum, { digits }) => sum + digits.length, 0)
  if (own.every(({ isGlued }) => isGlued)) return own.length === 1 ? count : null
  if (own.some(({ isGlued }) => isGlued) || count > MAX_LEFT) return null
  const before = text.slice(Math.max(0, first.start - MAX_BESIDE), first.start)
  const behind = text.slice(last.end, last.end + MAX_BESIDE)
  const raw = text.slice(first.start, last.end)
  if (/[+(]$/.test(before) || /\d[^\s\d]*$/.test(before) || /^[^\s\d]*\d/.test(behind)) return null
  if (KNOWN.test(raw)) return count
  if (raw.includes(' ') || raw.startsWith('0')) return null
  const [, wordBefore] = /(?<!\p{L})(\p{L}{1,20})[.:]? $/u.exec(before) ?? []
  const [, wordBehind] = /^ (\p{L}{2,})/u.exec(behind) ?? []
  const hasWord = wordBefore !== undefined || wordBehind !== undefined
  if (/^\d{4,}$/.test(raw)) return hasWord ? count : null
  const isOfBefore = wordBefore !== undefined && (!isAnyLabel(wordBefore) || /^[1-3]$/.test(raw))
  const isOfBehind = wordBehind !== undefined && !isAnyLabel(wordBehind)
  return isOfBefore || isOfBehind ? count : null
}

/** As much of the text beside digits as says what they are. */
const MAX_BESIDE = 24

/** A year, a day and month, a Polish postal code. */
const KNOWN =
  /^(?:(?:19[5-9]|20[0-4])\d|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])(?:\.(?:20)?\d\d)?|\d\d-\d{3})$/

function groupsOf(text: string): Group[] {
  return Array.from(text.matchAll(/\d+/g), ({ 0: digits, index }) => {
    const end = index + digits.length
    const isGlued =
      /\p{L}$/u.test(text.slice(Math.max(0, index - 2), index)) ||
      /^\p{L}/u.test(text.slice(end, end + 2))
    return { digits, start: index, end, isGlued }
  })
}
