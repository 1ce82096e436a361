import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leadParticipants } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { groupParticipants } from '../../domain/leads/participant.ts'
import type { Participant } from '../../domain/leads/participant.ts'

const INSERT = statement(
  'insert-participants',
  { participants: 'jsonb', at: 'timestamptz' },
  `insert into lead_participants (dealer_id, lead_id, user_id, reasons, received_at, created_at)
   select :dealerId, l.id, p."userId", p.reasons, l.received_at, :at
   from jsonb_to_recordset(:participants) as p("leadId" uuid, "userId" uuid, reasons text[])
   join leads l on l.dealer_id = :dealerId and l.id = p."leadId"
   order by l.id, p."userId"
   on conflict (dealer_id, lead_id, user_id) do update
   set reasons = lead_participants.reasons || array(
     select r from unnest(excluded.reasons) r where r <> all(lead_participants.reasons))
   where not excluded.reasons <@ lead_participants.reasons`
)

/** Lets users see leads that they have to do with, from now on. */
export async function insertParticipants(
  tx: Transaction,
  participants: readonly (Participant & { leadId: string })[],
  now: Date
): Promise<void> {
  if (participants.length === 0) return
  const leadIds = [...new Set(participants.map(({ leadId }) => leadId))]
  const rows = leadIds.flatMap((leadId) =>
    groupParticipants(participants.filter((one) => one.leadId === leadId)).map((one) => ({
      leadId,
      ...one
    }))
  )
  await tx.run(INSERT, { participants: rows, at: now })
}

/** Whether a user was told of a lead, or had to do with it. */
export async function hasParticipant(
  tx: Transaction,
  { leadId, userId }: { leadId: string; userId: string }
): Promise<boolean> {
  const { dealerId, leadId: ofLead, userId: ofUser } = leadParticipants
  const rows = await tx.orm
    .select({ userId: ofUser })
    .from(leadParticipants)
    .where(and(eq(dealerId, tx.dealerId), eq(ofLead, leadId), eq(ofUser, userId)))
  return rows.length > 0
}

/** Inserts the participants of a new lead, which the expression `participants` has as JSON. */
export function newParticipantsInsert(): string {
  return `
  insert into lead_participants (dealer_id, lead_id, user_id, reasons, received_at, created_at)
  select :dealerId, :leadId, p."userId", p.reasons, :receivedAt, :receivedAt
  from jsonb_to_recordset(:participants) as p("userId" uuid, reasons text[])`
}
