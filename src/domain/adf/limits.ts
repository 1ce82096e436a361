import type { LeadContent, UnmappedValue } from '../leads/lead.ts'
import { firstUnmapped } from '../leads/unmapped.ts'
import type { Vehicle } from '../leads/vehicle.ts'

/**
 * How much of a document is in a lead. No person needs more, and all that is done with a lead takes time by
 * its size. What is beyond is told, and in the payload.
 */
const MAX_NAME = 5_000
const MAX_MESSAGE = 100_000
const MAX_TEXT = 10_000
const MAX_VEHICLES = 50
const MAX_ITEMS = 100

const NAMES = [
  'firstName',
  'middleName',
  'lastName',
  'nameSuffix',
  'fullName',
  'companyName'
] as const

const VEHICLE_LISTS = ['references', 'colors', 'options'] as const
const VEHICLE_TEXTS = [
  'make',
  'model',
  'trim',
  'vin',
  'stockNumber',
  'doors',
  'bodyStyle',
  'transmission',
  'state',
  'priceComments',
  'comments'
] as const

/** The content within the limits, with what is beyond told. */
export function limitContent(content: LeadContent): LeadContent {
  const told: UnmappedValue[] = []
  const contact = shortened(content.contact, 'prospect/customer/contact', NAMES, MAX_NAME, told)
  const { address } = contact
  const limited: LeadContent = {
    ...shortened(content, 'prospect/customer/comments', ['message'], MAX_MESSAGE, told),
    contact: {
      ...contact,
      address: address && {
        ...address,
        street: firstOf(address.street, 'prospect/customer/contact/address', MAX_ITEMS, told)
      }
    },
    vehicles: firstOf(content.vehicles, 'prospect/vehicle', MAX_VEHICLES, told).map(
      (vehicle, index) => limitVehicle(vehicle, `prospect/vehicle[${index + 1}]`, told)
    ),
    references: firstOf(content.references, 'prospect/id', MAX_ITEMS, told)
  }
  return { ...limited, unmapped: [...content.unmapped, ...told] }
}

/** Not more values than a person reads: the rest is one that says how many they are. */
export function limitUnmapped(unmapped: readonly UnmappedValue[]): UnmappedValue[] {
  return firstUnmapped(unmapped, 'document').map((value) =>
    value.text.length > MAX_TEXT ? { ...value, text: cut(value.text, MAX_TEXT) } : value
  )
}

function limitVehicle(vehicle: Vehicle, path: string, told: UnmappedValue[]): Vehicle {
  const limited = shortened(vehicle, path, VEHICLE_TEXTS, MAX_TEXT, told)
  for (const list of VEHICLE_LISTS) {
    Object.assign(limited, { [list]: firstOf<unknown>(vehicle[list], path, MAX_ITEMS, told) })
  }
  return limited
}

/** The record with these texts cut to the limit; each cut text is told, as far as `MAX_TEXT`. */
function shortened<Members extends object>(
  members: Members,
  path: string,
  names: readonly (keyof Members)[],
  limit: number,
  told: UnmappedValue[]
): Members {
  const result = { ...members }
  for (const name of names) {
    const text: unknown = members[name]
    if (typeof text !== 'string' || text.length <= limit) continue
    told.push({ path, text: cut(text, MAX_TEXT), code: 'shortened_text' })
    Object.assign(result, { [name]: cut(text, limit) })
  }
  return result
}

/** Half of a surrogate pair can't be stored. */
function cut(text: string, limit: number): string {
  return text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')
}

function firstOf<Item>(
  items: readonly Item[],
  path: string,
  limit: number,
  told: UnmappedValue[]
): Item[] {
  const surplus = items.length - limit
  if (surplus > 0) told.push({ path, text: `+${surplus}`, code: 'surplus_item' })
  return items.slice(0, limit)
}
