import type { DecodedText } from '../../decoding/decode-text.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import type { DocumentFormat } from '../../inbound/format.ts'
import type { FormField } from '../../inbound/form-field.ts'
import type { LeadItem } from '../../inbound/several-leads.ts'
import type { Problem } from '../problems.ts'

/** The body of a capture by what it is, under any media type. */
export type PostedBody =
  | {
      kind: 'json'
      value: unknown
      repairs: UnmappedValue[]
      /** Where the lead stands in the body: `/leads/0` in one that only holds it. */
      pointer: string
      /** What it is where the JSON is no lead: it came under the media type of a document, or was mended. */
      otherwise: PostedDocument | UnreadableBody | null
    }
  | SeveralLeads
  | { kind: 'form'; fields: FormField[]; repairs: UnmappedValue[] }
  | UnreadableBody
  | PostedDocument

/** Several leads in one body of JSON. */
export interface SeveralLeads {
  kind: 'several'
  items: LeadItem[]
  repairs: UnmappedValue[]
  document: DecodedText
  /** Whether each is a form, as the row of a table is. */
  areForms?: boolean
}

/** A body that is none of the forms of a lead; the problem is that of one in which nothing can reach a person. */
export interface UnreadableBody {
  kind: 'unreadable'
  document: DecodedText
  /** Null: that of the lead. */
  problem: Problem | null
}

export interface PostedDocument {
  kind: 'document'
  format: DocumentFormat
  bytes: Buffer
  charset: string | undefined
  mediaType: string
}

/** A body, and its text as it is kept; that of a document is known when it is read. */
export interface ReadBody {
  posted: PostedBody
  text: string
  mediaType: string
}

export interface DocumentBody extends ReadBody {
  posted: PostedDocument
}
