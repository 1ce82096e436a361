import type { MappingParsers } from '../../domain/fields/mapping-target.ts'
import { valueParsers } from './custom-field.ts'
import { readEmail, readPhone } from '../leads/contact-point.ts'

/** How addresses and numbers are read where a dealer of this country maps fields. */
export function mappingParsers(country: string): MappingParsers {
  return {
    ...valueParsers(country),
    email: (text) => readEmail(text).address,
    phone: (text) => readPhone(text, country).number
  }
}
