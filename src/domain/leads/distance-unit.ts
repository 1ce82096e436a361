import type { DistanceUnit } from './values.ts'

/** Countries whose cars count miles. */
const MILES = new Set(['US', 'GB', 'LR', 'MM'])

/** The unit of an odometer in a country (ISO 3166-1 alpha-2). */
export function distanceUnitOf(country: string): DistanceUnit {
  return MILES.has(country) ? 'mi' : 'km'
}

/** Countries that speak Spanish. */
const SPANISH = new Set('ES MX AR CO CL PE EC VE UY PY BO CR PA DO GT HN SV NI CU PR'.split(' '))

/** Whether `mil` is a thousand there: `120 mil` has no unit. */
export function isSpanish(country: string): boolean {
  return SPANISH.has(country)
}
