import { isDialledCode, isExtension } from '../contacts/phone-codes.ts'
import { holdsNoPoint, isOfAnother, isOtherParty } from '../contacts/point-names.ts'
import { readChoice } from '../leads/choice-synonyms.ts'
import { consentNamed } from '../leads/consent-names.ts'
import { VEHICLE_CONDITIONS } from '../leads/vehicle.ts'
import { isVehicleText } from '../leads/vehicle-text.ts'
import { fold, squeeze } from '../text/fold.ts'
import { fieldOfNumbers } from './bare-numbers.ts'
import { KNOWN_NAMES, ownFields } from './field-names.ts'
import type { NamedField } from './field-names.ts'
import { REQUEST_TIME, isFilledByMany } from './import-fields.ts'
import { IMPORT_TARGETS } from './import.ts'
import type { ColumnMapping, ImportColumn, ImportTarget } from './import.ts'
import { gravityFields } from './gravity-fields.ts'
import { halfNames } from './half-names.ts'
import { LABEL_WORDS } from './label-words.ts'
import { nameByValues, namePartsByValues } from './name-by-values.ts'
import { boxColumns, nameOfWhole } from './phone-parts.ts'
import { placeMember } from './postal-city.ts'
import { addressColumn, codeColumn, contactColumn } from './qualified-names.ts'
import type { ContactColumn } from './qualified-names.ts'
import { requestTimeColumn } from './request-times.ts'
import { consentField } from './row-consents.ts'
import { isSecondSurname, surnameBeside } from './surnames.ts'
import { unnamedColumns } from './unnamed-columns.ts'
import { fieldByShape, isPhone } from './value-shapes.ts'

/** The maximum length of a name. A longer one is a text, which names no field, and each of its parts takes time. */
export const MAX_FIELD_NAME = 500

/**
 * The field of each column of a file, as far as its name tells, or else the shape of its values. A field
 * is filled from the first column that names it, so that a second `City` does not replace it; further
 * e-mails, phones and lines of a street are added.
 */
export function guessMapping(
  given: readonly ImportColumn[],
  target: ImportTarget,
  customFields: readonly NamedField[]
): ColumnMapping[] {
  const columns = given.map((column) =>
    column.name.length > MAX_FIELD_NAME ? { ...column, name: '' } : column
  )
  const own = ownFields(target, customFields)
  // Another person's columns fill no field: a co-buyer's phone is not the buyer's.
  const ofPerson = columns.filter(({ name }) => !isOfAnother(name))
  const known = KNOWN_NAMES[target]
  const fields = new Map<ImportColumn, string>()
  const taken = new Set<string>()
  const assign = (column: ImportColumn, field: string | undefined): void => {
    if (field === undefined || fields.has(column)) return
    if (taken.has(field) && !mayAdd(column, field, target)) return
    fields.set(column, field)
    taken.add(field)
  }
  for (const column of columns) assign(column, own(squeeze(column.name)))
  for (const column of ofPerson) assign(column, consentField(column))
  const time =
    target === 'leads' ? requestTimeColumn(columns, (name) => known.get(name)) : undefined
  if (time) assign(time, REQUEST_TIME)
  for (const column of boxColumns(ofPerson)) {
    assign(column, taken.has('contact.phone') ? 'contact.otherPhones' : 'contact.phone')
  }
  for (const column of ofPerson) assign(column, codeField(column))
  const halves = halfNames(ofPerson)
  for (const column of ofPerson) assign(column, halves.get(column))
  const parts = gravityFields(columns.map(({ name }) => name))
  for (const column of columns) assign(column, parts.get(column.name))
  for (const { column, kind } of contactColumns(ofPerson.filter((one) => !fields.has(one)))) {
    const [main, other] = CONTACT_FIELDS[kind]
    assign(column, taken.has(main) ? other : main)
  }
  const left = assignNumbers(ofPerson, known, { assign, hasPhone: taken.has('contact.phone') })
  const named = ofPerson.filter((column) => !left.has(column))
  // The `Ort` beside an `Ort privat` of Outlook is no address, and the `name` of a deal no person.
  for (const column of named) assign(column, addressField(column.name, known, true))
  const isWeak = (name: string) => WEAK_NAMES.has(squeeze(name))
  const surname = surnameBeside(named)
  if (surname) assign(surname, 'contact.lastName')
  assignState(named, known, assign)
  const weak = named.filter(({ name }) => isWeak(name))
  const strong = named.filter(({ name }) => !isWeak(name))
  for (const column of [...strong, ...weak]) assign(column, knownField(column, known))
  for (const column of named) assign(column, addressField(column.name, known))
  for (const column of named) assign(column, fieldByLongerName(column.name, known))
  for (const column of named) {
    if (!holdsNoPoint(column.name) && isOtherParty(column.name) !== 'other')
      assign(column, fieldByShape(column))
  }
  const names = nameByValues(columns, (column) => fields.get(column))
  if (names) assign(names, 'contact.fullName')
  const nameParts = namePartsByValues(columns, (column) => fields.get(column))
  if (nameParts) {
    assign(nameParts.first, 'contact.firstName')
    assign(nameParts.last, 'contact.lastName')
  }
  for (const [column, field] of unnamedColumns(columns, (one) => fields.get(one)))
    assign(column, field)
  return columns.map((column, at) => ({
    column: given[at]?.name ?? column.name,
    field: fields.get(column) ?? null
  }))
}

/** Whether a column adds to a field that another fills. */
function mayAdd({ name }: ImportColumn, field: string, target: ImportTarget): boolean {
  if (field === 'contact.lastName') return isSecondSurname(name)
  return isFilledByMany(field, target)
}

/** Assigns columns that are called `Number` by their values, and returns those that have no field. */
function assignNumbers(
  columns: readonly ImportColumn[],
  known: ReadonlyMap<string, string>,
  {
    assign,
    hasPhone
  }: { assign: (column: ImportColumn, field: string | undefined) => void; hasPhone: boolean }
): Set<ImportColumn> {
  const hasStreet = columns.some(
    ({ name }) => known.get(squeeze(name)) === 'contact.address.street'
  )
  const left = new Set<ImportColumn>()
  for (const column of columns) {
    const field = fieldOfNumbers(column, isPhone, { hasPhone, hasStreet })
    if (field === null) left.add(column)
    else assign(column, field)
  }
  return left
}

/** `Estado` is the condition of a vehicle, or the state of an address: its values and the other columns say it. */
function assignState(
  columns: readonly ImportColumn[],
  known: ReadonlyMap<string, string>,
  assign: (column: ImportColumn, field: string | undefined) => void
): void {
  const hasAddress = columns.some(({ name }) =>
    /^contact\.address\.(?:city|postalCode|street)$/.test(known.get(squeeze(name)) ?? '')
  )
  for (const column of columns) {
    if (!hasAddress || !isToldByValues(column.name) || column.samples.length === 0) continue
    const isCondition = column.samples.every(
      (text) => readChoice(text, VEHICLE_CONDITIONS) !== null
    )
    if (!isCondition) assign(column, 'contact.address.region')
  }
}

/** The field of a known name; `Interested in` has a vehicle as often as an interest. */
function knownField(
  { name, samples }: ImportColumn,
  known: ReadonlyMap<string, string>
): string | undefined {
  const place = placeMember(name)
  const field = known.get(squeeze(name)) ?? (place === null ? undefined : ADDRESS + place)
  const isVehicle = samples.length > 0 && samples.every(isVehicleText)
  return field === 'vehicle.interest' && isVehicle ? 'vehicle.model' : field
}

/** Whether the values of what is called so say what it is. */
export function isToldByValues(name: string): boolean {
  return squeeze(name) === 'estado'
}

/** The field of a code that belongs to a phone; a `Country code` of letters is that of the address. */
function codeField({ name, samples }: ImportColumn): string | undefined {
  const found = codeColumn(name)
  if (!found) return undefined
  const isCode = found.kind === 'extension' ? isExtension : isDialledCode
  const areCodes = samples.length > 0 && samples.every(isCode)
  return found.isOfPhone || areCodes ? CODE_FIELDS[found.kind] : undefined
}

const CODE_FIELDS = {
  country: 'contact.phoneCountryCode',
  area: 'contact.phoneAreaCode',
  extension: 'contact.phoneExtension'
} as const

/** Whether a text is the name of a column, in any of the languages, of leads or clients. */
export function isColumnName(text: string): boolean {
  if (consentNamed(text) !== null) return true
  if (contactColumn(nameOfWhole(text) ?? text) !== null || gravityFields([text]).size > 0)
    return true
  return IMPORT_TARGETS.some((target) => {
    const known = KNOWN_NAMES[target]
    return (
      known.has(squeeze(text)) ||
      placeMember(text) !== null ||
      addressField(text, known) !== undefined ||
      fieldByLongerName(text, known) !== undefined
    )
  })
}

const CONTACT_FIELDS = {
  email: ['contact.email', 'contact.otherEmails'],
  phone: ['contact.phone', 'contact.otherPhones']
} as const

/** The columns of e-mails and phones, the main ones first. */
function contactColumns(columns: readonly ImportColumn[]) {
  return columns
    .flatMap((column): (ContactColumn & { column: ImportColumn })[] => {
      const whole = nameOfWhole(column.name)
      const found = contactColumn(whole ?? column.name)
      if (!found) return []
      return [{ column, ...found, rank: found.rank + (whole === null ? 0 : 0.5) }]
    })
    .toSorted((a, b) => a.rank - b.rank)
}

/**
 * They name a person only where no other column does: the sender of a notification is often the website. And a
 * vehicle only where there is no column for its model.
 */
const WEAK_NAMES = new Set(
  (
    'name username contact customer client recordname displayname emailfrom fromemail senderemail ' +
    'car vehicle fahrzeug auto vehiculo coche samochod pojazd'
  ).split(' ')
)

const ADDRESS = 'contact.address.'

function addressField(
  name: string,
  known: ReadonlyMap<string, string>,
  isHomeOnly = false
): string | undefined {
  const found = addressColumn(name, (part) => {
    const field = known.get(squeeze(part))
    return field?.startsWith(ADDRESS) ? field.slice(ADDRESS.length) : undefined
  })
  if (!found || (isHomeOnly && !found.isHome)) return undefined
  return found.isWork ? `contact.workAddress.${found.member}` : ADDRESS + found.member
}

/** Words that stand around a name without changing what it names. */
const AROUND = new Set([
  ...LABEL_WORDS,
  ...(
    'customer customers client clients contact lead person del de la el cliente contacto klienta ' +
    'kontaktu osoby number numer nr no 1 buyer buyers prospect applicant primary main comprador ' +
    'kupujacego nabywcy kaufer kaufers cust'
  ).split(' ')
])

/** What values are in, and whether with tax: `Przebieg [km]`, `Cena brutto (PLN)`. */
const UNITS = new Set(
  'km mi miles mil millas pln zl eur euro euros usd gbp mxn czk chf brutto netto gross net'.split(
    ' '
  )
)
const BEFORE_UNIT = new Set(['in', 'en', 'w'])

const HUMP = /(?<=\p{Ll})(?=\p{Lu})/gu

function fieldByLongerName(name: string, names: ReadonlyMap<string, string>): string | undefined {
  // `customerFirstName` as `customer_first_name`.
  const words = fold(name.replace(HUMP, ' ')).split(' ')
  const isIn = words.some((word) => UNITS.has(word))
  const isAround = (word: string) =>
    AROUND.has(word) || UNITS.has(word) || (isIn && BEFORE_UNIT.has(word))
  const bare = words.filter((word) => !isAround(word))
  const field = bare.length < words.length ? names.get(bare.join('')) : undefined
  // The type of a contact is not that of the lead.
  return field === 'type' && !words.includes('lead') ? undefined : field
}
