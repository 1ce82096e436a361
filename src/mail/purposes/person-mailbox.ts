import type { Contact } from '../../domain/leads/lead.ts'
import { isMailAddress } from '../mail-address.ts'
import type { Mailbox } from '../mail-address.ts'
import { nameForColleagues } from '../sections/contact-rows.ts'

/** The mailbox at which a person is reached: their first e-mail address that is valid, or null. */
export function mailboxOf(contact: Contact): Mailbox | null {
  const email = contact.emails.find(({ address, valid }) => valid && isMailAddress(address))
  return email ? { name: nameForColleagues(contact) ?? '', address: email.address } : null
}
