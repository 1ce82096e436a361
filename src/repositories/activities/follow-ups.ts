import { and, count, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { FOLLOW_UP_TYPES } from '../../domain/clients/follow-up.ts'

/** A planned call or e-mail that has another user now. */
export interface MovedFollowUp {
  id: string
  leadId: string | null
  clientId: string | null
  fromId: string | null
  toId: string | null
  version: number
}

const MOVED = `returning a.id, a.lead_id as "leadId", a.client_id as "clientId", m."fromId", m."toId",
     a.version`

const OF_LEADS = statement(
  'move-follow-ups-of-leads',
  { moves: 'jsonb', types: 'text[]', now: 'timestamptz' },
  `update activities a set user_id = m."toId", version = a.version + 1, updated_at = :now
   from jsonb_to_recordset(:moves) as m("leadId" uuid, "fromId" uuid, "toId" uuid)
   where a.dealer_id = :dealerId and a.lead_id = m."leadId" and a.state = 'planned'
     and a.type = any(:types) and a.user_id is not distinct from m."fromId"
     and a.user_id is distinct from m."toId"
   ${MOVED}`
).returning<MovedFollowUp>()

/** Gives the planned follow-ups that one user has of each lead to another: one statement for all. */
export async function moveFollowUpsOfLeads(
  tx: Transaction,
  moves: readonly { leadId: string; fromId: string | null; toId: string | null }[],
  now: Date
): Promise<MovedFollowUp[]> {
  if (moves.length === 0) return []
  return await tx.run(OF_LEADS, { moves, types: FOLLOW_UP_TYPES, now })
}

const OF_CLIENT = statement(
  'move-follow-ups-of-client',
  { clientId: 'uuid', moves: 'jsonb', types: 'text[]', now: 'timestamptz' },
  `update activities a set user_id = m."toId", version = a.version + 1, updated_at = :now
   from jsonb_to_recordset(:moves) as m("fromId" uuid, "toId" uuid)
   where a.dealer_id = :dealerId and a.client_id = :clientId and a.state = 'planned'
     and a.type = any(:types) and a.user_id = m."fromId"
   ${MOVED}`
).returning<MovedFollowUp>()

/** The same of a client. */
export async function moveFollowUpsOfClient(
  tx: Transaction,
  { clientId, ...move }: { clientId: string; fromId: string; toId: string | null },
  now: Date
): Promise<MovedFollowUp[]> {
  return await tx.run(OF_CLIENT, { clientId, moves: [move], types: FOLLOW_UP_TYPES, now })
}

const GIVE_BACK = statement(
  'give-follow-ups-back',
  { moves: 'jsonb', now: 'timestamptz' },
  `update activities a set user_id = m."toId", version = a.version + 1, updated_at = :now
   from jsonb_to_recordset(:moves) as m(id uuid, "fromId" uuid, "toId" uuid)
   where a.dealer_id = :dealerId and a.id = m.id and a.state = 'planned'
     and a.user_id is not distinct from m."fromId"
   ${MOVED}`
).returning<MovedFollowUp>()

/** Gives these back to the users who had them, where they are still with those who got them. */
export async function giveFollowUpsBack(
  tx: Transaction,
  moved: readonly Pick<MovedFollowUp, 'id' | 'fromId' | 'toId'>[],
  now: Date
): Promise<MovedFollowUp[]> {
  if (moved.length === 0) return []
  const moves = moved.map(({ id, fromId, toId }) => ({ id, fromId: toId, toId: fromId }))
  return await tx.run(GIVE_BACK, { moves, now })
}

/** How many planned activities a user has. */
export async function countPlannedActivities(tx: Transaction, userId: string): Promise<number> {
  const [row] = await tx.orm
    .select({ planned: count() })
    .from(activities)
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        eq(activities.userId, userId),
        eq(activities.state, 'planned')
      )
    )
  return row?.planned ?? 0
}
