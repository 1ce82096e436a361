import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../domain/dealers/dealer.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { CaptureFacts } from '../../domain/capture/capture-facts.ts'
import { BUSY_GROUPS } from '../../domain/leads/status-groups.ts'
import type { RoutingQueue, TeamUser, TurnQuestion } from '../../domain/routing/route.ts'
import { FIRST_TURN } from '../../domain/routing/turns.ts'
import type { TurnState } from '../../domain/routing/turns.ts'
import { ROUTING_QUEUE, ROUTING_USER, SCORING } from './basis.ts'

/** The queries of simulations. They neither lock nor write. */

export interface SimulationFacts {
  settings: DealerSettings
  timeZone: string
  workingHours: WorkingHours | null
  users: TeamUser[]
  queues: RoutingQueue[]
  scoring: CaptureFacts['scoring']
}

const WORKPLACE = statement(
  'simulation-facts',
  {},
  `select d.settings, d.time_zone as "timeZone", d.working_hours as "workingHours",
     (select coalesce(jsonb_agg(${ROUTING_USER}), '[]')
       from users u where u.dealer_id = :dealerId) as users,
     (select coalesce(jsonb_agg(${ROUTING_QUEUE}), '[]')
       from queues q where q.dealer_id = :dealerId) as queues,
     ${SCORING} as scoring
   from dealers d where d.id = :dealerId`
).returning<SimulationFacts>()

/** All users and queues of a dealer, and what holds for its leads. */
export async function findSimulationFacts(tx: Transaction): Promise<SimulationFacts> {
  const [row] = await tx.run(WORKPLACE, {})
  if (!row) throw new Error('the dealer of a caller is gone')
  return { ...row, settings: { ...DEFAULT_DEALER_SETTINGS, ...row.settings } }
}

export interface Period {
  from: Date
  to: Date
}

const COUNT = statement(
  'simulation-count',
  { from: 'timestamptz', to: 'timestamptz', limit: 'integer' },
  `select count(*)::int as count from (select from leads
     where dealer_id = :dealerId and received_at >= :from and received_at < :to limit :limit) as few`
).returning<{ count: number }>()

/** How many leads were received in a period; counted up to the limit and one more. */
export async function countReceivedLeads(
  tx: Transaction,
  period: Period,
  limit: number
): Promise<number> {
  const [row] = await tx.run(COUNT, { ...period, limit: limit + 1 })
  return row?.count ?? 0
}

/** The ids of the statuses whose leads count as work in progress. */
const BUSY_STATUSES = `array(select s.id from statuses s
  where s.dealer_id = :dealerId and s."group" = any (:busyGroups))`

const COUNTS_BEFORE = statement(
  'simulation-before',
  { dayStart: 'timestamptz', from: 'timestamptz', busyGroups: 'text[]' },
  `select u.id,
     (select count(*)::int from (select from leads l where l.dealer_id = :dealerId
        and l.assignee_id = u.id and l.received_at < :from and l.assigned_at >= :dayStart
        and l.assigned_at < :from limit 10001) as few) as today,
     (select count(*)::int from (select from leads l where l.dealer_id = :dealerId
        and l.assignee_id = u.id and l.received_at < :from
        and l.status_id = any (${BUSY_STATUSES}) limit 1000) as few) as open
   from users u where u.dealer_id = :dealerId`
).returning<{ id: string; today: number; open: number }>()

/** How many leads each user was given on the day the period begins in, before it, and has open. */
export async function countLeadsBefore(
  tx: Transaction,
  times: { dayStart: Date; from: Date }
): Promise<{ today: Record<string, number>; open: Record<string, number> }> {
  const rows = await tx.run(COUNTS_BEFORE, { ...times, busyGroups: BUSY_GROUPS })
  return {
    today: Object.fromEntries(rows.map(({ id, today }) => [id, today])),
    open: Object.fromEntries(rows.map(({ id, open }) => [id, open]))
  }
}

const TURN = statement(
  'simulation-turn',
  { entryId: 'uuid' },
  `select last_user_id as "lastUserId", credits from assignment_turns
   where dealer_id = :dealerId and entry_id = :entryId`
).returning<Pick<TurnState, 'lastUserId' | 'credits'>>()

const COUNTS = statement(
  'simulation-counts',
  { limitedIds: 'uuid[]', countedIds: 'uuid[]', dayStart: 'timestamptz', busyGroups: 'text[]' },
  `select (select coalesce(jsonb_object_agg(u.id, (select count(*) from leads l
       where l.dealer_id = :dealerId and l.assignee_id = u.id and l.assigned_at >= :dayStart)), '{}')
     from unnest(:limitedIds) as u(id)) as today,
     (select coalesce(jsonb_object_agg(u.id, (select count(*) from (select from leads l
       where l.dealer_id = :dealerId and l.assignee_id = u.id
         and l.status_id = any (${BUSY_STATUSES}) limit 1000) as few)), '{}')
     from unnest(:countedIds) as u(id)) as open`
).returning<Pick<TurnState, 'today' | 'open'>>()

/** The current turn of an entry, read without a lock. */
export async function readTurn(
  tx: Transaction,
  { entryId, userIds, limitedIds, countsOpen }: TurnQuestion,
  dayStart: Date
): Promise<TurnState> {
  const [turn] = await tx.run(TURN, { entryId })
  const [counts] = await tx.run(COUNTS, {
    limitedIds,
    countedIds: countsOpen ? userIds : [],
    dayStart,
    busyGroups: BUSY_GROUPS
  })
  return { ...FIRST_TURN, ...turn, ...counts }
}
