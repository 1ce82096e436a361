import type { LeadContent } from '../leads/lead.ts'

/** A lead as received, and where it goes. */
export interface DirectedLead {
  content: LeadContent
  /** The source by its key, or by its id where the credential is bound to it. */
  source: { key: string } | { id: string }
  referralCode: string | null
  assigneeId: string | null
  /** Where it stands in a body of several; empty: it is alone, or of a document. */
  pointer: string
}
