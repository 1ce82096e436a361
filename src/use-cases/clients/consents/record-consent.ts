import type { Transaction } from '../../../database/client.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import type { Actor } from '../../../domain/deliveries/event.ts'
import type { Consent } from '../../../domain/leads/lead.ts'
import { newId } from '../../../ids.ts'
import { insertConsents } from '../../../repositories/clients/consents.ts'
import { recordEvents } from '../../../repositories/events.ts'
import { changeLedger } from './change-ledger.ts'

/** One statement, and on whose record it goes: a client's, a lead's, or both where both are known. */
export interface StatementMade {
  leadId: string | null
  clientId: string | null
  statement: Consent
  origin: 'direct' | 'unsubscribe'
  actor: Actor
  now: Date
}

/**
 * Records what a person said: from now on it holds, whatever was said before. The lead, where one is
 * named, is locked by the caller; the client is locked here.
 */
export async function recordConsent(
  tx: Transaction,
  { leadId, clientId, statement, origin, actor, now }: StatementMade
): Promise<ConsentRecord> {
  const record: ConsentRecord = {
    ...statement,
    id: newId(),
    clientId,
    leadId,
    origin,
    operationId: null,
    effectiveAt: now,
    voidFrom: null,
    actor,
    createdAt: now
  }
  const recorded = clientId === null ? await putOnLead(tx, record) : await putOnClient(tx, record)
  await recordEvents(tx, actor, now, [
    {
      type: 'consent.recorded',
      subject: { type: 'consent', id: recorded.id },
      leadId,
      clientId,
      data: {
        purpose: statement.purpose,
        channel: statement.channel,
        granted: statement.granted,
        origin
      }
    }
  ])
  return recorded
}

async function putOnLead(tx: Transaction, record: ConsentRecord): Promise<ConsentRecord> {
  await insertConsents(tx, [record])
  return record
}

async function putOnClient(tx: Transaction, record: ConsentRecord): Promise<ConsentRecord> {
  const { clientId, actor, createdAt: now } = record
  if (clientId === null) throw new TypeError('the record of no client')
  const { added } = await changeLedger(tx, { clientId, actor, now }, (_, at) => ({
    // Made here: ids of one record ascend in the order of its statements.
    added: [{ ...record, id: newId(), effectiveAt: at }],
    voided: []
  }))
  const [recorded] = added
  if (!recorded) throw new Error('a statement was not recorded')
  return recorded
}
