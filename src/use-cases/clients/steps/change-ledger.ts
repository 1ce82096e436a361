import type { Transaction } from '../../../database/client.ts'
import { correctLedger, stancesAt } from '../../../domain/clients/consent-ledger.ts'
import type { Restatement } from '../../../domain/clients/consent-ledger.ts'
import type { ConsentRecord } from '../../../domain/clients/consent.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { newId } from '../../../ids.ts'
import { lockClientById } from '../../../repositories/clients/clients.ts'
import {
  endConsents,
  findLedger,
  insertConsents,
  setPresentConsents
} from '../../../repositories/clients/consents.ts'

/** The planned changes of a client's ledger. */
interface LedgerChange {
  added: ConsentRecord[]
  voided: ConsentRecord[]
}

/**
 * Changes the consents of a locked client: adds and removes statements, states again what the
 * stricter-wins rule needs, and updates the client's summary. `plan` decides from the record and a
 * moment, which is at or after all its entries even if the clocks of processes differ. A client that
 * `mayBeNew` is new if it was made in this transaction.
 */
export async function changeLedger(
  tx: Transaction,
  {
    clientId,
    actor,
    now,
    mayBeNew = false
  }: { clientId: string; actor: Actor; now: Date; mayBeNew?: boolean },
  plan: (ledger: readonly ConsentRecord[], at: Date, isNew: boolean) => LedgerChange
): Promise<LedgerChange> {
  const client = await lockClientById(tx, clientId)
  if (!client) throw new Error('a client whose consents change is gone')
  const before = await findLedger(tx, clientId)
  const at = momentAfter(before, now)
  const isNew = mayBeNew && client.createdAt.getTime() === now.getTime() && before.length === 0
  const { added, voided } = plan(before, at, isNew)
  const gone = new Set(voided.map(({ id }) => id))
  const kept = before.filter(({ id }) => !gone.has(id))

  const correction = correctLedger([...kept, ...added], at)
  const restated = correction.restated.map((one) => restatement(one, { clientId, actor, at }))
  for (const { id } of correction.voided) gone.add(id)
  await endConsents(tx, [...gone], at)
  const after = [...kept, ...added].filter(({ id }) => !gone.has(id))
  await insertConsents(tx, [...added, ...restated])
  const stances = stancesAt([...after, ...restated], at)
  await setPresentConsents(tx, clientId, stances, { isNew, now })
  return { added: [...added, ...restated], voided: before.filter(({ id }) => gone.has(id)) }
}

/** The moment of a change: never before what is on the record, or it would not be the latest. */
function momentAfter(ledger: readonly ConsentRecord[], now: Date): Date {
  const last = ledger.at(-1)
  if (!last || last.effectiveAt < now) return now
  // Within one millisecond ids say the order; one of another process may be ahead of ours.
  const step = last.id < newId() ? 0 : 1
  return new Date(last.effectiveAt.getTime() + step)
}

function restatement(
  { source, channel, leadId, operationId }: Restatement<ConsentRecord>,
  { clientId, actor, at }: { clientId: string; actor: Actor; at: Date }
): ConsentRecord {
  return {
    ...source,
    id: newId(),
    clientId,
    channel,
    leadId,
    operationId,
    origin: 'narrowed',
    effectiveAt: at,
    voidFrom: null,
    actor,
    createdAt: at
  }
}
