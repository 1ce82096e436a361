import type { Database, Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import type {
  Grant,
  Role,
  Scope,
  Team,
  TenantPrincipal,
  UserPrincipal
} from '../../domain/access/permissions.ts'

/** Who a credential belongs to, and what of the dealer must be known to read what they send. */
export interface Identity {
  principal: TenantPrincipal
  dealer: DealerBasics
  /** The user's own language. Null: the dealer's. */
  locale: Locale | null
}

export interface DealerBasics {
  /** ISO 3166-1 alpha-2: the region of phones without a prefix. */
  country: string
  /** ISO 4217. */
  currency: string
  locale: Locale
  /** IANA name: the zone of times without an offset. */
  timeZone: string
}

interface DealerColumns extends Omit<DealerBasics, 'timeZone'> {
  time_zone: string
}

interface KeyRow extends DealerColumns {
  id: string
  scopes: Scope[]
  source_id: string | null
}

interface UserRow extends DealerColumns {
  id: string
  role: Role
  team: Team | null
  grants: Grant[]
  queue_ids: string[]
  own_locale: Locale | null
}

const BY_KEY = statement(
  'authenticate-key',
  { dealerId: 'uuid', hash: 'text', now: 'timestamptz' },
  'select * from authenticate_key(:dealerId, :hash, :now)'
).returning<KeyRow>()

const BY_USER = statement(
  'authenticate-user',
  { dealerId: 'uuid', userId: 'uuid' },
  'select * from authenticate_user(:dealerId, :userId)'
).returning<UserRow>()

/** The key with this hash, or null where there is none, or it has expired or been revoked. */
export async function findKeyIdentity(
  db: Database,
  { dealerId, hash }: { dealerId: string; hash: string },
  now: Date
): Promise<Identity | null> {
  const row = await db.findByFunction(BY_KEY, { dealerId, hash, now })
  if (!row) return null
  const { id, scopes, source_id: sourceId } = row
  return {
    principal: { kind: 'key', dealerId, id, scopes, sourceId },
    dealer: toDealer(row),
    locale: null
  }
}

/** The user with this id, or null where there is none who may still sign in. */
export async function findUserIdentity(
  db: Database,
  { dealerId, userId }: { dealerId: string; userId: string }
): Promise<Identity | null> {
  const row = await db.findByFunction(BY_USER, { dealerId, userId })
  return row && { principal: toUser(row, dealerId), dealer: toDealer(row), locale: row.own_locale }
}

/** The same inside of a transaction: as whom a user would read. */
export async function findUserPrincipal(
  tx: Transaction,
  userId: string
): Promise<UserPrincipal | null> {
  const [row] = await tx.run(BY_USER, { dealerId: tx.dealerId, userId })
  return row ? toUser(row, tx.dealerId) : null
}

function toUser(
  { id, role, team, grants, queue_ids: queueIds }: UserRow,
  dealerId: string
): UserPrincipal {
  return { kind: 'user', dealerId, id, role, team, grants, queueIds }
}

function toDealer({ country, currency, locale, time_zone: timeZone }: DealerColumns): DealerBasics {
  return { country, currency, locale, timeZone }
}
