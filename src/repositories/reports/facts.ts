import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

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
import { isOfUndo, isNotUndone } from './funnel-conditions.ts'
import type { Reach } from './reach.ts'

/** The facts of other tables about a lead, for measures. */
const FACTS = ['wrongAddress', 'arranged', 'shown', 'reached', 'qualified', 'sold'] as const
export type Fact = (typeof FACTS)[number]

/**
 * Rows of other tables: a lead of which there is one has the fact. Each table is `f` and has
 * `dealer_id` and `lead_id`.
 */
interface FactRows {
  table: PgTable
  where: SQL
  /** Moves of undone operations do not count. */
  unlessUndone?: boolean
}

const isMeeting = sql`f.type in ${[...MEETING_TYPES]}`

const wasMoved = sql.raw(isMove('f'))

const ROWS: Record<Fact, readonly FactRows[]> = {
  wrongAddress: [
    {
      table: activities,
      where: sql`((f.type = 'call' and f.outcome = 'wrong_number')
        or (f.type = 'email' and f.outcome = 'bounced'))`
    }
  ],
  arranged: [{ table: activities, where: sql`(${isMeeting} and f.state <> 'cancelled')` }],
  shown: [{ table: activities, where: sql`(${isMeeting} and f.state = 'done')` }],
  reached: [{ table: leadClocks, where: sql`f.reached_at is not null` }],
  qualified: [
    { table: qualifications, where: sql`f.result = 'qualified'` },
    {
      table: events,
      where: sql`${wasMoved} and f.data->>'toGroup' = 'qualified'`,
      unlessUndone: true
    }
  ],
  sold: [
    {
      table: sales,
      where: sql`f.undone_at is null and (select g."group" from ${saleStatuses} g
        where g.dealer_id = f.dealer_id and g.id = f.status_id) <> 'cancelled'`
    }
  ]
}

/**
 * Whether a lead has the fact, looked up for each: for lists. With the fence (`offset 0`) PostgreSQL can't
 * read a whole table for that, as it would for some thousands.
 */
export function lookUpFact(fact: Fact): SQL {
  const found = ROWS[fact].map(({ table, where, unlessUndone }) => {
    const counts = unlessUndone === true ? sql`${where} and not ${isOfUndo('f')}` : where
    return sql`exists (select 1 from ${table} f
      where f.dealer_id = ${leads.dealerId} and f.lead_id = ${leads.id} and ${counts} offset 0)`
  })
  return sql`(${sql.join(found, sql` or `)})`
}

/** Whether a lead has the fact, in a query with `factsJoin`: for counts. */
export function joinedFact(fact: Fact): SQL {
  return sql`(coalesce(facts.had, 0) & ${bitOf(fact)} <> 0)`
}

/**
 * A join that tells the facts of all leads at once: it takes less than looking each up. The facts of all
 * tables are put together before they are joined, as bits: leads are matched once, not table by table.
 */
export function factsJoin(facts: readonly Fact[], reach: Reach): SQL {
  if (facts.length === 0) return sql``
  const tables = [...new Set(facts.map(tableOf))]
  const told = tables.flatMap((table) =>
    factRows(
      facts.filter((fact) => tableOf(fact) === table),
      reach
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

function factRows(facts: readonly Fact[], reach: Reach): SQL[] {
  return (facts[0] ? ROWS[facts[0]] : []).map(({ table, unlessUndone }, index) => {
    const conditions = facts.map((fact) => ROWS[fact][index]?.where ?? sql`false`)
    const bits = facts.map((fact, at) =>
      facts.length === 1
        ? bitOf(fact)
        : sql`case when ${conditions[at]} then ${bitOf(fact)} else 0 end`
    )
    const rows = reach.rowsOf(table, 'f', sql`(${sql.join(conditions, sql` or `)})`)
    const counts = unlessUndone === true ? sql`where ${isNotUndone('f')}` : sql``
    return sql`select f.lead_id, ${sql.join(bits, sql` | `)} as had from ${rows} ${counts}`
  })
}
