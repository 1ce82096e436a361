/** What a template may say of a vehicle. Texts are ready to be read: prices and distances in words. */
export interface VehicleFacts {
  /** Year, make, model and trim. */
  name: string | null
  interest: string
  condition: string
  year: string | null
  make: string | null
  model: string | null
  trim: string | null
  vin: string | null
  stockNumber: string | null
  price: string | null
  odometer: string | null
}

/**
 * All that a template can name: made for it from a lead, with nothing else in reach. Whatever a
 * stranger wrote is inert text here already; null is printed as nothing.
 */
export interface TemplateFacts {
  dealer: {
    name: string
    email: string | null
    phone: string | null
    url: string | null
    /** On one line. */
    address: string | null
  }
  lead: {
    id: string
    type: string
    source: string
    /** Lines after the first are indented: a message can't pretend to be the mail's own lines. */
    message: string | null
    /** By the dealer's clock, in the template's language. */
    receivedAt: string
    timeframe: string | null
  }
  person: {
    name: string | null
    firstName: string | null
    lastName: string | null
    companyName: string | null
    email: string | null
    phone: string | null
  }
  /** The first one they want, or null: they named none. */
  vehicle: VehicleFacts | null
  /** All they named, trade-ins too. */
  vehicles: VehicleFacts[]
  assignee: { name: string } | null
  unsubscribe: { url: string }
}

/** What stands behind a name: a value to print, an object with members, or a list to loop over. */
export type VariableKind =
  'value' | { members: Readonly<Record<string, VariableKind>> } | VariableList
export interface VariableList {
  each: VariableKind
}

/** The catalogue of `T`: a member that is missing here, or too many, does not compile. */
type CatalogueOf<T> = T extends readonly (infer Item)[]
  ? { each: CatalogueOf<Item> }
  : T extends string
    ? 'value'
    : { members: { [Name in keyof T]-?: CatalogueOf<NonNullable<T[Name]>> } }

const VEHICLE = {
  members: {
    name: 'value',
    interest: 'value',
    condition: 'value',
    year: 'value',
    make: 'value',
    model: 'value',
    trim: 'value',
    vin: 'value',
    stockNumber: 'value',
    price: 'value',
    odometer: 'value'
  }
} as const satisfies CatalogueOf<VehicleFacts>

const CATALOGUE = {
  members: {
    dealer: {
      members: { name: 'value', email: 'value', phone: 'value', url: 'value', address: 'value' }
    },
    lead: {
      members: {
        id: 'value',
        type: 'value',
        source: 'value',
        message: 'value',
        receivedAt: 'value',
        timeframe: 'value'
      }
    },
    person: {
      members: {
        name: 'value',
        firstName: 'value',
        lastName: 'value',
        companyName: 'value',
        email: 'value',
        phone: 'value'
      }
    },
    vehicle: VEHICLE,
    vehicles: { each: VEHICLE },
    assignee: { members: { name: 'value' } },
    unsubscribe: { members: { url: 'value' } }
  }
} as const satisfies CatalogueOf<TemplateFacts>

/** Every variable of a template, by name. */
export const TEMPLATE_VARIABLES: Readonly<Record<string, VariableKind>> = CATALOGUE.members

/** Those that are the dealer's own or ours: no stranger has a say in where they lead. */
export const OWN_VARIABLES: readonly string[] = ['dealer', 'unsubscribe']

/** The paths of all values, such as `person.firstName`, for people to read. */
export function variablePaths(
  kinds: Readonly<Record<string, VariableKind>> = TEMPLATE_VARIABLES,
  prefix = ''
): string[] {
  return Object.entries(kinds).flatMap(([name, kind]) => {
    const path = `${prefix}${name}`
    if (kind === 'value') return [path]
    const [members, start] =
      'each' in kind ? [membersOf(kind.each), `${path}[]`] : [kind.members, path]
    return variablePaths(members, `${start}.`)
  })
}

function membersOf(kind: VariableKind): Readonly<Record<string, VariableKind>> {
  return typeof kind === 'object' && 'members' in kind ? kind.members : {}
}
