/** The one entry of a list; throws when it has none or several. */
export function only<T>(list: readonly T[]): T {
  const [first, ...rest] = list
  if (first === undefined || rest.length > 0) throw new Error(`one entry, not ${list.length}`)
  return first
}

/** The first entry of a list; throws when it has none. */
export function first<T>(list: readonly T[]): T {
  return must(list[0], 'the first entry')
}

/** A value that is there; throws when it is null or undefined. */
export function must<T>(value: T, name = 'the value'): NonNullable<T> {
  if (value === null || value === undefined) throw new Error(`${name} is missing`)
  return value
}
