import { fieldKeys } from '../fields/search-keys.ts'
import { contactKeys } from '../leads/contact.ts'
import type { Contact, LeadContent } from '../leads/lead.ts'
import { canonicalMake } from '../leads/makes.ts'
import type { Vehicle } from '../leads/vehicle.ts'
import { plainDigits } from '../text/clean-text.ts'
import { fold, foldUmlauts } from '../text/fold.ts'

/**
 * What the keys of a search begin with, by their kind. E-mail addresses (`e:`) and phone numbers
 * (`p:`) are keys of `contactKeys`; only by those are people matched.
 */
export const KEY_PREFIXES = {
  name: 'n:',
  digits: 'd:',
  make: 'vm:',
  model: 'vd:',
  vehicleWord: 'v:',
  vin: 'vn:',
  reversedVin: 'vr:',
  plate: 'vp:',
  reversedPlate: 'vq:',
  stockNumber: 'vs:',
  reversedStock: 'vt:',
  externalId: 'x:',
  reference: 'xr:'
} as const

/** Digits that a part of a phone number has at least. */
export const MIN_DIGITS = 4

/** How much of a record is searchable. */
const MAX_KEY = 40
const MAX_NAME_KEYS = 16
const MAX_PHONES = 4
const MAX_VEHICLES = 5
const MAX_VEHICLE_KEYS = 40
const MAX_REFERENCES = 5

/** A lead or client, as far as it can be found. */
export type SearchableContent = Pick<LeadContent, 'contact' | 'customFields'> &
  Partial<Pick<LeadContent, 'vehicles' | 'externalId' | 'references'>> & {
    vehicleInterests?: readonly Vehicle[]
  }

/** Everything a client or lead is found by. */
export function recordKeys(
  content: SearchableContent,
  searchable: readonly { key: string }[]
): string[] {
  const { contact, externalId, references, vehicles, vehicleInterests } = content
  return [
    ...contactKeys(contact),
    ...nameKeys(contact),
    ...digitKeys(contact),
    ...vehicleKeys(vehicles ?? vehicleInterests ?? []),
    ...codeKeys('externalId', [externalId ?? null]),
    ...codeKeys(
      'reference',
      (references ?? []).slice(0, MAX_REFERENCES).map(({ id }) => id)
    ),
    ...fieldKeys(searchable, content.customFields)
  ]
}

/**
 * A code, make or model in the form in which it is compared: without case, blanks and punctuation, and a make in one
 * spelling.
 */
export function codeKey(kind: keyof typeof KEY_PREFIXES, text: string): string {
  const said = kind === 'make' ? canonicalMake(text) : text
  return `${KEY_PREFIXES[kind]}${fold(said).replaceAll(' ', '').slice(0, MAX_KEY)}`
}

/** The words of a name, each whole (`obrien`) and in its parts (`o`, `brien`). */
function nameKeys(contact: Contact): string[] {
  const { firstName, middleName, lastName, fullName, companyName } = contact
  const words = [firstName, middleName, lastName, fullName, companyName]
    .flatMap((name) => name?.split(/\s+/) ?? [])
    .map((word) => foldUmlauts(fold(word)))
    .flatMap((word) => [word.replaceAll(' ', ''), ...word.split(' ')])
    .flatMap((word) => [word, ...endsOf(word)])
  return keysOf('name', words).slice(0, MAX_NAME_KEYS)
}

/** The ends of a name in a script without blanks between first and last name: 王小明 is found by 小明. */
function endsOf(word: string): string[] {
  if (!UNSPACED.test(word)) return []
  const characters = Array.from(word)
  return characters.slice(1).map((_, at) => characters.slice(at + 1).join(''))
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u

/** The ends of phone numbers: the beginning of an end is any part of a number. */
function digitKeys({ phones }: Contact): string[] {
  const ends = phones.slice(0, MAX_PHONES).flatMap(({ number, valid }) => {
    const digits = plainDigits(number).replaceAll(/\D/g, '').slice(-20)
    // A usable number is under `p:` as a whole.
    const first = valid ? 1 : 0
    const count = Math.max(digits.length - MIN_DIGITS + 1 - first, 0)
    return Array.from({ length: count }, (_, index) => digits.slice(first + index))
  })
  return keysOf('digits', ends)
}

function vehicleKeys(vehicles: readonly Vehicle[]): string[] {
  const keys = vehicles
    .slice(0, MAX_VEHICLES)
    .flatMap(({ make, model, vin, plate, stockNumber }) => [
      ...codeKeys('vin', [vin]),
      ...reversedKeys('reversedVin', vin),
      ...codeKeys('plate', [plate]),
      ...reversedKeys('reversedPlate', plate),
      ...codeKeys('stockNumber', [stockNumber]),
      ...reversedKeys('reversedStock', stockNumber),
      ...codeKeys('make', beginningsOf(make)),
      ...codeKeys('model', beginningsOf(model)),
      // Their first words begin the keys above.
      ...[make, model].flatMap((name) =>
        keysOf(
          'vehicleWord',
          fold(name ?? '')
            .split(' ')
            .slice(1)
        )
      )
    ])
  return [...new Set(keys)].slice(0, MAX_VEHICLE_KEYS)
}

/** A make or model whole, and up to each of its words: `model=octavia` finds an Octavia Combi. */
function beginningsOf(name: string | null): string[] {
  const words = fold(name ?? '').split(' ')
  return words
    .slice(0, MAX_WORDS)
    .map((_, at) => words.slice(0, at + 1).join(' '))
    .concat(name ?? [])
}

const MAX_WORDS = 4

type ReversedKind = 'reversedVin' | 'reversedPlate' | 'reversedStock'

function reversedKeys(kind: ReversedKind, code: string | null): string[] {
  const key = code === null ? '' : reversedKey(kind, code)
  return key.length > KEY_PREFIXES[kind].length ? [key] : []
}

/** The key of the end of a code is the beginning of this. */
export function reversedKey(kind: ReversedKind, end: string): string {
  const code = codeKey(kind, end).slice(KEY_PREFIXES[kind].length)
  return `${KEY_PREFIXES[kind]}${Array.from(code).toReversed().join('')}`
}

function codeKeys(kind: keyof typeof KEY_PREFIXES, codes: readonly (string | null)[]): string[] {
  const keys = codes.flatMap((code) => (code === null ? [] : [codeKey(kind, code)]))
  return [...new Set(keys)].filter((key) => key !== KEY_PREFIXES[kind])
}

function keysOf(kind: keyof typeof KEY_PREFIXES, words: readonly string[]): string[] {
  const known = words.filter((word) => word !== '').map((word) => word.slice(0, MAX_KEY))
  return [...new Set(known)].map((word) => `${KEY_PREFIXES[kind]}${word}`)
}
