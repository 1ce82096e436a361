import type { Transaction } from '../../../database/client.ts'
import { countWorkingDays } from '../../../domain/clock/working-calendar.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import { earningsOf } from '../../../domain/reports/incentive.ts'
import type { Earnings } from '../../../domain/reports/incentive.ts'
import type { ReportFilter } from '../../../domain/reports/report.ts'
import type { TeamMember } from '../../../domain/reports/team.ts'
import { findIncentiveRates } from '../../../repositories/reports/incentive-rates.ts'
import { measureTeam } from '../../../repositories/reports/team.ts'

interface Asked {
  filter: ReportFilter
  dealer: Dealer
  now: Date
}

/** The results of each team member, and their working days in the period until now. */
export async function reportTeam(
  tx: Transaction,
  { filter, dealer, now }: Asked
): Promise<{ members: TeamMember[]; workingDays: number }> {
  const { start, end } = filter.period
  const span = { from: start.getTime(), until: Math.min(end.getTime(), now.getTime()) }
  const workingDays = countWorkingDays(dealer.workingHours, dealer.timeZone, span)
  return { members: await measureTeam(tx, filter), workingDays }
}

/** The earnings of each team member by the present rates. */
export async function reportIncentives(
  tx: Transaction,
  { filter }: Asked
): Promise<{ user: TeamMember['user']; earnings: Earnings }[]> {
  const rates = await findIncentiveRates(tx)
  const members = await measureTeam(tx, filter)
  return members.map(({ user, counts, creditedSales }) => ({
    user,
    earnings: earningsOf({ ...counts, creditedSales }, rates)
  }))
}
