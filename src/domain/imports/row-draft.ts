import type { ValueReading } from '../fields/custom-field.ts'
import type {
  Contact,
  EmailAddress,
  LeadType,
  PhoneNumber,
  PostalAddress,
  Vehicle
} from '../leads/lead.ts'

/** How texts are read at this dealer. How addresses and numbers are recognised comes from outside. */
export interface RowReading {
  readEmail: (text: string) => EmailAddress
  readPhone: (text: string) => PhoneNumber
  values: ValueReading
  currency: string
  timeZone: string
  distanceUnit: 'km' | 'mi'
}

/** A row as far as it is read: a record's values without what no column gave. */
export interface RowDraft {
  type: LeadType | null
  externalId: string | null
  submittedAt: string | null
  message: string | null
  description: string | null
  contact: Partial<Omit<Contact, 'emails' | 'phones' | 'address'>>
  emails: EmailAddress[]
  phones: PhoneNumber[]
  address: Partial<PostalAddress>
  vehicle: Partial<Vehicle>
}

export function emptyDraft(): RowDraft {
  return {
    type: null,
    externalId: null,
    submittedAt: null,
    message: null,
    description: null,
    contact: {},
    emails: [],
    phones: [],
    address: {},
    vehicle: {}
  }
}

/** Takes a cell's text, trimmed and not blank, into the draft. Answers what is wrong with it, or null. */
export type FieldReader = (draft: RowDraft, text: string, reading: RowReading) => string | null

/** What is wrong with a text of more characters, or null: it is not too long. */
export function tooLong(text: string, maxLength: number): string | null {
  return text.length > maxLength ? `must have ${maxLength} characters at most` : null
}

export function oneOf(words: readonly string[]): string {
  return `must be one of ${words.join(', ')}`
}
