import { domainToASCII } from 'node:url'
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { isFictional } from '../../domain/contacts/fictional-numbers.ts'
import type { ContactReading } from '../../domain/contacts/given-contact.ts'
import type { OwnPoints } from '../../domain/contacts/point-parsing.ts'
import type { ContactTime, EmailAddress, PhoneNumber, PhoneType } from '../../domain/leads/lead.ts'

/** The longest address an SMTP path can carry (RFC 5321, 4.5.3.1.3). */
const MAX_ADDRESS_LENGTH = 254

/** What is longer behind a comma is another number. */
const MAX_EXTENSION = 5

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** No top-level domain has one letter, or digits beside letters. */
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

/** How texts of people are read where a number without a prefix is dialled in `country`. */
export function contactReading(country: string, ownPoints?: OwnPoints): ContactReading {
  return { country, parseEmail, parsePhone, ownPoints }
}

/**
 * Reads an e-mail address. A valid one has a plain local part and a host name with a dot, and so
 * can stand in a mail header as it is; anything else is kept as given, and not valid.
 */
export function readEmail(raw: string): EmailAddress {
  const address = parseEmail(raw)
  return { address: address ?? raw.trim(), raw, valid: address !== null }
}

function parseEmail(raw: string): string | null {
  const text = raw.trim()
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const domain = text.length > MAX_ADDRESS_LENGTH ? null : toAsciiDomain(text.slice(at + 1))
  const address = `${local}@${domain ?? ''}`
  const isValid =
    domain !== null &&
    local.length <= 64 &&
    LOCAL_PART.test(local) &&
    address.length <= MAX_ADDRESS_LENGTH
  return isValid ? address : null
}

/**
 * The form in which addresses are compared. By the letter the local part may depend on case; in
 * practice no mailbox does, and one person writes their own address both ways.
 */
export function emailKey(address: string): string {
  return readEmail(address).address.normalize('NFC').toLowerCase()
}

/**
 * Reads a phone number as dialled in `country`, unless it carries a prefix. An extension is
 * tolerated: it stays in `raw`, because E.164 has no room for it.
 */
export function readPhone(
  raw: string,
  country: string,
  type: PhoneType = 'voice',
  time: ContactTime | null = null
): PhoneNumber {
  const number = parsePhone(raw, country)
  return { number: number ?? raw.trim(), raw, valid: number !== null, type, time }
}

/** No number that people are called at has fewer digits. */
const HAS_DIGITS = /\p{Nd}(?:\P{Nd}*\p{Nd}){3}/u

/** A number in E.164; see `PointParsing`. */
export function parsePhone(text: string, country: string | null): string | null {
  // The library fails by an error with its stack, which costs more than all other readings.
  if (!HAS_DIGITS.test(text)) return null
  const defaultCountry = country?.toUpperCase() ?? ''
  const parsed = parsePhoneNumberFromString(text.trim(), {
    extract: false,
    ...(isSupportedCountry(defaultCountry) ? { defaultCountry } : {})
  })
  const isUsable =
    parsed !== undefined &&
    (parsed.ext ?? '').length <= MAX_EXTENSION &&
    (parsed.isValid() ||
      isFictional(parsed.number) ||
      (parsed.countryCallingCode === '1' && isNorthAmerican(parsed.nationalNumber)))
  return isUsable ? parsed.number : null
}

/**
 * North America opens area codes faster than metadata is released, so its plan is checked by
 * structure. Ten times the same digit is what people type instead of a number: taken for one, it
 * would make strangers look like one person.
 */
function isNorthAmerican(nationalNumber: string): boolean {
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(nationalNumber) && !/^(\d)\1+$/.test(nationalNumber)
}

/** `domainToASCII` also decodes `%41` and reads `0x7f.1` as an IPv4 address, so both are barred. */
function toAsciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null
  const labels = domainToASCII(domain.toLowerCase()).split('.')
  const isHostName =
    labels.length > 1 &&
    labels.every((label) => DOMAIN_LABEL.test(label)) &&
    TOP_LABEL.test(labels.at(-1) ?? '')
  return isHostName ? labels.join('.') : null
}
