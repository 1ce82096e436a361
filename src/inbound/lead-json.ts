import type { Static } from 'typebox'

import type { OwnPoints } from '../domain/contacts/point-parsing.ts'
import { hasPoints, isFoundInText, reachedByText } from '../domain/contacts/reached-by-text.ts'
import type { LeadContent, UnmappedValue } from '../domain/leads/lead.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { pointerTo } from '../domain/text/json-pointer.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'
import { CreateLeadSchema, readLead } from '../schemas/leads/lead-input.ts'
import type { JsonFormat } from './format.ts'

/** A lead as this API writes it. */
export const leadJson = {
  kind: 'json',
  mediaTypes: ['application/json'],
  schema: CreateLeadSchema,
  parse(body: Static<typeof CreateLeadSchema>, dealer: ReadingDealer) {
    const content = readPostedLead(body, [], dealer)
    if (!content) return { fault: 'unreachable' }
    const { source, referralCode, assignee } = body
    return { contents: [content], source, referralCode, assigneeId: assignee }
  }
} as const satisfies JsonFormat

/**
 * The lead of a body that fits its schema, or null: neither the contact nor another text of it has an e-mail
 * address or phone. `unmapped` are the values that the body does not hold any more. The dealer's own people
 * may be named in a text: only what was found there costs the question who they are.
 */
export async function readReachedLead(
  body: Parameters<typeof readLead>[0],
  unmapped: readonly UnmappedValue[],
  dealer: Pick<ReadingDealer, 'country'>,
  findOwnPoints: () => Promise<OwnPoints>
): Promise<LeadContent | null> {
  const read = readPostedLead(body, unmapped, dealer)
  if (!read || !isFoundInText(read)) return read
  return readPostedLead(body, unmapped, { ...dealer, ownPoints: await findOwnPoints() })
}

function readPostedLead(
  body: Parameters<typeof readLead>[0],
  unmapped: readonly UnmappedValue[],
  { country, ownPoints }: Pick<ReadingDealer, 'country' | 'ownPoints'>
): LeadContent | null {
  const read = readLead(body, country)
  const content = { ...read, unmapped: [...read.unmapped, ...unmapped] }
  const reached = reachedByText(content, contactReading(country, ownPoints), pointerTo)
  return hasPoints(reached) ? reached : null
}
