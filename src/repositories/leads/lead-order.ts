import { leads } from '../../database/schema.ts'
import { LEAD_SORTS } from '../../domain/leads/lead-sort.ts'
import type { LeadSort } from '../../domain/leads/lead-sort.ts'
import { asksChanges, changeKey } from '../changes.ts'
import type { PageRequest } from '../paging.ts'
import type { SortKey } from '../sorting.ts'

/** The values of a lead by which lists are ordered. */
interface OrderedLead {
  receivedAt: Date
  updatedAt: Date
  statusSince: Date
  score: number | null
  nextActionAt: Date | null
  lastTouchAt: Date | null
}

interface LeadOrder {
  key: SortKey
  valueOf: (lead: OrderedLead) => Date | number | null
}

const time = { kind: 'time', nullable: false } as const
const optionalTime = { kind: 'time', nullable: true } as const

/** Each has an index of its own. */
const ORDERS: Record<LeadSort, LeadOrder> = {
  createdAt: { key: { column: leads.receivedAt, ...time }, valueOf: (lead) => lead.receivedAt },
  updatedAt: { key: { column: leads.updatedAt, ...time }, valueOf: (lead) => lead.updatedAt },
  statusSince: {
    key: { column: leads.statusChangedAt, ...time },
    valueOf: (lead) => lead.statusSince
  },
  score: {
    key: { column: leads.score, kind: 'number', nullable: true },
    valueOf: (lead) => lead.score
  },
  nextAction: {
    key: { column: leads.nextActionAt, ...optionalTime },
    valueOf: (lead) => lead.nextActionAt
  },
  lastTouchAt: {
    key: { column: leads.lastTouchAt, ...optionalTime },
    valueOf: (lead) => lead.lastTouchAt
  }
}

/** What a page of leads is ordered by: without a named order, by creation. */
export function leadOrder(page: PageRequest): LeadOrder {
  const order = ORDERS[LEAD_SORTS.find((sort) => sort === page.sort) ?? 'createdAt']
  return asksChanges(page) ? { ...order, key: changeKey(leads.changedIn) } : order
}
