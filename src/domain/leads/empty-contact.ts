import type { Contact } from './lead.ts'

/** A contact that says nothing. */
export const EMPTY_CONTACT: Contact = {
  firstName: null,
  middleName: null,
  lastName: null,
  nameSuffix: null,
  fullName: null,
  companyName: null,
  emails: [],
  phones: [],
  preferredChannel: null,
  preferredTime: null,
  language: null,
  address: null
}
