import { unwrapped } from '../domain/text/wrapped-values.ts'

/** The maximum depth of an object: our own have four levels. */
const MAX_DEPTH = 6

/**
 * An object's values by their dotted names: `contact.email`, `vehicles.0.make`. Lists of plain values
 * become one text. Deeper objects stay JSON.
 */
export function flatten(object: object): Map<string, string | null> {
  const values = new Map<string, string | null>()
  const visit = (given: unknown, name: string, depth: number): void => {
    const value = unwrapped(given)
    if (value === null || typeof value !== 'object') {
      values.set(name, plainText(value))
    } else if (Array.isArray(value) && value.every(isPlain)) {
      values.set(name, value.map((one) => plainText(one) ?? '').join(', '))
    } else if (depth === MAX_DEPTH) {
      values.set(name, JSON.stringify(value))
    } else {
      for (const [key, member] of Object.entries(value)) {
        visit(member, `${name}.${key}`, depth + 1)
      }
    }
  }
  for (const [key, value] of Object.entries(object)) visit(value, key, 1)
  return values
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

function plainText(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
