import type { FastifyReply, FastifyRequest } from 'fastify'

import { hashSecret } from '../security/credentials.ts'
import type { Database, Transaction } from '../database/client.ts'
import type { Actor } from '../domain/events/event.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { problems } from './problems.ts'
import { findAnswer, rememberAnswer } from '../repositories/idempotency.ts'
import type { Page, PageCursor, PageRequest } from '../repositories/paging.ts'

/** What every route does alike: pages, versions, idempotent creation, and who acts. */

/** Who does what a request asks for, as history will say it. */
export function actorOf(principal: TenantPrincipal): Actor {
  return { type: principal.kind, id: principal.id }
}

/** How many rows, after which, in which direction. A cursor only fits the order it came from. */
export function readPage(
  query: { limit?: number; cursor?: string; sort?: string },
  defaultSort = '-createdAt'
): PageRequest {
  const sort = query.sort ?? defaultSort
  return {
    limit: query.limit ?? 50,
    after: query.cursor === undefined ? null : readCursor(query.cursor, sort),
    descending: sort.startsWith('-')
  }
}

const CURSOR =
  /^(-?\w+) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function readCursor(cursor: string, sort: string): PageCursor {
  const [, of, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (of !== sort || at === undefined || id === undefined || Number.isNaN(Date.parse(at))) {
    throw problems.validation([{ pointer: '/cursor', message: 'is not a cursor of this list' }])
  }
  return { at: new Date(at), id }
}

function writeCursor({ at, id }: PageCursor, sort: string): string {
  return Buffer.from(`${sort} ${at.toISOString()} ${id}`).toString('base64url')
}

/** A page's body, and its `Link` to the next (RFC 8288). */
export function presentPage<Row, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<Row>,
  present: (row: Row) => Item,
  defaultSort = '-createdAt'
): { data: Item[]; nextCursor: string | null } {
  const { sort = defaultSort } = request.query as { sort?: string }
  const nextCursor = page.next ? writeCursor(page.next, sort) : null
  if (nextCursor !== null) {
    const next = new URL(request.url, 'http://any')
    next.searchParams.set('cursor', nextCursor)
    void reply.header('link', `<${next.pathname}${next.search}>; rel="next"`)
  }
  return { data: page.data.map(present), nextCursor }
}

/** Sends what has a version, with it as `ETag`. */
export function setVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`)
}

/** Refuses a change that is based on another version than the present one. */
export function checkVersion(request: FastifyRequest, version: number): void {
  const wanted = request.headers['if-match']
  if (wanted === undefined || wanted.trim() === '*') return
  const tags = wanted.split(',').map((tag) => tag.trim())
  if (!tags.includes(`"${version}"`)) throw problems.versionMismatch(version)
}

/** The caller's `Idempotency-Key`, with or without the quotes of a structured header. */
export function idempotencyKeyOf(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key']
  if (typeof header !== 'string' || header.trim() === '') return null
  return header.trim().replace(/^"(.*)"$/, '$1')
}

/** A fast hash of a password would give it away to whoever reads the database. */
export function withoutPassword(name: string, value: unknown): unknown {
  return name === 'password' ? undefined : value
}

/** What a creating route answers. */
export interface Creation {
  body: object
  /** Path of what was made. */
  location: string
  version?: number
  /** What a repeat is answered, where the body holds a secret that is shown once. */
  bodyOnRepeat?: object
}

/**
 * Creates once: with an `Idempotency-Key`, a repeat gets the first answer and changes nothing. Two at
 * the same moment take turns, so the second is a repeat too. Another request under the same key is
 * refused.
 *
 * `locks` are further texts to hold, such as a person's e-mail: see `Database.transaction`.
 */
export async function createOnce(
  {
    db,
    now,
    principal,
    locks = []
  }: { db: Database; now: () => Date; principal: TenantPrincipal; locks?: readonly string[] },
  request: FastifyRequest,
  reply: FastifyReply,
  create: (tx: Transaction) => Promise<Creation>
): Promise<never> {
  const operation = request.routeOptions.url ?? request.url
  const requestHash = hashOf(request)
  const of = keyOf(request, principal)
  const made = await db.transaction(
    principal.dealerId,
    async (tx): Promise<Creation & { isRepeat: boolean }> => {
      const before = await findCreation(tx, request, principal, now())
      if (before) return { ...before, isRepeat: true }
      const creation = await create(tx)
      if (of) {
        const { bodyOnRepeat, ...rest } = creation
        const response = { ...rest, body: bodyOnRepeat ?? rest.body }
        await rememberAnswer(tx, of, { operation, requestHash, response }, now())
      }
      return { ...creation, isRepeat: false }
    },
    [...(of ? [`idempotency ${of.principalId} ${of.key}`] : []), ...locks]
  )
  if (made.isRepeat) void reply.header('idempotent-replayed', 'true')
  return sendCreation(reply, made)
}

/**
 * Sends the first answer where this request is a repeat, or null: for what takes too much to be done
 * for nothing. `createOnce` decides in the end.
 */
export async function sendRepeat(
  { db, now, principal }: { db: Database; now: () => Date; principal: TenantPrincipal },
  request: FastifyRequest,
  reply: FastifyReply
): Promise<{ sent: never } | null> {
  const before = await db.transaction(principal.dealerId, (tx) =>
    findCreation(tx, request, principal, now())
  )
  if (!before) return null
  void reply.header('idempotent-replayed', 'true')
  return { sent: sendCreation(reply, before) }
}

function sendCreation(reply: FastifyReply, { body, location, version }: Creation): never {
  if (version !== undefined) setVersion(reply, version)
  return reply.code(201).header('location', location).send(body) as never
}

/** What the same request was answered before, or null; another one under the same key is refused. */
async function findCreation(
  tx: Transaction,
  request: FastifyRequest,
  principal: TenantPrincipal,
  now: Date
): Promise<Creation | null> {
  const of = keyOf(request, principal)
  const before = of && (await findAnswer(tx, of, now))
  if (!before) return null
  if (before.requestHash !== hashOf(request)) throw problems.idempotencyKeyReused()
  return before.response as Creation
}

function keyOf(request: FastifyRequest, principal: TenantPrincipal) {
  const key = idempotencyKeyOf(request)
  return key === null ? null : { principalId: principal.id, key }
}

function hashOf(request: FastifyRequest): string {
  const body = JSON.stringify(request.body, withoutPassword)
  return hashSecret(`${request.method} ${request.url} ${body}`)
}
