import { Type } from 'typebox'

export function whole(
  description: string,
  range: { minimum: number; maximum: number; default: number }
) {
  return Type.Integer({ description, ...range })
}

/** Days of history: none ends within a month (`forget_history`). */
export function retention(description: string, fallback: number) {
  return Type.Refine(
    whole(`${description}; at least 30, or 0: never.`, {
      minimum: 0,
      maximum: 36_500,
      default: fallback
    }),
    (days) => days === 0 || days >= 30,
    () => 'must be 0 or at least 30'
  )
}

export function oneOf<Value extends string>(
  description: string,
  values: readonly [...Value[]],
  fallback: Value
) {
  return Type.Enum(values, { description, default: fallback })
}

/** A text that `read` understands; otherwise the variable "must be `expected`". */
export function text(description: string, expected: string, read: (value: string) => unknown) {
  return Type.Refine(
    Type.String({ description }),
    (value) => read(value) !== null,
    () => `must be ${expected}`
  )
}
