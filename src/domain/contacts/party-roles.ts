import { fold, squeeze } from '../text/fold.ts'
import { isOfAnother, isOtherParty } from './point-names.ts'

/** What a person of a list is in it. */
export type PartyRole = 'customer' | 'either' | 'another' | 'other'

const ROLE_NAMES = new Set(
  (
    'role roles type kind relationship relation relationtype party partytype participanttype contacttype persontype ' +
    'rola typ rodzaj rol tipo relacion rolle beziehung'
  ).split(' ')
)
const FLAG_NAMES = new Set(
  'primary isprimary main ismain isprimarycontact primarycontact maincontact default isdefault'.split(
    ' '
  )
)
const CUSTOMERS = new Set(
  (
    'customer client buyer prospect lead applicant requester requestor inquirer sender primary ' +
    'comprador compradora cliente interesado interesada titular klient kupujacy nabywca kunde kundin kaufer interessent'
  ).split(' ')
)
/** Words for the dealer's people that are no role of anyone elsewhere. */
const STAFF = new Set(
  'sales bdc internal employee staff user admin pracownik empleado mitarbeiter'.split(' ')
)
const POINT_OR_NAME = /name|imie|nombre|vorname|nachname|nazwisko|mail|phone|tel|mobil|movil/i
const MAX_ROLE = 40

/**
 * The roles of the people of a list, which a member beside the name tells: `role: salesperson`, `type: co-buyer`,
 * `isPrimary: true`. Null: the list is of something else, or says nothing of roles.
 */
export function rolesOf(list: readonly unknown[]): PartyRole[] | null {
  const people = list.filter(isPerson)
  if (people.length === 0 || people.length < list.length) return null
  const roles = people.map(namedRole)
  const flags = people.map(isMain)
  const hasMain = flags.includes(true)
  if (!hasMain && roles.every((role) => role === null)) return null
  const isOne = (role: PartyRole | null, at: number) =>
    role ?? (flags[at] === true ? 'customer' : null)
  const hasCustomer = roles.some((role, at) => isOne(role, at) === 'customer')
  // Beside the one that is marked, a person without a role of their own is another.
  return roles.map(
    (role, at) => isOne(role, at) ?? (hasMain && hasCustomer ? 'another' : 'customer')
  )
}

/** The place of the person who asks, or 0. */
export function customerAt(list: readonly unknown[]): number {
  const roles = rolesOf(list) ?? []
  const found = (['customer', 'either', 'another'] as const).map((role) => roles.indexOf(role))
  return found.find((at) => at !== -1) ?? 0
}

/** Whether a member says what the person is in the list, and nothing about the person. */
export function saysRole(name: string, value: unknown): boolean {
  const isRole = ROLE_NAMES.has(squeeze(name)) && roleIn(value) !== null
  return isRole || (FLAG_NAMES.has(squeeze(name)) && isFlag(value))
}

function isPerson(item: unknown): item is Record<string, unknown> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  return (
    Object.keys(item).some((name) => /name|imie|nombre|nazwisko/i.test(name)) ||
    Object.keys(item).filter((name) => POINT_OR_NAME.test(name)).length > 1 ||
    namedRole(item as Record<string, unknown>) !== null
  )
}

function namedRole(item: Record<string, unknown>): PartyRole | null {
  for (const [name, value] of Object.entries(item)) {
    const role = ROLE_NAMES.has(squeeze(name)) ? roleIn(value) : null
    if (role !== null) return role
  }
  return null
}

function roleIn(value: unknown): PartyRole | null {
  if (typeof value !== 'string' || value.length > MAX_ROLE) return null
  if (isOfAnother(value)) return 'another'
  const words = fold(value.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).split(' ')
  const party = isOtherParty(value)
  if (party !== null) return party
  if (words.some((word) => STAFF.has(word))) return 'other'
  return words.some((word) => CUSTOMERS.has(word)) ? 'customer' : null
}

function isMain(item: Record<string, unknown>): boolean {
  return Object.entries(item).some(
    ([name, value]) =>
      FLAG_NAMES.has(squeeze(name)) && (value === true || value === 'true' || value === 1)
  )
}

function isFlag(value: unknown): boolean {
  return (
    typeof value === 'boolean' ||
    value === 'true' ||
    value === 'false' ||
    value === 0 ||
    value === 1
  )
}
