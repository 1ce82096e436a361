import type { Vehicle } from '../leads/vehicle.ts'

/** By what a vehicle is known, in upper case: at least one of them is text. */
export interface VehicleIdentity {
  vin: string | null
  stockNumber: string | null
}

/** The identity of a vehicle; null: it has neither a VIN nor a stock number. */
export function identityOf(
  vehicle: Pick<Vehicle, 'vin' | 'stockNumber'> | null
): VehicleIdentity | null {
  const [vin, stockNumber] = [wordOf(vehicle?.vin), wordOf(vehicle?.stockNumber)]
  return vin === null && stockNumber === null ? null : { vin, stockNumber }
}

function wordOf(text: string | null | undefined): string | null {
  const word = (text ?? '').trim().toUpperCase()
  return word === '' ? null : word
}

/** The locks under which a sale of the vehicle is compared with others of the dealer. */
export function vehicleLocks({ vin, stockNumber }: VehicleIdentity): string[] {
  return [
    ...(vin === null ? [] : [`sold vin ${vin}`]),
    ...(stockNumber === null ? [] : [`sold stock number ${stockNumber}`])
  ]
}
