import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Database, Transaction } from '../database/client.ts'
import type { Locale } from '../domain/dealers/dealer.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { localeOf, tenantOf } from './plugins/authentication.ts'
import { problems } from './problems.ts'
import { findLead } from '../repositories/leads/leads.ts'
import { wasToldOf } from '../repositories/notifications/notifications.ts'
import type { Page, PageRequest } from '../repositories/paging.ts'
import type { Refusal } from '../domain/refusals.ts'
import { isRefusal } from '../domain/refusals.ts'
import type { ChangeCommand, CreateCommand, StoredResponse } from '../use-cases/command.ts'
import type { Created, Replay } from '../use-cases/write.ts'
import {
  presentPage,
  readExpectedVersions,
  readIdempotency,
  readPage,
  setVersion
} from './conventions.ts'
import { toProblem } from './refusals.ts'

/** The routes of all resources read, list and write in the same way: with these functions. */

interface Presented<Row, Item> {
  /** Sentences are in the language of the caller. */
  present: (row: Row, locale: Locale) => Item
}

/** Reads in a transaction that can't write. */
export async function read<Result>(
  db: Database,
  request: FastifyRequest,
  work: (tx: Transaction, principal: TenantPrincipal) => Promise<Result>
): Promise<Result> {
  const principal = tenantOf(request)
  return await db.read(principal.dealerId, (tx) => work(tx, principal))
}

/** Sends one record by the path's id; 404 where `find` has none for this caller. */
export async function sendOne<Row extends object, Item>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    noun,
    find,
    present,
    isTold = false,
    isAtOnce = false
  }: Presented<Row, Item> & {
    noun: string
    /** Whether the statements of `find` usually need nothing of each other: see `Database.readAtOnce`. */
    isAtOnce?: boolean
    /** Whether users are told of such records: who was told of one that they see no more gets 410. */
    isTold?: boolean
    find: (tx: Transaction, id: string, principal: TenantPrincipal) => Promise<Row | null>
  }
): Promise<Item> {
  const principal = tenantOf(request)
  const begin = isAtOnce ? db.readAtOnce.bind(db) : db.read.bind(db)
  const row = await begin(principal.dealerId, async (tx) => {
    const found = await find(tx, idOf(request), principal)
    if (found || !isTold || principal.kind !== 'user') return found
    const wasTold = await wasToldOf(tx, principal.id, idOf(request))
    if (wasTold) throw toProblem({ refusal: 'gone', because: 'record-gone' })
    return null
  })
  if (!row) throw problems.notFound(noun)
  const version = versionOf(row)
  if (version !== undefined) setVersion(reply, version)
  return present(row, localeOf(request))
}

/** Sends one page, with the `Link` to the next. */
export async function sendPage<Row, Item>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    list,
    present,
    defaultSort = '-createdAt',
    isAtOnce = false
  }: Presented<Row, Item> & {
    /** Whether one statement usually makes the page: see `Database.readAtOnce`. */
    isAtOnce?: boolean
    list: (tx: Transaction, page: PageRequest, principal: TenantPrincipal) => Promise<Page<Row>>
    defaultSort?: string
  }
): Promise<{ data: Item[]; nextCursor: string | null; resumeCursor?: string | null }> {
  const asked = readPage(request.query as Parameters<typeof readPage>[0], defaultSort)
  const principal = tenantOf(request)
  const begin = isAtOnce ? db.readAtOnce.bind(db) : db.read.bind(db)
  const page = await begin(principal.dealerId, (tx) => list(tx, asked, principal))
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

/** The command of a change: the caller, the time, and the versions that `If-Match` names. */
export function changeCommand(request: FastifyRequest, now: Date): ChangeCommand {
  return { principal: tenantOf(request), now, expectedVersions: readExpectedVersions(request) }
}

/** The result of a use case; a refusal is thrown as a problem. See `toProblem` for `base`. */
export function accept<Done>(result: Done | Refusal, base?: string): Done {
  if (isRefusal(result)) throw toProblem(result, base)
  return result
}

interface Write {
  now: () => Date
  base?: string
}

/**
 * Carries out a creation and sends the new record; a repeat gets the first response. A parameter of
 * `present` needs its type where it is written in place: the others follow from it.
 */
export async function sendCreated<Done extends object, Body extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    now,
    create,
    present,
    presentReplay = present,
    location,
    version = versionOf,
    base
  }: Write &
    Presented<Done, Body> & {
      create: (command: CreateCommand<Done> & ChangeCommand) => Promise<Created<Done> | Refusal>
      /** The response to a repeat, where the first one has a secret that is shown once. */
      presentReplay?: (done: Done, locale: Locale) => Body
      /** The path of the new record. */
      location: (done: Done) => string
      version?: (done: Done) => number | undefined
    }
): Promise<Body> {
  const respond = (done: Done, body: Body): StoredResponse<Body> => {
    const number = version(done)
    return {
      body,
      location: location(done),
      ...(number === undefined ? {} : { version: number })
    }
  }
  const locale = localeOf(request)
  const created = accept(
    await create({
      ...changeCommand(request, now()),
      idempotency: readIdempotency(request, (done: Done) =>
        respond(done, presentReplay(done, locale))
      )
    }),
    base
  )
  if ('replay' in created) return sendReplay(reply, created) as Body
  return sendCreation(reply, respond(created.done, present(created.done, locale)))
}

/** Sends the response to the first request, of which this one is a repeat. */
export function sendReplay(reply: FastifyReply, { replay }: Replay): object {
  void reply.header('idempotent-replayed', 'true')
  return sendCreation(reply, replay)
}

/** Sends a new record. */
export function sendCreation<Body extends object>(
  reply: FastifyReply,
  { body, location, version }: StoredResponse<Body>
): Body {
  if (version !== undefined) setVersion(reply, version)
  void reply.code(201).header('location', location)
  return body
}

function versionOf(row: object): number | undefined {
  return 'version' in row && typeof row.version === 'number' ? row.version : undefined
}

/** Carries out a change and sends the record with its new version. */
export async function sendChanged<Row extends { version: number }, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    now,
    change,
    present,
    base
  }: Write & Presented<Row, Item> & { change: (command: ChangeCommand) => Promise<Row | Refusal> }
): Promise<Item> {
  const row = accept(await change(changeCommand(request, now())), base)
  setVersion(reply, row.version)
  return present(row, localeOf(request))
}

/** Carries out a write whose response has no body, such as a deletion. */
export async function sendDone(
  request: FastifyRequest,
  reply: FastifyReply,
  { now, run, base }: Write & { run: (command: ChangeCommand) => Promise<unknown> }
): Promise<null> {
  accept(await run(changeCommand(request, now())), base)
  void reply.code(204)
  return null
}

/** The path's `id`. */
export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}
