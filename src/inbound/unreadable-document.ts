import type { DecodedDocument } from '../adf/adf-decoding.ts'
import { findPoints } from '../domain/contacts/found-points.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../domain/leads/empty-lead.ts'
import type { LeadContent } from '../domain/leads/lead.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'

/** How much of the text is shown in the lead; its payload has all of it. */
const MAX_SHOWN = 10_000

/**
 * A document that no format reads as a lead that is held: its text, and the e-mail addresses and phones in it,
 * by which a person can act.
 */
export function readUnreadable({ text, repairs }: DecodedDocument, country: string): LeadContent {
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').trim()
  const shown = Array.from(plain.slice(0, MAX_SHOWN))
    .join('')
    .replace(/[\ud800-\udbff]$/, '')
  const points = findPoints(plain, { ...contactReading(country), countries: [country] })
  return {
    ...EMPTY_LEAD,
    contact: { ...EMPTY_CONTACT, ...points },
    unmapped: [...repairs, { path: 'document', text: shown, code: 'unreadable_document' }]
  }
}
