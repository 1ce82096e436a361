import type { Database, Transaction } from '../database/client.ts'
import { isRefusal } from '../domain/refusals.ts'
import type { Refusal } from '../domain/refusals.ts'
import { findStoredResponse, idempotencyLock, storeResponse } from '../repositories/idempotency.ts'
import type { Command, CreateCommand, StoredResponse } from './command.ts'

/**
 * Texts to lock (see `Database.transaction`), or a function that reads them first. What such a
 * function has read may have changed when the locks are held: the work compares it with `heldLocks`.
 */
type Locks = readonly string[] | ((tx: Transaction) => Promise<readonly string[]>)

/**
 * Runs the work of one write in one transaction of the caller's dealer. A refusal rolls all of it
 * back, anything else commits: so a write is done whole or not at all.
 */
export async function write<Done>(
  db: Database,
  { principal }: { principal: Pick<Command['principal'], 'dealerId'> },
  work: (tx: Transaction, heldLocks: readonly string[]) => Promise<Done | Refusal>,
  locks: Locks = []
): Promise<Done | Refusal> {
  return await db.transaction(
    principal.dealerId,
    async (tx) => await work(tx, await holdLocks(tx, locks)),
    locksAtBegin(locks),
    { keeps: (result) => !isRefusal(result) }
  )
}

/** The new record; or the response to the first request, where this one repeats it. */
export type Created<Done> = { done: Done } | Replay

export interface Replay {
  replay: StoredResponse
}

/**
 * Creates once: with an idempotency key, a repeat gets the first response and changes nothing. Two at
 * the same moment take turns, so the second is a repeat too. Another request under the same key is
 * refused. `locks` are held in addition to the key's.
 */
export async function createOnce<Done>(
  db: Database,
  command: CreateCommand<Done>,
  create: (tx: Transaction, heldLocks: readonly string[]) => Promise<Done | Refusal>,
  locks: Locks = []
): Promise<Created<Done> | Refusal> {
  const { idempotency, now } = command
  const key = keyOf(command)
  return await write(
    db,
    command,
    async (tx) => {
      const replay = await findReplay(tx, command)
      if (replay) return replay
      const done = await create(tx, await holdLocks(tx, locks))
      if (isRefusal(done)) return done
      if (idempotency && key) {
        const { operation, requestHash, respond } = idempotency
        await storeResponse(tx, key, { operation, requestHash, response: respond(done) }, now)
      }
      return { done }
    },
    [...(key ? [idempotencyLock(key)] : []), ...locksAtBegin(locks)]
  )
}

/** The response to the first request of which this is a repeat, or null: it is the first. */
export async function findReplay<Done>(
  tx: Transaction,
  command: KeyedCommand<Done>
): Promise<Replay | Refusal | null> {
  const key = keyOf(command)
  const before = key && (await findStoredResponse(tx, key, command.now))
  if (!before) return null
  if (before.requestHash !== command.idempotency?.requestHash) {
    return { refusal: 'idempotency-key-reused' }
  }
  return { replay: before.response as StoredResponse }
}

function locksAtBegin(locks: Locks): readonly string[] {
  return typeof locks === 'function' ? [] : locks
}

/** Takes the locks that only reading can tell, and returns all. */
async function holdLocks(tx: Transaction, locks: Locks): Promise<readonly string[]> {
  if (typeof locks !== 'function') return locks
  const found = await locks(tx)
  await tx.lock(found)
  return found
}

type KeyedCommand<Done> = Pick<CreateCommand<Done>, 'idempotency' | 'now'> & {
  principal: { id: string }
}

function keyOf<Done>({ principal, idempotency }: KeyedCommand<Done>) {
  return idempotency && { principalId: principal.id, key: idempotency.key }
}
