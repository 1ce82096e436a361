import { and, asc, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, users } from '../../database/schema.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { NO_TEAM_COUNTS } from '../../domain/reports/team.ts'
import type { TeamCounts, TeamMeasure, TeamMember, TeamNumber } from '../../domain/reports/team.ts'
import { listLeadsWhere } from '../leads/lead-pages.ts'
import { afterCursor, pageOrder } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { areMany } from './measures.ts'
import { reachOf, withTables } from './reach.ts'
import type { Reach } from './reach.ts'
import { periodLeads, receivedLeads } from './report-filter.ts'
import {
  CREDITS,
  DEEDS,
  SHOWN_LEADS,
  SOLD_LEADS,
  deedsOf,
  hasDone,
  teamPairs,
  teamTables
} from './team-pairs.ts'
import { eqIfGiven } from '../filters.ts'

/**
 * What each active user did, and each former user with activities. Limited to the filter's team, if
 * it names one.
 */
export async function measureTeam(tx: Transaction, filter: ReportFilter): Promise<TeamMember[]> {
  const members = await findMembers(tx, filter)
  const numbers = await countPairs(tx, filter)
  return members
    .map(({ active, id, name, team }) => {
      const { activities = 0, creditPercent = 0, ...counts } = numbers.get(id) ?? {}
      const member = {
        user: { id, name },
        team,
        activities,
        creditedSales: creditPercent / 100,
        counts: { ...NO_TEAM_COUNTS, ...counts }
      }
      return { member, isShown: active || numbers.has(id) }
    })
    .filter(({ isShown }) => isShown)
    .map(({ member }) => member)
}

async function findMembers(tx: Transaction, filter: ReportFilter) {
  return await tx.orm
    .select({ id: users.id, name: users.name, team: users.team, active: users.active })
    .from(users)
    .where(ofFilter(tx, filter))
    .orderBy(asc(users.name), asc(users.id))
}

function ofFilter(tx: Transaction, { team, user }: ReportFilter): SQL | undefined {
  return and(
    eq(users.dealerId, tx.dealerId),
    eqIfGiven(users.team, team),
    user ? eq(users.id, user.id) : undefined
  )
}

type Numbers = Partial<TeamCounts> & { activities?: number; creditPercent?: number }

async function countPairs(tx: Transaction, filter: ReportFilter): Promise<Map<string, Numbers>> {
  const reach = await reachOfTeam(tx, filter)
  const tables = teamTables(tx, filter, { reach, deeds: DEEDS, isMaterialized: true })
  const counted = PAIRED.map(
    (measure) => sql`select ${measure}::text as measure, user_id, count(*)::int as number
      from (${teamPairs(tx, measure)}) pairs group by user_id`
  )
  const work = sql`(select user_id, count(*)::int as worked, sum(activities)::int as activities
    from work group by user_id) work`
  const credits = sql`select 'creditPercent', user_id, percent from (${CREDITS}) credits`
  const { rows } = await tx.orm.execute<{
    measure: keyof Numbers
    user_id: string
    number: number
  }>(sql`${withTables(reach.spans, ...tables)}
    ${sql.join([...counted, DEED_COUNTS, credits], sql` union all `)}
    union all
    select kind, user_id, case kind when 'worked' then worked else activities end
    from ${work} cross join unnest(array['worked', 'activities']) kind`)
  const found = new Map<string, Numbers>()
  for (const { measure, user_id: id, number } of rows) {
    found.set(id, { ...found.get(id), [measure]: number })
  }
  return found
}

/** Numbers of sales, whose leads are few. */
const PAIRED = ['sales', 'directSales', 'storeSales'] as const

/** What users did is counted at once: each look at a million pairs takes its time. */
const DEED_COUNTS = countDeeds()

function countDeeds(): SQL {
  const counts: [TeamMeasure, SQL][] = [
    ...DEEDS.map((deed): [TeamMeasure, SQL] => [deed, hasDone(deed)]),
    ['qualifiedShown', sql`${hasDone('qualified')} and lead_id in (${SHOWN_LEADS})`],
    ['qualifiedSold', sql`${hasDone('qualified')} and lead_id in (${SOLD_LEADS})`]
  ]
  const numbers = counts.map(([, condition]) => sql`count(*) filter (where ${condition})::int`)
  const names = counts.map(([measure]) => sql.raw(`'${measure}'`))
  return sql`select n.measure, counted.user_id, n.number
    from (select user_id, array[${sql.join(numbers, sql`, `)}] as numbers from did group by user_id) counted
    cross join unnest(array[${sql.join(names, sql`, `)}], counted.numbers) n (measure, number)`
}

async function reachOfTeam(tx: Transaction, filter: ReportFilter): Promise<Reach> {
  const isMany = await areMany(tx, periodLeads(tx, filter))
  return reachOf(tx, { of: receivedLeads(tx, filter), isMany })
}

/**
 * One page of the leads behind a number: of the filter's user, or of all of its team. The page's ids
 * are found first, so that only its leads are read in full.
 */
export async function listTeamLeads(
  tx: Transaction,
  { filter, measure }: { filter: ReportFilter; measure: TeamNumber },
  page: PageRequest
): Promise<Page<Lead>> {
  const members = tx.orm.select({ id: users.id }).from(users).where(ofFilter(tx, filter))
  const reach = await reachOfTeam(tx, filter)
  const tables = teamTables(tx, filter, { reach, deeds: deedsOf(measure), isMaterialized: false })
  const named = sql`(
    ${withTables(reach.spans, ...tables)}
    select distinct lead_id from (${teamPairs(tx, measure)}) pairs
    where user_id = any(array(${members}))) named`
  const ids = tx.orm
    .select({ id: leads.id })
    .from(named)
    .innerJoin(leads, and(eq(leads.dealerId, tx.dealerId), sql`${leads.id} = named.lead_id`))
    .where(afterCursor(leads.receivedAt, leads.id, page))
    .orderBy(...pageOrder(leads.receivedAt, leads.id, page))
    .limit(page.limit + 1)
  return await listLeadsWhere(tx, sql`${leads.id} = any(array(${ids}))`, page)
}
