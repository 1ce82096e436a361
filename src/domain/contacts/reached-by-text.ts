import type { LeadContent, UnmappedValue } from '../leads/lead.ts'
import { findPoints } from './found-points.ts'
import type { ContactReading } from './given-contact.ts'

/**
 * A lead whose contact has neither e-mail nor phone, with those that its message or its unknown fields
 * hold: people write `call me at 601 234 567`. Each is told by the place where it was found.
 */
export function reachedByText<T extends Pick<LeadContent, 'contact' | 'message' | 'unmapped'>>(
  content: T,
  reading: ContactReading,
  messagePath = '/message'
): T {
  const { contact, message, unmapped } = content
  if (hasPoints(content)) return content
  const texts = [
    ...(message === null ? [] : [{ path: messagePath, text: message }]),
    ...unmapped.filter(({ code }) => code === 'unknown_member')
  ]
  for (const { path, text } of texts) {
    const { emails, phones } = findPoints(text, { ...reading, countries: [reading.country] })
    if (emails.length + phones.length === 0) continue
    const told = [...emails, ...phones].map(({ raw }): UnmappedValue => ({
      path,
      text: raw,
      code: 'found_in_text'
    }))
    return { ...content, contact: { ...contact, emails, phones }, unmapped: [...unmapped, ...told] }
  }
  return content
}

/** Whether the contact has any text for an e-mail or phone, valid or not. */
export function hasPoints({ contact: { emails, phones } }: Pick<LeadContent, 'contact'>): boolean {
  return emails.length + phones.length > 0
}
