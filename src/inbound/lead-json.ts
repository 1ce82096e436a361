import type { Static } from 'typebox'

import { isReachable } from '../domain/leads/contact.ts'
import { CreateLeadSchema, readLead } from '../schemas/leads/lead-input.ts'
import type { JsonFormat, ReadingDealer } from './format.ts'

/** A lead as this API writes it. */
export const leadJson = {
  kind: 'json',
  mediaTypes: ['application/json'],
  schema: CreateLeadSchema,
  parse(body: Static<typeof CreateLeadSchema>, { country }: ReadingDealer) {
    const content = readLead(body, country)
    if (!isReachable(content.contact)) return { fault: 'unreachable' }
    const { source, referralCode, assignee } = body
    return { contents: [content], source, referralCode, assigneeId: assignee }
  }
} as const satisfies JsonFormat
