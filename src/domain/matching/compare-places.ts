import { editDistance } from './edit-distance.ts'
import { isCityInArea } from './place-form.ts'
import type { PlaceForm } from './place-form.ts'

/**
 * How the places of two people compare, best first.
 *
 * - `code`: one postal code
 * - `slip`: a slip in the code, or one region and one town
 * - `city`: one town, and no codes to compare
 * - `area`: the code of one lies in the town of the other, or both in one region
 * - `moved`: two codes in one town
 * - `elsewhere`: two towns
 * - `none`: nothing to compare
 */
export type PlaceLevel = 'code' | 'slip' | 'city' | 'area' | 'moved' | 'elsewhere' | 'none'

export function comparePlaces(a: PlaceForm, b: PlaceForm): PlaceLevel {
  const cities = compareCities(a.city, b.city)
  if (a.postal !== undefined && b.postal !== undefined) {
    if (a.postal === b.postal) return 'code'
    if (editDistance(a.postal, b.postal, 1) <= 1 && cities !== false) return 'slip'
    if (a.area === b.area) return cities === false ? 'elsewhere' : 'area'
    return cities === true ? 'moved' : 'elsewhere'
  }
  if (cities !== null) return cities ? 'city' : 'elsewhere'
  const crossed = crossedOf(a, b) ?? crossedOf(b, a)
  if (crossed === null) return 'none'
  return crossed ? 'area' : 'elsewhere'
}

function crossedOf(a: PlaceForm, b: PlaceForm): boolean | null {
  if (a.area === undefined || b.city === undefined) return null
  return isCityInArea(b.city, a.area)
}

/** Null: nothing to compare. */
function compareCities(a: string | undefined, b: string | undefined): boolean | null {
  if (a === undefined || b === undefined) return null
  if (a === b) return true
  const most = Math.min(a.length, b.length) >= 8 ? 2 : 1
  return editDistance(a, b, most) <= most
}
