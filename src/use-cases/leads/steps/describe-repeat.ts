import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { CaptureOutcome, Lead } from '../../../domain/leads/lead.ts'
import { MATCHES_SHOWN } from '../../../domain/matching/matches.ts'
import type { Match } from '../../../domain/matching/matches.ts'
import { keepVisible } from '../../../repositories/leads/candidates.ts'
import { findLead, findLeadById } from '../../../repositories/leads/leads.ts'
import { insertParticipants } from '../../../repositories/leads/participants.ts'
import { findSharing } from './find-matches.ts'

/** The result of one lead of a capture. */
export interface Captured {
  lead: Lead
  outcome: CaptureOutcome
  matches: Match[]
  /** Whether the response may have more of the lead than a receipt. */
  isSeen: boolean
}

/** Who gets the response to a capture; null: a sender who gets receipts. */
export type Viewer = TenantPrincipal | null

/** A lead that was posted before. A user who enters it again sees it from now on, as the first author does. */
export async function repeatedFor(
  tx: Transaction,
  viewer: Viewer,
  leadId: string,
  now: Date
): Promise<Captured> {
  if (viewer?.kind === 'user') {
    await insertParticipants(tx, [{ leadId, userId: viewer.id, reason: 'author' }], now)
  }
  return await describeRepeat(tx, viewer, leadId)
}

/** The response to a repeat. */
export async function describeRepeat(
  tx: Transaction,
  viewer: Viewer,
  leadId: string
): Promise<Captured> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a lead that was found by its externalId is gone')
  const isSeen = viewer !== null && (await findLead(tx, viewer, leadId)) !== null
  if (!isSeen) return { lead, outcome: 'repeated', matches: [], isSeen }
  const sharing = await findSharing(tx, leadId, lead.content.contact)
  return { lead, outcome: 'repeated', matches: await shownMatches(tx, viewer, sharing), isSeen }
}

/** The best of the matches that the caller sees. */
export async function shownMatches(
  tx: Transaction,
  viewer: Viewer,
  sharing: readonly Match[]
): Promise<Match[]> {
  if (viewer === null) return []
  const seen = seesAll(viewer) ? sharing : await keepVisible(tx, viewer, sharing)
  return seen.slice(0, MATCHES_SHOWN).map(({ responsibleUser: _, ...match }) => match)
}
