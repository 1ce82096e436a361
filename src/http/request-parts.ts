import { escapePointer, pointerParts } from '../domain/text/json-pointer.ts'

/** The parts of a request that schemas describe, as Fastify names them. */
export type RequestPart = 'body' | 'querystring' | 'params' | 'headers'

/** The pointers of problems use the names that the caller wrote. */

/** A query parameter: `?sort`. */
export function queryPointer(name: string): string {
  return `?${name}`
}

/** As the `base` of a command's content: the content is in the query. */
export const IN_QUERY = '?'

/** The pointer of a command's content, as one of the request. */
export function pointerAt(base: string, pointer: string): string {
  return base === IN_QUERY ? pointerIn('querystring', pointer) : base + pointer
}

/** Where a fault is, from its RFC 6901 pointer within the part: `/contact/email`, `?sort`, `{id}`, `Idempotency-Key`. */
export function pointerIn(part: RequestPart, pointer: string): string {
  if (part === 'body') return pointer
  const [name = '', ...members] = pointerParts(pointer)
  return [NAMES[part](name), ...members.map(escapePointer)].join('/')
}

/** Validation knows headers in lower case; people know them as RFCs write them. */
export function headerName(name: string): string {
  return name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
}

const NAMES = {
  querystring: queryPointer,
  params: (name: string) => `{${name}}`,
  headers: headerName
} satisfies Record<Exclude<RequestPart, 'body'>, (name: string) => string>
