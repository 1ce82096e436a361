import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Consent } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { actorColumns } from '../actors.ts'
import { recordEvents } from '../events/record-events.ts'

/** What the person of a client said, by a list. */
interface ImportedConsent {
  clientId: string
  said: Consent
}

const CONSENTS = statement(
  'import-consents',
  {
    operationId: 'uuid?',
    now: 'timestamptz',
    actorType: 'text',
    actorId: 'uuid?',
    consents: 'jsonb'
  },
  // The clocks of processes differ: a statement is never before what is on the record.
  `insert into consents (dealer_id, id, client_id, purpose, channel, granted, origin, operation_id,
     effective_at, actor_type, actor_id, created_at)
   select :dealerId, c.id, c."clientId", c.purpose, c.channel, c.granted, 'import', :operationId,
     greatest(:now, (select max(h.effective_at) + interval '1 millisecond' from consents h
       where h.dealer_id = :dealerId and h.client_id = c."clientId")),
     :actorType, :actorId, :now
   from jsonb_to_recordset(:consents)
     as c(id uuid, "clientId" uuid, purpose text, channel text, granted boolean)`
)

/** Writes statements of a list to the records of locked clients, in their order. */
export async function insertImportedConsents(
  tx: Transaction,
  { actor, operationId, now }: { actor: Actor; operationId: string | null; now: Date },
  all: readonly ImportedConsent[]
): Promise<void> {
  if (all.length === 0) return
  const consents = all.map(({ clientId, said: { purpose, channel, granted } }) => {
    return { id: newId(), clientId, purpose, channel, granted }
  })
  await tx.run(CONSENTS, { ...actorColumns(actor), operationId, now, consents })
  await recordEvents(
    tx,
    actor,
    now,
    consents.map(({ id, clientId, purpose, channel, granted }) => ({
      type: 'consent.recorded',
      subject: { type: 'consent', id },
      clientId,
      data: { purpose, channel, granted, origin: 'import' }
    }))
  )
}

const VOID = statement(
  'import-consents-void',
  { operationId: 'uuid?', now: 'timestamptz', ids: 'uuid[]' },
  `update consents set void_from = greatest(:now, effective_at)
   where dealer_id = :dealerId and client_id = any (:ids) and operation_id = :operationId
     and void_from is null`
)

/** Takes what a list brought from the records of locked clients. */
export async function voidImportedConsents(
  tx: Transaction,
  values: { operationId: string | null; now: Date; ids: readonly string[] }
): Promise<void> {
  if (values.ids.length > 0) await tx.run(VOID, values)
}
