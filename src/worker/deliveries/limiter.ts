/** Runs so much work at once and no more; the rest waits in the order in which it came. */
export class Limiter {
  readonly #limit: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Runs work when its turn comes, and returns what it returns. */
  readonly run = async <T>(work: () => Promise<T>): Promise<T> => {
    if (this.#running >= this.#limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running += 1
    }
    try {
      return await work()
    } finally {
      // The place goes to the next one, or is free.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }
}
