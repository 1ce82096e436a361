import { guessMapping } from '../domain/imports/guess-mapping.ts'
import type { UnmappedValue } from '../domain/leads/lead.ts'
import type { FormField } from './form-field.ts'
import { joinCodes } from './form-parts.ts'
import { expandJson } from './json-form.ts'
import { POINT, memberOf, setGuessed } from './lead-form.ts'

/**
 * A lead that was posted as JSON, with the unknown members that are called like an e-mail or a phone, like a code of
 * one, like the name or a vehicle: `contact.mobilephone`, `contact.countryCode`, `contact.name`, `vehicle`. The others
 * stay in `unmapped`.
 */
export function readUnknownMembers(
  read: object,
  unmapped: readonly UnmappedValue[]
): { body: Record<string, unknown>; unmapped: UnmappedValue[]; isRead: boolean } {
  const body = structuredClone(read) as Record<string, unknown>
  const contact = memberOf(body, ['contact'])
  const unknown = unmapped.flatMap((value) => {
    const [, name] = MEMBER_OF_PERSON.exec(value.path) ?? []
    if (value.code !== 'unknown_member' || name === undefined) return []
    if (/^[{[]/.test(value.text)) return name === 'name' ? partsOfName(value) : []
    return [{ value, field: { name, text: value.text, isFile: false } }]
  })
  const known = Object.entries(contact).flatMap(([name, text]): FormField[] =>
    name === 'phone' && typeof text === 'string' ? [{ name, text, isFile: false }] : []
  )
  const joinedFields = joinCodes([...known, ...unknown.map(({ field }) => field)])
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
  const taken = new Set(unknown.flatMap(({ value, field }) => (isLeft(field) ? [] : [value])))
  return {
    body,
    unmapped: unmapped.filter((value) => !taken.has(value)),
    isRead: taken.size > 0
  }
}

/** Of the contact, or beside it. */
const MEMBER_OF_PERSON = /^(?:\/contact)?\/([^/]+)$/

const NAME = /^contact\.(?:first|last|full)Name$/

/** A name that was posted as an object: `{"first": …, "last": …}`. */
function partsOfName(value: UnmappedValue) {
  const parts = expandJson([{ name: 'name', text: value.text, isFile: false }])
  return parts.length > 1 ? parts.map((field) => ({ value, field })) : []
}
