import { contactKeys, displayName } from '../leads/contact.ts'
import type { Contact } from '../leads/lead.ts'
import { fold } from '../text/fold.ts'

/**
 * Whether a lead with a known `externalId` is of the same person: they share an e-mail or phone. Where
 * one of the two has no valid one, the names decide.
 */
export function isSamePerson(known: Contact, posted: Contact): boolean {
  const keys = new Set(contactKeys(known))
  const postedKeys = contactKeys(posted)
  if (keys.size > 0 && postedKeys.length > 0) return postedKeys.some((key) => keys.has(key))
  return fold(displayName(known) ?? '') === fold(displayName(posted) ?? '')
}
