import { squeeze } from '../domain/text/fold.ts'
import type { FormField } from './form-field.ts'
import { isIdentifier } from './form-words.ts'

/** An answer as an object that names its question: `{name, value}`, `{label, answer}`, `{field: {ref}, text}`. */
export interface AnswerPair {
  name: string
  labels: string[]
  value: unknown
  /** What else the object has, and is no description of the question: `first` and `last` of a name. */
  more: [string, unknown][]
}

const NAMES = split('name|key|field|columnid|fieldname|fieldkey|fieldid|attribute|property')
const LABELS = split('label|title|question|columnname|fieldlabel|questiontext|text')
const VALUES = split('value|values|answer|answers|stringvalue|fieldvalue|response|accepted')
/** What describes a question or repeats its answer. */
const DESCRIPTIONS = new Set([
  ...NAMES,
  ...LABELS,
  ...VALUES,
  ...split(
    'id|type|ref|required|rawvalue|valueraw|order|questionid|questiontype|fieldtype|versions|timestamp|' +
      'objecttypeid|sourcetype|hidden|adminlabel|placeholder|error|parent'
  )
])
/** Types of an answer that name what it is. */
const POINTS = new Set(split('email|tel|phone|phonenumber'))

/** The pair that an object is, or null. `key`: what the object is called where it is a member. */
export function pairOf(
  given: Record<string, unknown>,
  titles: ReadonlyMap<string, string>,
  key?: string
): AnswerPair | null {
  const members = new Map(Object.entries(given).map(([name, value]) => [squeeze(name), value]))
  const { value, member, typed } = valueOf(members)
  if (value === undefined || value === null || (Array.isArray(value) && !value.every(isText)))
    return null
  const names = namesOf(members, titles)
  const isKnown = (part: string) => DESCRIPTIONS.has(part) || part === member
  const more = Object.entries(given).filter(([part]) => !isKnown(squeeze(part)))
  const isTyped = members.has('type') || members.has('id')
  const isNamed = names.length > 0
  // `{name, value, email}` and `{type, value, make}` are things of their own.
  const isName = isTyped && isNamed && more.every(([part]) => isNamePart(part))
  if (more.length > 0 && !isName) return null
  if (!isNamed && (key === undefined || !(isText(value) || Array.isArray(value)))) return null
  const called = [...(key === undefined ? [] : [key]), ...names].filter((one) => !/^\d+$/.test(one))
  const [told = called[0] ?? names[0] ?? ''] = called.filter((one) => !isIdentifier(one))
  const labels = [...called, ...(POINTS.has(typed) ? [typed] : [])].filter((one) => one !== told)
  return { name: told, labels, value, more }
}

function isText(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function isNamePart(name: string): boolean {
  return /^(?:first|middle|last|prefix|suffix)$/.test(name)
}

/** The titles of questions by their ids, where a body has the questions and the answers apart. */
export function titlesOf(value: unknown, depth = 0): Map<string, string> {
  const titles = new Map<string, string>()
  if (typeof value !== 'object' || value === null || depth > 6) return titles
  if (isQuestions(value)) {
    for (const { id, ref, title } of value) {
      for (const key of [id, ref]) if (typeof key === 'string') titles.set(key, title)
    }
    return titles
  }
  for (const member of Object.values(value)) {
    for (const [id, title] of titlesOf(member, depth + 1)) titles.set(id, title)
  }
  return titles
}

/** Whether a list has the questions of a form, without answers. */
export function isQuestions(
  value: object
): value is { id: string; ref?: unknown; title: string }[] {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every((item: unknown) => {
    if (typeof item !== 'object' || item === null) return false
    const { id, title } = item as Record<string, unknown>
    return typeof id === 'string' && typeof title === 'string' && !('value' in item)
  })
}

/** The value is called so, or by the type of the answer: `{type: 'email', email: …}`. */
function valueOf(members: ReadonlyMap<string, unknown>) {
  const type = members.get('type')
  const typed = typeof type === 'string' ? squeeze(type) : ''
  const named = VALUES.find((name) => members.has(name))
  const member = named ?? (typed === '' ? undefined : typed)
  return { value: member === undefined ? undefined : members.get(member), member, typed }
}

function namesOf(
  members: ReadonlyMap<string, unknown>,
  titles: ReadonlyMap<string, string>
): string[] {
  const texts = (values: readonly unknown[]) =>
    values.filter((one): one is string => typeof one === 'string' && one !== '')
  const field = members.get('field')
  if (typeof field !== 'object' || field === null) {
    const isAnswer = members.get('type') === 'text'
    const labels = LABELS.filter((name) => !(isAnswer && name === 'text'))
    return texts([...NAMES, ...labels].map((name) => members.get(name)))
  }
  const { id, ref, title, label } = field as Record<string, unknown>
  const ids = texts([id, ref])
  return texts([...ids.map((one) => titles.get(one)), title, label, ...ids.toReversed()])
}

function split(names: string): string[] {
  return names.split('|')
}

/** The parts of a name such as `fields[email][value]`. */
const PART_OF_GROUP = /^(.{1,150})\[([\w ]{1,40})\]$/

/** The fields of a form whose answers are described beside them: `fields[a][title]` and `fields[a][value]`. */
export function joinDescribed(fields: readonly FormField[]): FormField[] {
  const groups = new Map<string, Map<string, FormField>>()
  for (const field of fields) {
    const [, group, part] = PART_OF_GROUP.exec(field.isFile ? '' : field.name) ?? []
    if (group === undefined || part === undefined) continue
    const parts = groups.get(group) ?? new Map<string, FormField>()
    groups.set(group, parts.set(part, field))
  }
  const replaced = new Map<FormField, FormField | null>()
  for (const [group, parts] of groups) {
    const texts = Object.fromEntries([...parts].map(([part, { text }]) => [part, text]))
    const within = group.split(/[[\]]+/).filter((part) => part !== '')
    const pair = parts.size > 1 ? pairOf(texts, new Map(), within.at(-1)) : null
    if (!pair || typeof pair.value !== 'string') continue
    const more = new Set(pair.more.map(([part]) => part))
    const { name, labels, value } = pair
    const holder = within.slice(0, -1)
    let isFirst = true
    for (const [part, field] of parts) {
      if (more.has(part)) continue
      const joined = { name, text: value, isFile: false, within: holder, labels }
      replaced.set(field, isFirst ? joined : null)
      isFirst = false
    }
  }
  return fields.flatMap((field) => {
    const joined = replaced.get(field)
    return joined === undefined ? [field] : joined === null ? [] : [joined]
  })
}
