import { isCardNumber, REMOVED } from '../leads/secret-values.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import { squeeze } from '../text/fold.ts'

/** Names that say that something is a number, and not of what. */
const NAMES = new Set('numer number nr numero nummer num no nro'.split(' '))

/** A house number, with a flat: `7`, `12a/3`. */
const HOUSE = /^\d{1,4} ?[a-z]?(?: ?[/-] ?\d{1,4} ?[a-z]?)?$/i

interface Numbers {
  name: string
  samples: readonly string[]
}

/** Whether a column is called a number and nothing else. */
function isBareNumber(name: string): boolean {
  return NAMES.has(squeeze(name)) || name.trim() === '#'
}

/**
 * The field of a column that is called a number and nothing else, by its values: a phone, or the number of a house
 * beside a street. Null: no field, as for numbers of cards and the numbers of the rows. Undefined: the values don't say it.
 */
export function fieldOfNumbers(
  { name, samples: given }: Numbers,
  isPhone: (text: string) => boolean,
  { hasPhone, hasStreet }: { hasPhone: boolean; hasStreet: boolean }
): string | null | undefined {
  const samples = given.filter((text) => !isAbsentValue(text))
  if (!isBareNumber(name) || samples.length === 0) return undefined
  if (samples.some((text) => text === REMOVED || isCardNumber(text))) return null
  if (!hasPhone && samples.every(isPhone)) return 'contact.phone'
  if (hasStreet && samples.every((text) => HOUSE.test(text))) return 'contact.address.street'
  return samples.every((text, at) => Number(text) === at + 1) ? null : undefined
}

/** A line of a street with the number of its house, which stood in a column of its own; null: it is none. */
export function withHouseNumber(street: string, line: string): string | null {
  if (HOUSE.test(line) && !/\d/.test(street)) return `${street} ${line}`
  return HOUSE.test(street) && !/\d/.test(line) ? `${street} ${line}` : null
}
