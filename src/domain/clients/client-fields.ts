import { fold } from '../text/fold.ts'
import { EMPTY_CONTACT } from '../leads/empty-lead.ts'
import type { Contact } from '../leads/lead.ts'
import type { ClientContent } from './client.ts'
import { isTaken } from './planned-field.ts'
import type { PlannedField } from './planned-field.ts'

/** The fields of a client by the names mappings use, and how values come into them. */

/** A name is one value, however its parts are split. */
export const NAME_PARTS = [
  'firstName',
  'middleName',
  'lastName',
  'nameSuffix',
  'fullName'
] as const satisfies readonly (keyof Contact)[]

/** A client of whom nothing is known yet. */
export const BLANK_CLIENT: ClientContent = {
  contact: EMPTY_CONTACT,
  description: null,
  vehicleInterests: [],
  consents: [],
  customFields: {}
}

/** The value of a client's field; `contact` and `customFields` are looked into. */
export function readClientField(content: ClientContent, to: string): unknown {
  const { family, key } = placeOf(to)
  const members: object = family === null ? content : content[family]
  return Object.hasOwn(members, key) ? (members as Record<string, unknown>)[key] : null
}

/** The content with all that is applied. */
export function fillClient(content: ClientContent, fields: readonly PlannedField[]): ClientContent {
  const applied = fields.filter((field) => field.applied)
  const membersOf = (wanted: ReturnType<typeof placeOf>['family']) =>
    Object.fromEntries(
      applied
        .map((field) => ({ ...placeOf(field.to), value: filledValue(field) }))
        .filter(({ family }) => family === wanted)
        .map(({ key, value }) => [key, value])
    )
  return {
    ...content,
    ...membersOf(null),
    contact: { ...content.contact, ...membersOf('contact') },
    customFields: { ...content.customFields, ...membersOf('customFields') }
  }
}

/** Whether a value comes into its field: into what is empty, or, if so asked, over what is there. */
export function comesIn(
  { to, value, current }: Omit<PlannedField, 'applied'>,
  { names, overwrite }: { names: boolean; overwrite: boolean }
): boolean {
  if (isPoints(to)) return addedPoints(current as Points, value as Points).length > 0
  const isName = NAME_PARTS.some((part) => to === `client.contact.${part}`)
  if (!isName) return isTaken(value, current, overwrite)
  // Of an overwritten name no part stays, or two people would share it.
  return names && (isTaken(value, current, overwrite) || (overwrite && value !== current))
}

/**
 * Whether the lead's name may fill, or replace, the client's: it is completed where the client's is
 * part of it, and never mixed with another person's.
 */
export function takesName(client: Contact, lead: Contact, overwrite: boolean): boolean {
  const theirs = nameWords(lead)
  if (theirs.length === 0) return false
  return overwrite || nameWords(client).every((word) => theirs.includes(word))
}

function nameWords(contact: Contact): string[] {
  const parts = NAME_PARTS.map((part) => contact[part])
  return parts.flatMap((part) => (part === null ? [] : fold(part).split(' ')))
}

function placeOf(to: string): { family: 'contact' | 'customFields' | null; key: string } {
  const [, family, key] = /^client\.(contact|customFields)\.(.+)$/s.exec(to) ?? []
  if (key === undefined) return { family: null, key: to.slice('client.'.length) }
  return { family: family as 'contact' | 'customFields', key }
}

function filledValue({ to, value, current }: PlannedField): unknown {
  if (!isPoints(to)) return value
  return [...(current as Points), ...addedPoints(current as Points, value as Points)]
}

type Points = (Contact['emails'][number] | Contact['phones'][number])[]

export function isPoints(to: string): boolean {
  return to === 'client.contact.emails' || to === 'client.contact.phones'
}

/** How many e-mail addresses, and how many phones, a person can have: one and twenty others. */
const MAX_CONTACT_POINTS = 21

/** The e-mails or phones that are not there yet, as many as there is room for. */
function addedPoints(there: Points, wanted: Points): Points {
  const known = new Set(there.map(pointKey))
  const room = Math.max(MAX_CONTACT_POINTS - there.length, 0)
  return wanted.filter((point) => !known.has(pointKey(point))).slice(0, room)
}

/** Two e-mails or phones with one key are the same. */
export function pointKey(point: Points[number]): string {
  return 'address' in point ? point.address.toLowerCase() : point.number
}
