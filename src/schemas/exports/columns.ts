import type { CsvCell } from '../../csv/write-csv.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { CUSTOM_FIELD_PREFIX } from '../../domain/imports/fields.ts'
import type { Consent, Contact, Vehicle } from '../../domain/leads/lead.ts'

/** A column of an export: its name, and what it says of one record. */
export interface ExportColumn<Row> {
  name: string
  cellOf: (row: Row) => CsvCell
}

/**
 * Columns that leads and clients have alike. Their names are those that an import knows, so that what
 * was exported can be imported as it is.
 */
export function contactColumns<Row>(contactOf: (row: Row) => Contact): ExportColumn<Row>[] {
  const column = (name: string, cellOf: (contact: Contact) => CsvCell) => ({
    name: `contact.${name}`,
    cellOf: (row: Row) => cellOf(contactOf(row))
  })
  return [
    column('firstName', ({ firstName }) => firstName),
    column('middleName', ({ middleName }) => middleName),
    column('lastName', ({ lastName }) => lastName),
    column('fullName', ({ fullName }) => fullName),
    column('companyName', ({ companyName }) => companyName),
    column('email', ({ emails }) => emails[0]?.address ?? null),
    column('otherEmail', ({ emails }) => emails[1]?.address ?? null),
    column('phone', ({ phones }) => phones[0]?.number ?? null),
    column('otherPhone', ({ phones }) => phones[1]?.number ?? null),
    column('preferredChannel', ({ preferredChannel }) => preferredChannel),
    column('preferredTime', ({ preferredTime }) => preferredTime),
    column('language', ({ language }) => language),
    column('address.street', ({ address }) => address?.street.join(', ') ?? null),
    column('address.city', ({ address }) => address?.city ?? null),
    column('address.region', ({ address }) => address?.region ?? null),
    column('address.postalCode', ({ address }) => address?.postalCode ?? null),
    column('address.country', ({ address }) => address?.country ?? null)
  ]
}

/** The first vehicle; others are in NDJSON. */
export function vehicleColumns<Row>(vehiclesOf: (row: Row) => Vehicle[]): ExportColumn<Row>[] {
  const column = (name: string, cellOf: (vehicle: Vehicle) => CsvCell) => ({
    name: `vehicle.${name}`,
    cellOf: (row: Row) => {
      const [first] = vehiclesOf(row)
      return first ? cellOf(first) : null
    }
  })
  return [
    column('interest', ({ interest }) => interest),
    column('condition', ({ condition }) => condition),
    column('year', ({ year }) => year),
    column('make', ({ make }) => make),
    column('model', ({ model }) => model),
    column('trim', ({ trim }) => trim),
    column('vin', ({ vin }) => vin),
    column('stockNumber', ({ stockNumber }) => stockNumber),
    column('odometer', ({ odometer }) => odometer && `${odometer.value} ${odometer.unit}`),
    column('price', ({ price }) => price && `${price.amount} ${price.currency}`)
  ]
}

/** One column for each of a dealer's fields. */
export function customColumns<Row>(
  fields: readonly CustomField[],
  valuesOf: (row: Row) => Record<string, unknown>
): ExportColumn<Row>[] {
  return fields.map(({ key }) => ({
    name: `${CUSTOM_FIELD_PREFIX}${key}`,
    cellOf: (row) => cellOfValue(valuesOf(row)[key])
  }))
}

function cellOfValue(value: unknown): CsvCell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  return Array.isArray(value) ? value.join('; ') : null
}

/** Each consent in words, such as `marketing email: yes`. */
export function describeConsents(consents: readonly Consent[]): string {
  const words = consents.map(({ purpose, channel, granted }) => {
    const about = channel === null ? purpose : `${purpose} ${channel}`
    return `${about}: ${granted ? 'yes' : 'no'}`
  })
  return words.join('; ')
}
