import { lettersOfFlag, readCountry } from '../text/country-names.ts'

/** What a sender gives beside a number: the code of its country, in any form, and that of its area. */
export interface PhoneCodes {
  country?: string | null | undefined
  area?: string | null | undefined
}

/** A number with the codes that were given apart from it; one with a prefix of its own stays. */
export function withCodes(number: string, { country, area }: PhoneCodes): string {
  const text = number.trim()
  if (!/^\(?\d/.test(text) || text.startsWith('00')) return number
  // A number with a trunk zero, or with the digits of its area, is whole.
  const given = area?.trim() ?? ''
  const areaDigits = given.replace(/\D/g, '')
  const hasArea = text.startsWith('0') || isLongWith(text.replace(/\D/g, ''), areaDigits)
  const local = hasArea && !/^(?:\+|00)/.test(given) ? '' : given
  const code = countryCode(country ?? (/^(?:\+|00)/.test(local) ? local : ''))
  const national = /^\(?\d{1,6}\)?$/.test(local) ? `${local} ${text}` : text
  if (code === null) return national
  const digits = text.replace(/\D/g, '')
  const isWhole = digits.startsWith(code) && digits.length >= MIN_WITH_CODE
  if (isWhole) return `+${digits}`
  return /^\d/.test(code) ? `+${code} ${national}` : `${code} ${national}`
}

function isLongWith(digits: string, area: string): boolean {
  return digits.length >= MIN_WITH_AREA && digits.startsWith(area.replace(/^0/, ''))
}

/** A number without its area is shorter. */
const MIN_WITH_AREA = 9

/** Shorter digits that begin like a country code are a national number. */
const MIN_WITH_CODE = 11

/** Whether a text is a code of a country or an area, and not the name or letters of a country. */
export function isDialledCode(text: string): boolean {
  return /^\(?(?:\+|00)? ?\(?\d{1,5}\)?$/.test(text.trim())
}

/** Whether a text is an extension: up to six digits, with or without a word before them. */
export function isExtension(text: string): boolean {
  return /^(?:\p{L}{1,10}\.? {0,2})?#?\d{1,6}$/u.test(text.trim())
}

/** A number with its extension; `isDialled`: with it the number is another, as a German `Durchwahl`. */
export function withExtension(number: string, extension: string, isDialled: boolean): string {
  const digits = extension.replace(/\D/g, '')
  if (digits === '' || !/\d\)?$/.test(number.trim())) return number
  return isDialled ? `${number.trim()}-${digits}` : `${number.trim()} ext. ${digits}`
}

/** Whether a text says a country as forms do: `+48`, `Poland (+48)`, `PL`, `Polska`. */
export function isCountryOfPhone(text: string): boolean {
  return countryCode(text) !== null
}

/** The digits of a calling code, or the letters of a country; null: the text is neither. */
function countryCode(text: string): string | null {
  const [, bare] = /^\(?(?:\+|00)? ?([1-9]\d{0,3})\)?$/.exec(text.trim()) ?? []
  const [, beside] = /\+ ?([1-9]\d{0,3})(?!\d)/.exec(text) ?? []
  const digits = bare ?? beside
  if (digits !== undefined) return digits
  const given = text.replace(/^\p{RI}{2}/u, lettersOfFlag)
  const letters = readCountry(given) ?? given
  return /^[A-Z]{2}$/.test(letters) ? letters : null
}

/** A number behind the letters or the flag of its country: `MX 55 1234 5678`. */
export function countryBefore(text: string): { country: string; number: string } | null {
  const [found, flag, letters] =
    /^\(?(?:(\p{RI}{2})|([A-Z]{2})(?![A-Za-z]))[): -]{0,3}(?=[+(\d])/u.exec(text) ?? []
  if (found === undefined) return null
  return {
    country: flag === undefined ? (letters ?? '') : lettersOfFlag(flag),
    number: text.slice(found.length)
  }
}
