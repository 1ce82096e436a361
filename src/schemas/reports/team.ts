import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../domain/access/permissions.ts'
import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import {
  TEAM_LABELS,
  TEAM_MEANINGS,
  TEAM_MEASURES,
  percentOf,
  perOne
} from '../../domain/reports/team.ts'
import type { TeamMeasure, TeamMember } from '../../domain/reports/team.ts'
import { ReferenceSchema, closed, nullable, oneOf, ref } from '../shared.ts'
import { LeadsAddress, leadsAddress } from './leads-address.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'
import { EXAMPLE_USER } from '../example-ids.ts'

/** Where `listTeamLeads` is. */
export const TEAM_LEADS_PATH = '/v1/reports/team/leads'

const countMembers = Object.fromEntries(
  TEAM_MEASURES.map((measure) => [
    measure,
    Type.Integer({ minimum: 0, description: TEAM_MEANINGS[measure] })
  ])
) as Record<TeamMeasure, ReturnType<typeof Type.Integer>>

const CREDITED_SALES =
  'Sales that are neither undone nor cancelled, each by the user’s percentage of its credit: of a ' +
  'sale that is shared equally with the user of the referral link, 0.5 counts.'

const EXAMPLE_ROW = {
  user: EXAMPLE_USER,
  team: 'call_center' as const,
  ...Object.fromEntries(TEAM_MEASURES.map((measure, index) => [measure, 60 - 3 * index])),
  activities: 210,
  creditedSales: 20.5,
  activitiesPerDay: 10,
  activitiesPerLead: 3.68,
  shownPercent: 48.5,
  soldPercent: 21.2,
  leads: `${TEAM_LEADS_PATH}?from=2026-11-01&to=2026-11-30&user=${EXAMPLE_USER.id}`
}

export const TeamReportSchema = Type.Object(
  {
    ...reportHead,
    workingDays: Type.Integer({
      minimum: 0,
      description:
        'The number of working days in the period until now, by the dealer’s working hours.'
    }),
    rows: Type.Array(
      Type.Object(
        {
          user: ref(ReferenceSchema),
          team: nullable(oneOf(TEAMS)),
          ...countMembers,
          activities: Type.Integer({
            minimum: 0,
            description: 'Activities about the leads of `worked` that the user did in the period.'
          }),
          creditedSales: Type.Number({ minimum: 0, description: CREDITED_SALES }),
          activitiesPerDay: nullable(
            Type.Number({ description: '`activities` divided by `workingDays`.' })
          ),
          activitiesPerLead: nullable(
            Type.Number({ description: '`activities` divided by `worked`.' })
          ),
          shownPercent: nullable(
            Type.Number({ description: '`qualifiedShown` in percent of `qualified`.' })
          ),
          soldPercent: nullable(
            Type.Number({ description: '`qualifiedSold` in percent of `qualified`.' })
          ),
          leads: LeadsAddress
        },
        { ...closed }
      ),
      {
        description:
          'A row for each user who is active or has a number in the period, ordered by name.'
      }
    )
  },
  {
    $id: 'TeamReport',
    ...closed,
    examples: [{ ...EXAMPLE_HEAD, workingDays: 21, rows: [EXAMPLE_ROW] }]
  }
)

export const teamReportSchemas = [TeamReportSchema]

/** The report on the team in all media types. */
export function presentTeamReport(
  filter: ReportFilter,
  { members, workingDays }: { members: readonly TeamMember[]; workingDays: number }
): { report: Static<typeof TeamReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Team', filter)
  const rows = members.map((member) => presentMember(filter, member, workingDays))
  return {
    report: { ...presentReportHead(filter), workingDays, rows },
    table: {
      name: 'team',
      title,
      columns: COLUMNS,
      rows: rows.map(({ user, team, leads: _, ...numbers }) => [
        user.id,
        user.name,
        team,
        ...NUMBER_KEYS.map((key) => numbers[key])
      ])
    },
    chart: {
      kind: 'bars',
      title,
      category: 'name',
      series: ['handled', 'qualified', 'appointmentsShown', 'sales'],
      splitBy: null,
      isStacked: false,
      currency: null
    }
  }
}

function presentMember(
  filter: ReportFilter,
  { user, team, counts, activities, creditedSales }: TeamMember,
  workingDays: number
) {
  return {
    user,
    team,
    ...counts,
    activities,
    creditedSales,
    activitiesPerDay: perOne(activities, workingDays),
    activitiesPerLead: perOne(activities, counts.worked),
    shownPercent: percentOf(counts.qualifiedShown, counts.qualified),
    soldPercent: percentOf(counts.qualifiedSold, counts.qualified),
    leads: leadsAddress({ ...filter, team: null, user }, {}, TEAM_LEADS_PATH)
  }
}

const RATES = [
  { key: 'activities', label: 'Activities', unit: 'count' },
  { key: 'creditedSales', label: 'Sales by credit', unit: 'count' },
  { key: 'activitiesPerDay', label: 'Activities a day', unit: 'count' },
  { key: 'activitiesPerLead', label: 'Activities a lead', unit: 'count' },
  { key: 'shownPercent', label: 'Qualified: came', unit: 'percent' },
  { key: 'soldPercent', label: 'Qualified: bought', unit: 'percent' }
] as const

const NUMBER_KEYS = [...TEAM_MEASURES, ...RATES.map(({ key }) => key)]

const COLUMNS: ReportTable['columns'] = [
  { key: 'user', label: 'User', unit: 'text' },
  { key: 'name', label: 'Name', unit: 'text' },
  { key: 'team', label: 'Team', unit: 'text' },
  ...TEAM_MEASURES.map((key) => ({ key, label: TEAM_LABELS[key], unit: 'leads' as const })),
  ...RATES
]
