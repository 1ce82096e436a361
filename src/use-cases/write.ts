import type { Database, Transaction, TransactionOptions } from '../database/client.ts'
import { isRefusal } from '../domain/refusals.ts'
import type { Refusal } from '../domain/refusals.ts'
import type { Command } from './command.ts'

/**
 * Texts to lock (see `Database.transaction`), or a function that reads them first. What such a
 * function has read may have changed when the locks are held: the work compares it with `heldLocks`.
 */
export type Locks = readonly string[] | ((tx: Transaction) => Promise<readonly string[]>)

/**
 * Runs the work of one write in one transaction of the caller's dealer. A refusal rolls all of it
 * back, anything else commits: so a write is done whole or not at all.
 */
export async function write<Done>(
  db: Database,
  { principal }: { principal: Pick<Command['principal'], 'dealerId'> },
  work: (tx: Transaction, heldLocks: readonly string[]) => Promise<Done | Refusal>,
  locks: Locks = [],
  options: Pick<TransactionOptions<unknown>, 'plansOnce'> = {}
): Promise<Done | Refusal> {
  return await db.transaction(
    principal.dealerId,
    async (tx) => await work(tx, await holdLocks(tx, locks)),
    locksAtBegin(locks),
    { ...options, keeps: (result) => !isRefusal(result) }
  )
}

export function locksAtBegin(locks: Locks): readonly string[] {
  return typeof locks === 'function' ? [] : locks
}

/** Takes the locks that only reading can tell, and returns all. */
export async function holdLocks(tx: Transaction, locks: Locks): Promise<readonly string[]> {
  if (typeof locks !== 'function') return locks
  const found = await locks(tx)
  await tx.lock(found)
  return found
}
