import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import { findConvertedOfClient } from '../../../repositories/leads/converted-of-client.ts'
import { assign, holdTarget } from '../../leads/steps/assign.ts'

/**
 * The converted leads of a client go with it from its earlier responsible user to the new one: the earlier
 * one can't work on them any more. The leads are locked before, with the client's others.
 */
export async function handOverLeads(
  tx: Transaction,
  { clientId, fromId, toId }: { clientId: string; fromId: string; toId: string },
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<Refusal | null> {
  const ids = await findConvertedOfClient(tx, { clientId, userId: fromId })
  if (ids.length === 0) return null
  const to = await holdTarget(tx, { assigneeId: toId })
  if (isRefusal(to)) return to
  const found = await lockLeadAssignments(tx, null, ids)
  await assign(tx, found, { to, actor, eventData: { by: 'client' }, now, mailDomain })
  return null
}
