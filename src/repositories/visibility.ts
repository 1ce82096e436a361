import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../database/in-array.ts'
import type { Transaction } from '../database/client.ts'
import {
  activities,
  clients,
  handovers,
  leadParticipants,
  leads,
  statuses
} from '../database/schema.ts'
import { existsIn } from './filters.ts'
import { OWN_REASONS, WORKED_ON } from '../domain/leads/participant.ts'
import type { Participation } from '../domain/leads/participant.ts'
import { AWAITED_GROUPS, PROTECTED_GROUPS } from '../domain/leads/status-groups.ts'
import { seesAll } from '../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../domain/access/permissions.ts'

/**
 * Which rows a caller sees, as conditions for queries: undefined means all of the dealer's. What is
 * not seen can't be told from what does not exist.
 */

/**
 * A member sees their own leads, unassigned ones in queues they belong to, those they have to do with
 * otherwise (`domain/leads/participant.ts`), those that they have work on, those that are offered to them
 * or their team, and those of clients they are responsible for. Converted ones by a grant, with their
 * client, or where they have a part of their own in them.
 *
 * It suits leads that are found by other means: the operators of arrays find nothing by an index
 * under row security. Lists of leads begin at `onVisiblePage` (`leads/visible-leads.ts`).
 */
export function visibleLeads(principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  // A key that may only capture sees what it posted itself.
  if (principal.kind === 'key') return eq(leads.createdBy, principal.id)
  const hasToDoWith = or(
    theirsToChange(principal),
    participatesIn(principal.id),
    hasWork(principal.id, isOfLead),
    offeredLeads(principal),
    isOfTheirClient(principal.id)
  )
  const isReadable = openToThem(principal)
  return and(hasToDoWith, isReadable && or(isReadable, hasOwnPart(principal)))
}

/**
 * Of the leads that a caller sees, those that are theirs to change: those that they hold, and converted
 * ones of their clients, also with another assignee. Others can be read, and activities added to them.
 */
export function changeableLeads(principal: TenantPrincipal): SQL {
  if (principal.kind === 'key' || seesAll(principal)) return sql`true`
  const { dealerId, id } = principal
  const isConverted = sql`not (${isUnconverted('leads', dealerId)})`
  const ofTheirClients = and(isConverted, isOfTheirClient(id))
  return or(heldLeads(principal), ofTheirClients) ?? sql`false`
}

/** Leads that a member has, or that wait in their queues, as far as these are open to them. */
export function heldLeads(member: UserPrincipal): SQL {
  return and(theirsToChange(member), openToThem(member)) ?? sql`false`
}

/**
 * Of the leads that a member sees, those that lists of leads have: not those that they were only told of,
 * or see as those of a client. The mail, the calendar and the client lead there; a list is of work.
 */
export function listedLeads(principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal) || principal.kind === 'key') return visibleLeads(principal)
  return or(
    theirsToChange(principal),
    participatesIn(principal.id, OWN_REASONS),
    offeredLeads(principal)
  )
}

/** Whether a user has a lead, or a part of their own in it: it stays theirs to read. */
function hasOwnPart({ id }: UserPrincipal): SQL | undefined {
  return or(eq(leads.assigneeId, id), participatesIn(id, OWN_REASONS), hasWork(id, isOfLead))
}

function theirsToChange({ dealerId, id, queueIds }: UserPrincipal): SQL | undefined {
  const inTheirs = inArray(leads.queueId, [...queueIds])
  return or(eq(leads.assigneeId, id), and(inTheirs, isWaiting(dealerId)))
}

/**
 * Whether a lead waits in its queue: it has no assignee and no client, and is not closed. Others wait
 * in none, and a queue gives no sight of them.
 */
export function isWaiting(dealerId: string): SQL {
  return sql`(${leads.assigneeId} is null and ${isOpenToQueues(dealerId)})`
}

/** The same for any assignee. The statuses are looked up once for a statement. */
export function isOpenToQueues(dealerId: string): SQL {
  return sql`(${leads.clientId} is null
    and ${leads.statusId} <> all(array(select s.id from ${statuses} s
      where s.dealer_id = ${dealerId} and s."group" not in ${[...AWAITED_GROUPS]})))`
}

/** Leads that a user has, or worked on before: those whose clients and sales they see. */
export function workedLeads({ id }: UserPrincipal): SQL | undefined {
  return or(eq(leads.assigneeId, id), participatesIn(id, WORKED_ON))
}

/** Leads that a user has to do with, for any of these reasons; default: for any. */
function participatesIn(userId: string, reasons?: readonly Participation[]): SQL {
  const lead = { dealerId: sql`${leads.dealerId}`, id: sql`${leads.id}` }
  return isParticipant(lead, userId, reasons)
}

/**
 * One look into the primary key for each lead. Of an `exists` PostgreSQL may make a table of all
 * leads that the user has to do with, which are many.
 */
function isParticipant(
  lead: Record<'dealerId' | 'id', SQL>,
  userId: string,
  reasons?: readonly Participation[]
): SQL {
  const isFor = reasons ? sql`and p.reasons && ${sql.param([...reasons])}::text[]` : sql``
  return sql`(select true from ${leadParticipants} p where p.dealer_id = ${lead.dealerId}
    and p.lead_id = ${lead.id} and p.user_id = ${userId} ${isFor} limit 1) is true`
}

/** Activities `a` about a lead, and about a client. */
const isOfLead = sql`a.dealer_id = ${leads.dealerId} and a.lead_id = ${leads.id}`
const isOfClient = sql`a.dealer_id = ${clients.dealerId} and a.client_id = ${clients.id}`

/**
 * Whether a user has work there: an activity that is planned, or that was arranged for them. What they
 * did of themselves keeps for no user what went to others.
 */
function hasWork(userId: string, isOfIt: SQL): SQL {
  return sql`(select true from ${activities} a where ${isOfIt} and a.user_id = ${userId}
    and (a.state = 'planned' or a.created_by is distinct from a.user_id) limit 1) is true`
}

function isOfTheirClient(userId: string): SQL {
  return sql`(select c.responsible_user_id = ${userId} from ${clients} c
    where c.dealer_id = ${leads.dealerId} and c.id = ${leads.clientId}) is true`
}

/**
 * Whether leads of this status are open to a member, for work and in lists: converted ones by the grant,
 * or where they see the client, for which the lead must not be the reason.
 */
export function openToThem(principal: TenantPrincipal): SQL | undefined {
  if (principal.kind === 'key' || seesAll(principal) || seesConverted(principal)) return undefined
  const { dealerId, id } = principal
  const participated = isParticipant({ dealerId: sql`l.dealer_id`, id: sql`l.id` }, id, WORKED_ON)
  const isWorked = sql`(l.assignee_id = ${id} or ${participated})`
  const withAnother = sql`(select true from ${leads} l where l.dealer_id = ${leads.dealerId}
    and l.client_id = ${leads.clientId} and ${isWorked} and ${isUnconverted('l', dealerId)}
    limit 1) is true`
  return or(isUnconverted('leads', dealerId), isOfTheirClient(id), withAnother)
}

/** Whether converted leads are open to a member by a grant. */
export function seesConverted({ grants }: UserPrincipal): boolean {
  return grants.includes('conversions.view')
}

/** The statuses are looked up once for a statement. */
function isUnconverted(alias: 'leads' | 'l', dealerId: string): SQL {
  return sql`${sql.raw(alias)}.status_id <> all(array(select s.id from ${statuses} s
    where s.dealer_id = ${dealerId} and s."group" in ${[...PROTECTED_GROUPS]}))`
}

/**
 * Leads under an open offer to a user or their team. The ids are looked up once for a statement: they
 * are few, as offers end after a while.
 */
export function offeredLeads({ dealerId, id, team }: UserPrincipal): SQL {
  const toTeam = team === null ? sql`false` : sql`h.to_team = ${team}`
  return sql`${leads.id} = any(array(
    select h.lead_id from ${handovers} h
    where h.dealer_id = ${dealerId} and h.state = 'offered' and (h.to_user_id = ${id} or ${toTeam})))`
}

/**
 * A member sees clients they are responsible for, those that they have work for, and those of leads they
 * have, worked on or have work on. A merged client is not visible; its survivor is.
 */
export function visibleClients(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  const isThere = isNull(clients.mergedIntoId)
  if (seesAll(principal)) return isThere
  if (principal.kind === 'key') return sql`false`
  const ofTheirLeads = existsIn(
    tx,
    leads,
    eq(leads.dealerId, clients.dealerId),
    eq(leads.clientId, clients.id),
    or(workedLeads(principal), hasWork(principal.id, isOfLead))
  )
  const { id } = principal
  return and(isThere, or(eq(clients.responsibleUserId, id), hasWork(id, isOfClient), ofTheirLeads))
}
