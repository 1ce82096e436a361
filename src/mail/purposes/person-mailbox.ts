import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Contact, Lead } from '../../domain/leads/lead.ts'
import { isMailAddress } from '../mail-address.ts'
import type { Mailbox } from '../mail-address.ts'
import { nameForColleagues } from '../sections/contact-rows.ts'

/** The mailbox at which a person is reached: their first e-mail address that is valid, or null. */
export function mailboxOf(contact: Contact): Mailbox | null {
  const email = contact.emails.find(({ address, valid }) => valid && isMailAddress(address))
  return email ? { name: nameForColleagues(contact) ?? '', address: email.address } : null
}

/** Where the answer to a mail about a lead goes, by the dealer's setting: to the person. */
export function replyToPerson(
  { content }: Pick<Lead, 'content'>,
  { settings }: Pick<Dealer, 'settings'>
): { replyTo?: NonNullable<ReturnType<typeof mailboxOf>> } {
  const replyTo = settings.replyToPerson ? mailboxOf(content.contact) : null
  return replyTo ? { replyTo } : {}
}
