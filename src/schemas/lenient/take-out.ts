import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { escapePointer, pointerParts } from '../../domain/text/json-pointer.ts'
import type { InputPlan, ObjectPlan } from './input-plan.ts'
import type { InputReader } from './read-input.ts'
import { isObject } from './is-object.ts'

/** A value that the body can lack, with its place as posted. */
export interface Optional {
  holder: Record<string, unknown> | unknown[]
  key: string | number
  pointer: string
  code: NonNullable<UnmappedValue['code']>
}

/**
 * The optional value at `path` of a body that was read, or else the nearest one that holds it; null where
 * each is required. `isRequired` tells it of members of the body itself.
 */
export function findOptional(
  reader: InputReader,
  { plan, body, path }: { plan: ObjectPlan; body: unknown; path: string },
  isRequired: (name: string) => boolean
): Omit<Optional, 'code'> | null {
  let node: InputPlan = plan
  let value: unknown = body
  let pointer = ''
  let nearest: Omit<Optional, 'code'> | null = null
  for (const part of pointerParts(path)) {
    if (Array.isArray(value) && node.kind === 'array') {
      const key = Number(part)
      pointer += `/${reader.postedIndex(value, key)}`
      nearest = { holder: value, key, pointer }
      node = node.item
      value = value[key]
    } else if (isObject(value) && node.kind === 'object') {
      const member: { plan: InputPlan; required: boolean } | undefined = node.members.get(part)
      const isFixed = member?.required === true || (value === body && isRequired(part))
      pointer += `/${escapePointer(part)}`
      if (!isFixed) nearest = { holder: value, key: part, pointer }
      node = member?.plan ?? node.others?.plan ?? { kind: 'any' }
      value = value[part]
    } else {
      break
    }
  }
  return nearest
}

/** Removes values from the body, and keeps each. What is within another one of them goes with it. */
export function takeOut(reader: InputReader, values: readonly Optional[]): void {
  const byPointer = new Map(values.map((value) => [value.pointer, value]))
  const outer = [...byPointer.values()].filter(
    ({ pointer }) => !prefixesOf(pointer).some((prefix) => byPointer.has(prefix))
  )
  for (const { holder, key, pointer, code } of outer) {
    const value: unknown = Array.isArray(holder) ? holder[Number(key)] : holder[key]
    reader.keep(pointer, reader.postedValue(pointer, value), code)
    if (!Array.isArray(holder)) Reflect.deleteProperty(holder, key)
  }
  const items = outer.filter(({ holder }) => Array.isArray(holder))
  // From the end: the indexes before stay what they are.
  for (const { holder, key } of items.toSorted((a, b) => Number(b.key) - Number(a.key))) {
    if (Array.isArray(holder)) reader.removeItem(holder, Number(key))
  }
}

function prefixesOf(pointer: string): string[] {
  const parts = pointer.split('/')
  return parts.slice(1).map((_, end) => parts.slice(0, end + 1).join('/'))
}
