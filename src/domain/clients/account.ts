import { fold } from '../text/fold.ts'
import type { PostalAddress, Reference } from '../leads/lead.ts'

/** What is known of a company beside its name. */
export interface AccountContent {
  email: string | null
  /** E.164 where it could be read. */
  phone: string | null
  website: string | null
  taxNumber: string | null
  address: PostalAddress | null
  description: string | null
}

/** A company that clients belong to. */
export interface Account {
  id: string
  name: string
  content: AccountContent
  responsibleUser: Reference | null
  /** The lead whose conversion made it; null for one added by hand. */
  createdFromLeadId: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

export const NO_ACCOUNT_CONTENT: AccountContent = {
  email: null,
  phone: null,
  website: null,
  taxNumber: null,
  address: null,
  description: null
}

/** A company's name without case, accents, punctuation and double blanks: by it one is found again. */
export function accountNameKey(name: string): string {
  const key = fold(name)
  // A name of nothing but signs is compared as it is, or all of them would be one company.
  return key === '' ? name.trim() : key
}

/** What must be locked while it is settled whether there is a company of this name. */
export function accountLock(nameKey: string): string {
  return `account ${nameKey}`
}
