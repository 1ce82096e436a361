import t from 'tap'

import { LEAD_FIELDS } from '../../../src/domain/leads/field-catalogue.ts'
import type { LeadField } from '../../../src/domain/leads/lead-field.ts'
import { EMPTY_LEAD } from '../../../src/domain/leads/empty-lead.ts'
import { sharedSchemas } from '../../../src/schemas/all.ts'
import {
  CreateLeadSchema,
  NEW_LEAD_EXAMPLE,
  readLead
} from '../../../src/schemas/leads/lead-input.ts'
import { leadFilterQuery } from '../../../src/schemas/leads/lead-filter.ts'
import { LeadSchema } from '../../../src/schemas/leads/lead.ts'

/** Leaves of the lead's JSON that have no field of their own, and why. A path covers what is below it. */
const WITHOUT_FIELD: Record<string, string> = {
  version: 'for If-Match only',
  createdAt: 'the same as receivedAt',
  quarantined: 'quarantineReason says it',
  displayName: 'contact.name, or what stands for it',
  statusSince: 'a time of the system, for lists',
  'statusReason.id': 'of the dealer’s list, which the key names',
  lastTouchAt: 'a time of the system, for lists',
  expanded: 'records of their own, on request',
  waiting: 'offers and requests, which are records of their own',
  'nextAction.id': 'an activity’s, which a lead’s reader can’t change',
  'nextAction.userId': 'an activity’s',
  'contact.emailRaw': 'what contact.email was read from',
  'contact.phoneRaw': 'what contact.phone was read from',
  'contact.phoneType': 'of the phone, like those of otherPhones',
  attribution: 'open: any attribution.<key> is a field',
  customFields: 'open: any customFields.<key> is a field',
  references: 'other systems’ keys, from ADF',
  vendor: 'named by an ADF document, not by the person',
  provider: 'named by an ADF document, not by the person',
  unmapped: 'what an ADF document said that has no member',
  'vehicles.references': 'other systems’ keys, from ADF',
  'vehicles.colors': 'several parts each; NDJSON has them',
  'vehicles.image': 'a page’s, not the person’s',
  'vehicles.options': 'several parts each; NDJSON has them',
  'vehicles.finance': 'several parts each; NDJSON has them'
}

/** Fields that the lead's JSON has no leaf for. */
const WITHOUT_LEAF: Record<string, string> = {
  'source.kind': 'the source has it',
  'contact.name': 'made from its parts',
  'vehicles.name': 'year, make, model and trim',
  'contact.reachable': 'whether any e-mail or phone is valid',
  isDuplicate: 'whether duplicateOf is there',
  qualification: 'the latest qualification’s result',
  timeOfDay: 'receivedAt by the dealer’s clock',
  weekday: 'receivedAt by the dealer’s clock'
}

/** Filters of the list of leads that are named after no member of its JSON. */
const OWN_FILTERS: Record<string, string> = {
  statusGroup: 'status takes an id, and this the status’s group',
  import: 'the payload has it',
  unassigned: 'without an assignee',
  quarantined: 'with a quarantineReason',
  overdue: 'the clock has it',
  make: 'a vehicle has it',
  model: 'a vehicle has it',
  stockNumber: 'a vehicle has it',
  vin: 'a vehicle has it',
  plate: 'a vehicle has it',
  createdFrom: 'received from',
  createdTo: 'received before',
  updatedFrom: 'changed from',
  updatedTo: 'changed before',
  q: 'a search'
}

interface JsonSchema {
  $ref?: string
  $id?: string
  type?: string | string[]
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  enum?: (string | null)[]
  maxLength?: number
  minimum?: number
  maximum?: number
}

const byId = new Map(
  (sharedSchemas as JsonSchema[]).map((schema) => [`${schema.$id ?? ''}#`, schema])
)

/** The schema itself, behind references, lists and `or null`. */
function bare(schema: JsonSchema): JsonSchema {
  const [one] = schema.anyOf ?? []
  const target = schema.$ref === undefined ? (one ?? schema.items) : byId.get(schema.$ref)
  return target ? bare(target) : schema
}

function leavesOf(schema: JsonSchema, path = ''): [string, JsonSchema][] {
  const { properties } = bare(schema)
  // The records that a lead is expanded with may name leads in turn.
  if (!properties || path === 'expanded') return [[path, bare(schema)]]
  return Object.entries(properties).flatMap(([name, member]) =>
    leavesOf(member, path === '' ? name : `${path}.${name}`)
  )
}

/** A field's place in the JSON, where lists have their own names. */
const placeOf = (path: string) => path.replace(/^(vehicle|consent)\./, '$1s.')

const isBelow = (leaf: string, path: string) => leaf === path || leaf.startsWith(`${path}.`)

void t.test('every leaf of the lead’s JSON has a field, or a reason why not', (t) => {
  const leaves = leavesOf(LeadSchema as JsonSchema).map(([path]) => path)
  t.ok(leaves.length > 100, 'all of them are found')
  const places = LEAD_FIELDS.map(({ path }) => placeOf(path))
  for (const leaf of leaves) {
    const excepted = Object.keys(WITHOUT_FIELD).filter((path) => isBelow(leaf, path))
    const covered = places.filter((place) => isBelow(leaf, place))
    t.equal(excepted.length + Math.min(covered.length, 1), 1, leaf)
  }
  const known = (path: string) => leaves.some((leaf) => isBelow(leaf, path))
  t.strictSame(
    Object.keys(WITHOUT_FIELD).filter((path) => !known(path)),
    []
  )
  const open = places.filter((place) => !known(place) && !place.startsWith('attribution.'))
  t.strictSame(open.toSorted(), Object.keys(WITHOUT_LEAF).toSorted())
  t.equal(new Set(places).size, places.length, 'each field once')
  t.end()
})

void t.test('filters are named after members of the JSON', (t) => {
  const members = new Set(LEAD_FIELDS.map(({ path }) => path.split('.', 1).join()))
  const others = Object.keys(leadFilterQuery).filter((name) => !members.has(name))
  t.strictSame(others.toSorted(), Object.keys(OWN_FILTERS).toSorted())
  t.end()
})

const TYPES: Partial<Record<LeadField['kind'], string>> = {
  year: 'integer',
  flag: 'boolean',
  money: 'object',
  odometer: 'object'
}

void t.test('an imported value may be what a posted one may be', (t) => {
  const leaves = new Map(leavesOf(CreateLeadSchema as JsonSchema))
  const imported = LEAD_FIELDS.filter(
    ({ uses, part }) => uses.includes('import') && part !== 'attribution'
  )
  for (const { path, kind, choices, maxLength, minimum, maximum } of imported) {
    const place = placeOf(path)
    const leaf =
      leaves.get(place) ?? leaves.get(`${place}.${kind === 'money' ? 'amount' : 'value'}`)
    if (['email', 'emails', 'phone', 'phones', 'language', 'country', 'instant'].includes(kind)) {
      t.ok(leaf ?? place === 'contact.otherPhones', path)
      continue
    }
    const isObject = !leaves.has(place)
    t.equal(isObject ? 'object' : [leaf?.type].flat()[0], TYPES[kind] ?? 'string', path)
    if (isObject) continue
    t.strictSame(
      leaf?.enum?.filter((word) => word !== null),
      choices,
      path
    )
    t.strictSame(
      { maxLength: leaf?.maxLength, minimum: leaf?.minimum, maximum: leaf?.maximum },
      { maxLength, minimum, maximum },
      path
    )
  }
  t.end()
})

void t.test('a posted lead becomes content and nothing else', (t) => {
  const posted = { ...NEW_LEAD_EXAMPLE, referralCode: 'k7Q2mX', assignee: null }
  t.strictSame(Object.keys(readLead(posted, 'PL')).toSorted(), Object.keys(EMPTY_LEAD).toSorted())
  t.end()
})
