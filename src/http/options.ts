import type { Database } from '../database/client.ts'
import type { Passwords } from '../security/passwords.ts'

/** What routes work with; tests pass another clock. */
export interface RouteOptions {
  db: Database
  now: () => Date
  passwords: Passwords
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The address our mails are from: whoever writes from there is not answered. */
  mailFrom: string
  accessTokenSeconds: number
  refreshTokenSeconds: number
  /** Base of our links, without a slash at its end. */
  publicUrl: string
  /** Of a file of leads or clients, whatever other bodies may have. */
  importMaxBytes: number
  /** How long the sender of a file may be silent; other requests have to be there by then. */
  requestTimeoutSeconds: number
}
