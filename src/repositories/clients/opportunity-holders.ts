import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { CLOSED_STAGES } from '../../domain/clients/opportunity.ts'
import type { OpportunityStage } from '../../domain/clients/opportunity.ts'

/** How open opportunities go from one responsible user to another. */

/** An open opportunity that has another responsible user now. */
export interface MovedOpportunity {
  id: string
  clientId: string
  leadId: string | null
  accountId: string | null
  stage: OpportunityStage
  fromId: string | null
  toId: string | null
}

const MOVED = `returning o.id, o.client_id as "clientId", o.lead_id as "leadId",
     o.account_id as "accountId", o.stage, m."fromId", m."toId"`

const OF_CLIENT = statement(
  'move-opportunities-of-client',
  {
    clientId: 'uuid',
    fromId: 'uuid?',
    toId: 'uuid',
    only: 'uuid[]?',
    closed: 'text[]',
    now: 'timestamptz'
  },
  `update opportunities o set responsible_user_id = m."toId", version = o.version + 1,
     updated_at = :now
   from (select h.id, h.responsible_user_id as "fromId", :toId as "toId" from opportunities h
     where h.dealer_id = :dealerId and h.client_id = :clientId and h.stage <> all(:closed)
       and (:only is null or h.id = any(:only)) and h.responsible_user_id <> :toId
       and (h.responsible_user_id = :fromId or (:fromId is null and exists (select from users u
         where u.dealer_id = h.dealer_id and u.id = h.responsible_user_id and not u.active)))
     order by h.id for no key update) m
   where o.dealer_id = :dealerId and o.id = m.id
   ${MOVED}`
).returning<MovedOpportunity>()

/**
 * Gives the open opportunities of a client from one user to another; `only`: of these ids. Without the earlier
 * user (null) those of users who are not active any more.
 */
export async function moveOpportunitiesOfClient(
  tx: Transaction,
  {
    only = null,
    ...move
  }: { clientId: string; fromId: string | null; toId: string; only?: readonly string[] | null },
  now: Date
): Promise<MovedOpportunity[]> {
  return await tx.run(OF_CLIENT, { ...move, only, closed: CLOSED_STAGES, now })
}

const GIVE_BACK = statement(
  'give-opportunities-back',
  { moves: 'jsonb', closed: 'text[]', now: 'timestamptz' },
  `update opportunities o set responsible_user_id = m."toId", version = o.version + 1,
     updated_at = :now
   from jsonb_to_recordset(:moves) as m(id uuid, "fromId" uuid, "toId" uuid)
   where o.dealer_id = :dealerId and o.id = m.id and o.stage <> all(:closed)
     and o.responsible_user_id is not distinct from m."fromId"
   ${MOVED}`
).returning<MovedOpportunity>()

/** Gives these back to the users who had them, where they are open and still with those who got them. */
export async function giveOpportunitiesBack(
  tx: Transaction,
  moved: readonly Pick<MovedOpportunity, 'id' | 'fromId' | 'toId'>[],
  now: Date
): Promise<MovedOpportunity[]> {
  if (moved.length === 0) return []
  const moves = moved.map(({ id, fromId, toId }) => ({ id, fromId: toId, toId: fromId }))
  return await tx.run(GIVE_BACK, { moves, closed: CLOSED_STAGES, now })
}
