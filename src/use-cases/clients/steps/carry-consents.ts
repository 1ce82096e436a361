import type { Transaction } from '../../../database/client.ts'
import { restoreToLedger } from '../../../domain/clients/consent-ledger.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import { SYSTEM_ACTOR } from '../../../domain/events/event.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { newId } from '../../../ids.ts'
import { findConsents, findSaidOfLead } from '../../../repositories/clients/consents.ts'
import { changeLedger } from './change-ledger.ts'

/**
 * Brings what a lead's person said to the record of its client. A client that this very transaction
 * made of the lead has said it since then; any other since now, and where the two disagree, what is
 * refused stays refused. Call it before the client's version is read: what the client shows changes.
 */
export async function carryConsents(
  tx: Transaction,
  {
    lead,
    clientId,
    origin,
    operationId,
    actor,
    now
  }: {
    lead: Lead
    clientId: string
    origin: 'conversion' | 'link'
    operationId: string
    actor: Actor
    now: Date
  }
): Promise<void> {
  const said = await findSaidOfLead(tx, lead)
  const change = { clientId, actor, now, mayBeNew: origin === 'conversion' }
  await changeLedger(tx, change, (_, at, isNew) => ({
    added: said.map((record) => ({
      ...record,
      id: newId(),
      clientId,
      leadId: lead.id,
      origin,
      operationId,
      effectiveAt: isNew ? record.effectiveAt : at,
      voidFrom: null,
      actor,
      createdAt: now
    })),
    voided: []
  }))
}

/**
 * Takes from a client's record what a lead, or an operation, brought to it: from now on the record is
 * what it would be without; what it was before stays. Returns the ids of what went.
 */
export async function voidConsents(
  tx: Transaction,
  {
    clientId,
    now,
    ...brought
  }: { clientId: string; now: Date } & ({ leadId: string } | { operationId: string })
): Promise<string[]> {
  const isTheirs = (record: ConsentRecord) =>
    'leadId' in brought
      ? record.leadId === brought.leadId
      : record.operationId === brought.operationId
  const change = { clientId, actor: SYSTEM_ACTOR, now }
  const { voided } = await changeLedger(tx, change, (ledger) => ({
    added: [],
    voided: ledger.filter(isTheirs)
  }))
  return voided.filter(({ origin }) => origin !== 'narrowed').map(({ id }) => id)
}

/** Brings back to a client's record what was taken from it, as if it had stayed; the ids say what. */
export async function restoreConsents(
  tx: Transaction,
  { clientId, ids, now }: { clientId: string; ids: readonly string[]; now: Date }
): Promise<void> {
  const gone = await findConsents(tx, ids)
  if (gone.length === 0) return
  await changeLedger(tx, { clientId, actor: SYSTEM_ACTOR, now }, (ledger, at) => {
    const { voided, restated } = restoreToLedger(ledger, gone)
    const anew = { effectiveAt: at, voidFrom: null, createdAt: now }
    return { voided, added: restated.map((record) => ({ ...record, ...anew, id: newId() })) }
  })
}
