import type { TSchema } from 'typebox'

import type { DecodedText } from '../decoding/decode-text.ts'
import type { LeadContent } from '../domain/leads/lead.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'

/** The leads of a body, with what it says about their capture. */
export interface ParsedBody {
  contents: LeadContent[]
  /** The key of a source. */
  source?: string | null | undefined
  referralCode?: string | null | undefined
  assigneeId?: string | null | undefined
}

/** All leads of a body are stored in one transaction. */
export const MAX_LEADS = 100
export const TOO_MANY_LEADS = `The document has more than ${MAX_LEADS} leads.`

/** Why a body is refused. The detail holds no personal data. */
export type FormatFault = { fault: 'unreachable' } | { fault: 'unreadable'; detail: string }

interface FormatBase {
  mediaTypes: readonly string[]
  parse(body: unknown, dealer: ReadingDealer): ParsedBody | FormatFault
}

/** One lead as JSON. `parse` gets the body after its check against the schema. */
export interface JsonFormat extends FormatBase {
  kind: 'json'
  /** Has an `$id`, under which the app knows it. */
  schema: TSchema
}

/** Any number of leads as a document: `parse` gets what `decode` made of its bytes. Its sender can't correct single fields, so faulty ones are kept. */
export interface DocumentFormat extends FormatBase {
  kind: 'document'
  /** For the contract. */
  description: string
  example: string
  decode(bytes: Buffer, charset: string | undefined, dealer: ReadingDealer): DecodedText
}

export type Format = JsonFormat | DocumentFormat
