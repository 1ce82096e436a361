import type { GivenContact } from '../contacts/given-contact.ts'
import type { Timeframe, UnmappedValue } from '../leads/lead.ts'
import { CONTACT_CHANNELS, CONTACT_TIMES } from '../leads/lead.ts'
import { oneOf } from './amounts.ts'
import { NOTE_LABELS } from './note-labels.ts'
import type { Note } from './notes.ts'

/** We write no more. */
const MAX_EMAILS = 50

interface Restorable {
  contact: GivenContact
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
  notes: readonly Note[]
): Restorable & { unmapped: UnmappedValue[] } {
  const emails = [...read.contact.emails]
  const contact: GivenContact = { ...read.contact, emails }
  const unmapped: UnmappedValue[] = []
  let { timeframe } = read

  for (const { label, text } of notes) {
    if (label === NOTE_LABELS.email && emails.length < MAX_EMAILS) {
      emails.push({ text, path: label })
    } else if (label === NOTE_LABELS.timeframe && timeframe === null) {
      timeframe = { description: text, earliest: null, latest: null }
    } else if (!fillContact(contact, label, text)) unmapped.push({ path: label, text })
  }
  return { contact, timeframe, unmapped }
}

/** Sets the member a line is about if it is still unset; false when the line was not used. */
function fillContact(contact: GivenContact, label: string, text: string): boolean {
  switch (label) {
    case NOTE_LABELS.companyName:
      if (isSet(contact.companyName)) return false
      contact.companyName = text
      return true
    case NOTE_LABELS.nameSuffix:
      if (isSet(contact.nameSuffix)) return false
      contact.nameSuffix = text
      return true
    case NOTE_LABELS.language:
      if (isSet(contact.language)) return false
      contact.language = text
      return true
    case NOTE_LABELS.preferredChannel:
      if (isSet(contact.preferredChannel)) return false
      contact.preferredChannel = oneOf(CONTACT_CHANNELS)(text)
      return contact.preferredChannel !== null
    case NOTE_LABELS.preferredTime:
      if (isSet(contact.preferredTime)) return false
      contact.preferredTime = oneOf(CONTACT_TIMES)(text)
      return contact.preferredTime !== null
    default:
      return false
  }
}

function isSet(value: string | null | undefined): boolean {
  return value !== null && value !== undefined
}
