/** What a process has started. It is stopped in the opposite order. */
export class Parts {
  readonly #stops: (() => unknown)[] = []

  /** `stop` may return a promise. */
  add(stop: () => unknown): void {
    this.#stops.unshift(stop)
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) await stop()
  }
}
