import type { ClientContent } from '../clients/client.ts'
import { isBlank } from '../fields/custom-field.ts'
import { MAX_OTHER_POINTS, contactKeys, isDialable } from '../leads/contact.ts'
import type { Contact, LeadContent, UnmappedValue } from '../leads/lead.ts'
import type { Vehicle } from '../leads/vehicle.ts'
import { newConsents, withConsents } from './row-consents.ts'
import { setOwn } from '../text/set-own.ts'

/**
 * A lead with what a row says of it: only what is empty is filled, unless the file's values win. Its
 * own id, its type and when it was sent stay what they are.
 */
export function mergeLead(before: LeadContent, row: LeadContent, overwrite: boolean): LeadContent {
  return {
    ...mergeMembers(before, row, overwrite),
    type: before.type,
    isTest: before.isTest,
    externalId: before.externalId ?? row.externalId,
    submittedAt: before.submittedAt ?? row.submittedAt,
    unmapped: joinUnread(before.unmapped, row.unmapped),
    contact: mergeContact(before.contact, row.contact, overwrite),
    vehicles: mergeVehicles(before.vehicles, row.vehicles, overwrite),
    consents: [...before.consents, ...newConsents(before.consents, row.consents)],
    timeframe: mergePart(before.timeframe, row.timeframe, overwrite),
    prequalification: mergePart(before.prequalification, row.prequalification, overwrite),
    attribution: mergeMembers(before.attribution, row.attribution, overwrite),
    customFields: mergeMembers(before.customFields, row.customFields, overwrite)
  }
}

/** A client with what a row says of them. */
export function mergeClient(
  before: ClientContent,
  row: ClientContent,
  overwrite: boolean
): ClientContent {
  return {
    ...before,
    contact: mergeContact(before.contact, row.contact, overwrite),
    description: choose(before.description, row.description, overwrite),
    consents: withConsents(before.consents, newConsents(before.consents, row.consents)),
    vehicleInterests: mergeVehicles(before.vehicleInterests, row.vehicleInterests, overwrite),
    customFields: mergeMembers(before.customFields, row.customFields, overwrite)
  }
}

/** Whether merging changed anything. */
export function isSameContent(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * A person's e-mails and phones are never lost: the row's are added, at the end or, where the file
 * wins or nothing before can be used, at the beginning, which makes its first the main one.
 */
function mergeContact(before: Contact, row: Contact, overwrite: boolean): Contact {
  return {
    ...mergeMembers(before, row, overwrite),
    emails: joinPoints(
      before.emails,
      row.emails,
      ({ address }) => address.toLowerCase(),
      overwrite || !before.emails.some(({ valid }) => valid)
    ),
    phones: joinPoints(
      before.phones,
      row.phones,
      ({ number }) => number,
      overwrite || !before.phones.some(isDialable)
    ),
    address: mergePart(before.address, row.address, overwrite)
  }
}

/** What can't be read in the row is added; what it says of columns without a field is in the file. */
function joinUnread(
  before: readonly UnmappedValue[],
  row: readonly UnmappedValue[]
): UnmappedValue[] {
  if (before.length === 0) return [...row]
  const known = new Set(before.map(({ path, text }) => `${path}\n${text}`))
  const unread = row.filter(
    ({ path, text, code }) => code !== undefined && !known.has(`${path}\n${text}`)
  )
  return [...before, ...unread]
}

function mergePart<Part extends object>(
  before: Part | null,
  row: Part | null,
  overwrite: boolean
): Part | null {
  return before && row ? mergeMembers(before, row, overwrite) : (before ?? row)
}

function joinPoints<Point>(
  before: readonly Point[],
  row: readonly Point[],
  keyOf: (point: Point) => string,
  overwrite: boolean
): Point[] {
  const [first, second] = overwrite ? [row, before] : [before, row]
  const known = new Set(first.map(keyOf))
  const joined = [...first, ...second.filter((point) => !known.has(keyOf(point)))]
  return joined.slice(0, 1 + MAX_OTHER_POINTS)
}

/** Two cars are never mixed: without `overwrite` a vehicle comes only to who has none. */
function mergeVehicles(
  before: readonly Vehicle[],
  row: readonly Vehicle[],
  overwrite: boolean
): Vehicle[] {
  const [vehicle] = row
  const [first, ...others] = before
  if (!vehicle || !first) return [...(vehicle ? [vehicle] : before)]
  return overwrite ? [mergeMembers(first, vehicle, true), ...others] : [first, ...others]
}

/** Member by member: what a row does not say changes nothing. */
function mergeMembers<Members extends object>(
  before: Members,
  row: Members,
  overwrite: boolean
): Members {
  const merged = { ...before }
  for (const key of Object.keys(row) as (keyof Members & string)[]) {
    const own = Object.hasOwn(before, key) ? before[key] : null
    if (isBlank(row[key]) || (!overwrite && !isBlank(own))) continue
    setOwn(merged, key, row[key])
  }
  return merged
}

function choose(before: string | null, row: string | null, overwrite: boolean): string | null {
  return row !== null && (overwrite || isBlank(before)) ? row : before
}

/** The keys among a contact's by which a row is matched. */
export function matchKeysOf(contact: Contact, by: readonly string[]): string[] {
  return contactKeys(contact).filter(
    (key) =>
      (key.startsWith('e:') && by.includes('contact.email')) ||
      (key.startsWith('p:') && by.includes('contact.phone'))
  )
}
