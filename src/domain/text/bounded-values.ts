import { escapePointer } from './json-pointer.ts'

/** Items of a list and fields of an object beyond these are left out: a person fills in fewer. */
const MAX_ITEMS = 500
const MAX_MEMBERS = 300

/** Values of a whole body. Each takes time of every other request. */
const MAX_VALUES = 3_000

/** Items or fields that were left out of the list or object at a pointer (RFC 6901). */
interface LeftOut {
  pointer: string
  count: number
}

/**
 * Parsed JSON with no more than the first items of each list and the first fields of each object, and what was left
 * out; null where that has too many values. Work is bounded by the limits, not by the body.
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
    if (members.length > MAX_MEMBERS) leftOut.push({ pointer, count: members.length - MAX_MEMBERS })
    return Object.fromEntries(
      members
        .slice(0, MAX_MEMBERS)
        .map(([name, member]) => [name, bound(member, `${pointer}/${escapePointer(name)}`)])
    )
  }
  const read = bound(value, '')
  return left < 0 ? null : { value: read, leftOut }
}
