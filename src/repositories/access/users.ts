import { and, eq, like, ne, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { queues, users } from '../../database/schema.ts'
import type { Role, Team } from '../../domain/access/permissions.ts'
import type { User } from '../../domain/access/user.ts'
import type { ChosenModes } from '../../domain/notifications/kinds.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { insertQueueMember } from '../dealers/queues.ts'
import { eqIfGiven, given, inIfGiven, isRecord } from '../filters.ts'

export async function insertUser(
  tx: Transaction,
  user: User & { passwordHash: string | null }
): Promise<void> {
  await tx.orm.insert(users).values({ dealerId: tx.dealerId, ...user })
}

interface UserFilter {
  active?: boolean | undefined
  role?: readonly Role[] | undefined
  team?: readonly Team[] | undefined
  /** Beginning of a word of the name, or of the e-mail address. */
  q?: string | undefined
}

export async function listUsers(
  tx: Transaction,
  filter: UserFilter,
  page: PageRequest
): Promise<Page<User>> {
  const rows = await tx.filterOrm
    .select()
    .from(users)
    .where(
      and(
        eq(users.dealerId, tx.dealerId),
        eqIfGiven(users.active, filter.active),
        inIfGiven(users.role, filter.role),
        inIfGiven(users.team, filter.team),
        given(filter.q, beginsWith),
        afterCursor(users.createdAt, users.id, page)
      )
    )
    .orderBy(...pageOrder(users.createdAt, users.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toUser), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

function beginsWith(q: string): SQL | undefined {
  const beginning = `${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const name = sql`lower(${users.name})`
  return or(like(users.email, beginning), like(name, beginning), like(name, `% ${beginning}`))
}

export async function findUser(tx: Transaction, id: string, lock?: Lock): Promise<User | null> {
  const query = tx.orm
    .select()
    .from(users)
    .where(isRecord(tx, users, id))
  const [row] = await lockedIf(query, lock, users)
  return row ? toUser(row) : null
}

/** The users of these ids, for those that refer to them. */
export async function findUsers(tx: Transaction, ids: readonly string[]): Promise<User[]> {
  if (ids.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), inArray(users.id, [...ids])))
  return rows.map(toUser)
}

/** The stored data for a sign-in, by the user's e-mail address in its comparison form. */
export async function findSignIn(
  tx: Transaction,
  email: string
): Promise<{ id: string; active: boolean; passwordHash: string | null } | null> {
  const [row] = await tx.orm
    .select({ id: users.id, active: users.active, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), eq(users.email, email)))
  return row ?? null
}

export async function findPasswordHash(tx: Transaction, id: string): Promise<string | null> {
  const [row] = await tx.orm
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(isRecord(tx, users, id))
  return row?.passwordHash ?? null
}

/** The changeable columns of a user. */
export type UserChange = Partial<
  Omit<User, 'id' | 'email' | 'version' | 'createdAt' | 'updatedAt'>
> & { notificationModes?: ChosenModes; digestTime?: string }

/** Changes a locked user and returns them as they are now. */
export async function updateUser(
  tx: Transaction,
  id: string,
  change: UserChange & { passwordHash?: string },
  now: Date
): Promise<User> {
  const [row] = await tx.orm
    .update(users)
    .set({ ...change, version: sql`${users.version} + 1`, updatedAt: now })
    .where(isRecord(tx, users, id))
    .returning()
  if (!row) throw new Error('a locked user is gone')
  return toUser(row)
}

/** Whether the dealer has an active owner beside this one. */
export async function hasOtherActiveOwner(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.dealerId, tx.dealerId),
        eq(users.role, 'owner'),
        eq(users.active, true),
        ne(users.id, id)
      )
    )
    .limit(1)
  return rows.length > 0
}

/** Puts a user into queues; returns the positions of those that are not the dealer's: then none. */
export async function joinQueues(
  tx: Transaction,
  { userId, queueIds, now }: { userId: string; queueIds: readonly string[]; now: Date }
): Promise<number[]> {
  const known = await tx.orm
    .select({ id: queues.id })
    .from(queues)
    .where(eq(queues.dealerId, tx.dealerId))
  const ids = new Set(known.map(({ id }) => id))
  const unknown = queueIds.flatMap((id, index) => (ids.has(id) ? [] : [index]))
  if (unknown.length > 0) return unknown
  for (const queueId of queueIds) await insertQueueMember(tx, { queueId, userId, now })
  return []
}

/** Without the hashes of secrets: only the check of credentials needs those. */
function toUser(row: typeof users.$inferSelect): User {
  const { dealerId: _, passwordHash: _password, calendarHash: _calendar, ...rest } = row
  const { notificationModes: _modes, digestTime: _time, ...user } = rest
  return user
}
