import { fold } from '../text/fold.ts'
import type { PostalAddress, Reference } from '../leads/lead.ts'

/** The content of an account without its name. */
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

/** The lock keys of an account name, for the check that it is new. */
export function accountLock(nameKey: string): string {
  return `account ${nameKey}`
}
