import type { CaptureCandidate } from '../capture/capture-facts.ts'
import { MAX_CANDIDATES, MAX_RECORDS_PER_KEY } from '../matching/matches.ts'

/** A lead or client that is there, or was made by an earlier row. */
export interface KnownRecord<Content> {
  candidate: CaptureCandidate
  version: number
  /** The value; null where it was not read, because it is not to be changed. */
  content: Content | null
}

/**
 * The leads and clients that rows of a batch may be about, by their keys. What rows make and change is
 * known to the rows after them.
 */
export class KnownRecords<Content> {
  readonly #records = new Map<string, KnownRecord<Content>>()
  readonly #ids = { client: new Map<string, string[]>(), lead: new Map<string, string[]>() }
  readonly #byExternalId = new Map<string, string>()

  constructor(
    found: {
      hits: readonly { key: string; type: 'client' | 'lead'; ids: string[] }[]
      records: readonly KnownRecord<Content>[]
      externalIds: readonly { externalId: string; id: string }[]
    } = { hits: [], records: [], externalIds: [] }
  ) {
    for (const { key, type, ids } of found.hits) this.#ids[type].set(key, [...ids])
    for (const record of found.records) this.#records.set(record.candidate.id, record)
    for (const { externalId, id } of found.externalIds) this.#byExternalId.set(externalId, id)
  }

  get(id: string): KnownRecord<Content> | null {
    return this.#records.get(id) ?? null
  }

  /** Those of a type under any of the keys; of keys that too many share, none. */
  under(type: 'client' | 'lead', keys: readonly string[]): KnownRecord<Content>[] {
    const ids = keys.flatMap((key) => {
      const all = this.#ids[type].get(key) ?? []
      return all.length > MAX_RECORDS_PER_KEY ? [] : all
    })
    return [...new Set(ids)].flatMap((id) => this.#records.get(id) ?? [])
  }

  /** What a capture looks at, and how many keys it leaves out. */
  candidates(keys: readonly string[]): { candidates: CaptureCandidate[]; crowdedKeys: number } {
    const leads = this.under('lead', keys).filter(
      ({ candidate }) => candidate.lead?.statusGroup !== 'deleted'
    )
    const found = [...this.under('client', keys), ...newestFirst(leads)]
    const crowded = (['client', 'lead'] as const).flatMap((type) =>
      keys.filter((key) => (this.#ids[type].get(key)?.length ?? 0) > MAX_RECORDS_PER_KEY)
    )
    return {
      candidates: found.slice(0, MAX_CANDIDATES).map(({ candidate }) => candidate),
      crowdedKeys: crowded.length
    }
  }

  /** The lead with this id of the sender's, or null. */
  byExternalId(externalId: string): string | null {
    return this.#byExternalId.get(externalId) ?? null
  }

  /** Makes a record known that a row made or changed. */
  add(record: KnownRecord<Content>, keys: readonly string[], externalId: string | null): void {
    const { id, type } = record.candidate
    this.#records.set(id, record)
    if (externalId !== null) this.#byExternalId.set(externalId, id)
    for (const key of keys) {
      const ids = this.#ids[type].get(key)
      if (!ids) this.#ids[type].set(key, [id])
      else if (!ids.includes(id)) ids.push(id)
    }
  }
}

function newestFirst<Content>(found: readonly KnownRecord<Content>[]): KnownRecord<Content>[] {
  return found.toSorted((a, b) => (a.candidate.id < b.candidate.id ? 1 : -1))
}
