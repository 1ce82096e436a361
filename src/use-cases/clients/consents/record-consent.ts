import type { Transaction } from '../../../database/client.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Consent } from '../../../domain/leads/lead.ts'
import { newId } from '../../../ids.ts'
import { countConsents, insertConsents } from '../../../repositories/clients/consents.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { changeLedger } from './change-ledger.ts'

/** How many statements by hand a record takes; nobody says more. */
const MAX_STATEMENTS = 2_000

/** On whose record something goes: a client's, a lead's, or both where both are known. */
interface Recording {
  leadId: string | null
  clientId: string | null
  origin: 'direct' | 'unsubscribe'
  actor: Actor
  now: Date
}

/**
 * Records what a person said: from now on it holds, whatever was said before. The lead, where one is
 * named, is locked by the caller; the client is locked here. Null: there are too many already for
 * another by hand. What a person says themselves is always heard.
 */
export async function recordConsent(
  tx: Transaction,
  { statement, ...recording }: Recording & { statement: Consent }
): Promise<ConsentRecord | null> {
  const onRecord = recording.origin === 'direct' ? await countConsents(tx, recording) : 0
  if (onRecord >= MAX_STATEMENTS) return null
  const [recorded] = await recordConsents(tx, { ...recording, statements: [statement] })
  if (!recorded) throw new Error('a statement was not recorded')
  return recorded
}

/** Records several statements of one moment, in their order. */
export async function recordConsents(
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
