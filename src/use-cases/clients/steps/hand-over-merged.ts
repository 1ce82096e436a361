import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { ReassignedLeads } from '../../../domain/operations/operation.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findHeldOfClient } from '../../../repositories/leads/converted-of-client.ts'
import { handOverLeads } from './hand-over-leads.ts'
import { handOverOpportunities } from './hand-over-opportunities.ts'
import type { HandingOver } from './hand-over-leads.ts'

/** The leads that may go to the responsible user whom a survivor without one gets. To be locked before it. */
export async function findHeldOfSurvivor(tx: Transaction, survivor: Client): Promise<string[]> {
  if (survivor.responsibleUser !== null) return []
  const held = await findHeldOfClient(tx, { clientId: survivor.id })
  return held.map(({ id }) => id)
}

/** What may go to another user by a merge. */
export interface MergedIds {
  /** The leads and opportunities of the merged client. */
  moved: readonly string[]
  opportunities: readonly string[]
  /** The leads of the survivor. */
  held: readonly string[]
}

/**
 * The converted and sold leads and the open opportunities of a merged client go to the responsible user of the
 * survivor. If the survivor gets the one of the merged client, converted leads go of users who can't work on
 * them, and opportunities of inactive users.
 */
export async function handOverMerged(
  tx: Transaction,
  { survivor, gone }: { survivor: Client; gone: Client },
  { moved, held, opportunities }: MergedIds,
  handing: HandingOver
): Promise<ReassignedLeads | Refusal> {
  const clientId = survivor.id
  const ofSurvivor = survivor.responsibleUser?.id ?? null
  const ofGone = gone.responsibleUser?.id ?? null
  const toId = ofSurvivor ?? ofGone
  if (toId === null || ofSurvivor === ofGone) return { leads: [] }
  const isFilled = ofSurvivor === null
  const passed = { clientId, fromId: isFilled ? null : ofGone, toId }
  const given = await handOverLeads(tx, { ...passed, only: isFilled ? held : moved }, handing)
  if (isRefusal(given)) return given
  const deals = isFilled ? passed : { ...passed, only: opportunities }
  return { ...given, opportunities: await handOverOpportunities(tx, deals, handing) }
}
