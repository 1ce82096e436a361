import { v7 } from 'uuid'

/** A new id. Ids ascend with time (UUID version 7), which keeps indexes and pages in order. */
export function newId(): string {
  return v7()
}

/** The least id made at this time: what stands before it in an index by id is older. */
export function leastIdAt(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}

/** Whether a text is an id. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
