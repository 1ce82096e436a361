import { REPORT_LIMITS } from './limits.ts'
import { lockNumbers } from './locks.ts'

/** Stands for "no dealer": the operator's transactions, in which only `dealers` has rows. */
export const OPERATOR = Symbol('operator')

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Compiling a plan takes longer than the rows it would save, even for a search or a report. */
const NO_JIT = "set_config('jit','off',true)"

/** What is written is found by keys: a plan that is made for each value anew costs more than its rows. */
const PLAN_ONCE = "set_config('plan_cache_mode','force_generic_plan',true)"

/**
 * One simple-protocol message that begins, sets the tenant for this transaction and takes the locks:
 * one round trip where three statements would be three. Nothing in it comes from outside: the id is
 * checked here, the locks are numbers.
 */
export function beginStatement(
  tenant: string | typeof OPERATOR,
  locks: readonly string[],
  { mode = '', settings = [] }: { mode?: string; settings?: readonly string[] } = {}
): string {
  if (tenant === OPERATOR) return "begin;select set_config('app.operator','on',true)"
  if (!UUID.test(tenant)) throw new TypeError('a dealer id must be a UUID')
  const own = `set_config('app.tenant','${tenant}',true)`
  const set = `begin ${mode};select ${[own, NO_JIT, ...settings].join()}`
  return [
    set,
    ...lockNumbers(tenant, locks).map((key) => `select pg_advisory_xact_lock(${key})`)
  ].join(';')
}

export function beginWrite(dealerId: string, locks: readonly string[]): string {
  return beginStatement(dealerId, locks, { settings: [PLAN_ONCE] })
}

/** PostgreSQL chooses whether a statement of a read is planned for its values. */
export function beginRead(dealerId: string): string {
  return beginStatement(dealerId, [], { mode: 'read only' })
}

/** Statements that are sent at once are found by keys, or planned to be read in an order. */
export function beginAtOnce(dealerId: string): string {
  return beginStatement(dealerId, [], { mode: 'read only', settings: [PLAN_ONCE] })
}

/**
 * A plan is made for the values of a report, as a month and three years need different ones. A report has one
 * processor: with several, it would take them from other requests.
 */
const REPORT_SETTINGS = [
  "set_config('plan_cache_mode','force_custom_plan',true)",
  "set_config('max_parallel_workers_per_gather','0',true)"
]

export function beginReport(dealerId: string, memory: string): string {
  return beginStatement(dealerId, [], {
    mode: 'isolation level repeatable read read only',
    settings: [
      ...REPORT_SETTINGS,
      `set_config('work_mem','${memory}',true)`,
      // A pooler may not have passed on what the connection asked for.
      `set_config('statement_timeout','${REPORT_LIMITS.statementMs}',true)`
    ]
  })
}
