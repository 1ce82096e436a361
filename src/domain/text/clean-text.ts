/**
 * Text without invisible characters: direction marks, zero-width spaces, soft hyphens, byte order
 * marks. Blanks of every kind are one plain blank, and none is at either end.
 *
 * The two joiners stay: in Persian and Indic scripts they are part of a word.
 */
export function cleanText(text: string): string {
  return text.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim()
}

/**
 * Text of an e-mail address or phone number in plain characters: without any invisible one, full-width
 * forms as narrow ones, curly quotes as straight ones, long dashes as hyphens. Line breaks stay,
 * because they separate values.
 */
export function plainText(text: string): string {
  return (
    plainDigits(text)
      .replace(/\p{Cf}/gu, '')
      // Normalised, it is a blank with a mark.
      .replaceAll('\u00b4', "'")
      .normalize('NFKC')
      .replace(/[\u2018-\u201b\u2032\u2035\u2039\u203a`\u02bb-\u02bd]/g, "'")
      .replace(/[\u201c-\u201f\u2033\u2036\u00ab\u00bb\u300c-\u300f\u301d-\u301f]/g, '"')
      .replace(/\p{Pd}|\u2212/gu, '-')
      .split(/[\n\r\u2028\u2029]+/)
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n')
  )
}

/** The text without these characters at its ends: `first` of the beginning, `last` of the end. */
export function trimCharacters(text: string, first: string, last: string): string {
  let [start, end] = [0, text.length]
  while (start < end && first.includes(text.charAt(start))) start += 1
  while (end > start && last.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g

/** The text with the digits of every script as 0 to 9. */
export function plainDigits(text: string): string {
  return text.replace(OTHER_DIGITS, (digit) => {
    const known = VALUES.get(digit)
    if (known !== undefined) return known
    const value = valueOf(digit)
    VALUES.set(digit, value)
    return value
  })
}

const OTHER_DIGITS = /(?!\d)\p{Nd}/gu

/** The values of digits that were met: Unicode has some hundreds, and a text may be nothing else. */
const VALUES = new Map<string, string>()

/** Digits stand together in their order: the value is the number of those before. */
function valueOf(digit: string): string {
  const plain = digit.normalize('NFKC')
  if (/^\d$/.test(plain)) return plain
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}
