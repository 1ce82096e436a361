import { createHash } from 'node:crypto'

/** Advisory locks: each is a text, such as an e-mail's key, that two transactions may have in common. */

/** Locks of idempotency keys begin with this. */
export const KEY_LOCK = 'idempotency '

/**
 * The locks of these texts as numbers, each once, in the order in which every transaction takes them:
 * those of idempotency keys first, because a repeated request is found before the rest is read.
 */
export function lockNumbers(dealerId: string, locks: readonly string[]): bigint[] {
  const numbersOf = (texts: readonly string[]) =>
    [...new Set(texts)].map((lock) => lockNumber(dealerId, lock)).sort(ascending)
  const isOfKey = (lock: string) => lock.startsWith(KEY_LOCK)
  return [...numbersOf(locks.filter(isOfKey)), ...numbersOf(locks.filter((lock) => !isOfKey(lock)))]
}

/** A lock's text as the 64-bit number PostgreSQL wants; other dealers' equal texts differ. */
function lockNumber(dealerId: string, lock: string): bigint {
  return createHash('sha256').update(`${dealerId}\n${lock}`).digest().readBigInt64BE(0)
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b)
}
