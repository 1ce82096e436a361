import type { FastifyRequest } from 'fastify'

import type { Database, Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import type { Team } from '../../../domain/access/permissions.ts'
import { MAX_PERIOD_YEARS, readPeriod } from '../../../domain/reports/period.ts'
import type { PeriodFault, ReportPeriod } from '../../../domain/reports/period.ts'
import type { FilteredSource, ReportFilter } from '../../../domain/reports/report.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { queryPointer } from '../../../http/request-parts.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findSource } from '../../../repositories/dealers/sources.ts'

/** The filter and the caller of a report. */
export interface AskedReport {
  filter: ReportFilter
  dealer: Dealer
  principal: TenantPrincipal
  now: Date
}

/** Query parameters of every report, as they were sent. */
interface ReportFilterQuery {
  from?: string
  to?: string
  source?: string[]
  team?: Team
  user?: string
}

/**
 * Reads what a report is asked about and does its `work`, in one transaction that only reads and may
 * take a report's time. Refuses what the dealer has not, and to members others' leads; one that
 * `guardsRows` looks itself after what they see.
 */
export async function askReport<T>(
  { db, now }: { db: Database; now: () => Date },
  request: FastifyRequest,
  work: (tx: Transaction, asked: AskedReport) => Promise<T>,
  { guardsRows = false }: { guardsRows?: boolean } = {}
): Promise<T> {
  const principal = tenantOf(request)
  const at = now()
  return await db.report(principal.dealerId, async (tx) => {
    const dealer = await findDealer(tx)
    if (!dealer) throw problems.notFound('dealer')
    const known = { principal, dealer, at, guardsRows }
    const filter = await readFilter(tx, request.query as ReportFilterQuery, known)
    return await work(tx, { filter, dealer, principal, now: at })
  })
}

async function readFilter(
  tx: Transaction,
  query: ReportFilterQuery,
  {
    principal,
    dealer,
    at,
    guardsRows
  }: { principal: TenantPrincipal; dealer: Dealer; at: Date; guardsRows: boolean }
): Promise<ReportFilter> {
  return {
    period: readDays(query, { timeZone: dealer.timeZone, now: at }),
    sources: await readSources(tx, query.source),
    team: query.team ?? null,
    user: await readUser(tx, principal, query.user, guardsRows),
    principal
  }
}

function readDays(
  { from, to }: ReportFilterQuery,
  clocks: { timeZone: string; now: Date }
): ReportPeriod {
  const period = readPeriod({ from, to }, clocks)
  if ('fault' in period) {
    throw problems.validation([{ pointer: queryPointer(period.of), message: FAULTS[period.fault] }])
  }
  return period
}

const FAULTS: Record<PeriodFault, string> = {
  'no-date': 'is not an existing date',
  'ends-before': 'is before `from`',
  'too-long': `is more than ${MAX_PERIOD_YEARS} years after \`from\``
}

async function readSources(
  tx: Transaction,
  ids: readonly string[] | undefined
): Promise<ReportFilter['sources']> {
  if (ids === undefined) return null
  const sources: FilteredSource[] = []
  for (const one of ids) {
    const source = await findSource(tx, one)
    // No leads of no source would be read as a number, and passed on.
    if (!source)
      throw problems.validation([
        { pointer: queryPointer('source'), message: 'is not a known source' }
      ])
    const { id, key, name } = source
    sources.push({ id, key, name })
  }
  return sources
}

/** A member's report is about their own leads. */
async function readUser(
  tx: Transaction,
  principal: TenantPrincipal,
  asked: string | undefined,
  guardsRows: boolean
): Promise<ReportFilter['user']> {
  const own = seesAll(principal) ? undefined : principal.id
  if (own !== undefined && asked !== undefined && asked !== own) throw problems.forbidden()
  const id = asked ?? (guardsRows ? undefined : own)
  if (id === undefined) return null
  const user = await findUser(tx, id)
  if (!user)
    throw problems.validation([{ pointer: queryPointer('user'), message: 'is not a known user' }])
  return { id: user.id, name: user.name }
}
