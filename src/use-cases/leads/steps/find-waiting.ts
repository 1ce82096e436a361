import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { isOpenRequest } from '../../../domain/clients/link-request.ts'
import { waitingOffer, waitingRequest } from '../../../domain/qualification/waiting.ts'
import type { Waiting } from '../../../domain/qualification/waiting.ts'
import { isOpenOffer } from '../../../domain/qualification/handover.ts'
import { findRequestsOfLead } from '../../../repositories/clients/link-requests.ts'
import { listTeams } from '../../../repositories/dealers/teams.ts'
import { findOffersOfLead } from '../../../repositories/qualification/handovers.ts'
import { findWhatWaits } from '../../../repositories/qualification/waiting-lead.ts'

/** The open requests and offers of a lead that the reader sees. */
export async function findWaiting(
  tx: Transaction,
  reader: TenantPrincipal | null,
  { leadId, now }: { leadId: string; now: Date }
): Promise<Waiting[]> {
  const { isOffered, isAsked } = await findWhatWaits(tx, leadId)
  const requests = isAsked ? await findRequestsOfLead(tx, leadId) : []
  const offers = (isOffered ? await findOffersOfLead(tx, leadId) : []).filter((offer) =>
    isOpenOffer(offer, now)
  )
  const teams = offers.some(({ toTeam }) => toTeam !== null) ? await listTeams(tx) : []
  return [
    ...requests
      .filter((request) => isOpenRequest(request, now))
      .map((request) => waitingRequest(request, reader)),
    ...offers.map((offer) => {
      const team = teams.find(({ key }) => key === offer.toTeam) ?? null
      return waitingOffer(offer, team, reader)
    })
  ]
}
