import { statement } from './statement.ts'

/** What is asked of the database without a tenant, and the locks that a transaction takes. */

export const BY_SLUG = statement(
  'dealer-by-slug',
  { slug: 'text' },
  'select directory.dealer_by_slug(:slug) as id'
).returning<{ id: string | null }>()

export const BY_REFERRAL_CODE = statement(
  'dealer-by-referral-code',
  { code: 'text' },
  'select directory.dealer_by_referral_code(:code) as id'
).returning<{ id: string | null }>()

export const BY_OPERATOR_KEY = statement(
  'dealer-by-operator-key',
  { key: 'text' },
  'select directory.dealer_by_operator_key(:key) as id'
).returning<{ id: string | null }>()

export const IS_API_ORIGIN = statement(
  'is-api-origin',
  { origin: 'text' },
  'select directory.is_api_origin(:origin) as is'
).returning<{ is: boolean }>()

export const DEALER_IDS = statement('dealer-ids', {}, 'select directory.dealer_ids() as id')

export const DELIVERY_DELAY = statement(
  'delivery-delay',
  {},
  'select directory.delivery_delay() as seconds'
).returning<{ seconds: number }>()

/** What a process may take of a window; `left_ms` until it ends. */
export const TAKE_COUNTED = statement(
  'take-counted',
  { key: 'text', ask: 'integer', most: 'integer', seconds: 'integer' },
  'select granted, taken, left_ms from directory.take_counted(:key, :ask, :most, :seconds)'
).returning<{ granted: number; taken: number; left_ms: number }>()

export const GIVE_COUNTED = statement(
  'give-counted',
  { key: 'text', count: 'integer' },
  'select directory.give_counted(:key, :count)'
)

/** Removes windows that have ended. */
export const FORGET_COUNTED = statement(
  'forget-counted',
  { limit: 'integer' },
  'select directory.forget_counted(:limit) as gone'
).returning<{ gone: number }>()

export const TAKE_LOCKS = statement(
  'take-locks',
  { keys: 'bigint[]' },
  'select pg_advisory_xact_lock(k.key) from unnest(:keys) as k(key)'
)
