import { escapePointer } from './json-pointer.ts'

/** Items of a list beyond these are left out: a body of captured data with more was made by no person. */
const MAX_ITEMS = 500

/** Fields of one object, and values of a whole body. Each takes time of every other request. */
const MAX_MEMBERS = 300
const MAX_VALUES = 3_000

/** Items that were left out of the list at a pointer (RFC 6901). */
interface LeftOut {
  pointer: string
  count: number
}

/**
 * Parsed JSON with no more than the first items of each list, and what was left out; null where an object has too many
 * fields, or all of it too many values. Work is bounded by the limits, not by the body.
 */
export function boundedValues(value: unknown): { value: unknown; leftOut: LeftOut[] } | null {
  const leftOut: LeftOut[] = []
  let left = MAX_VALUES
  const bound = (given: unknown, pointer: string): unknown => {
    left -= 1
    if (left < 0) return undefined
    if (Array.isArray(given)) {
      const items: readonly unknown[] = given
      if (items.length > MAX_ITEMS) leftOut.push({ pointer, count: items.length - MAX_ITEMS })
      return items.slice(0, MAX_ITEMS).map((item, index) => bound(item, `${pointer}/${index}`))
    }
    if (typeof given !== 'object' || given === null) return given
    const members = Object.entries(given)
    if (members.length > MAX_MEMBERS) {
      left = -1
      return undefined
    }
    return Object.fromEntries(
      members.map(([name, member]) => [name, bound(member, `${pointer}/${escapePointer(name)}`)])
    )
  }
  const read = bound(value, '')
  return left < 0 ? null : { value: read, leftOut }
}
