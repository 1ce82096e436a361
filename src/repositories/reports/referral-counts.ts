import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Transaction } from '../../database/client.ts'
import { leads, promoters, referralLinks, rewards, sales, users } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import {
  MOST_REFERRAL_ROWS,
  REFERRAL_MEASURES,
  REWARD_STEPS
} from '../../domain/reports/referral-report.ts'
import type { ReferralRow } from '../../domain/reports/referral-report.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { visiblePromoters, visibleReferralLinks } from '../visible-promoters.ts'
import { areMany, countQuery } from './measures.ts'
import { reference } from './reference.ts'
import { countedLeads, periodLeads } from './report-filter.ts'

/** The results of each promoter that the caller sees: of active ones, and of those with leads. */
export async function countByPromoter(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: ReportFilter
): Promise<ReferralRow[]> {
  const { rows } = await tx.orm.execute<ReferralRow & Record<string, unknown>>(sql`
    with ${await counted(tx, filter, leads.promoterId)}
    select ${promoters.id}, ${promoters.name}, null as label, null as promoter,
      ${reference(users)} as "user",
      (select coalesce(sum(v.visits), 0)::float8 from ${referralLinks} v
        where v.dealer_id = ${promoters.dealerId} and v.promoter_id = ${promoters.id}) as visits,
      ${COUNTS} as counts, ${POINTS} as points
    from ${promoters}
    left join ${users} on ${users.dealerId} = ${promoters.dealerId}
      and ${users.id} = ${promoters.userId}
    left join counted on counted.key = ${promoters.id}
    left join rewarded on rewarded.key = ${promoters.id}
    where ${promoters.dealerId} = ${tx.dealerId}
      and ${visiblePromoters(principal) ?? sql`true`}
      and (${promoters.state} = 'active' or counted.key is not null)
    order by ${SIZE} desc, ${promoters.name}, ${promoters.id} limit ${MOST_REFERRAL_ROWS}`)
  return rows
}

/** The same of each referral link, a promoter's or a user's own. */
export async function countByReferralLink(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: ReportFilter
): Promise<ReferralRow[]> {
  const { rows } = await tx.orm.execute<ReferralRow & Record<string, unknown>>(sql`
    with ${await counted(tx, filter, leads.referralLinkId)}
    select ${referralLinks.id}, ${referralLinks.code} as name, ${referralLinks.label},
      ${reference(promoters)} as promoter,
      ${reference(users)} as "user",
      ${referralLinks.visits}::float8 as visits, ${COUNTS} as counts, ${POINTS} as points
    from ${referralLinks}
    left join ${promoters} on ${promoters.dealerId} = ${referralLinks.dealerId}
      and ${promoters.id} = ${referralLinks.promoterId}
    left join ${users} on ${users.dealerId} = ${referralLinks.dealerId}
      and ${users.id} = ${referralLinks.userId}
    left join counted on counted.key = ${referralLinks.id}
    left join rewarded on rewarded.key = ${referralLinks.id}
    where ${referralLinks.dealerId} = ${tx.dealerId}
      and ${visibleReferralLinks(tx, principal) ?? sql`true`}
      and (${referralLinks.active} or counted.key is not null)
    order by ${SIZE} desc, ${referralLinks.code} limit ${MOST_REFERRAL_ROWS}`)
  return rows
}

/** The counted leads by who brought them, and the points for their sales. */
async function counted(tx: Transaction, filter: ReportFilter, key: PgColumn): Promise<SQL> {
  const of = sql`${countedLeads(tx, filter)} and ${key} is not null`
  const keys = { key: sql`${key}` }
  const isMany = await areMany(tx, periodLeads(tx, filter))
  const points = REWARD_STEPS.map(
    (state) =>
      sql`${state}::text, coalesce(sum(${rewards.points}) filter (where ${rewards.state} = ${state}), 0)`
  )
  return sql`counted as (
      ${countQuery(tx, { of, keys, measures: REFERRAL_MEASURES, isMany })}),
    rewarded as (
      select ${key} as key, jsonb_build_object(${sql.join(points, sql`, `)}) as points
      from ${rewards}
      join ${sales} on ${sales.dealerId} = ${rewards.dealerId} and ${sales.id} = ${rewards.saleId}
      join ${leads} on ${leads.dealerId} = ${sales.dealerId} and ${leads.id} = ${sales.leadId}
      where ${rewards.dealerId} = ${tx.dealerId} and ${of} group by 1)`
}

const SIZE = sql`coalesce((counted.counts->>'received')::int, 0)`
const COUNTS = sql`coalesce(counted.counts, ${zerosOf(REFERRAL_MEASURES)}::jsonb)`
const POINTS = sql`coalesce(rewarded.points, ${zerosOf(REWARD_STEPS)}::jsonb)`

function zerosOf(names: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, 0])))
}
