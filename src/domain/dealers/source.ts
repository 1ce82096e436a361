export const SOURCE_KINDS = [
  'website',
  'portal',
  'referral',
  'advertisement',
  'event',
  'employee_referral',
  'purchased_list',
  'trade_fair',
  'webinar',
  'walk_in',
  'phone',
  'other'
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** Where leads come from. Senders name it by `key`, which never changes; people see `name`. */
export interface Source {
  id: string
  key: string
  name: string
  kind: SourceKind
  active: boolean
  /** Unknown fields of its leads are kept in `unmapped`, and no reason to refuse them. */
  lenient: boolean
  /** Hours without a lead after which it counts as quiet; null: by its usual traffic. */
  quietAfterHours: number | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** The sources of a new dealer. */
export const DEFAULT_SOURCES = [
  { key: 'website', name: 'Website', kind: 'website' },
  { key: 'portal', name: 'Portal', kind: 'portal' },
  { key: 'referral', name: 'Referral', kind: 'referral' },
  { key: 'advertisement', name: 'Advertisement', kind: 'advertisement' },
  { key: 'customer-event', name: 'Customer event', kind: 'event' },
  { key: 'employee-referral', name: 'Employee referral', kind: 'employee_referral' },
  { key: 'purchased-list', name: 'Purchased list', kind: 'purchased_list' },
  { key: 'trade-fair', name: 'Trade fair', kind: 'trade_fair' },
  { key: 'webinar', name: 'Webinar', kind: 'webinar' },
  { key: 'phone', name: 'Phone', kind: 'phone' },
  { key: 'walk-in', name: 'Walk-in', kind: 'walk_in' },
  { key: 'other', name: 'Other', kind: 'other' }
] as const satisfies readonly Pick<Source, 'key' | 'name' | 'kind'>[]
export type DefaultSourceKey = (typeof DEFAULT_SOURCES)[number]['key']
