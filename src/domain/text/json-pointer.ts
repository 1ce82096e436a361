/** A member's name as a part of a JSON pointer (RFC 6901, 3). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The pointer to a value by the names of members and the indexes of items on the way. */
export function pointerTo(parts: readonly (string | number)[]): string {
  return `/${parts.map((part) => escapePointer(String(part))).join('/')}`
}

/** The names and indexes of a JSON pointer. */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
