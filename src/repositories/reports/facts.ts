import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import {
  activities,
  events,
  leadClocks,
  leads,
  qualifications,
  saleStatuses,
  sales
} from '../../database/schema.ts'
import { MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import { isMove } from '../events/moves.ts'
import { isOfUndo } from './funnel-conditions.ts'

/** The facts of other tables about a lead, for measures. */
const FACTS = ['wrongAddress', 'arranged', 'shown', 'reached', 'qualified', 'sold'] as const
export type Fact = (typeof FACTS)[number]

/**
 * Rows of other tables: a lead of which there is one has the fact. Each table is `f` and has
 * `dealer_id` and `lead_id`.
 */
interface FactRows {
  from: SQL
  where: SQL
}

const isMeeting = sql`f.type in ${[...MEETING_TYPES]}`

const wasMoved = sql.raw(isMove('f'))

const ROWS: Record<Fact, readonly FactRows[]> = {
  wrongAddress: [
    {
      from: sql`${activities} f`,
      where: sql`((f.type = 'call' and f.outcome = 'wrong_number')
        or (f.type = 'email' and f.outcome = 'bounced'))`
    }
  ],
  arranged: [{ from: sql`${activities} f`, where: sql`(${isMeeting} and f.state <> 'cancelled')` }],
  shown: [{ from: sql`${activities} f`, where: sql`(${isMeeting} and f.state = 'done')` }],
  reached: [{ from: sql`${leadClocks} f`, where: sql`f.reached_at is not null` }],
  qualified: [
    { from: sql`${qualifications} f`, where: sql`f.result = 'qualified'` },
    {
      from: sql`${events} f`,
      where: sql`${wasMoved} and f.data->>'toGroup' = 'qualified' and not ${isOfUndo('f')}`
    }
  ],
  sold: [
    {
      from: sql`${sales} f
        join ${saleStatuses} g on g.dealer_id = f.dealer_id and g.id = f.status_id`,
      where: sql`f.undone_at is null and g."group" <> 'cancelled'`
    }
  ]
}

/**
 * Whether a lead has the fact, looked up for each: for lists, and where leads are few. With the fence
 * (`offset 0`) PostgreSQL can't read a whole table for that, as it would for some thousands.
 */
export function lookUpFact(fact: Fact): SQL {
  const found = ROWS[fact].map(
    ({ from, where }) => sql`exists (select 1 from ${from}
      where f.dealer_id = ${leads.dealerId} and f.lead_id = ${leads.id} and ${where} offset 0)`
  )
  return sql`(${sql.join(found, sql` or `)})`
}

/** Whether a lead has the fact, in a query with `factsJoin`: for counts. */
export function joinedFact(fact: Fact): SQL {
  return sql`(coalesce(facts.had, 0) & ${bitOf(fact)} <> 0)`
}

/**
 * A join that tells the facts of all the dealer's leads at once, each table read whole: where the leads
 * are many, that takes less than looking each up. The facts of all tables are put together before they
 * are joined, as bits: leads are matched once, not table by table.
 */
export function factsJoin(tx: Transaction, facts: readonly Fact[]): SQL {
  if (facts.length === 0) return sql``
  const tables = [...new Set(facts.map(tableOf))]
  const told = tables.flatMap((table) =>
    factRows(
      tx,
      facts.filter((fact) => tableOf(fact) === table)
    )
  )
  return sql` left join (select lead_id, bit_or(had) as had
    from (${sql.join(told, sql` union all `)}) told group by lead_id) facts
    on facts.lead_id = ${leads.id}`
}

function bitOf(fact: Fact): SQL {
  return sql.raw(String(1 << FACTS.indexOf(fact)))
}

/** Facts of one table are read together. */
function tableOf(fact: Fact): string {
  return ['wrongAddress', 'arranged', 'shown'].includes(fact) ? 'activities' : fact
}

function factRows(tx: Transaction, facts: readonly Fact[]): SQL[] {
  return (facts[0] ? ROWS[facts[0]] : []).map(({ from }, index) => {
    const conditions = facts.map((fact) => ROWS[fact][index]?.where ?? sql`false`)
    const bits = facts.map(
      (fact, at) => sql`case when ${conditions[at]} then ${bitOf(fact)} else 0 end`
    )
    return sql`select f.lead_id, ${sql.join(bits, sql` | `)} as had from ${from}
      where f.dealer_id = ${tx.dealerId} and (${sql.join(conditions, sql` or `)})`
  })
}
