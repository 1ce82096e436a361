/** A dealer's records that change by hand, with the stamp that PostgreSQL gives them anew at each change. */
interface Stamped {
  readonly stamp: string
}

/** Some ten kilobytes each. */
const MOST_DEALERS = 1_000

/**
 * What this process remembers of the dealers that it read last. Its users ask PostgreSQL whether the
 * stamp is the present one, in the transaction in which it is used.
 */
export class DealerMemory<Value extends Stamped> {
  readonly #values = new Map<string, Value>()

  get(dealerId: string): Value | undefined {
    return this.#values.get(dealerId)
  }

  set(dealerId: string, value: Value): void {
    this.#values.delete(dealerId)
    if (this.#values.size >= MOST_DEALERS) {
      const [oldest = ''] = this.#values.keys()
      this.#values.delete(oldest)
    }
    this.#values.set(dealerId, value)
  }

  /** The next transaction reads it. */
  forget(dealerId: string): void {
    this.#values.delete(dealerId)
  }
}
