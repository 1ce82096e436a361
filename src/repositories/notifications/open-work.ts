import type { Transaction } from '../../database/client.ts'
import { countPlannedActivities } from '../activities/follow-ups.ts'
import { countResponsibilities } from './open-deals.ts'
import { countOpenLeads } from './open-leads.ts'

/** How many open leads, planned activities, clients and open opportunities a user has. */
export interface OpenWork {
  count: number
  activities: number
  clients: number
  opportunities: number
}

/** The open work of a user; null: there is none. */
export async function countOpenWork(tx: Transaction, userId: string): Promise<OpenWork | null> {
  const count = await countOpenLeads(tx, userId)
  const activities = await countPlannedActivities(tx, userId)
  const { clients, opportunities } = await countResponsibilities(tx, userId)
  const isNone = count + activities + clients + opportunities === 0
  return isNone ? null : { count, activities, clients, opportunities }
}
