import { rolesOf } from '../domain/contacts/party-roles.ts'
import { contactColumn } from '../domain/imports/qualified-names.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { pairOf } from './answer-pairs.ts'
import { partyOf } from './form-holders.ts'
import { isHolder, spellingsOf } from './form-words.ts'
import { jsonFields } from './json-form.ts'

/** One lead of a JSON body, by its pointer there. */
export interface LeadItem {
  value: Record<string, unknown>
  pointer: string
}

/** The leads of a JSON body that holds them, and what stands beside them there. */
export interface HeldLeads {
  items: LeadItem[]
  beside: LeadItem['value']
}

/**
 * The leads of a body that is a list of them, or has them in a member that only holds them: `{"leads": […]}`.
 * Null: the body is one lead, a form, or something else.
 */
export function heldLeads(body: unknown): HeldLeads | null {
  if (Array.isArray(body)) {
    const items = itemsOf(body, '')
    return items && !body.every(isAnswer) ? { items, beside: {} } : null
  }
  if (!isObject(body) || body.contact !== undefined) return null
  for (const [name, member] of Object.entries(body)) {
    if (!isHolder(name)) continue
    const items = leadsIn(member, `/${escapePointer(name)}`)
    const { [name]: _, ...beside } = body
    if (items && !hasPoint(beside)) return withDirections(items, beside)
  }
  return null
}

/** What says where leads go may stand once for all of them. */
function withDirections(items: readonly LeadItem[], given: LeadItem['value']): HeldLeads {
  const { source, referralCode, assignee, ...beside } = given
  const named = Object.entries({ source, referralCode, assignee })
  const all = Object.fromEntries(named.filter(([, value]) => value !== undefined))
  return {
    items: items.map(({ value, pointer }) => ({ value: { ...all, ...value }, pointer })),
    beside
  }
}

/** Whether a list is the answers of one form, as `[{"name": "email", "value": …}]`. */
export function isAnswers(body: unknown): body is unknown[] {
  return Array.isArray(body) && body.length > 0 && body.every(isAnswer)
}

function leadsIn(member: unknown, pointer: string): LeadItem[] | null {
  if (isOurs(member)) return [{ value: member, pointer }]
  if (!Array.isArray(member)) return null
  const items = itemsOf(member, pointer)
  if (!items || isAnswers(member) || isOneDeal(member)) return null
  // An answer of a form may be an object: only one with our members is the lead.
  const isEach = items.length > 1 ? isLead : isOurs
  return items.every(({ value }) => isEach(value)) ? items : null
}

/** Whether a list has the people of one deal: one customer, and others by their roles. */
function isOneDeal(list: readonly unknown[]): boolean {
  const roles = rolesOf(list) ?? []
  return roles.length > 1 && roles.filter((role) => role === 'customer').length === 1
}

function itemsOf(list: readonly unknown[], pointer: string): LeadItem[] | null {
  const items = list.flatMap((value, index) =>
    isObject(value) ? [{ value, pointer: `${pointer}/${index}` }] : []
  )
  return items.length === list.length && items.length > 0 ? items : null
}

function isOurs(value: unknown): value is Record<string, unknown> {
  return isObject(value) && isObject(value.contact)
}

/** Whether an object has a contact, or a field for an e-mail or phone. */
export function isLead(value: object): boolean {
  return isOurs(value) || hasPoint(value)
}

/** Whether a form that was sent as JSON has a field for an e-mail or phone. */
function hasPoint(value: object): boolean {
  return jsonFields(value).some(
    ({ name, within, labels = [], text }) =>
      text.trim() !== '' &&
      partyOf({ name, ...(within && { within }) }) !== 'other' &&
      [name, ...labels].flatMap(spellingsOf).some((spelling) => contactColumn(spelling) !== null)
  )
}

function isAnswer(item: unknown): boolean {
  return isObject(item) && item.contact === undefined && pairOf(item, new Map()) !== null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
