import { withExactNumbers } from '../decoding/exact-numbers.ts'
import { rolesOf } from '../domain/contacts/party-roles.ts'
import type { PartyRole } from '../domain/contacts/party-roles.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { unwrapped } from '../domain/text/wrapped-values.ts'
import { isQuestions, pairOf, titlesOf } from './answer-pairs.ts'
import type { FormField } from './form-field.ts'
import { isHolder } from './form-words.ts'

/** Where JSON is deeper, or has more values, it is no form that a person filled in: the rest is kept as text. */
const MAX_DEPTH = 8
const MAX_FIELDS = 300

/**
 * The fields of a form that was sent as JSON: members by their paths, lists of answers by the names of their
 * questions. What only wraps the answers is no part of a name.
 */
export function jsonFields(posted: unknown, within: readonly string[] = []): FormField[] {
  const titles = titlesOf(posted)
  const fields: FormField[] = []
  const add = (
    path: readonly string[],
    text: string,
    pointer: string | null,
    labels: readonly string[] = []
  ) => {
    const at = path.findIndex((part) => !isHolder(part))
    const [first = '', ...rest] = at === -1 ? path.slice(-1) : path.slice(at)
    const name = first + rest.map((part) => `[${part}]`).join('')
    const around = at === -1 ? path.slice(0, -1) : path.slice(0, at)
    const sent = pointer === null ? {} : { pointer }
    fields.push({ name, text, isFile: false, within: around, labels, ...sent })
  }
  const walk = (given: unknown, path: readonly string[], pointer: string): void => {
    const value = unwrapped(given)
    if (value === null || value === undefined) return
    if (isText(value)) {
      add(path, String(value), pointer)
    } else if (path.length > MAX_DEPTH || fields.length >= MAX_FIELDS) {
      add(path, JSON.stringify(value), pointer)
    } else if (Array.isArray(value) && value.every(isText)) {
      add(path, value.join(', '), pointer)
    } else if (typeof value === 'object' && !isQuestions(value)) {
      const roles = Array.isArray(value) ? rolesOf(value) : null
      Object.entries(value).forEach(([key, member], at) => {
        const holder = HOLDERS[roles?.[at] ?? 'customer']
        walkMember(key, member, [...path, ...holder], pointer)
      })
    }
  }
  const walkMember = (
    key: string,
    member: unknown,
    path: readonly string[],
    holder: string
  ): void => {
    const pointer = `${holder}/${escapePointer(key)}`
    const isObject = typeof member === 'object' && member !== null && !Array.isArray(member)
    const isItem = /^\d+$/.test(key)
    const pair = isObject
      ? pairOf(member as Record<string, unknown>, titles, isItem ? undefined : key)
      : null
    if (!pair) {
      walk(member, [...path, key], pointer)
      return
    }
    const text = textOf(pair.value)
    if (text === null) walk(pair.value, [...path, pair.name], pointer)
    // The question says more than a place in a list.
    else add([...path, pair.name], text, null, pair.labels)
    for (const [name, more] of pair.more) {
      walk(more, [...path, pair.name, name], `${pointer}/${escapePointer(name)}`)
    }
  }
  walk(posted, within, within.map((part) => `/${escapePointer(part)}`).join(''))
  return fields
}

/** What holds the members of a person of this role, as if they had been sent apart. */
const HOLDERS: Record<PartyRole, readonly string[]> = {
  customer: [],
  either: ['seller'],
  another: ['cobuyer'],
  other: ['salesperson']
}

/** One text of an answer that has choices or one value; null: it has parts, such as those of a name. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return ''
  if (isText(value)) return String(value)
  const members: unknown[] = Object.values(value)
  if (!Array.isArray(value) && members.length > 1 && members.every(isText)) return null
  return members
    .map((member: unknown) => textOf(member) ?? textOf(Object.values(member as object)) ?? '')
    .filter((text) => text !== '')
    .join(', ')
}

function isText(value: unknown): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null
}

/** The fields of a form, with JSON in a field as fields of its own: some builders post all answers so. */
export function expandJson(fields: readonly FormField[]): FormField[] {
  return fields.flatMap((field) => {
    const inside = field.isFile ? null : parsed(field.text)
    const found = inside ? jsonFields(inside, [field.name]) : []
    return found.length > 0 ? found : [field]
  })
}

const MAX_JSON = 100_000

function parsed(text: string): object | null {
  if (!/^\s{0,20}(?:\{|\[\s{0,20}\{)/.test(text) || text.length > MAX_JSON) return null
  try {
    return JSON.parse(withExactNumbers(text)) as object
  } catch {
    return null
  }
}
