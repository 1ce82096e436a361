import type { DistanceUnit } from './values.ts'

/** Countries whose cars count miles. */
const MILES = new Set(['US', 'GB', 'LR', 'MM'])

/** The unit of an odometer in a country (ISO 3166-1 alpha-2). */
export function distanceUnitOf(country: string): DistanceUnit {
  return MILES.has(country) ? 'mi' : 'km'
}
