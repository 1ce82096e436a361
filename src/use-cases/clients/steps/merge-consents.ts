import type { Transaction } from '../../../database/client.ts'
import { originsAt } from '../../../domain/clients/consent-ledger.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { newId } from '../../../ids.ts'
import { findLedger } from '../../../repositories/clients/consents.ts'
import { changeLedger } from './change-ledger.ts'

/**
 * Brings to a client's record what holds on the record of another that becomes one with it: what either
 * refused stays refused. The other record stays as it is. Both clients must be locked.
 */
export async function mergeConsents(
  tx: Transaction,
  {
    fromId,
    clientId,
    operationId,
    actor,
    now
  }: { fromId: string; clientId: string; operationId: string; actor: Actor; now: Date }
): Promise<void> {
  const ledger = await findLedger(tx, fromId)
  const last = ledger.at(-1)?.effectiveAt ?? now
  const holding = originsAt(ledger, last > now ? last : now)
  await changeLedger(tx, { clientId, actor, now }, (_, at) => ({
    added: holding.map(({ source, channel }) => ({
      ...source,
      id: newId(),
      clientId,
      channel,
      origin: 'merge',
      operationId,
      effectiveAt: at,
      voidFrom: null,
      actor,
      createdAt: now
    })),
    voided: []
  }))
}
