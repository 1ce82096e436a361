import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { isOpenRequest } from '../../../domain/clients/link-request.ts'
import { endOf, waitingOffer, waitingRequest } from '../../../domain/qualification/waiting.ts'
import type { Ended, Waiting } from '../../../domain/qualification/waiting.ts'
import { isOpenOffer } from '../../../domain/qualification/handover.ts'
import {
  findRequestsOfLead,
  listLinkRequests
} from '../../../repositories/clients/link-requests.ts'
import { listTeams } from '../../../repositories/dealers/teams.ts'
import { findOffersOfLead, listHandovers } from '../../../repositories/qualification/handovers.ts'
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

/** How the latest request and the latest offer ended that the reader sees, where these have ended. */
export async function findEnded(
  tx: Transaction,
  reader: TenantPrincipal,
  { leadId, now }: { leadId: string; now: Date }
): Promise<Ended[]> {
  const latest = { limit: 1, after: null, descending: true }
  const [request] = (await listLinkRequests(tx, reader, { lead: leadId }, latest)).data
  const [offer] = (await listHandovers(tx, reader, { lead: leadId }, latest)).data
  const requestEnd = request && endOf(request, now)
  const offerEnd = offer && endOf(offer, now)
  const teams = offerEnd && offer.toTeam !== null ? await listTeams(tx) : []
  const team = teams.find(({ key }) => key === offer?.toTeam) ?? null
  return [
    ...(requestEnd ? [{ ...requestEnd, ...waitingRequest(request, reader) }] : []),
    ...(offerEnd ? [{ ...offerEnd, ...waitingOffer(offer, team, reader) }] : [])
  ]
}
