import { withCodes } from '../../domain/contacts/phone-codes.ts'
import { customerAt, saysRole } from '../../domain/contacts/party-roles.ts'
import { digitsOf } from '../../domain/contacts/phone-forms.ts'
import { contactColumn } from '../../domain/imports/qualified-names.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { isObject } from './is-object.ts'
import type { Keep, Move } from './keep.ts'
import { isOwnForm, isPlain, nameInForm } from './name-shapes.ts'

/**
 * Forms that other systems post in place of our contact: an e-mail or phone as a list or an object, lists
 * `emails` and `phones`, several contacts, and a text that holds an address or a number.
 */

/** A contact in our form. What it has no place for goes to `keep`. A value of another kind stays. */
export function contactShape(value: unknown, keep: Keep, move: Move): unknown {
  if (typeof value === 'string') return contactOfText(value, move)
  if (isObject(value))
    return phonesInForm(emailsInForm(nameInForm(value, move), keep, move), keep, move)
  if (!Array.isArray(value)) return value
  if (value.every((one) => typeof one === 'string')) return contactOfText(value.join(', '), move)
  const chosen = customerAt(value)
  const person: unknown = value[chosen]
  if (!isObject(person)) return value
  value.forEach((other, index) => {
    if (index === chosen) return
    keep(`/${index}`, other, 'surplus_item')
    move(`/${index}`, `/${index}`)
  })
  move('', `/${chosen}`)
  const own = Object.entries(person).filter(([name, member]) => {
    const isRole = saysRole(name, member)
    if (isRole) keep(`/${chosen}/${escapePointer(name)}`, member, 'unknown_member')
    return !isRole
  })
  return contactShape(Object.fromEntries(own), keep, (read, sent) => {
    move(read, `/${chosen}${sent}`)
  })
}

/** A phone in our form; a text or number is the number alone. */
export function phoneShape(value: unknown, keep: Keep): unknown {
  if (!isObject(value)) return { number: value }
  const point = pointOf(value, PHONE, '', keep)
  return point ? phoneInput(point) : value
}

/** The names of the member that is the value itself, the likeliest first. */
const EMAIL = ['address', 'email', 'emailAddress', 'value', 'mail', 'text']
const PHONE = [
  ...[
    'e164',
    'e164Phone',
    'international',
    'full',
    'fullNumber',
    'number',
    'value',
    'phone',
    'phoneNumber',
    'telephone',
    'tel',
    'mobile'
  ],
  ...[
    'formatted',
    'formattedPhone',
    'text',
    'national',
    'nationalNumber',
    'local',
    'localNumber',
    'subscriber'
  ]
]

const TYPES = ['type', 'phoneType', 'label', 'kind']
const PREFIXES = [
  ...['countryCode', 'country_code', 'countryCallingCode', 'callingCode', 'dialCode', 'dial_code'],
  ...['prefix', 'prefijo', 'vorwahl', 'kierunkowy', 'cc', 'country', 'iso', 'iso2', 'region']
]
const AREAS = ['area', 'areaCode', 'area_code']
const EXTENSIONS = ['extension', 'ext']
const MAIN = ['primary', 'isPrimary', 'main', 'isMain', 'preferred', 'default', 'isDefault']

interface Point {
  text: string
  type: unknown
  time: unknown
  isMain: boolean
}

/** An e-mail or phone that is an object or a plain value; null: it has none. */
function pointOf(value: unknown, names: readonly string[], at: string, keep: Keep): Point | null {
  if (isPlain(value)) return { text: String(value), type: null, time: null, isMain: false }
  if (!isObject(value)) return null
  const boxes = names === PHONE ? boxesOf(value) : null
  if (boxes) return pointOf(boxes, names, at, keep)
  const name = names.find((one) => isPlain(value[one]))
  if (name === undefined) return null
  const find = (among: readonly string[]) => among.find((one) => isPlain(value[one])) ?? ''
  const isPhone = names === PHONE
  const parts = isPhone ? [TYPES, PREFIXES, AREAS, EXTENSIONS] : []
  const [type = '', prefix = '', area = '', extension = ''] = parts.map(find)
  // A country may be told by its code and its letters: the first that is there says it.
  const codes = isPhone ? PREFIXES : []
  const used = [name, type, area, extension, 'time', ...MAIN, ...codes]
  for (const [member, other] of Object.entries(value)) {
    const isLeft = !used.includes(member) && other !== null && other !== ''
    if (isLeft) keep(`${at}/${escapePointer(member)}`, other, 'unknown_member')
  }
  return {
    text: wholeNumber(String(value[name]), [value[prefix], value[area], value[extension]]),
    type: value[type] ?? null,
    time: value.time ?? null,
    isMain: MAIN.some((one) => value[one] === true)
  }
}

/** A number that is an object of the three groups in which North America writes it, with one member for them. */
function boxesOf(value: Record<string, unknown>): Record<string, unknown> | null {
  const groups = BOXES.map((names) => names.find((name) => isPlain(value[name])) ?? '')
  const text = groups.map((name) => String(value[name]).trim()).join('-')
  if (!/^\d{3}-\d{3}-\d{4}$/.test(text)) return null
  const others = Object.entries(value).filter(([name]) => !groups.includes(name))
  return { ...Object.fromEntries(others), number: text }
}

const BOXES = [
  [...AREAS, 'npa'],
  ['prefix', 'exchange', 'nxx'],
  ['line', 'lineNumber', 'line_number', 'suffix', 'number', 'subscriber']
]

/** How deep points are within each other: `{work: [{value: …}]}`. */
const MAX_DEPTH = 4

/** A value as single points, each with the kind that its member names. */
function spread(value: unknown, names: readonly string[], depth = 0): unknown[] {
  if (depth > MAX_DEPTH) return [value]
  if (Array.isArray(value)) return value.flatMap((one) => spread(one, names, depth + 1))
  if (!isObject(value)) return [value]
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== '')
  const kinds = members.flatMap(([name, member]) => {
    const kind = kindOf(name, names)
    const isPoint = typeof member === 'object' || isPointText(member)
    return kind && isPoint ? [{ ...kind, member }] : []
  })
  if (kinds.length > 0 && kinds.length === members.length) {
    return kinds
      .toSorted((one, other) => one.rank - other.rank)
      .flatMap(({ type, member }) =>
        spread(member, names, depth + 1).map((one) => withType(one, type, names))
      )
  }
  if (names.some((name) => isPlain(value[name]))) return [value]
  const inner = names.find((name) => isObject(value[name]) || Array.isArray(value[name]))
  if (inner === undefined) return [value]
  const { [inner]: held, ...others } = value
  return spread(held, names, depth + 1).map((one) =>
    isObject(one) ? { ...others, ...one } : { ...others, [names[0] ?? '']: one }
  )
}

/** The kind that a member names, as in `{work: …, mobile: …}` and `{0: …}`; `{primary: true}` is a mark. */
function kindOf(
  name: string,
  names: readonly string[]
): { rank: number; type: string | null } | null {
  if (/^\d{1,2}$/.test(name)) return { rank: Number(name), type: null }
  if (/^(?:tele)?fax$/i.test(name)) return { rank: MAX_RANK, type: 'fax' }
  return contactColumn(`${names === PHONE ? 'phone' : 'email'} ${name}`)
}

/** A fax is the last of all. */
const MAX_RANK = 100

function isPointText(value: unknown): boolean {
  return (
    isPlain(value) && (String(value).includes('@') || digitsOf(String(value)).length >= MIN_DIGITS)
  )
}

function withType(one: unknown, type: string | null, names: readonly string[]): unknown {
  if (type === null || names !== PHONE) return one
  return { type, ...(isObject(one) ? one : { number: one }) }
}

/** A number with the country code, the area and the extension that were posted apart from it. */
function wholeNumber(number: string, parts: readonly unknown[]): string {
  const [country, area, extension] = parts.map((part) => (isPlain(part) ? String(part) : null))
  const whole = withCodes(number, { country: country ?? null, area: area ?? null })
  return extension ? `${whole} ext. ${extension}` : whole
}

function phoneInput({ text, type, time }: Point) {
  return { number: text, type, time }
}

/** The contact with its addresses as `email` and `otherEmails`. */
function emailsInForm(
  contact: Record<string, unknown>,
  keep: Keep,
  move: Move
): Record<string, unknown> {
  const { email, emails, otherEmails, ...others } = contact
  if (emails === undefined && isOwnForm(email) && listOf(otherEmails).every(isOwnForm)) {
    return contact
  }
  const points = pointsOf({ email, emails, otherEmails }, EMAIL, keep)
  const [main, ...more] = points
  movePoints(points, ['/email', '/otherEmails'], move)
  return { ...others, email: main?.text, otherEmails: more.map(({ text }) => text) }
}

/** The contact with its numbers as `phone`, `phoneType` and `otherPhones`. */
function phonesInForm(
  contact: Record<string, unknown>,
  keep: Keep,
  move: Move
): Record<string, unknown> {
  const { phone, phones, otherPhones, ...others } = contact
  if (phones === undefined && isOwnForm(phone)) return contact
  const points = pointsOf({ phone, phones, otherPhones }, PHONE, keep)
  const [main, ...more] = points
  movePoints(points, ['/phone', '/otherPhones'], move)
  const { phoneType = main?.type, preferredTime = main?.time } = others
  return {
    ...others,
    phone: main?.text,
    phoneType,
    preferredTime,
    otherPhones: more.map(phoneInput)
  }
}

/** The main point, and each of the others, by where it was sent. */
function movePoints(
  points: readonly { at: string }[],
  [main, others]: [string, string],
  move: Move
): void {
  points.forEach(({ at }, index) => {
    const read = index === 0 ? main : `${others}/${index - 1}`
    if (read !== at) move(read, at)
  })
}

/** All points of these members in their order, one that is marked as the main one first. */
function pointsOf(
  members: Record<string, unknown>,
  names: readonly string[],
  keep: Keep
): (Point & { at: string })[] {
  const points: (Point & { at: string })[] = []
  for (const [name, member] of Object.entries(members)) {
    listOf(member).forEach((value, index) => {
      const at = Array.isArray(member) ? `/${name}/${index}` : `/${name}`
      for (const one of spread(value, names)) {
        if (one === null || one === '') continue
        const point = pointOf(one, names, at, keep)
        if (point) points.push({ ...point, at })
        else keep(at, one, 'unreadable_value')
      }
    })
  }
  return points.toSorted((a, b) => Number(b.isMain) - Number(a.isMain))
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** A text with an address or number in it, and the name around them; any other text stays. */
function contactOfText(text: string, move: Move): unknown {
  const hasAddress = text.includes('@')
  const isPoint = hasAddress || digitsOf(text).length >= MIN_DIGITS
  if (!isPoint || text.length > MAX_TEXT) return text
  for (const part of ['/fullName', '/email', '/phone']) move(part, '')
  const words = text.split(/[^\p{L}\p{M}\p{N}@'.+-]/u)
  const name = words.filter((word) => !/[@\d]/.test(word) && !isLabel(word)).join(' ')
  return {
    fullName: /\p{L}{2}/u.test(name) ? name.trim().replace(/ {2,9}/g, ' ') : null,
    [hasAddress ? 'email' : 'phone']: text
  }
}

/** `tel.` and the like, and signs without a letter. */
function isLabel(word: string): boolean {
  return !/\p{L}/u.test(word) || /^(?:tel|phone|mob|mobile|cell|fon|e-?mail|mail)\.?$/i.test(word)
}

const MIN_DIGITS = 6
const MAX_TEXT = 500
