import { VEHICLE_CONDITIONS, VEHICLE_INTERESTS } from '../leads/lead.ts'
import type { ImportFieldName } from './fields.ts'
import { readMoney, readOdometer, readWord } from './read-cell.ts'
import { oneOf, tooLong } from './row-draft.ts'
import type { FieldReader } from './row-draft.ts'

type VehicleField = Extract<ImportFieldName, `vehicle.${string}`>

/** How each field of the vehicle takes a cell's text. */
export const VEHICLE_READERS: Record<VehicleField, FieldReader> = {
  'vehicle.interest': (draft, text) => {
    const interest = readWord(text, VEHICLE_INTERESTS)
    if (interest !== null) draft.vehicle.interest = interest
    return interest === null ? oneOf(VEHICLE_INTERESTS) : null
  },
  'vehicle.condition': (draft, text) => {
    const condition = readWord(text, VEHICLE_CONDITIONS)
    if (condition !== null) draft.vehicle.condition = condition
    return condition === null ? oneOf(VEHICLE_CONDITIONS) : null
  },
  'vehicle.year': (draft, text) => {
    const year = /^\d{4}$/.test(text) ? Number(text) : 0
    draft.vehicle.year = year
    return year >= 1885 && year <= 2100 ? null : 'must be a year such as 2022'
  },
  'vehicle.make': ofVehicle('make', 100),
  'vehicle.model': ofVehicle('model', 100),
  'vehicle.trim': ofVehicle('trim', 100),
  'vehicle.vin': ofVehicle('vin', 40),
  'vehicle.stockNumber': ofVehicle('stockNumber', 60),
  'vehicle.odometer': (draft, text, { distanceUnit }) => {
    draft.vehicle.odometer = readOdometer(text, distanceUnit)
    return draft.vehicle.odometer ? null : 'must be a whole number of km or miles'
  },
  'vehicle.price': (draft, text, { currency }) => {
    const money = readMoney(text, currency)
    draft.vehicle.price = money && {
      ...money,
      type: null,
      delta: null,
      relativeTo: null,
      source: null
    }
    return money ? null : 'must be an amount such as 79900.00'
  }
}

function ofVehicle(
  name: 'make' | 'model' | 'trim' | 'vin' | 'stockNumber',
  maxLength: number
): FieldReader {
  return (draft, text) => {
    draft.vehicle[name] = text
    return tooLong(text, maxLength)
  }
}
