import type { Database } from '../database/client.ts'
import type { Passwords } from '../security/passwords.ts'

/** The dependencies of routes. Tests pass another clock. */
export interface RouteOptions {
  db: Database
  now: () => Date
  passwords: Passwords
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The sender address of our mails; leads from this address get no auto-response. */
  mailFrom: string
  accessTokenSeconds: number
  refreshTokenSeconds: number
  /** Base of our links, without a slash at its end. */
  /** Known once the service listens. */
  publicUrl: () => string
  /** Signs the addresses of our pages. */
  linkSecret: string
  /** The limit for a file of leads or clients; other bodies have their own. */
  importMaxBytes: number
  /** How long the sender of a file may be silent; other requests have to be there by then. */
  requestTimeoutSeconds: number
}
