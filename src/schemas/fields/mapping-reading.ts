import type { MappingReading } from '../../domain/fields/mapping-target.ts'
import { valueReading } from './custom-field.ts'
import { readEmail, readPhone } from '../leads/contact-point.ts'

/** How addresses and numbers are read where a dealer of this country maps fields. */
export function mappingReading(country: string): MappingReading {
  return {
    ...valueReading(country),
    email: (text) => readEmail(text).address,
    phone: (text) => readPhone(text, country).number
  }
}
