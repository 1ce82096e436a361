import { escapePointer } from './json-pointer.ts'

/** A member of JSON whose name comes again in the same object: only the last one is read. */
export interface RepeatedMember {
  pointer: string
  /** The value that is passed over, as text: of a string what is between its quotes. */
  text: string
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
      found.push({ pointer: pointerIn(level), text: text.replace(/^"([^"\\]*)"$/, '$1') })
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
