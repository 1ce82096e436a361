import type { PhoneType } from '../leads/lead.ts'
import type { PointParsing } from './point-parsing.ts'

/** One number of a field. */
export interface FoundPhone {
  /** In E.164, or null: the text can't be read. */
  number: string | null
  /** The part of the field that it was read from. */
  raw: string
  /** The type that a label names. */
  type: PhoneType | null
}

/** How the numbers of one field are read: the parser, and the countries to try in their order. */
export interface PhoneReading extends Pick<PointParsing, 'parsePhone'> {
  countries: readonly string[]
}
