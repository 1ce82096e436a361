import { ReadAgain } from './transaction.ts'
import type { Transaction } from './transaction.ts'

/** How often a read is done with assumptions: what it assumes changes by hand. */
export const MAX_ASSUMING = 3

/** The result of a read, and whether what it assumed held. A failure counts only where it did. */
export interface Assuming<T> {
  result: Promise<T>
  hasHeld: boolean
}

/** The work of a read with what it assumes: where that did not hold, its result is not one. */
export function withAssumptions<T>(
  work: (tx: Transaction) => Promise<T>
): (tx: Transaction) => Promise<Assuming<T>> {
  return async (tx) => {
    const result = start(work, tx)
    const isAgain = await result.then(
      () => false,
      (error: unknown) => error instanceof ReadAgain
    )
    const hasHeld = !isAgain && (await tx.hasHeld())
    // A failure ends the transaction as well.
    if (hasHeld) await result
    return { result, hasHeld }
  }
}

/** Begins work. A statement of Drizzle that is returned as it is runs each time that something waits for it. */
export async function start<T>(work: (tx: Transaction) => Promise<T>, tx: Transaction): Promise<T> {
  return await work(tx)
}
