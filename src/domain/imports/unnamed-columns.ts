import { isPostalPlace } from '../contacts/split-city.ts'
import { isMakeText, isVehicleText } from '../leads/vehicle-text.ts'
import type { ImportColumn } from './import.ts'
import { numberedColumn } from './name-by-values.ts'

const PERSON = /^contact\.(?:first|last|full)Name$/
/** A longer text is prose. */
const MAX_MODEL = 40

/**
 * The fields of columns without a name, by their values: a postal code with its city, and a vehicle or its make and model. A
 * person can be called Ford: vehicles are told where another column has the names of persons.
 */
export function unnamedColumns(
  columns: readonly ImportColumn[],
  fieldOf: (column: ImportColumn) => string | undefined
): [ImportColumn, string][] {
  const isOpen = (column: ImportColumn | undefined, at: number): column is ImportColumn =>
    column?.name === numberedColumn(at) &&
    column.samples.length > 0 &&
    fieldOf(column) === undefined
  const hasPerson = columns.some((column) => PERSON.test(fieldOf(column) ?? ''))
  const found: [ImportColumn, string][] = []
  for (const [at, column] of columns.entries()) {
    if (!isOpen(column, at)) continue
    const { samples } = column
    if (samples.every(isPostalPlace)) found.push([column, 'contact.address.city'])
    if (!hasPerson) continue
    const before = columns[at - 1]
    const isBehindMake =
      before !== undefined &&
      [fieldOf(before), found.find(([one]) => one === before)?.[1]].includes('vehicle.make')
    if (samples.every(isVehicleText) || (isBehindMake && samples.every(isModel)))
      found.push([column, 'vehicle.model'])
    else if (samples.every(isMakeText)) found.push([column, 'vehicle.make'])
  }
  return found
}

function isModel(text: string): boolean {
  return text.length <= MAX_MODEL && /\p{L}/u.test(text) && !text.includes('@')
}
