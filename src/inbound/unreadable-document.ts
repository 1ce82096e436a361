import type { DecodedText } from '../decoding/decode-text.ts'
import { findPoints } from '../domain/contacts/found-points.ts'
import type { ContactReading } from '../domain/contacts/given-contact.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../domain/leads/empty-lead.ts'
import type { LeadContent } from '../domain/leads/lead.ts'
import { CONTROL_CHARACTERS } from '../domain/text/control-characters.ts'

/** How much of the text is shown in the lead; its payload has all of it. */
const MAX_SHOWN = 10_000

/**
 * A document that no format reads as a lead that is held: its text, and the e-mail addresses and phones in it,
 * by which a person can act.
 */
export function readUnreadable(document: DecodedText, reading: ContactReading): LeadContent {
  const countries = [reading.country]
  const points = findPoints(plainTextOf(document), { ...reading, countries })
  const held = readCrowd(document)
  return { ...held, contact: { ...EMPTY_CONTACT, ...points } }
}

/** A document with more people than are read at once, as a lead that is held: no e-mail in it is its own. */
export function readCrowd(document: DecodedText): LeadContent {
  const shown = Array.from(plainTextOf(document).slice(0, MAX_SHOWN))
    .join('')
    .replace(/[\ud800-\udbff]$/, '')
  return {
    ...EMPTY_LEAD,
    unmapped: [...document.repairs, { path: 'document', text: shown, code: 'unreadable_document' }]
  }
}

function plainTextOf({ text }: DecodedText): string {
  return text.replace(CONTROL_CHARACTERS, ' ').trim()
}
