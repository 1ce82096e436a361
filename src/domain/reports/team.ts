import type { Team } from '../access/permissions.ts'
import type { Reference } from '../leads/lead.ts'

/** The measures of the report on the team. Each number counts the leads of a list. */
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
  'reservations',
  'sales',
  'directSales',
  'storeSales'
] as const
export type TeamMeasure = (typeof TEAM_MEASURES)[number]

/** The numbers whose leads can be listed. */
export const TEAM_NUMBERS = [...TEAM_MEASURES, 'creditedSales'] as const
export type TeamNumber = (typeof TEAM_NUMBERS)[number]

/** The description of each measure in the API. */
export const TEAM_MEANINGS: Record<TeamMeasure, string> = {
  handled:
    'Leads that the user worked on until now: an activity that the user did, a status that the user ' +
    'set, a link, a conversion or a qualification. An assignment or an unlink alone is not counted.',
  worked: 'Leads, received at any time, with an activity that the user did in the period.',
  assessed:
    'Leads that the user qualified with any result, or moved to a status of group `qualified`, at ' +
    'any time.',
  qualified:
    'Leads that the user qualified with the result `qualified`, or moved to a status of group ' +
    '`qualified`, at any time. A move that was undone is not counted.',
  qualifiedShown: 'The leads of `qualified` whose person came to an appointment.',
  qualifiedSold: 'The leads of `qualified` with a sale.',
  handedOver: 'Leads that the user offered and another user accepted.',
  declined: 'Leads that the user offered and another user declined.',
  appointmentsMade:
    'Leads with an appointment, test drive, meeting or visit that the user scheduled and ' +
    'that is not cancelled.',
  appointmentsShown: 'The leads of `appointmentsMade` with such an appointment that is done.',
  reservations: 'Leads with a finished activity `reservation` of the user.',
  sales: 'Leads with a sale that is credited to the user and is neither undone nor cancelled.',
  directSales: 'The leads of `sales` that were first assigned to the user.',
  storeSales:
    'Leads that a user of team `store_sales` sold after the person came to an appointment ' +
    'that this user scheduled as a member of team `call_center` or `online_sales`. Of ' +
    'several appointments, the first that took place counts.'
}

/** The name of each measure in tables and charts. */
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
  reservations: 'Reservations',
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
  reservations: 0,
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
  /** Sales of the counted leads, each by the user's percentage of its credit. */
  creditedSales: number
}

/** A share in percent with one decimal, or null: of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 10
}

/** A quotient with two decimals, or null: by nothing. */
export function perOne(count: number, by: number): number | null {
  return by === 0 ? null : Math.round((count / by) * 100) / 100
}
