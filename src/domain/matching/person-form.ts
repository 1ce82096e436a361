import { contactKeys } from '../leads/contact.ts'
import type { Contact } from '../leads/lead.ts'
import { companyForm } from './company-form.ts'
import { mailboxForm } from './mailbox-form.ts'
import type { MailboxForm } from './mailbox-form.ts'
import { nameForm } from './name-form.ts'
import type { NameForm } from './name-form.ts'
import { placeForm } from './place-form.ts'
import type { PlaceForm } from './place-form.ts'

/** Grows when forms or blocking keys of the same contact change: what is stored is then written anew. */
export const NORMALISER_VERSION = 2

/** A person in the form in which two are compared: each text is normalised once. JSON keeps all of it. */
export interface PersonForm extends PlaceForm {
  version: number
  name: NameForm
  /** Addresses that say something about the person: relays and placeholders are left out. */
  mailboxes: MailboxForm[]
  /** Numbers as `contactKeys` compares them, without placeholders. */
  phones: string[]
  company: string[]
  /** ISO 3166-1 alpha-2, or as given. */
  country: string | null
}

/** How many e-mail addresses, and how many phones, are compared. */
const MAX_POINTS = 6

/** The contact in the form people are compared in. Never throws. */
export function personForm(contact: Contact): PersonForm {
  const name = nameForm(contact)
  const mailboxes = contact.emails
    .slice(0, MAX_POINTS)
    .map(({ address }) => mailboxForm(address, name))
    .filter((box) => box !== null)
    .filter(({ kind }) => kind === 'own' || kind === 'role')
  const phones = contactKeys({ emails: [], phones: contact.phones })
    .map((key) => key.slice(2))
    .filter((number) => !isPlaceholder(number))
    .slice(0, MAX_POINTS)
  return {
    version: NORMALISER_VERSION,
    name,
    mailboxes,
    phones,
    company: companyForm(contact.companyName),
    country: contact.address?.country ?? null,
    ...placeForm(contact.address)
  }
}

/** Numbers typed for want of one: many equal digits at the end, or all in a row. */
function isPlaceholder(number: string): boolean {
  return /(\d)\1{6}$/.test(number) || /(?:123456789|987654321|12345678)0?$/.test(number)
}
