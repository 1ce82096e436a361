import { writeProspect } from '../domain/adf/write-prospect.ts'
import type { ProspectWriting } from '../domain/adf/write-prospect.ts'
import type { Dealer } from '../domain/dealer.ts'
import type { Lead } from '../domain/lead.ts'
import { serialiseAdf } from '../schemas/adf-xml.ts'

/**
 * A stored lead as a whole ADF document, in ASCII: what is mailed to the dealer's CRM, and what
 * `GET /leads/{id}/adf` answers.
 *
 * A repeat says so (`status="resend"`), so that a CRM may put it to the lead it has.
 */
export function renderAdf(lead: Lead, dealer: Dealer, writing: ProspectWriting = {}): string {
  const { id, receivedAt, source, content, duplicateOf } = lead
  const prospect = writeProspect(
    {
      id,
      receivedAt,
      status: duplicateOf === null ? 'new' : 'resend',
      sourceName: source.name,
      sourceKey: source.key,
      content,
      dealer
    },
    writing
  )
  return serialiseAdf([prospect])
}
