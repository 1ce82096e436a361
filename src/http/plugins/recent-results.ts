interface Entry<T> {
  value: Promise<T>
  until: number
}

/**
 * Remembers the results of an asynchronous look-up for a moment, and asks once where many want the
 * same at the same time. A failed look-up is not remembered. Holds a limited number of results.
 */
export class RecentResults<T> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #milliseconds: number
  readonly #most: number

  constructor(milliseconds: number, most: number) {
    this.#milliseconds = milliseconds
    this.#most = most
  }

  async get(key: string, look: () => Promise<T>): Promise<T> {
    const now = performance.now()
    const known = this.#entries.get(key)
    if (known && known.until > now) return await known.value
    if (this.#entries.size >= this.#most) this.#entries.clear()
    const value = look()
    this.#entries.set(key, { value, until: now + this.#milliseconds })
    try {
      return await value
    } catch (error) {
      this.#entries.delete(key)
      throw error
    }
  }
}
