/** The meaning of a number, by the format of its cell. */
export type NumberKind =
  { kind: 'plain' } | { kind: 'date' } | { kind: 'time' } | { kind: 'digits'; pattern: string }

export const PLAIN: NumberKind = { kind: 'plain' }

/** Built-in formats of dates and times; the others of up to 163 are amounts, shares and such. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 54, 57, 58])
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47])

/** The content of a cell of this format: `code` is the sheet's own format, if it has one. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (BUILT_IN_DATES.has(id)) return { kind: 'date' }
    return BUILT_IN_TIMES.has(id) ? { kind: 'time' } : PLAIN
  }
  const [positive = ''] = code.split(';')
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^[\]]*\]/gi, '')
  if (/[yd]/i.test(bare) && !/general/i.test(bare)) return { kind: 'date' }
  if (/[hs]/i.test(bare)) return { kind: 'time' }
  if (/m/i.test(bare)) return { kind: 'date' }
  // Codes that are written as numbers, such as postal codes: `00-000`.
  const pattern = positive.replace(/\\(.)|"([^"]*)"/g, '$1$2')
  return /^0[0 ()/-]*0$/.test(pattern) ? { kind: 'digits', pattern } : PLAIN
}

/** A number as people write it. */
export function presentNumber(text: string, kind: NumberKind, is1904: boolean): string {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value)) return text
  switch (kind.kind) {
    case 'date':
      return presentDate(value, is1904) ?? presentPlain(value)
    case 'time':
      return value >= 1 ? (presentDate(value, is1904) ?? presentPlain(value)) : presentTime(value)
    case 'digits':
      return presentDigits(value, kind.pattern)
    case 'plain':
      return presentPlain(value)
  }
}

/** Whole numbers with all digits: a phone is not 4.8601E+10. Others with the 15 digits that are shown. */
function presentPlain(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString()
  return String(Number(value.toPrecision(15)))
}

const DAY_MS = 86_400_000
/** The day before day 1 of a sheet, which counts 1900 as a leap year. */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
/** The last day of the year 9999. */
const MAX_SERIAL = 2_958_465

function presentDate(serial: number, is1904: boolean): string | null {
  if (serial < 0 || serial > MAX_SERIAL) return null
  const shift = !is1904 && serial < 60 ? 1 : 0
  const days = Math.floor(serial) + shift
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400)
  const time = (is1904 ? EPOCH_1904 : EPOCH_1900) + days * DAY_MS + seconds * 1000
  const iso = new Date(time).toISOString()
  return seconds === 0 ? iso.slice(0, 10) : iso.slice(0, 19)
}

function presentTime(share: number): string {
  const time = new Date(Math.round(Math.abs(share) * 86_400) * 1000).toISOString().slice(11, 19)
  return time.endsWith(':00') ? time.slice(0, 5) : time
}

/** The digits in the zeros of the pattern, from the right. Surplus digits are kept. */
function presentDigits(value: number, pattern: string): string {
  if (!Number.isSafeInteger(value) || value < 0) return presentPlain(value)
  const zeros = pattern.replace(/[^0]/g, '').length
  const digits = String(value).padStart(zeros, '0')
  let at = digits.length - zeros
  const laid = pattern.replace(/0/g, () => digits[at++] ?? '')
  return digits.slice(0, digits.length - zeros) + laid
}
