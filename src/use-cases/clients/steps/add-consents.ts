import type { Transaction } from '../../../database/client.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Consent } from '../../../domain/leads/lead.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { newId } from '../../../ids.ts'
import { countConsents, insertConsents } from '../../../repositories/clients/consents.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { changeLedger } from './change-ledger.ts'

/** The limit of statements that users and API keys record for one client or lead. */
const MAX_STATEMENTS = 2_000

/** The record of a client, of a lead, or of both. */
interface Recording {
  leadId: string | null
  clientId: string | null
  origin: 'direct' | 'unsubscribe'
  actor: Actor
  now: Date
}

/**
 * Records a statement, which holds from now on. The caller has locked the lead; the client is locked
 * here. A direct statement is refused at the limit, an unsubscription never.
 */
export async function addConsent(
  tx: Transaction,
  { statement, ...recording }: Recording & { statement: Consent }
): Promise<ConsentRecord | Refusal> {
  const onRecord = recording.origin === 'direct' ? await countConsents(tx, recording) : 0
  if (onRecord >= MAX_STATEMENTS) {
    return { refusal: 'too-many', noun: 'statements on this record', limit: MAX_STATEMENTS }
  }
  const [recorded] = await addConsents(tx, { ...recording, statements: [statement] })
  if (!recorded) throw new Error('a statement was not recorded')
  return recorded
}

/** Records several statements of one moment, in their order. */
export async function addConsents(
  tx: Transaction,
  {
    statements,
    clientId,
    mayBeNew = false,
    ...recording
  }: Recording & { statements: readonly Consent[]; mayBeNew?: boolean }
): Promise<ConsentRecord[]> {
  const { leadId, origin, actor, now } = recording
  const recordsAt = (at: Date): ConsentRecord[] =>
    statements.map((statement) => ({
      ...statement,
      // Made at the latest moment: ids of one record ascend in the order of its statements.
      id: newId(),
      clientId,
      leadId,
      origin,
      operationId: null,
      effectiveAt: at,
      voidFrom: null,
      actor,
      createdAt: now
    }))
  const recorded = clientId === null ? recordsAt(now) : []
  if (clientId === null) {
    await insertConsents(tx, recorded)
  } else {
    await changeLedger(tx, { clientId, actor, now, mayBeNew }, (_, at) => {
      recorded.push(...recordsAt(at))
      return { added: recorded, voided: [] }
    })
  }
  await recordEvents(
    tx,
    actor,
    now,
    recorded.map(({ id, purpose, channel, granted }) => ({
      type: 'consent.recorded',
      subject: { type: 'consent', id },
      leadId,
      clientId,
      data: { purpose, channel, granted, origin }
    }))
  )
  return recorded
}
