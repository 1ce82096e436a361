import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { notFound } from '../domain/refusals.ts'
import type { Refusal } from '../domain/refusals.ts'

/** Every write takes the database and a command: the caller, the time, and the content of the write. */
export interface Command {
  principal: TenantPrincipal
  now: Date
}

/** The command of a watcher: it does what has come due at a dealer, and no caller asks for it. */
export interface WatchCommand {
  dealerId: string
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** Takes the failure of one record that must not hold up the others. */
  failed: (error: unknown) => void
}

/** A command that changes a record which has a version. */
export interface ChangeCommand extends Command {
  /** The versions on which the change may be based; null: any. */
  expectedVersions: readonly number[] | null
}

/** A command that creates a record, once for each idempotency key. */
export interface CreateCommand<Done> extends Command {
  idempotency: Idempotency<Done> | null
}

/** The key under which a request is carried out once, and the response that a repeat gets. */
export interface Idempotency<Done> {
  key: string
  /** Tells another request under the same key from a repeat. */
  requestHash: string
  operation: string
  respond: (done: Done) => StoredResponse
}

export interface StoredResponse<Body extends object = object> {
  body: Body
  /** The path of the new record. */
  location: string
  version?: number
}

/** The locked record; or why it can't be changed: the caller has none, or it has another version. */
export function expected<Row extends { version: number }>(
  command: Pick<ChangeCommand, 'expectedVersions'>,
  row: Row | null,
  noun: string
): Row | Refusal {
  return row ? (versionRefusal(command, row.version) ?? row) : notFound(noun)
}

/** Refuses a change that is based on another version. */
export function versionRefusal(
  { expectedVersions }: Pick<ChangeCommand, 'expectedVersions'>,
  version: number
): Refusal | null {
  if (expectedVersions === null || expectedVersions.includes(version)) return null
  return { refusal: 'version-mismatch', version }
}
