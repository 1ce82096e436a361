import { isVehicleText } from '../leads/vehicle-text.ts'
import { plainDigits } from '../text/clean-text.ts'
import { fold } from '../text/fold.ts'

/** What a person has, and does not look for. */
const OWNED =
  /\b(?:trade|exchange|current|own|inzahlung\w*|aktuell\w*|jetzig\w*|entrega|parte de pago|actual|odkup|rozliczeni\w*|obecn\w*|zostawi\w*)\b/

const EMAIL = /^[^\s@]+@[^\s@.]+\.[^\s@]+$/
const PHONE = /^\+?[\d\s()./-]{7,24}$/
const VIN = /^[A-HJ-NPR-Z\d]{17}$/i

/** The field whose values all look like these. */
export function fieldByShape({
  name,
  samples
}: {
  name: string
  samples: readonly string[]
}): string | undefined {
  if (samples.length === 0) return undefined
  if (samples.every((value) => EMAIL.test(value))) return 'contact.email'
  if (samples.every((value) => VIN.test(value) && /[A-Z]/i.test(value))) return 'vehicle.vin'
  // A person can be called Ford.
  const areVehicles = samples.every(isVehicleText) && samples.some((text) => /\d/.test(text))
  if (areVehicles && !OWNED.test(fold(name))) return 'vehicle.model'
  return samples.every(isPhone) ? 'contact.phone' : undefined
}

/** Two amounts: `600000-700000`. */
const RANGE = /^[1-9]\d{4,6} ?- ?[1-9]\d{4,6}$/

/** Nine digits or more, and no day, amount or year. */
export function isPhone(given: string): boolean {
  const value = plainDigits(given)
  const digits = value.replace(/\D/g, '').length
  const isOther = /^\d{4}-\d\d-\d\d/.test(value) || RANGE.test(value)
  return PHONE.test(value) && digits >= 9 && digits <= 15 && !isOther
}
