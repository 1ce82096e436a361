import { hash53 } from '../text/hash53.ts'

/** A short file may have people with many e-mails and phones. */
const MIN_KEYS = 500

/**
 * Which record has which key, for as many keys as a file can have, in a memory that is known before:
 * sixteen bytes a place. Keys and records are kept as 53-bit hashes, of which a million meet by chance
 * once in some ten thousand files.
 */
export class SeenKeys {
  readonly #keys: Float64Array
  readonly #records: Float64Array
  readonly #mask: number
  #left: number

  /** For at most so many keys. More are not remembered. */
  constructor(maxKeys: number) {
    this.#left = Math.max(maxKeys, MIN_KEYS)
    let places = 1024
    while (places < maxKeys * 1.5) places *= 2
    this.#keys = new Float64Array(places)
    this.#records = new Float64Array(places)
    this.#mask = places - 1
  }

  /** The record that has this key, or null: none has. */
  get(key: string): number | null {
    const place = this.#placeOf(hash53(key))
    return this.#keys[place] === 0 ? null : (this.#records[place] ?? null)
  }

  set(key: string, record: number): void {
    const hash = hash53(key)
    const place = this.#placeOf(hash)
    if (this.#keys[place] === 0) {
      if (this.#left === 0) return
      this.#left -= 1
    }
    this.#keys[place] = hash
    this.#records[place] = record
  }

  /** Where the key is, or where it would be: the places after its own are tried in turn. */
  #placeOf(hash: number): number {
    let place = hash % (this.#mask + 1)
    while (this.#keys[place] !== 0 && this.#keys[place] !== hash) place = (place + 1) & this.#mask
    return place
  }
}
