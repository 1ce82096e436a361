/** The tables whose records operations change. */
export const STATED_TABLES = [
  'leads',
  'clients',
  'accounts',
  'opportunities',
  'activities',
  'sales'
] as const
export type StatedTable = (typeof STATED_TABLES)[number]

/** The states in which an operation left its records, by their ids. */
export type LeftStates = Readonly<Record<string, string>>

/** How a record stands: its version, and a digest of what people and operations change in it. */
export interface RecordState {
  version: number
  state: string
}

/**
 * Whether a record is as an operation left it: not changed since, or changed and put back. Older
 * operations recorded no states: for them the version alone decides.
 */
export function isAsLeft(
  found: RecordState | null | undefined,
  left: { id: string; version: number },
  states: LeftStates | undefined
): boolean {
  if (!found) return false
  return found.version === left.version || found.state === states?.[left.id]
}
