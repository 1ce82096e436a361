import { and, eq, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { accounts, users } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { accountNameKey } from '../../domain/clients/account.ts'
import type { Account } from '../../domain/clients/account.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { visibleAccounts } from '../visible-records.ts'
import { gteIfGiven, inIfGiven, isRecord, ltIfGiven } from '../filters.ts'

/** The filters of a list of accounts. A record must match all given filters. */
interface AccountFilter {
  responsible?: readonly string[] | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
  /** Beginning of the name. */
  q?: string | undefined
}

/** How many accounts one beginning of a name finds: the first by name. */
const MAX_FOUND = 1_000

/** How many accounts of one name are shown before another one is created. */
const MAX_SHOWN = 10

/** One page of a dealer's accounts, as far as this caller sees them. */
export async function listAccounts(
  tx: Transaction,
  principal: TenantPrincipal,
  { responsible, createdFrom, createdTo, q }: AccountFilter,
  page: PageRequest
): Promise<Page<Account>> {
  const rows = await selectAccounts(tx, tx.filterOrm)
    .where(
      and(
        eq(accounts.dealerId, tx.dealerId),
        visibleAccounts(tx, principal),
        inIfGiven(accounts.responsibleUserId, responsible),
        gteIfGiven(accounts.createdAt, createdFrom),
        ltIfGiven(accounts.createdAt, createdTo),
        q === undefined ? undefined : inArray(accounts.id, await findByBeginning(tx, principal, q)),
        afterCursor(accounts.createdAt, accounts.id, page)
      )
    )
    .orderBy(...pageOrder(accounts.createdAt, accounts.id, page))
    .limit(page.limit + 1)
  return toPage(rows, page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** A range of the index on names: LIKE gets nowhere near one under row security. */
async function findByBeginning(
  tx: Transaction,
  principal: TenantPrincipal,
  q: string
): Promise<string[]> {
  const beginning = accountNameKey(q)
  if (beginning === '') return []
  const rows = await tx.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.dealerId, tx.dealerId),
        sql`${accounts.nameKey} ~>=~ ${beginning}`,
        // The last code point stands after every character a key can hold.
        sql`${accounts.nameKey} ~<~ ${`${beginning}\u{10ffff}`}`,
        visibleAccounts(tx, principal)
      )
    )
    .orderBy(sql`${accounts.nameKey} using ~<~`, accounts.id)
    .limit(MAX_FOUND)
  return rows.map(({ id }) => id)
}

/**
 * Companies of this name, or null: there is none. The lock of the name must be held
 * (`accountLock`), or two who ask at once both find none.
 *
 * An account that the caller does not see is in the way all the same, but is not shown.
 */
export async function findAccountsByNameKey(
  tx: Transaction,
  principal: TenantPrincipal,
  nameKey: string
): Promise<{ shown: Reference[] } | null> {
  const named = and(eq(accounts.dealerId, tx.dealerId), eq(accounts.nameKey, nameKey))
  const any = await tx.orm.select({ id: accounts.id }).from(accounts).where(named).limit(1)
  if (any.length === 0) return null
  const shown = await tx.orm
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(and(named, visibleAccounts(tx, principal)))
    .orderBy(accounts.id)
    .limit(MAX_SHOWN)
  return { shown }
}

/** The accounts of these ids that this caller sees. */
export async function findAccounts(
  tx: Transaction,
  principal: TenantPrincipal,
  ids: readonly string[]
): Promise<Account[]> {
  if (ids.length === 0) return []
  const areThose = and(eq(accounts.dealerId, tx.dealerId), inArray(accounts.id, [...ids]))
  return await selectAccounts(tx).where(and(areThose, visibleAccounts(tx, principal)))
}

/** The account, or null where this caller sees none with this id. */
export async function findAccount(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Account | null> {
  const [row] = await selectAccounts(tx).where(
    and(isRecord(tx, accounts, id), visibleAccounts(tx, principal))
  )
  return row ?? null
}

/** The account, regardless of caller visibility. For system jobs. */
async function findAccountById(tx: Transaction, id: string): Promise<Account | null> {
  const [row] = await selectAccounts(tx).where(isRecord(tx, accounts, id))
  return row ?? null
}

/** The account, locked until the transaction ends, or null where this caller sees none. */
export async function lockAccount(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Account | null> {
  const locked = await tx.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(isRecord(tx, accounts, id), visibleAccounts(tx, principal)))
    .for('update', { of: accounts })
  return locked.length === 0 ? null : await findAccountById(tx, id)
}

/** The account, locked, regardless of caller visibility. */
export async function lockAccountById(tx: Transaction, id: string): Promise<Account | null> {
  const locked = await tx.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(isRecord(tx, accounts, id))
    .for('update')
  return locked.length === 0 ? null : await findAccountById(tx, id)
}

/**
 * Whether this caller sees the account; until the transaction ends it can't be removed, so that what
 * is about to refer to it will find it there.
 */
export async function holdAccount(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<boolean> {
  const held = await tx.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(isRecord(tx, accounts, id), visibleAccounts(tx, principal)))
    .for('key share', { of: accounts })
  return held.length > 0
}

export type NewAccount = Pick<Account, 'id' | 'name' | 'content' | 'createdFromLeadId'> & {
  responsibleUserId: string | null
}

/** Writes an account and returns it. */
export async function insertAccount(
  tx: Transaction,
  account: NewAccount,
  now: Date
): Promise<Account> {
  await tx.orm.insert(accounts).values({
    dealerId: tx.dealerId,
    ...account,
    nameKey: accountNameKey(account.name),
    version: 1,
    createdAt: now,
    updatedAt: now
  })
  return await readBack(tx, account.id)
}

/** Changes a locked account and returns it as it is now. */
export async function updateAccount(
  tx: Transaction,
  id: string,
  change: Partial<Omit<NewAccount, 'id'>>,
  now: Date
): Promise<Account> {
  await tx.orm
    .update(accounts)
    .set({
      ...change,
      ...(change.name === undefined ? {} : { nameKey: accountNameKey(change.name) }),
      version: sql`${accounts.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, accounts, id))
  return await readBack(tx, id)
}

/** Removes a locked account that nothing refers to any more. */
export async function deleteAccount(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(accounts).where(isRecord(tx, accounts, id))
}

async function readBack(tx: Transaction, id: string): Promise<Account> {
  const account = await findAccountById(tx, id)
  if (!account) throw new Error('an account that was just written is gone')
  return account
}

function selectAccounts(tx: Transaction, orm = tx.orm) {
  return orm
    .select({
      id: accounts.id,
      name: accounts.name,
      content: accounts.content,
      responsibleUser: { id: users.id, name: users.name },
      createdFromLeadId: accounts.createdFromLeadId,
      version: accounts.version,
      createdAt: accounts.createdAt,
      updatedAt: accounts.updatedAt
    })
    .from(accounts)
    .leftJoin(
      users,
      and(eq(users.dealerId, accounts.dealerId), eq(users.id, accounts.responsibleUserId))
    )
    .$dynamic()
}
