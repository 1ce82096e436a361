import type { Static } from 'typebox'

import { hasContactPoint } from '../schemas/leads/contact.ts'
import { CreateLeadSchema, readLead } from '../schemas/leads/lead-input.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import type { JsonFormat } from './format.ts'

/** A lead as this API writes it. */
export const leadJson = {
  kind: 'json',
  mediaTypes: ['application/json'],
  schema: CreateLeadSchema,
  parse(body: Static<typeof CreateLeadSchema>, { country }: ReadingDealer) {
    if (!hasContactPoint(body.contact)) return { fault: 'unreachable' }
    const content = readLead(body, country)
    const { source, referralCode, assignee } = body
    return { contents: [content], source, referralCode, assigneeId: assignee }
  }
} as const satisfies JsonFormat
