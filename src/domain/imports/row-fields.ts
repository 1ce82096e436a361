import { CONTACT_CHANNELS, CONTACT_TIMES, LEAD_TYPES } from '../leads/lead.ts'
import type { ImportFieldName } from './fields.ts'
import { readTime, readWord } from './read-cell.ts'
import { oneOf, tooLong } from './row-draft.ts'
import type { FieldReader, RowDraft, RowReading } from './row-draft.ts'
import { VEHICLE_READERS } from './vehicle-fields.ts'

/** How each field takes a cell's text. */
export const FIELD_READERS: Record<ImportFieldName, FieldReader> = {
  'contact.firstName': ofContact('firstName', 200),
  'contact.middleName': ofContact('middleName', 200),
  'contact.lastName': ofContact('lastName', 200),
  'contact.fullName': ofContact('fullName', 400),
  'contact.companyName': ofContact('companyName', 200),
  'contact.email': takeEmail,
  'contact.otherEmail': takeEmail,
  'contact.phone': takePhone,
  'contact.otherPhone': takePhone,
  'contact.preferredChannel': (draft, text) => {
    const channel = readWord(text, CONTACT_CHANNELS)
    draft.contact.preferredChannel = channel
    return channel === null ? oneOf(CONTACT_CHANNELS) : null
  },
  'contact.preferredTime': (draft, text) => {
    const time = readWord(text, CONTACT_TIMES)
    draft.contact.preferredTime = time
    return time === null ? oneOf(CONTACT_TIMES) : null
  },
  'contact.language': (draft, text) => {
    draft.contact.language = text
    return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text)
      ? null
      : 'must be a language code such as pl'
  },
  'contact.address.street': (draft, text) => {
    draft.address.street = text.split(/\r?\n/).filter((line) => line.trim() !== '')
    return text.length > 1000 || draft.address.street.length > 5 ? 'must be 5 lines at most' : null
  },
  'contact.address.city': ofAddress('city', 100),
  'contact.address.region': ofAddress('region', 100),
  'contact.address.postalCode': ofAddress('postalCode', 20),
  'contact.address.country': (draft, text) => {
    draft.address.country = /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : text
    return tooLong(text, 100)
  },
  type: (draft, text) => {
    draft.type = readWord(text, LEAD_TYPES)
    return draft.type === null ? oneOf(LEAD_TYPES) : null
  },
  externalId: (draft, text) => {
    draft.externalId = text
    return tooLong(text, 200)
  },
  submittedAt: (draft, text, { timeZone }) => {
    draft.submittedAt = readTime(text, timeZone)
    return draft.submittedAt === null ? 'must be a time such as 2026-11-21 18:03' : null
  },
  message: (draft, text) => {
    draft.message = text
    return tooLong(text, 20_000)
  },
  description: (draft, text) => {
    draft.description = text
    return tooLong(text, 20_000)
  },
  ...VEHICLE_READERS
}

function ofContact(
  name: 'firstName' | 'middleName' | 'lastName' | 'fullName' | 'companyName',
  maxLength: number
): FieldReader {
  return (draft, text) => {
    draft.contact[name] = text
    return tooLong(text, maxLength)
  }
}

function ofAddress(name: 'city' | 'region' | 'postalCode', maxLength: number): FieldReader {
  return (draft, text) => {
    draft.address[name] = text
    return tooLong(text, maxLength)
  }
}

function takeEmail(draft: RowDraft, text: string, { readEmail }: RowReading): string | null {
  const email = readEmail(text)
  if (email.valid) draft.emails.push(email)
  return email.valid ? null : 'is no e-mail address'
}

/** One that can't be read is kept as it is: somebody may understand it. */
function takePhone(draft: RowDraft, text: string, { readPhone }: RowReading): string | null {
  draft.phones.push(readPhone(text))
  return tooLong(text, 60)
}
