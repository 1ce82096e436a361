import { problems } from '../../../http/problems.ts'

/** How many exports run at once in a process, and of one dealer: the others' turn is not taken. */
export const EXPORT_SLOTS = { all: 4, ofOneDealer: 2 } as const

const RETRY_SECONDS = 30

/** The exports that are running. */
export class ExportSlots {
  readonly #dealers: string[] = []

  /** Takes a place, and returns how to leave it; refuses where there is none. */
  take(dealerId: string): () => void {
    if (this.#dealers.length >= EXPORT_SLOTS.all) {
      throw problems.unavailable('Too many exports are running. Try again.', RETRY_SECONDS)
    }
    if (this.#dealers.filter((one) => one === dealerId).length >= EXPORT_SLOTS.ofOneDealer) {
      const detail = `${EXPORT_SLOTS.ofOneDealer} exports of this dealer run at present.`
      throw problems.rateLimited(detail, RETRY_SECONDS)
    }
    this.#dealers.push(dealerId)
    let isTaken = true
    return () => {
      if (isTaken) this.#dealers.splice(this.#dealers.indexOf(dealerId), 1)
      isTaken = false
    }
  }
}
