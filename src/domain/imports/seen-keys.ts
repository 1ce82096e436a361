/**
 * Which record has which key, for as many keys as a file can have, in a memory that is known before:
 * sixteen bytes a place. Keys and records are kept as 53-bit hashes, of which a million meet by chance
 * once in some ten thousand files.
 */
export class SeenKeys {
  readonly #keys: Float64Array
  readonly #records: Float64Array
  readonly #mask: number

  /** For at most so many keys. */
  constructor(maxKeys: number) {
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

/** 53 bits of a text, never 0 (cyrb53, public domain). */
export function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1
}
