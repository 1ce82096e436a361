import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import type { RoutingBasis, RoutingQueue, TeamUser } from '../../domain/routing/route.ts'

/** A user `u` as routing sees one. */
export const ASSIGNABLE_USER = `jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email,
  'active', u.active, 'absences', u.absences, 'workingHours', u.working_hours,
  'capacityPerDay', u.capacity_per_day, 'languages', u.languages)`

/** The same where rules may name the user. */
export const ROUTING_USER = `${ASSIGNABLE_USER} || jsonb_build_object('team', u.team)`

/** A queue `q` as routing sees one. */
export const ROUTING_QUEUE = `jsonb_build_object('id', q.id, 'name', q.name,
  'isDefault', q.is_default, 'workingHours', q.working_hours)`

/** The dealer's published scoring rules, or null. */
export const SCORING = `(select jsonb_build_object('id', id, 'rules', content) from rule_sets
  where dealer_id = :dealerId and kind = 'scoring' and state = 'published')`

/** The dealer's published assignment rules and whom they name, as expressions of a `with`. */
export const PUBLISHED_RULES = `rules as materialized (
  select id, number, content->'entries' as entries from rule_sets
  where dealer_id = :dealerId and kind = 'assignment' and state = 'published'
), targets as materialized (
  select (e->'target'->>'userId')::uuid as user_id, (e->'target'->>'queueId')::uuid as queue_id
  from rules cross join lateral jsonb_array_elements(rules.entries) as e
)`

/** Whom and what those rules may name, and the scoring rules. Without rules no user is looked at. */
export const ROUTING_COLUMNS = `
  (select jsonb_build_object('id', id, 'number', number, 'entries', entries) from rules)
    as "assignmentRules",
  (select coalesce(jsonb_agg(${ROUTING_USER}), '[]')
    from users u where u.dealer_id = :dealerId and exists (select from rules)
      and ((u.team is not null and u.active) or u.id in (select user_id from targets)))
    as "routingUsers",
  (select coalesce(jsonb_agg(${ROUTING_QUEUE}), '[]')
    from queues q where q.dealer_id = :dealerId
      and (q.is_default or q.id in (select queue_id from targets))) as "routingQueues",
  ${SCORING} as scoring`

/** The columns above, with the dealer's own. */
export interface RoutingRow {
  timeZone: string
  workingHours: WorkingHours | null
  assignmentRules: RoutingBasis['rules']
  routingUsers: TeamUser[]
  routingQueues: RoutingQueue[]
}

export function toRoutingBasis(row: RoutingRow): RoutingBasis {
  return {
    rules: row.assignmentRules,
    users: row.routingUsers,
    queues: row.routingQueues,
    timeZone: row.timeZone,
    workingHours: row.workingHours
  }
}

const BASIS = statement(
  'routing-basis',
  {},
  `with ${PUBLISHED_RULES}
select d.time_zone as "timeZone", d.working_hours as "workingHours", d.settings,
  ${ROUTING_COLUMNS}
from dealers d where d.id = :dealerId`
).returning<RoutingRow & { settings: DealerSettings }>()

/** The facts that routing decides from, outside captures, which read them with everything else. */
export async function findRoutingBasis(
  tx: Transaction
): Promise<{ basis: RoutingBasis; settings: DealerSettings }> {
  const [row] = await tx.run(BASIS, {})
  if (!row) throw new Error('a dealer with a lead is gone')
  return { basis: toRoutingBasis(row), settings: row.settings }
}
