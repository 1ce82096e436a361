import type { ContactReading } from '../contacts/given-contact.ts'
import type { GivenPhone, GivenPoint } from '../contacts/given-points.ts'
import { holdsNoPoint } from '../contacts/point-names.ts'
import { digitsOf } from '../contacts/phone-forms.ts'
import { readEmailField } from '../contacts/read-emails.ts'
import { readPhoneField } from '../contacts/read-phones.ts'
import { MIN_DIALLED_DIGITS } from '../leads/contact.ts'
import type { PhoneType, UnmappedValue } from '../leads/lead.ts'
import type { UntakenValue } from './element-cursor.ts'

/** E-mail addresses and phones in elements and attributes that ADF does not know. */
export interface FoundContacts {
  emails: GivenPoint[]
  phones: GivenPhone[]
  found: UnmappedValue[]
}

/** So many values are looked at: to read one takes time. */
const MAX_VALUES = 50
const MAX_TEXT = 500

/**
 * What no known element has taken, and is an e-mail address or a phone: `<telefon>`, `<phone><number>`,
 * `<email value="…"/>`. Digits under another name are a phone only where the person has none at all
 * (`isSilent`): they may be an id.
 */
export function findContacts(
  untaken: readonly UntakenValue[],
  reading: ContactReading,
  isSilent: boolean
): FoundContacts {
  const values = untaken
    .filter(({ keys, text }) => text.length <= MAX_TEXT && !keys.some(isBesidePerson))
    .slice(0, MAX_VALUES)
  const emails = values.filter(
    ({ text }) => text.includes('@') && readEmailField(text, reading.parseEmail).emails.length > 0
  )
  const others = values.filter((value) => !emails.includes(value))
  const named = joinedParts(others.filter(({ keys }) => keys.some(isPhoneName)))
  const isNone = isSilent && emails.length + named.length === 0
  const phones = isNone ? others.filter((value) => isNumber(value, reading)) : named
  for (const { take } of [...emails, ...phones]) take()
  return {
    emails: emails.map(({ text, path }) => ({ text, path })),
    phones: phones.map(({ text, path, keys, type }) => ({ text, path, type: typeOf(keys, type) })),
    found: [...emails, ...phones].map(({ path, text }) => ({ path, text, code: 'found_in_text' }))
  }
}

/** What is beside the person, or is read by a reader of its own. */
export function isBesidePerson(key: string): boolean {
  return /^(?:vehicles?|trade\w*|vendor|provider|id|requestdate|timeframe|comments?)$/.test(key)
}

function isPhoneName(key: string): boolean {
  return /phone|fon|tel(?!ler)|mobil|movil|cell|handy|komor|gsm|fax|faks|whatsapp|rufnummer/.test(
    key
  )
}

/** The numbers; one in parts, as `areacode` and `number` in one element, is one text. */
function joinedParts(values: readonly UntakenValue[]): UntakenValue[] {
  const parents = [...new Set(values.map(({ parent }) => parent))]
  return parents
    .map((parent) => values.filter((value) => value.parent === parent))
    .flatMap((group) =>
      group.some((value) => ['country', 'area'].includes(partOf(value))) ? [joinedOf(group)] : group
    )
    .filter(({ text }) => digitsOf(text).length >= MIN_DIALLED_DIGITS)
}

type Part = 'country' | 'area' | 'number' | 'extension' | 'none'

function partOf({ keys, text }: UntakenValue): Part {
  const key = keys.at(-1) ?? ''
  if (digitsOf(text) === '') return 'none'
  if (/country|calling|prefi[xj]|pais|kraj|land/.test(key)) return 'country'
  if (/area|kierunk|lada|vorwahl/.test(key)) return 'area'
  if (/ext|intern|wewn|durchwahl/.test(key)) return 'extension'
  return isPhoneName(key) || /num|value|exchange|line|local|nr/.test(key) ? 'number' : 'none'
}

function joinedOf(group: readonly UntakenValue[]): UntakenValue {
  const textsOf = (part: Part) =>
    group.filter((one) => partOf(one) === part).map(({ text }) => text)
  const country = textsOf('country').map((text) => `+${digitsOf(text)}`)
  const extension = textsOf('extension').map((text) => `ext. ${digitsOf(text)}`)
  const parts = [...country, ...textsOf('area'), ...textsOf('number'), ...extension]
  const [first] = group
  return {
    ...(first ?? { keys: [], parent: '', type: null }),
    path: first?.parent ?? '',
    text: parts.join(' '),
    take: () => {
      for (const one of group) if (partOf(one) !== 'none') one.take()
    }
  }
}

function isNumber({ keys, text }: UntakenValue, reading: ContactReading): boolean {
  if (keys.some(holdsNoPoint) || !/^[+(\d][\d\s()./-]{6,24}$/.test(text)) return false
  const read = readPhoneField(text, { ...reading, countries: [reading.country] })
  return read.some(({ number }) => number !== null)
}

const TYPES: readonly [RegExp, PhoneType][] = [
  [/fax|faks/, 'fax'],
  [/mobil|movil|cell|handy|komor|gsm|whatsapp/, 'mobile'],
  [/work|office|business|sluzb|firm|trabajo|oficina|geschaft|buro|dienst/, 'work'],
  [/home|house|dom|casa|priv/, 'home']
]

/** Null: a label in the number may say it. */
function typeOf(keys: readonly string[], type: string | null): PhoneType | null {
  const words = [...keys, type?.toLowerCase() ?? ''].join(' ')
  return TYPES.find(([pattern]) => pattern.test(words))?.[1] ?? null
}
