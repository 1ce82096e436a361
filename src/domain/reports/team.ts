import type { Team } from '../access/permissions.ts'
import type { Reference } from '../leads/lead.ts'

/** What the report of the team counts of each user: leads, each number that of a list of them. */
export const TEAM_MEASURES = [
  'handled',
  'worked',
  'assessed',
  'qualified',
  'qualifiedShown',
  'qualifiedSold',
  'handedOver',
  'declined',
  'appointmentsMade',
  'appointmentsShown',
  'sales',
  'directSales',
  'storeSales'
] as const
export type TeamMeasure = (typeof TEAM_MEASURES)[number]

/** What each measure counts, as the API tells it. */
export const TEAM_MEANINGS: Record<TeamMeasure, string> = {
  handled: 'Leads that the user has, or handed over to a user who accepted.',
  worked:
    'Leads, whenever they were received, about which they did something in the period: an activity ' +
    'of theirs was done.',
  assessed: 'Leads that the user qualified, with any result.',
  qualified: 'Leads they found to be qualified, at any time.',
  qualifiedShown: 'Of those, the ones whose person came to a meeting.',
  qualifiedSold: 'Of those, the ones with a sale.',
  handedOver: 'Leads that the user offered and another user accepted.',
  declined: 'Leads they offered to a colleague who declined.',
  appointmentsMade:
    'Leads about which they arranged an appointment, test drive, meeting or visit that is not ' +
    'cancelled.',
  appointmentsShown: 'Of those, the ones whose person came: it is done.',
  sales: 'Leads with a sale to their credit that was not undone and is not cancelled.',
  directSales: 'Of those, the ones they were the first to have.',
  storeSales:
    'Leads sold by a user of team `store_sales` after the person came to a meeting that they ' +
    'arranged as one of team `call_center` or `online_sales`; of several meetings the first that ' +
    'took place.'
}

/** What each measure is called in tables and charts. */
export const TEAM_LABELS: Record<TeamMeasure, string> = {
  handled: 'Handled',
  worked: 'Worked on',
  assessed: 'Assessed',
  qualified: 'Qualified',
  qualifiedShown: 'Qualified, came',
  qualifiedSold: 'Qualified, bought',
  handedOver: 'Handed over',
  declined: 'Declined by others',
  appointmentsMade: 'Appointments made',
  appointmentsShown: 'Appointments shown',
  sales: 'Sales',
  directSales: 'Direct sales',
  storeSales: 'Store sales of appointments'
}

export type TeamCounts = Record<TeamMeasure, number>

export const NO_TEAM_COUNTS: TeamCounts = {
  handled: 0,
  worked: 0,
  assessed: 0,
  qualified: 0,
  qualifiedShown: 0,
  qualifiedSold: 0,
  handedOver: 0,
  declined: 0,
  appointmentsMade: 0,
  appointmentsShown: 0,
  sales: 0,
  directSales: 0,
  storeSales: 0
}

/** A user's results, in leads and in activities. */
export interface TeamMember {
  user: Reference
  team: Team | null
  counts: TeamCounts
  /** Activities about leads that they did in the period. */
  activities: number
}

/** A share in percent with one decimal, or null: of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 10
}

/** A quotient with two decimals, or null: by nothing. */
export function perOne(count: number, by: number): number | null {
  return by === 0 ? null : Math.round((count / by) * 100) / 100
}
