import type { Transaction } from '../../../database/client.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import { SYSTEM_ACTOR } from '../../../domain/events/event.ts'
import { newId } from '../../../ids.ts'
import { findLedger } from '../../../repositories/clients/consents.ts'
import { changeLedger } from './change-ledger.ts'

/**
 * Parts the statements that were made since two clients became one: those about the leads of the merged client go
 * to it, and a refusal holds for both, as its author may be either. Both clients must be locked.
 */
export async function partConsents(
  tx: Transaction,
  parting: { fromId: string; toId: string; leadIds: readonly string[]; since: Date; now: Date }
): Promise<void> {
  const { fromId, toId, since, now } = parting
  const leadIds = new Set(parting.leadIds)
  const made = (await findLedger(tx, fromId)).filter(
    ({ createdAt, origin }) => createdAt > since && origin !== 'narrowed'
  )
  const isTheirs = ({ leadId }: ConsentRecord) => leadId !== null && leadIds.has(leadId)
  const going = new Set(made.filter(isTheirs).map(({ id }) => id))
  const added = made.filter(({ id, granted }) => going.has(id) || !granted)
  if (added.length === 0) return
  await changeLedger(tx, { clientId: fromId, actor: SYSTEM_ACTOR, now }, (ledger) => ({
    added: [],
    voided: ledger.filter(({ id }) => going.has(id))
  }))
  await changeLedger(tx, { clientId: toId, actor: SYSTEM_ACTOR, now }, (_, at) => ({
    added: added.map((record) => ({
      ...record,
      id: newId(),
      clientId: toId,
      effectiveAt: at,
      voidFrom: null,
      createdAt: now
    })),
    voided: []
  }))
}
