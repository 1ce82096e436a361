import type { UnmappedValue } from '../../domain/leads/lead.ts'
import type { ReadingDealer } from '../../domain/leads/reading-dealer.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { unwrapped } from '../../domain/text/wrapped-values.ts'
import type { InputPlan, LeafPlan, ObjectPlan } from './input-plan.ts'
import { isObject } from './is-object.ts'
import type { Keep, Move } from './keep.ts'

/**
 * Reads a body along its plan: null, blanks, and objects and lists of blanks are absent; other forms of a
 * value become the form of the schema. What can't be read stays as it is, for the validator to find.
 */
export class InputReader {
  readonly #dealer: ReadingDealer
  /** Values that the body does not hold, or not whole, as they were posted. */
  readonly unmapped: UnmappedValue[] = []
  /** For each list without its blanks: the posted index of each item that it has. */
  readonly #indexes = new WeakMap<object, number[]>()
  readonly #posted = new Map<string, unknown>()
  /** Where values were sent that the body has elsewhere, by the pointers of the body. */
  readonly sentAt = new Map<string, string>()

  constructor(dealer: ReadingDealer) {
    this.#dealer = dealer
  }

  /** The value as read; undefined: absent. `pointer` is its place (RFC 6901). */
  read(plan: InputPlan, value: unknown, pointer = ''): unknown {
    if (value === null || value === undefined) return undefined
    this.#posted.set(pointer, value)
    switch (plan.kind) {
      case 'any':
        return value
      case 'leaf':
        return this.#readLeaf(plan, value, pointer)
      case 'array':
        return this.#readArray(plan, value, pointer)
      case 'object':
        return this.#readObject(plan, value, pointer)
    }
  }

  /** Keeps a posted value in `unmapped`. */
  readonly keep: Keep = (pointer, value, code) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    this.unmapped.push({ path: pointer, text, code })
  }

  /** The value at a pointer as it was posted, or as it is where it was not read from there. */
  postedValue(pointer: string, read: unknown): unknown {
    return this.#posted.has(pointer) ? this.#posted.get(pointer) : read
  }

  /** The posted index of an item, which can have been behind blank ones. */
  postedIndex(list: readonly unknown[], index: number): number {
    return this.#indexes.get(list)?.[index] ?? index
  }

  /** Removes an item of a list that was read. */
  removeItem(list: unknown[], index: number): void {
    const indexes = this.#indexes.get(list) ?? list.map((_, place) => place)
    list.splice(index, 1)
    this.#indexes.set(list, indexes.toSpliced(index, 1))
  }

  #readLeaf({ read, shortenTo, isAbsent }: LeafPlan, given: unknown, pointer: string): unknown {
    const value = unwrapped(given)
    const values: unknown[] = Array.isArray(value) && value.length === 1 ? value : [value]
    const [only] = values
    if (only === null || (typeof only === 'string' && only.trim() === '')) return undefined
    if (typeof only === 'string' && isAbsent(only)) {
      this.keep(pointer, only, 'absent_value')
      return undefined
    }
    const result = read(only, this.#dealer)
    if (shortenTo === null || typeof result !== 'string' || result.length <= shortenTo)
      return result
    this.keep(pointer, result, 'shortened_text')
    // Half of a surrogate pair can't be stored.
    return result.slice(0, shortenTo).replace(/[\ud800-\udbff]$/, '')
  }

  #readArray(
    { item, read: readList, atMost }: Extract<InputPlan, { kind: 'array' }>,
    value: unknown,
    pointer: string
  ): unknown {
    const keep: Keep = (below, one, code) => {
      this.keep(pointer + below, one, code)
    }
    const items = listOf(readList ? readList(value, keep) : value, item)
    const list: unknown[] = []
    const indexes: number[] = []
    items.forEach((one, index) => {
      const at = `${pointer}/${index}`
      const read = this.read(item, one, at)
      if (read === undefined) return
      if (list.length >= atMost) {
        this.keep(at, one, 'surplus_item')
        return
      }
      list.push(read)
      indexes.push(index)
    })
    this.#indexes.set(list, indexes)
    return list.length === 0 ? undefined : list
  }

  #readObject(plan: ObjectPlan, value: unknown, pointer: string): unknown {
    if (typeof value === 'string' && value.trim() === '') return undefined
    const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
    const keep: Keep = (below, one, code) => {
      this.keep(pointer + below, one, code)
    }
    const move: Move = (below, sent) => {
      this.sentAt.set(pointer + below, pointer + sent)
    }
    const given = plan.read ? plan.read(only, this.#dealer, keep, move) : only
    if (!isObject(given)) return given
    const read: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(given)) {
      const at = `${pointer}/${escapePointer(name)}`
      const known = plan.members.get(name)
      const result = known
        ? this.read(known.plan, member, at)
        : this.#readOther(plan, name, { member, at, count: Object.keys(read).length })
      // A required object says by itself what it lacks.
      const isEmpty = result === undefined && known?.required === true && isObject(member)
      if (isEmpty) read[name] = {}
      else if (result !== undefined) read[name] = result
    }
    return pointer !== '' && Object.keys(read).length === 0 ? undefined : read
  }

  /** A member without a name in the schema: of an open object it is a value, of another it is unknown. */
  #readOther(
    { others }: ObjectPlan,
    name: string,
    { member, at, count }: { member: unknown; at: string; count: number }
  ): unknown {
    if (!others) return member
    if (typeof member === 'string' && member.trim() === '') return undefined
    const isNamed = others.names.test(name)
    if (isNamed && others.plan.kind === 'any' && count < others.atMost) return member
    const value = this.read(others.plan, member, at)
    if (value === undefined) return undefined
    if (isNamed && count < others.atMost) return value
    this.keep(at, member, isNamed ? 'surplus_item' : 'unknown_member')
    return undefined
  }
}

/** A single value is a list of itself; a text in place of lines is split. */
function listOf(value: unknown, item: InputPlan): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' && item.kind === 'leaf' ? value.split(/\r?\n/) : [value]
}
