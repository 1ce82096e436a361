import { and, eq, isNull, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { accounts, clients, sources, users } from '../../database/schema.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { clientName } from '../../domain/clients/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { removeMatchKeys, replaceMatchKeys } from '../leads/match-keys.ts'
import { deleteDuplicatesOf } from '../matching/duplicate-writes.ts'
import { pagePlace, toPlacedPage } from '../changes.ts'
import type { Page, PageRequest } from '../paging.ts'
import { RELEVANCE, bestFirst, findMatchingRecords, toBestPage } from '../leads/search.ts'
import { visibleClients } from '../visibility.ts'
import { isClient } from './survivors.ts'
import { eqIfGiven, gteIfGiven, inIfGiven, isRecord, ltIfGiven } from '../filters.ts'

/** The filters of a list of clients. A record must match all given filters. */
interface ClientFilter {
  responsible?: readonly string[] | undefined
  source?: readonly string[] | undefined
  account?: string | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
  updatedFrom?: Date | undefined
  updatedTo?: Date | undefined
  q?: string | undefined
}

/** One page of a dealer's clients, as far as this caller sees them. */
export async function listClients(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: ClientFilter,
  page: PageRequest
): Promise<Page<Client>> {
  const { responsible, source, account, createdFrom, createdTo, q } = filter
  const place = pagePlace(clients, clients.createdAt, page)
  const found = q === undefined ? undefined : await findMatchingRecords(tx, 'client', q)
  const conditions = and(
    eq(clients.dealerId, tx.dealerId),
    visibleClients(tx, principal),
    inIfGiven(clients.responsibleUserId, responsible),
    inIfGiven(clients.sourceId, source),
    eqIfGiven(clients.accountId, account),
    gteIfGiven(clients.createdAt, createdFrom),
    ltIfGiven(clients.createdAt, createdTo),
    gteIfGiven(clients.updatedAt, filter.updatedFrom),
    ltIfGiven(clients.updatedAt, filter.updatedTo),
    found &&
      inArray(
        clients.id,
        found.map(({ id }) => id)
      )
  )
  if (found && page.sort === RELEVANCE) {
    const seen = await tx.filterOrm.select({ id: clients.id }).from(clients).where(conditions)
    return await toBestPage(bestFirst(found, page), page, {
      seen: new Set(seen.map(({ id }) => id)),
      read: (ids) => findClients(tx, principal, ids)
    })
  }
  const rows = await selectClients(tx, tx.filterOrm)
    .where(and(conditions, place.condition))
    .orderBy(...place.order)
    .limit(page.limit + 1)
  return toPlacedPage(rows, page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/**
 * The client, or null where this caller sees none with this id. The id of one that was merged into
 * another means the other, here and wherever `isClient` is asked.
 */
export async function findClient(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Client | null> {
  const [row] = await selectClients(tx).where(
    and(
      eq(clients.dealerId, tx.dealerId),
      isClient(tx, clients.id, id),
      visibleClients(tx, principal)
    )
  )
  return row ?? null
}

/** The clients of these ids that this caller sees. */
export async function findClients(
  tx: Transaction,
  principal: TenantPrincipal,
  ids: readonly string[]
): Promise<Client[]> {
  if (ids.length === 0) return []
  return await selectClients(tx).where(
    and(
      eq(clients.dealerId, tx.dealerId),
      inArray(clients.id, [...ids]),
      visibleClients(tx, principal)
    )
  )
}

/** The client, regardless of caller visibility. For system jobs. */
export async function findClientById(tx: Transaction, id: string): Promise<Client | null> {
  const [row] = await selectClients(tx).where(isRecord(tx, clients, id))
  return row ?? null
}

/** The client, locked until the transaction ends, or null where this caller sees none. */
export async function lockClient(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Client | null> {
  const locked = await lockSeen(tx, principal, { id, strength: 'update' })
  return locked === null ? null : await findClientById(tx, locked)
}

/**
 * The id of the client, locked. One that becomes another while it is waited for is looked up once
 * more: then it is the other.
 */
async function lockSeen(
  tx: Transaction,
  principal: TenantPrincipal,
  { id, strength }: { id: string; strength: 'update' | 'key share' }
): Promise<string | null> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const [locked] = await tx.orm
      .select({ id: clients.id })
      .from(clients)
      .where(
        and(
          eq(clients.dealerId, tx.dealerId),
          isClient(tx, clients.id, id),
          visibleClients(tx, principal)
        )
      )
      .for(strength, { of: clients })
    if (locked) return locked.id
  }
  return null
}

/** The client, locked, regardless of caller visibility. */
export async function lockClientById(tx: Transaction, id: string): Promise<Client | null> {
  const locked = await tx.orm
    .select({ id: clients.id })
    .from(clients)
    .where(isRecord(tx, clients, id))
    .for('update')
  return locked.length === 0 ? null : await findClientById(tx, id)
}

/**
 * The client's id, where this caller sees them; until the transaction ends they can't be removed, so
 * that what is about to refer to them will find them there.
 */
export async function holdClient(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<string | null> {
  return await lockSeen(tx, principal, { id, strength: 'key share' })
}

interface NewClient {
  id: string
  content: ClientContent
  sourceId: string | null
  responsibleUserId: string | null
  accountId: string | null
  createdFromLeadId: string | null
}

/** Writes a client and what it can be found by. */
export async function insertClient(tx: Transaction, client: NewClient, now: Date): Promise<void> {
  await tx.orm.insert(clients).values({
    dealerId: tx.dealerId,
    ...client,
    displayName: clientName(client.content.contact) ?? '',
    version: 1,
    createdAt: now,
    updatedAt: now
  })
  await replaceMatchKeys(tx, { type: 'client', id: client.id }, client.content)
}

/** Changes a locked client and returns its new version. */
export async function updateClient(
  tx: Transaction,
  id: string,
  change: Partial<Omit<NewClient, 'id'>>,
  now: Date
): Promise<number> {
  const contact = change.content?.contact
  const [row] = await tx.orm
    .update(clients)
    .set({
      ...change,
      ...(contact ? { displayName: clientName(contact) ?? '' } : {}),
      version: sql`${clients.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, clients, id))
    .returning({ version: clients.version })
  if (!row) throw new Error('a locked client is gone')
  if (change.content) await replaceMatchKeys(tx, { type: 'client', id }, change.content)
  return row.version
}

/** Makes a client forget, or name again, the lead it was made from. Returns whether it changed. */
export async function setClientOrigin(
  tx: Transaction,
  id: string,
  { from, to }: { from: string | null; to: string | null },
  now: Date
): Promise<boolean> {
  const origin = clients.createdFromLeadId
  const rows = await tx.orm
    .update(clients)
    .set({ createdFromLeadId: to, version: sql`${clients.version} + 1`, updatedAt: now })
    .where(and(isRecord(tx, clients, id), from === null ? isNull(origin) : eq(origin, from)))
    .returning({ id: clients.id })
  return rows.length > 0
}

/** Removes a locked client that nothing refers to any more. */
export async function deleteClient(tx: Transaction, id: string): Promise<void> {
  await removeMatchKeys(tx, id)
  await deleteDuplicatesOf(tx, id)
  await tx.orm.delete(clients).where(isRecord(tx, clients, id))
}

function selectClients(tx: Transaction, orm = tx.orm) {
  return orm
    .select({
      id: clients.id,
      displayName: clients.displayName,
      content: clients.content,
      source: { id: sources.id, key: sources.key, name: sources.name },
      responsibleUser: { id: users.id, name: users.name },
      account: { id: accounts.id, name: accounts.name },
      createdFromLeadId: clients.createdFromLeadId,
      version: clients.version,
      createdAt: clients.createdAt,
      updatedAt: clients.updatedAt,
      changedIn: clients.changedIn
    })
    .from(clients)
    .leftJoin(
      sources,
      and(eq(sources.dealerId, clients.dealerId), eq(sources.id, clients.sourceId))
    )
    .leftJoin(
      users,
      and(eq(users.dealerId, clients.dealerId), eq(users.id, clients.responsibleUserId))
    )
    .leftJoin(
      accounts,
      and(eq(accounts.dealerId, clients.dealerId), eq(accounts.id, clients.accountId))
    )
    .$dynamic()
}
