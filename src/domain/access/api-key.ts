import type { Scope } from './permissions.ts'

/** A machine's credential, without its secret. */
export interface ApiKey {
  id: string
  name: string
  /** The visible beginning, by which people tell keys apart. */
  prefix: string
  scopes: Scope[]
  /** The only source it may post leads of, or null: any. */
  sourceId: string | null
  /** Unknown fields of its leads are kept in `unmapped`, and no reason to refuse them. */
  lenient: boolean
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
  /** The user or key that created it. Null: the system. */
  createdBy: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Whether a key still opens anything: neither revoked nor expired. */
export function isKeyUsable(
  { revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>,
  now: Date
): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}
