import { contactKeys, displayName } from '../leads/contact.ts'
import type { Contact } from '../leads/lead.ts'
import { isSamePerson } from '../capture/same-sender.ts'
import { fold } from '../text/fold.ts'
import { SeenKeys } from './seen-keys.ts'

/** How many keys there is room for, by the row: a row with more takes the room of others. */
const KEYS_PER_ROW = 5

/** The people of so many own ids are compared as a run compares them; those of others by their keys alone. */
const MAX_PEOPLE = 20_000

/** What a dry run remembers of the rows before, in a memory that is known before. */
export class SeenRows {
  readonly #keys: SeenKeys
  readonly #people = new Map<string, Contact>()

  /** For a file of so many rows. */
  constructor(rows: number) {
    this.#keys = new SeenKeys(rows * KEYS_PER_ROW)
  }

  /** The records under the keys, each by its hash. */
  under(keys: readonly string[]): number[] {
    return keys.flatMap((key) => this.#keys.get(key) ?? [])
  }

  /** Remembers that the person with these keys is of this record. */
  meet(keys: readonly string[], record: number): void {
    for (const key of keys) this.#keys.set(key, record)
  }

  /** Remembers that this record has an own id, and whose it is. */
  meetOwn(externalId: string, contact: Contact, record: number): void {
    this.#keys.set(`x:${externalId}`, record)
    if (this.#people.size < MAX_PEOPLE) this.#people.set(externalId, contact)
    else this.meet(ownersOf(externalId, contact), record)
  }

  /** The record with an own id, and whether it is of this person; null: no row before has the id. */
  own(externalId: string, contact: Contact): { record: number; isSame: boolean } | null {
    const record = this.#keys.get(`x:${externalId}`)
    if (record === null) return null
    const person = this.#people.get(externalId)
    const isSame = person
      ? isSamePerson(person, contact)
      : ownersOf(externalId, contact).some((owner) => this.#keys.get(owner) === record)
    return { record, isSame }
  }
}

/** By what the person of an own id is remembered: e-mails and phones, else the name. */
function ownersOf(externalId: string, contact: Contact): string[] {
  const keys = contactKeys(contact)
  const marks = keys.length > 0 ? keys : [fold(displayName(contact) ?? '')]
  return marks.map((mark) => `x:${externalId} ${mark}`)
}
