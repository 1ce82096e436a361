import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Contact, Lead } from '../../domain/leads/lead.ts'
import { isMailAddress } from '../mail-address.ts'
import type { Mailbox } from '../mail-address.ts'
import { displayName } from '../../domain/leads/contact.ts'

/** The mailbox at which a person is reached: their first e-mail address that is valid, or null. */
export function mailboxOf(contact: Contact): Mailbox | null {
  const email = contact.emails.find(({ address, valid }) => valid && isMailAddress(address))
  return email ? { name: displayName(contact) ?? '', address: email.address } : null
}

/** The mailbox of a promoter, or null. */
export function mailboxOfPromoter({
  name,
  email
}: {
  name: string
  email: string | null
}): Mailbox | null {
  return email !== null && isMailAddress(email) ? { name, address: email } : null
}

/** Where the answer to a mail about a lead goes, by the dealer's setting: to the person. */
export function replyToPerson(
  { content }: Pick<Lead, 'content'>,
  dealer: Pick<Dealer, 'settings'>
): { replyTo?: Mailbox } {
  return replyToMailbox(mailboxOf(content.contact), dealer)
}

/** The same where the mailbox of the person is known. */
export function replyToMailbox(
  mailbox: Mailbox | null,
  { settings }: Pick<Dealer, 'settings'>
): { replyTo?: Mailbox } {
  return settings.replyToPerson && mailbox ? { replyTo: mailbox } : {}
}
