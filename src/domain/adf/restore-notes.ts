import type { Contact, EmailAddress, Timeframe, UnmappedValue } from '../leads/lead.ts'
import { CONTACT_CHANNELS, CONTACT_TIMES } from '../leads/lead.ts'
import { oneOf } from './amounts.ts'
import { NOTE_LABELS } from './note-labels.ts'
import type { Note } from './notes.ts'

interface Restorable {
  contact: Contact
  timeframe: Timeframe | null
}

/**
 * Puts the lines of our own comments back where they came from, so that a lead passed on as ADF
 * loses nothing. A line without a member, or whose member the document has set, is unmapped.
 *
 * One pass that pushes: a hostile document can hold some hundred thousand lines.
 */
export function restoreNotes(
  read: Restorable,
  notes: readonly Note[],
  readEmail: (raw: string) => EmailAddress
): Restorable & { unmapped: UnmappedValue[] } {
  const contact: Contact = { ...read.contact, emails: [...read.contact.emails] }
  const unmapped: UnmappedValue[] = []
  let { timeframe } = read

  for (const { label, text } of notes) {
    if (label === NOTE_LABELS.email) contact.emails.push(readEmail(text))
    else if (label === NOTE_LABELS.timeframe && timeframe === null) {
      timeframe = { description: text, earliest: null, latest: null }
    } else if (!fillContact(contact, label, text)) unmapped.push({ path: label, text })
  }
  return { contact, timeframe, unmapped }
}

/** Sets the member a line is about if it is still unset; false when the line was not used. */
function fillContact(contact: Contact, label: string, text: string): boolean {
  switch (label) {
    case NOTE_LABELS.companyName:
      if (contact.companyName !== null) return false
      contact.companyName = text
      return true
    case NOTE_LABELS.nameSuffix:
      if (contact.nameSuffix !== null) return false
      contact.nameSuffix = text
      return true
    case NOTE_LABELS.language:
      if (contact.language !== null) return false
      contact.language = text
      return true
    case NOTE_LABELS.preferredChannel:
      if (contact.preferredChannel !== null) return false
      contact.preferredChannel = oneOf(CONTACT_CHANNELS)(text)
      return contact.preferredChannel !== null
    case NOTE_LABELS.preferredTime:
      if (contact.preferredTime !== null) return false
      contact.preferredTime = oneOf(CONTACT_TIMES)(text)
      return contact.preferredTime !== null
    default:
      return false
  }
}
