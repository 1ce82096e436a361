import { domainToASCII } from 'node:url'

/** A mailbox with its display name. Never a string: mailers parse strings into any number of recipients. */
export interface Mailbox {
  name: string
  address: string
}

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

/**
 * Whether this is one plain address (RFC 5321 dot-atom at a domain) and nothing else.
 *
 * Quoted local parts, address literals, comments, source routes and addresses that need SMTPUTF8 are
 * refused: real mailboxes do not need them, and each can make two programs read two different
 * recipients.
 */
export function isMailAddress(address: string): boolean {
  if (address.length > 254) return false
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  if (local.length > 64 || !LOCAL_PART.test(local)) return false
  const given = address.slice(at + 1)
  // What an IDN turns into counts, but only letters may be turned: `domainToASCII` also reads
  // percent signs, full-width dots and much else.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(given)) return false
  const labels = domainToASCII(given).split('.')
  return labels.every((label) => LABEL.test(label))
}
