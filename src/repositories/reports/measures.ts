import { isNotNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events, leads } from '../../database/schema.ts'
import type { Measure } from '../../domain/reports/measure.ts'
import { isMove } from '../events/moves.ts'
import { factsJoin, joinedFact, lookUpFact } from './facts.ts'
import type { Fact } from './facts.ts'
import { undoneTable } from './funnel-conditions.ts'
import { REACH, reachOf, withTables } from './reach.ts'
import { isInGroup } from './report-filter.ts'

/**
 * What a measure holds of, as a condition on `leads`. Counting and listing use the same one, so that
 * a number is always that of its list; they only learn of facts in different ways.
 */
export function measureCondition(
  tx: Transaction,
  measure: Measure,
  has: (fact: Fact) => SQL = lookUpFact
): SQL {
  switch (measure) {
    case 'received':
      return sql`true`
    case 'duplicate':
      return isNotNull(leads.duplicateOfId)
    case 'quarantined':
      return isNotNull(leads.quarantineReason)
    case 'invalid':
      return sql`(not ${leads.isReachable} or (${has('wrongAddress')} and not ${has('reached')}))`
    case 'reached':
      return has('reached')
    case 'appointment':
      return has('arranged')
    case 'shown':
      return has('shown')
    case 'qualified':
      return has('qualified')
    case 'converted':
      return isNotNull(leads.clientId)
    case 'sold':
      return has('sold')
    case 'lost':
    case 'deleted':
      return isInGroup(tx, [measure])
  }
}

/** Whether a condition holds of so many leads. */
export async function areMany(tx: Transaction, of: SQL | undefined): Promise<boolean> {
  const some = tx.orm
    .select({ one: sql`1`.as('one') })
    .from(leads)
    .where(of)
    .limit(REACH.manyLeads)
    .as('some')
  return (await tx.orm.$count(some)) === REACH.manyLeads
}

/**
 * A query that counts the leads of which `of` holds, by `keys` and each measure: rows of the keys and
 * of `counts`, an object. Of leads it reads what the index by time of receipt has, and nothing else.
 * Without the fence (`offset 0`) each condition would be decided as often as it is used.
 */
export function countQuery(
  tx: Transaction,
  {
    of,
    keys,
    measures,
    isMany
  }: {
    of: SQL | undefined
    keys: Record<string, SQL>
    measures: readonly Measure[]
    isMany: boolean
  }
): SQL {
  const reach = reachOf(tx, { of, isMany })
  const facts = new Set<Fact>()
  const has = (fact: Fact) => {
    facts.add(fact)
    return joinedFact(fact)
  }
  const conditions = measures.map((measure) => {
    const condition = measureCondition(tx, measure, has)
    return sql`${condition} as ${sql.identifier(measure)}`
  })
  const counts = measures.map(
    (measure) => sql`${measure}::text, count(*) filter (where ${sql.identifier(measure)})`
  )
  const named = Object.entries(keys).map(([name, key]) => sql`${key} as ${sql.identifier(name)}`)
  const names = sql.join(
    Object.keys(keys).map((name) => sql.identifier(name)),
    sql`, `
  )
  const tables = facts.size === 0 ? sql`` : withTables(reach.spans, undoneTable(tx))
  return sql`${tables}select ${names}, jsonb_build_object(${sql.join(counts, sql`, `)}) as counts
    from (select ${sql.join([...named, ...conditions], sql`, `)}
      from ${leads}${factsJoin([...facts], reach)} where ${of} offset 0) counted
    group by ${names}`
}

/** Why a lead was last deleted; null without a reason. */
export function deletionReason(): SQL {
  return sql`(select coalesce(f.data->>'reason', f.data->>'code') from ${events} f
    where f.dealer_id = ${leads.dealerId} and f.lead_id = ${leads.id} and ${sql.raw(isMove('f'))}
      and f.data->>'toGroup' = 'deleted' order by f.id desc limit 1)`
}
