import type { Transaction } from '../../database/client.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { CaptureCandidate, CaptureFacts } from '../../domain/capture/capture-facts.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/leads/matching.ts'
import type { StatusGroup } from '../../domain/leads/status.ts'
import type { RoutingQueue, TeamUser, TurnQuestion } from '../../domain/routing/route.ts'
import type { Moves } from '../../domain/capture/simulation.ts'
import { FIRST_TURN } from '../../domain/routing/turns.ts'
import type { TurnState } from '../../domain/routing/turns.ts'
import { ASSIGNABLE_USER } from './basis.ts'

/** What simulations read. Nothing here is locked or written. */

export interface Workplace {
  settings: DealerSettings
  timeZone: string
  workingHours: WorkingHours | null
  users: TeamUser[]
  queues: RoutingQueue[]
  scoring: CaptureFacts['scoring']
}

/** All users and queues of a dealer, and what holds for its leads. */
export async function findWorkplace(tx: Transaction): Promise<Workplace> {
  const [row] = await tx.query<Workplace>(
    'simulation-workplace',
    `select d.settings, d.time_zone as "timeZone", d.working_hours as "workingHours",
       (select coalesce(jsonb_agg(${ASSIGNABLE_USER} || jsonb_build_object('team', u.team)), '[]')
         from users u where u.dealer_id = $1) as users,
       (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name,
           'isDefault', q.is_default, 'workingHours', q.working_hours)), '[]')
         from queues q where q.dealer_id = $1) as queues,
       (select jsonb_build_object('id', id, 'rules', content) from rule_sets
         where dealer_id = $1 and kind = 'scoring' and state = 'published') as scoring
     from dealers d where d.id = $1`,
    [tx.dealerId]
  )
  if (!row) throw new Error('the dealer of a caller is gone')
  return row
}

export interface Period {
  from: Date
  to: Date
}

/** How many leads were received in a period; counted up to the limit and one more. */
export async function countReceivedLeads(
  tx: Transaction,
  { from, to }: Period,
  limit: number
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'simulation-count',
    `select count(*)::int as count from (select from leads
       where dealer_id = $1 and received_at >= $2 and received_at < $3 limit $4) as few`,
    [tx.dealerId, from, to, limit + 1]
  )
  return row?.count ?? 0
}

/** How many leads each user was given on the day the period begins in, before it, and has open. */
export async function countLeadsBefore(
  tx: Transaction,
  { dayStart, from }: { dayStart: Date; from: Date }
): Promise<{ today: Record<string, number>; open: Record<string, number> }> {
  const rows = await tx.query<{ id: string; today: number; open: number }>(
    'simulation-before',
    `select u.id,
       (select count(*)::int from (select from leads l where l.dealer_id = $1
          and l.assignee_id = u.id and l.received_at < $3 and l.assigned_at >= $2
          and l.assigned_at < $3 limit 10001) as few) as today,
       (select count(*)::int from (select from leads l where l.dealer_id = $1
          and l.assignee_id = u.id and l.received_at < $3
          and l.status_id = any (array(select s.id from statuses s where s.dealer_id = $1
            and s."group" in ('new', 'working', 'nurturing', 'qualified'))) limit 1000) as few) as open
     from users u where u.dealer_id = $1`,
    [tx.dealerId, dayStart, from]
  )
  return {
    today: Object.fromEntries(rows.map(({ id, today }) => [id, today])),
    open: Object.fromEntries(rows.map(({ id, open }) => [id, open]))
  }
}

/** A lead of the period, and what was decided when it came. */
export interface ReceivedRow {
  id: string
  content: LeadContent
  receivedAt: Date
  source: CaptureFacts['source']
  referral: {
    id: string
    code: string
    active: boolean
    userId: string | null
    promoter: NonNullable<CaptureFacts['referral']>['promoter']
  } | null
  /** Why it went where it went, and to whom. */
  routed: { reason: string; assigneeId: string | null } | null
  actual: { assigneeId: string | null; queueId: string | null } | null
  moves: Moves
}

/** The types are spelled out so that the index of moves serves. */
const MOVES = `(select coalesce(jsonb_agg(jsonb_build_object('group', e.data->>'toGroup',
    'at', (extract(epoch from e.created_at) * 1000)::bigint) order by e.id), '[]')
  from events e where e.dealer_id = $1 and e.lead_id = l.id and e.type in ('lead.status_changed',
    'lead.linked', 'lead.converted', 'lead.unlinked', 'operation.undone')
    and e.data ? 'toGroup') as moves`

type RawMoves = { group: StatusGroup; at: number }[]

/** The next leads of a period, in the order in which they came. */
export async function findReceivedLeads(
  tx: Transaction,
  { from, to }: Period,
  { after, limit }: { after: { at: Date; id: string } | null; limit: number }
): Promise<ReceivedRow[]> {
  const rows = await tx.query<Omit<ReceivedRow, 'moves'> & { moves: RawMoves }>(
    'simulation-leads',
    `select l.id, l.content, l.received_at as "receivedAt",
       jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name, 'kind', s.kind) as source,
       case when r.id is not null then jsonb_build_object('id', r.id, 'code', r.code,
         'active', r.active, 'userId', coalesce(r.user_id, p.user_id),
         'promoter', case when p.id is not null then jsonb_build_object('id', p.id,
           'name', p.name, 'email', p.email, 'locale', p.locale, 'active', p.state = 'active') end)
       end as referral,
       (select jsonb_build_object('reason', d.reason, 'assigneeId', d.considered->'assigneeId')
         from decisions d where d.dealer_id = $1 and d.lead_id = l.id and d.step = 'routed'
         order by d.id limit 1) as routed,
       (select jsonb_build_object('assigneeId', e.data->'assigneeId', 'queueId', e.data->'queueId')
         from events e where e.dealer_id = $1 and e.lead_id = l.id and e.type = 'lead.created'
         order by e.id limit 1) as actual,
       ${MOVES}
     from leads l
     join sources s on s.dealer_id = $1 and s.id = l.source_id
     left join referral_links r on r.dealer_id = $1 and r.id = l.referral_link_id
     left join promoters p on p.dealer_id = $1 and p.id = r.promoter_id
     where l.dealer_id = $1 and l.received_at >= $2 and l.received_at < $3
       and (l.received_at, l.id) > ($4, $5)
     order by l.received_at, l.id limit $6`,
    [
      tx.dealerId,
      from,
      to,
      after?.at ?? new Date(from.getTime() - 1),
      after?.id ?? '00000000-0000-0000-0000-000000000000',
      limit
    ]
  )
  return rows.map((row) => ({ ...row, moves: row.moves.map(toMove) }))
}

/** A client, or a lead from before the period, that shares a key with one of those asked for. */
export interface KnownRow {
  key: string
  candidate: Omit<CaptureCandidate, 'owner'>
  ownerId: string | null
  since: Date
  moves: Moves
}

/** Everybody known by these keys, as a capture looks them up; keys that too many share are left out. */
export async function findKnownPeople(
  tx: Transaction,
  keys: readonly string[],
  from: Date
): Promise<KnownRow[]> {
  const rows = await tx.query<Omit<KnownRow, 'moves'> & { moves: RawMoves }>(
    'simulation-people',
    `with hits as materialized (
       select k.key, t.type, h.ids from unnest($2::text[]) as k(key)
       cross join (values ('client'), ('lead')) as t(type)
       cross join lateral (select array_agg(m.record_id) as ids from (select record_id
         from match_keys where dealer_id = $1 and key = k.key and record_type = t.type
         limit ${MAX_RECORDS_PER_KEY + 1}) m) h
       where cardinality(h.ids) <= ${MAX_RECORDS_PER_KEY}
     )
     select h.key, l.assignee_id as "ownerId", l.received_at as since, ${MOVES},
       jsonb_build_object('type', 'lead', 'id', l.id, 'name', l.display_name,
         'contact', l.content->'contact', 'lead', jsonb_build_object('statusGroup', 'new',
           'sourceId', l.source_id, 'vehicleKey', l.vehicle_key, 'receivedAt', l.received_at,
           'duplicateOf', l.duplicate_of_id, 'quarantined', l.quarantine_reason is not null,
           'isTest', l.is_test)) as candidate
     from hits h cross join lateral unnest(h.ids) as r(id)
     join leads l on l.dealer_id = $1 and l.id = r.id and l.received_at < $3
     where h.type = 'lead'
     union all
     select h.key, c.responsible_user_id, c.created_at, '[]',
       jsonb_build_object('type', 'client', 'id', c.id, 'name', c.display_name,
         'contact', c.content->'contact', 'lead', null)
     from hits h cross join lateral unnest(h.ids) as r(id)
     join clients c on c.dealer_id = $1 and c.id = r.id
     where h.type = 'client'`,
    [tx.dealerId, keys, from]
  )
  return rows.map(({ candidate, moves, ...row }) => ({
    ...row,
    moves: moves.map(toMove),
    candidate: {
      ...candidate,
      lead: candidate.lead && {
        ...candidate.lead,
        receivedAt: new Date(candidate.lead.receivedAt)
      }
    }
  }))
}

/** Whose turn it is under an entry at this moment, without holding it. */
export async function readTurn(
  tx: Transaction,
  { entryId, userIds, limitedIds, countsOpen }: TurnQuestion,
  dayStart: Date
): Promise<TurnState> {
  const [turn] = await tx.query<Pick<TurnState, 'lastUserId' | 'credits'>>(
    'simulation-turn',
    `select last_user_id as "lastUserId", credits from assignment_turns
     where dealer_id = $1 and entry_id = $2`,
    [tx.dealerId, entryId]
  )
  const [counts] = await tx.query<Pick<TurnState, 'today' | 'open'>>(
    'simulation-counts',
    `select (select coalesce(jsonb_object_agg(u.id, (select count(*) from leads l
         where l.dealer_id = $1 and l.assignee_id = u.id and l.assigned_at >= $3)), '{}')
       from unnest($2::uuid[]) as u(id)) as today,
       (select coalesce(jsonb_object_agg(u.id, (select count(*) from (select from leads l
         where l.dealer_id = $1 and l.assignee_id = u.id
           and l.status_id = any (array(select s.id from statuses s where s.dealer_id = $1
             and s."group" in ('new', 'working', 'nurturing', 'qualified'))) limit 1000) as few)), '{}')
       from unnest($4::uuid[]) as u(id)) as open`,
    [tx.dealerId, limitedIds, dayStart, countsOpen ? userIds : []]
  )
  return { ...FIRST_TURN, ...turn, ...counts }
}

function toMove({ group, at }: RawMoves[number]): Moves[number] {
  return { group, at: new Date(at) }
}
