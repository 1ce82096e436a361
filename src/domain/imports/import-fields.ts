import { LEAD_FIELDS, findField } from '../leads/field-catalogue.ts'
import { CONSENT_CHANNELS, CONSENT_PURPOSES } from '../leads/consent-names.ts'
import type { LeadField } from '../leads/lead-field.ts'
import type { ImportTarget } from './import.ts'

const STORED = LEAD_FIELDS.filter(({ uses }) => uses.includes('import'))

/** The part of a row with the codes of its phones. */
export const PHONE_CODES_PART = 'contact.phoneCodes'

const AT_WORK = ['street', 'city', 'region', 'postalCode', 'country']

/** An address at work fills the address of a row that has no other. */
const WORK_ADDRESS = STORED.filter(
  ({ part, member }) => part === 'contact.address' && AT_WORK.includes(member)
).map((field) => {
  const part = 'contact.workAddress'
  return { ...field, part, path: `${part}.${field.member}` }
})

/** Codes that stand beside the numbers of a row: they are parts of its phones. */
const PHONE_CODES = Object.entries({
  country: 'contact.phoneCountryCode',
  area: 'contact.phoneAreaCode',
  extension: 'contact.phoneExtension'
}).map(([member, path]): LeadField => ({
  path,
  part: PHONE_CODES_PART,
  member,
  kind: 'text',
  maxLength: 100,
  uses: ['import'],
  read: () => []
}))

/** The part of a row with what its person agreed to or refused. */
export const CONSENTS_PART = 'consents'

const CONSENTS = CONSENT_PURPOSES.flatMap((purpose) =>
  [null, ...CONSENT_CHANNELS].map((channel): LeadField => {
    const member = channel === null ? purpose : `${purpose}.${channel}`
    return {
      path: `${CONSENTS_PART}.${member}`,
      part: CONSENTS_PART,
      member,
      kind: 'flag',
      uses: ['import'],
      read: () => []
    }
  })
)

/** The field of a column with the time of day of a request, whose day stands in another column. */
export const REQUEST_TIME = 'submittedTime'

/** The part of a row with the time of day of its request: it joins the day of `submittedAt`. */
export const REQUEST_TIME_PART = 'requestTime'

const REQUEST_TIME_FIELD: LeadField = {
  path: REQUEST_TIME,
  part: REQUEST_TIME_PART,
  member: REQUEST_TIME,
  kind: 'text',
  maxLength: 100,
  uses: ['import'],
  read: () => []
}

const LEADS = [...STORED, ...WORK_ADDRESS, ...PHONE_CODES, ...CONSENTS, REQUEST_TIME_FIELD]

/** The fields that columns of a file fill, beside open ones. Most are filled from one column. */
export const IMPORT_FIELDS: Record<ImportTarget, readonly LeadField[]> = {
  leads: LEADS,
  // A client has a lead's contact, consents and vehicles, and a description where a lead has a message.
  clients: LEADS.flatMap((field) => {
    if (field.path === 'message') return [{ ...field, path: 'description' }]
    return /^(?:contact|vehicle|consents)\./.test(field.path) ? [field] : []
  })
}

/** The field that a column of rows of this kind can fill, custom fields that are not defined too. */
export function findImportField(path: string, target: ImportTarget): LeadField | null {
  const known = IMPORT_FIELDS[target].find((field) => field.path === path)
  if (known) return known
  const field = findField(path)
  const isOpen =
    field?.part === 'customFields' || (target === 'leads' && field?.part === 'attribution')
  return isOpen ? field : null
}

/**
 * Whether several columns may fill a field: their e-mails, phones or lines are added to each other, codes
 * belong to phones of their own, a person can have two surnames, and what one column refuses is refused.
 */
export function isFilledByMany(path: string, target: ImportTarget): boolean {
  const { kind, part } = findImportField(path, target) ?? {}
  if (path === 'contact.lastName' || part === PHONE_CODES_PART || part === CONSENTS_PART)
    return true
  return kind === 'emails' || kind === 'phones' || kind === 'lines'
}
