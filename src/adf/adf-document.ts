import { writeProspect } from '../domain/adf/write-prospect.ts'
import type { ProspectWriting } from '../domain/adf/write-prospect.ts'
import type { Dealer } from '../domain/dealers/dealer.ts'
import type { Lead } from '../domain/leads/lead.ts'
import { serialiseAdf } from './adf-xml.ts'

/**
 * A stored lead as a whole ADF document, in ASCII: for the mail to the dealer's CRM and the response of
 * `GET /v1/leads/{id}/adf`.
 */
export function renderAdf(lead: Lead, dealer: Dealer, writing: ProspectWriting = {}): string {
  const { id, receivedAt, source, promoter, referralLink, content } = lead
  const prospect = writeProspect(
    {
      id,
      receivedAt,
      sourceName: source.name,
      sourceKey: source.key,
      promoterName: promoter?.name ?? null,
      referralCode: referralLink?.code ?? null,
      content,
      dealer
    },
    writing
  )
  return serialiseAdf([prospect])
}
