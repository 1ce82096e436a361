import type { Static } from 'typebox'

import { hasPoints, reachedByText } from '../domain/contacts/reached-by-text.ts'
import type { LeadContent, UnmappedValue } from '../domain/leads/lead.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'
import { CreateLeadSchema, readLead } from '../schemas/leads/lead-input.ts'
import type { JsonFormat } from './format.ts'

/** A lead as this API writes it. */
export const leadJson = {
  kind: 'json',
  mediaTypes: ['application/json'],
  schema: CreateLeadSchema,
  parse(body: Static<typeof CreateLeadSchema>, { country }: ReadingDealer) {
    const content = readPostedLead(body, [], country)
    if (!content) return { fault: 'unreachable' }
    const { source, referralCode, assignee } = body
    return { contents: [content], source, referralCode, assigneeId: assignee }
  }
} as const satisfies JsonFormat

/**
 * The lead of a body that fits its schema. `unmapped` are the values that the body does not hold any more. Null:
 * neither the contact nor another text of it has an e-mail address or phone.
 */
export function readPostedLead(
  body: Parameters<typeof readLead>[0],
  unmapped: readonly UnmappedValue[],
  country: string
): LeadContent | null {
  const read = readLead(body, country)
  const content = { ...read, unmapped: [...read.unmapped, ...unmapped] }
  const reached = reachedByText(content, contactReading(country))
  return hasPoints(reached) ? reached : null
}
