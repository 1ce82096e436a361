import { leads } from '../../database/schema.ts'
import { LEAD_SORTS } from '../../domain/leads/lead-sort.ts'
import type { LeadSort } from '../../domain/leads/lead-sort.ts'
import { asksChanges, changeKey } from '../changes.ts'
import type { PageRequest } from '../paging.ts'
import type { SortKey } from '../sorting.ts'

const time = { kind: 'time', nullable: false } as const
const optionalTime = { kind: 'time', nullable: true } as const

/** Each has an index of its own. */
const ORDERS: Record<LeadSort, SortKey> = {
  createdAt: { column: leads.receivedAt, ...time },
  updatedAt: { column: leads.updatedAt, ...time },
  statusSince: { column: leads.statusChangedAt, ...time },
  score: { column: leads.score, kind: 'number', nullable: true },
  nextAction: { column: leads.nextActionAt, ...optionalTime },
  lastTouchAt: { column: leads.lastTouchAt, ...optionalTime }
}

/** What a page of leads is ordered by: without a named order, by creation. */
export function leadOrder(page: PageRequest): SortKey {
  if (asksChanges(page)) return changeKey(leads.changedIn)
  return ORDERS[LEAD_SORTS.find((sort) => sort === page.sort) ?? 'createdAt']
}
