import { withoutDecimals } from '../text/whole-code.ts'
import { knownTexts } from './known-texts.ts'
import type { UnmappedValue } from './lead.ts'
import type { Vehicle } from './vehicle.ts'
import { splitVehicles } from './vehicle-text.ts'

/** Members that are prose, or choices of our own. */
const KEPT = ['interest', 'condition', 'comments', 'priceComments'] as const

/**
 * Vehicles without texts for absent values, such as a make `null`, and with make, model and year apart; and
 * those texts by their path below `path`. A vehicle that had nothing else, or nothing that was read, is left out.
 */
export function knownVehicles(
  vehicles: readonly Vehicle[],
  path: string,
  isSilent: (index: number) => boolean = () => false
): { vehicles: Vehicle[]; repairs: UnmappedValue[] } {
  const known = vehicles.map((vehicle, index) => knownTexts(vehicle, `${path}/${index}`, KEPT))
  const described = known.map(({ members, repairs }, index) => {
    const isLeft = isSilent(index) || (repairs.length > 0 && !isDescribed(members))
    return isLeft
      ? { vehicles: [], repairs: [] }
      : splitVehicles([members], (_, member) => `${path}/${index}/${member}`)
  })
  return {
    vehicles: described.flatMap(({ vehicles: some }) => some.map(withPlainStock)),
    repairs: [...known, ...described].flatMap(({ repairs }) => repairs)
  }
}

function withPlainStock(vehicle: Vehicle): Vehicle {
  const { stockNumber } = vehicle
  return stockNumber === null ? vehicle : { ...vehicle, stockNumber: withoutDecimals(stockNumber) }
}

function isDescribed({ interest: _interest, condition: _condition, ...details }: Vehicle): boolean {
  return Object.values<unknown>(details).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null
  )
}
