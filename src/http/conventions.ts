import type { FastifyReply, FastifyRequest } from 'fastify'

import { hashSecret } from '../security/credentials.ts'
import type { Idempotency } from '../use-cases/command.ts'
import { problems } from './problems.ts'
import { queryPointer } from './request-parts.ts'
import type { Locale } from '../domain/dealers/dealer.ts'
import { localeOf } from './plugins/authentication.ts'
import type { Page, PageCursor, PageRequest } from '../repositories/paging.ts'

/** Shared by all routes: pages, versions, idempotent creation, and the actor. */

/** How many rows, after which, in which direction. A cursor only fits the order it came from. */
export function readPage(
  query: { limit?: number; cursor?: string; sort?: string },
  defaultSort = '-createdAt'
): PageRequest {
  const sort = query.sort ?? defaultSort
  return {
    limit: query.limit ?? 50,
    after: query.cursor === undefined ? null : readCursor(query.cursor, sort),
    descending: sort.startsWith('-'),
    sort: sort.replace(/^-/, '')
  }
}

const CURSOR =
  /^(-?\w+) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function readCursor(cursor: string, sort: string): PageCursor {
  const [, of, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (of !== sort || at === undefined || id === undefined || Number.isNaN(Date.parse(at))) {
    throw problems.validation([
      { pointer: queryPointer('cursor'), message: 'is not a cursor of this list' }
    ])
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
  present: (row: Row, locale: Locale) => Item,
  defaultSort = '-createdAt'
): { data: Item[]; nextCursor: string | null; resumeCursor?: string | null } {
  const { sort = defaultSort } = request.query as { sort?: string }
  const nextCursor = page.next ? writeCursor(page.next, sort) : null
  if (nextCursor !== null) {
    const next = new URL(request.url, 'http://any')
    next.searchParams.set('cursor', nextCursor)
    void reply.header('link', `<${next.pathname}${next.search}>; rel="next"`)
  }
  const locale = localeOf(request)
  const data = page.data.map((row) => present(row, locale))
  if (page.resume === undefined) return { data, nextCursor }
  return { data, nextCursor, resumeCursor: page.resume && writeCursor(page.resume, sort) }
}

/** Sends what has a version, with it as `ETag`. */
export function setVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`)
}

/** RFC 9110, 13.1.1: entity tags in quotes, between commas. */
const ENTITY_TAGS = /^\s*(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*\s*$/

/** The versions that `If-Match` names, on which a change may be based; null: any. */
export function readExpectedVersions({ headers }: FastifyRequest): number[] | null {
  const wanted = headers['if-match']
  if (wanted === undefined || wanted.trim() === '*') return null
  if (!ENTITY_TAGS.test(wanted)) {
    const message = 'must be ETags of the record, such as "3", or *'
    throw problems.validation([{ pointer: 'If-Match', message }])
  }
  return wanted.split(',').flatMap((tag) => {
    const version = /^"(0|[1-9]\d{0,9})"$/.exec(tag.trim())?.[1]
    return version === undefined ? [] : [Number(version)]
  })
}

/** The key under which the request is carried out once, or null. */
export function readIdempotency<Done>(
  request: FastifyRequest,
  respond: Idempotency<Done>['respond']
): Idempotency<Done> | null {
  const key = idempotencyKeyOf(request)
  const operation = request.routeOptions.url ?? request.url
  return key === null ? null : { key, operation, requestHash: hashOf(request), respond }
}

/** The caller's `Idempotency-Key`, with or without the quotes of a structured header. */
export function idempotencyKeyOf(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key']
  if (typeof header !== 'string' || header.trim() === '') return null
  return header.trim().replace(/^"(.*)"$/, '$1')
}

/** A fast hash of a password could be broken by a reader of the database. */
function withoutPassword(name: string, value: unknown): unknown {
  return name === 'password' ? undefined : value
}

function hashOf(request: FastifyRequest): string {
  const body = JSON.stringify(request.body, withoutPassword)
  return hashSecret(`${request.method} ${request.url} ${body}`)
}
