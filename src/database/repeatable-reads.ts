import { ReadAgain } from './transaction.ts'
import type { Transaction } from './transaction.ts'

/** How often a read is done with assumptions: what it assumes changes by hand. */
export const MAX_ASSUMING = 3

/**
 * The work of a read with what it assumes: where that did not hold, neither its result nor its failure counts.
 * Throws `ReadAgain` then.
 */
export function withAssumptions<T>(
  work: (tx: Transaction) => Promise<T>
): (tx: Transaction) => Promise<T> {
  return async (tx) => {
    try {
      const result = await start(work, tx)
      if (await tx.hasHeld()) return result
    } catch (error) {
      // Where the check fails too, the transaction had failed before it.
      if (await tx.hasHeld().catch(() => true)) throw error
    }
    throw new ReadAgain('what the read assumed did not hold')
  }
}

/** The result of a read, or of the other where it is to be done again. */
export async function unlessAgain<T>(read: () => Promise<T>, other: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ReadAgain)) throw error
  }
  return await other()
}

/** Begins work. A statement of Drizzle that is returned as it is runs each time that something waits for it. */
export async function start<T>(work: (tx: Transaction) => Promise<T>, tx: Transaction): Promise<T> {
  return await work(tx)
}
