import type { RowParsers } from '../../domain/imports/read-value.ts'
import { distanceUnitOf } from '../../domain/leads/distance-unit.ts'
import type { ReadingDealer } from '../../domain/leads/reading-dealer.ts'
import { valueParsers } from '../fields/custom-field.ts'
import { contactReading } from '../leads/contact-point.ts'

/** How the cells of a file are read at a dealer: as what is posted there. */
export function rowParsers({
  country,
  currency,
  timeZone,
  ownPoints
}: Omit<ReadingDealer, 'locale'>): RowParsers {
  return {
    contacts: contactReading(country, ownPoints),
    values: valueParsers(country),
    currency,
    timeZone,
    distanceUnit: distanceUnitOf(country)
  }
}
