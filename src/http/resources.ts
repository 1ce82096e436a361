import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Database, Transaction } from '../database/client.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { tenantOf } from './plugins/authentication.ts'
import { problems } from './problems.ts'
import { findLead } from '../repositories/leads/leads.ts'
import type { Page, PageRequest } from '../repositories/paging.ts'
import { checkVersion, presentPage, readPage, setVersion } from './conventions.ts'

/** What the routes of every resource do in the same way: read one, list, change one. */

interface Presented<Row, Item> {
  present: (row: Row) => Item
}

/** Sends one thing by the path's id; 404 where `find` has none for this caller. */
export async function sendOne<Row extends object, Item>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    noun,
    find,
    present
  }: Presented<Row, Item> & {
    noun: string
    find: (tx: Transaction, id: string, principal: TenantPrincipal) => Promise<Row | null>
  }
): Promise<Item> {
  const principal = tenantOf(request)
  const row = await db.transaction(principal.dealerId, (tx) => find(tx, idOf(request), principal))
  if (!row) throw problems.notFound(noun)
  if ('version' in row && typeof row.version === 'number') setVersion(reply, row.version)
  return present(row)
}

/** Sends one page, with the `Link` to the next. */
export async function sendPage<Row, Item>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    list,
    present,
    defaultSort = '-createdAt'
  }: Presented<Row, Item> & {
    list: (tx: Transaction, page: PageRequest, principal: TenantPrincipal) => Promise<Page<Row>>
    defaultSort?: string
  }
): Promise<{ data: Item[]; nextCursor: string | null }> {
  const principal = tenantOf(request)
  const asked = readPage(request.query as Parameters<typeof readPage>[0], defaultSort)
  const page = await db.transaction(principal.dealerId, (tx) => list(tx, asked, principal))
  return presentPage(request, reply, page, present, defaultSort)
}

/** A list of what belongs to the path's lead: 404 where the caller does not see that. */
export function ofSeenLead<Row>(
  request: FastifyRequest,
  list: (tx: Transaction, leadId: string, page: PageRequest) => Promise<Page<Row>>
) {
  return async (
    tx: Transaction,
    page: PageRequest,
    principal: TenantPrincipal
  ): Promise<Page<Row>> => {
    const lead = await findLead(tx, principal, idOf(request))
    if (!lead) throw problems.notFound('lead')
    return await list(tx, lead.id, page)
  }
}

/**
 * Changes one thing by the path's id, and sends it as it is then: 404 where `lock` has none for this
 * caller, 412 where the change is based on another version. `change` works in the same transaction.
 */
export async function changeOne<Row extends { version: number }, Item>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    noun,
    lock,
    change,
    present,
    locks = []
  }: Presented<Row, Item> & {
    noun: string
    lock: (tx: Transaction, id: string, principal: TenantPrincipal) => Promise<Row | null>
    change: (tx: Transaction, before: Row, principal: TenantPrincipal) => Promise<Row>
    /** Further texts to hold: see `Database.transaction`. */
    locks?: readonly string[]
  }
): Promise<Item> {
  const principal = tenantOf(request)
  const work = async (tx: Transaction) => {
    const before = await lock(tx, idOf(request), principal)
    if (!before) throw problems.notFound(noun)
    checkVersion(request, before.version)
    return await change(tx, before, principal)
  }
  const row = await db.transaction(principal.dealerId, work, locks)
  setVersion(reply, row.version)
  return present(row)
}

/** The path's `id`. */
export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}
