import { guessMapping } from '../domain/imports/guess-mapping.ts'
import { grantedBy } from '../domain/leads/consent-flags.ts'
import { MAX_CONSENTS, consentNamed } from '../domain/leads/consent-names.ts'
import { contradictedConsents, saidBy } from '../domain/leads/contradicted-consents.ts'
import type { UnmappedValue } from '../domain/leads/lead.ts'
import type { FormField } from './form-field.ts'
import { joinCodes } from './form-parts.ts'
import { expandJson } from './json-form.ts'
import { POINT, memberOf, setGuessed } from './lead-form.ts'

/**
 * A lead that was posted as JSON, with the unknown members that are called like an e-mail or a phone, like a code of
 * one, like the name, a vehicle or a consent: `contact.mobilephone`, `contact.countryCode`, `contact.name`, `vehicle`,
 * `newsletter`. The others stay in `unmapped`.
 */
export function readUnknownMembers(
  posted: object,
  unmapped: readonly UnmappedValue[]
): { body: Record<string, unknown>; unmapped: UnmappedValue[]; isRead: boolean } {
  const body = structuredClone(posted) as Record<string, unknown>
  const contact = memberOf(body, ['contact'])
  const unknown = unmapped.flatMap((value) => {
    const [, name] = MEMBER_OF_PERSON.exec(value.path) ?? []
    if (value.code !== 'unknown_member' || name === undefined) return []
    if (/^[{[]/.test(value.text)) return name === 'name' ? partsOfName(value) : []
    return [{ value, field: { name, text: value.text, isFile: false } }]
  })
  const consents = takeConsents(body, unknown)
  const known = Object.entries(contact).flatMap(([name, text]): FormField[] =>
    name === 'phone' && typeof text === 'string' ? [{ name, text, isFile: false }] : []
  )
  const people = unknown.filter(({ value }) => !consents.has(value))
  const joinedFields = joinCodes([...known, ...people.map(({ field }) => field)])
  const [phone] = known.length > 0 ? joinedFields : []
  if (phone) contact.phone = phone.text
  const others = joinedFields.filter((field) => field !== phone)
  const guessed = guessMapping(
    others.map(({ name }) => ({ name, samples: [], dates: null })),
    'leads',
    []
  )
  const isNamed = Object.keys(contact).some((name) => /^(?:first|last|full)Name$/.test(name))
  const hasVehicles = Object.hasOwn(body, 'vehicles')
  const isWanted = (path: string) =>
    POINT.test(path) || (!isNamed && NAME.test(path)) || (!hasVehicles && path === 'vehicle.model')
  others.forEach((field, at) => {
    const path = guessed[at]?.field ?? ''
    if (isWanted(path)) setGuessed(body, path, field)
  })
  const isLeft = ({ name }: FormField) => {
    const at = others.findIndex((field) => field.name === name)
    return at !== -1 && !isWanted(guessed[at]?.field ?? '')
  }
  const read = people.flatMap(({ value, field }) => (isLeft(field) ? [] : [value]))
  const taken = new Set([...consents, ...read])
  return {
    body,
    unmapped: unmapped.filter((value) => !taken.has(value)),
    isRead: taken.size > 0
  }
}

/**
 * Adds the consents that members name, as forms name them: `zgoda_marketingowa`, `newsletter`. What the body says of
 * the same purpose and channel stands, unless a member refuses it. Returns the values that were taken.
 */
function takeConsents(
  body: Record<string, unknown>,
  unknown: readonly { value: UnmappedValue; field: FormField }[]
): Set<UnmappedValue> {
  const taken = new Set<UnmappedValue>()
  const said: unknown[] = Array.isArray(body.consents) ? body.consents : []
  for (const { value, field } of unknown) {
    const named = consentNamed(field.name)
    const granted = named && grantedBy(named, field.text)
    if (named === null || granted === null) continue
    const { purpose, channel } = named
    const consent = { purpose, channel, granted }
    const before = said.map(saidBy)
    const isSaid = before.some(
      (one) => one?.purpose === purpose && one.channel === channel && one.granted === granted
    )
    const isRefused = contradictedConsents([...before, consent]).has(said.length)
    if (isSaid || isRefused || said.length === MAX_CONSENTS) continue
    said.push(consent)
    taken.add(value)
  }
  if (taken.size > 0) body.consents = said
  return taken
}

/** Of the contact, or beside it. */
const MEMBER_OF_PERSON = /^(?:\/contact)?\/([^/]+)$/

const NAME = /^contact\.(?:first|last|full)Name$/

/** A name that was posted as an object: `{"first": …, "last": …}`. */
function partsOfName(value: UnmappedValue) {
  const parts = expandJson([{ name: 'name', text: value.text, isFile: false }])
  return parts.length > 1 ? parts.map((field) => ({ value, field })) : []
}
