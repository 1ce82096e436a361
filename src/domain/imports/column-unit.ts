import { DISTANCE_UNITS } from '../leads/values.ts'
import type { DistanceUnit } from '../leads/values.ts'
import { readChoice } from '../leads/choice-synonyms.ts'
import { readCurrency } from '../leads/currencies.ts'

/** What the name of a column says of the units of its values: `Przebieg [km]`, `Preis in EUR`, `Cena (zł)`. */
export function columnUnit(name: string): { currency?: string; distanceUnit?: DistanceUnit } {
  const words = name.split(/[\s[\]().,:/_-]+/).filter((word) => word !== '')
  const last = words.slice(1).findLast((word) => !TAXED.test(word))
  if (last === undefined) return {}
  const distanceUnit = UNIT.test(last) ? readChoice(last, DISTANCE_UNITS) : null
  const currency = CURRENCY.test(last) ? readCurrency(last, '') : null
  return { ...(distanceUnit && { distanceUnit }), ...(currency && { currency }) }
}

const TAXED = /^(?:brutto|netto|gross|net)$/i
const UNIT = /^(?:kms?|mi|miles|millas)$/i
const CURRENCY = /^(?:[A-Z]{3}|€|£|zł)$/
