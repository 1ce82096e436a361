import { escapePointer } from '../../domain/text/json-pointer.ts'
import { isObject } from './is-object.ts'
import type { Move } from './keep.ts'

/** The contact with a name that was posted in its parts, as an object or a list, as names of ours. */
export function nameInForm(contact: Record<string, unknown>, move: Move): Record<string, unknown> {
  const { fullName, ...others } = contact
  if (Array.isArray(fullName) && fullName.length > 1) {
    return fullName.every(isPlain) ? { ...others, fullName: fullName.join(' ') } : contact
  }
  if (!isObject(fullName)) return contact
  const names: Record<string, unknown> = {}
  for (const [part, text] of Object.entries(fullName)) {
    const name = NAME_MEMBERS.get(part)
    if (name === undefined || !isOwnForm(text)) return contact
    names[name] = text
    if (!(name in others)) move(`/${name}`, `/fullName/${escapePointer(part)}`)
  }
  return { ...names, ...others }
}

const NAME_MEMBERS: ReadonlyMap<string, string> = new Map([
  ...['first', 'firstName', 'first_name', 'given', 'givenName'].map(
    (part) => [part, 'firstName'] as const
  ),
  ...['last', 'lastName', 'last_name', 'family', 'familyName', 'surname'].map(
    (part) => [part, 'lastName'] as const
  ),
  ...['middle', 'middleName', 'middle_name'].map((part) => [part, 'middleName'] as const),
  ...['full', 'fullName', 'full_name', 'value', 'text', 'display'].map(
    (part) => [part, 'fullName'] as const
  )
])

export function isOwnForm(value: unknown): boolean {
  return value === undefined || value === null || isPlain(value)
}

export function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
