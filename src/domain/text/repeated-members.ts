import { escapePointer } from './json-pointer.ts'
import { setOwn } from './set-own.ts'

/** A member of JSON whose name comes again in the same object. */
export interface RepeatedMember {
  pointer: string
  /** The value before, as text: of a string what is between its quotes. */
  text: string
  /** The value before, as it is written. */
  json: string
}

/**
 * What counts of a member that comes again: the last value that says something, and of two objects the members
 * of both.
 */
export function joinRepeated(earlier: unknown, later: unknown): unknown {
  if (isBlank(later)) return isBlank(earlier) ? later : earlier
  if (!isObject(earlier) || !isObject(later)) return later
  const joined: Record<string, unknown> = { ...earlier }
  for (const [name, value] of Object.entries(later)) {
    setOwn(joined, name, Object.hasOwn(joined, name) ? joinRepeated(joined[name], value) : value)
  }
  return joined
}

/** The value of a well-formed text, with what counts of the members that are there several times. */
export function withJoined(value: unknown, repeated: readonly RepeatedMember[]): unknown {
  // The last one that was passed over stands nearest to the one that was read.
  for (const { pointer, json } of repeated.toReversed()) {
    const parts = pointer.split('/').slice(1).map(unescapePart)
    const name = parts.pop()
    const holder = parts.reduce(memberOf, value)
    if (name === undefined || typeof holder !== 'object' || holder === null) continue
    const earlier = parsedOrNull(json)
    const later: unknown = Reflect.get(holder, name)
    setOwn(holder, name, Object.hasOwn(holder, name) ? joinRepeated(earlier, later) : earlier)
  }
  return value
}

function memberOf(holder: unknown, name: string): unknown {
  const isHolder = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
  return isHolder ? (Reflect.get(holder, name) as unknown) : undefined
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && Object.values(value).every(isBlank)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MAX_FOUND = 20

/** A container that the scanner is in: the members seen, or the index of the item. */
interface Level {
  pointer: string
  members: Map<string, { from: number; to: number }> | null
  index: number
  name: string | null
  from: number
}

/** The members of a well-formed JSON text that are there several times, in one pass. */
export function findRepeatedMembers(json: string): RepeatedMember[] {
  const found: RepeatedMember[] = []
  const levels: Level[] = []
  for (let at = 0; at < json.length && found.length < MAX_FOUND; at += 1) {
    const character = json[at]
    const level = levels.at(-1)
    if (character === '"') {
      const end = endOfString(json, at)
      const isName = level?.members && level.name === null
      if (isName) level.name = nameOf(json.slice(at, end + 1))
      at = end
    } else if (character === ':' && level) {
      level.from = at + 1
    } else if (character === '{' || character === '[') {
      const members = character === '{' ? new Map<string, { from: number; to: number }>() : null
      levels.push({ pointer: pointerIn(level), members, index: 0, name: null, from: at + 1 })
    } else if ((character === ',' || character === '}' || character === ']') && level) {
      endMember(json, level, at, found)
      if (character !== ',') levels.pop()
    }
  }
  return found
}

function endMember(json: string, level: Level, at: number, found: RepeatedMember[]): void {
  level.index += 1
  const { name, members, from } = level
  if (name === null || !members) return
  const before = members.get(name)
  if (before) {
    const text = json.slice(before.from, before.to).trim()
    if (text !== json.slice(from, at).trim()) {
      found.push({
        pointer: pointerIn(level),
        text: text.replace(/^"([^"\\]*)"$/, '$1'),
        json: text
      })
    }
  }
  members.set(name, { from, to: at })
  level.name = null
}

function pointerIn(level: Level | undefined): string {
  if (!level) return ''
  return `${level.pointer}/${level.members ? escapePointer(level.name ?? '') : level.index}`
}

function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

function nameOf(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}
