/** Limits on everything that waits for PostgreSQL, in milliseconds. */
export const DATABASE_LIMITS = {
  connectMs: 2_000,
  statementMs: 5_000,
  lockMs: 3_000,
  idleInTransactionMs: 10_000,
  /** Beyond the server's own limit: it only speaks when the connection itself is dead. */
  queryMs: 8_000
} as const

/**
 * Reports look at all leads of a dealer, which takes longer than other requests. To leave
 * connections, processors and the server's memory to those, few reports run at once, on connections of
 * their own, and fewer of one dealer, so that no dealer keeps others waiting. The rest waits for a bounded time.
 */
export const REPORT_LIMITS = {
  /** In one process. */
  atOnce: 3,
  /** Of one dealer, in all processes together. */
  atOnceOfDealer: 2,
  /** Of one dealer in one process: more are refused at once. */
  waitingOfDealer: 16,
  waitMs: 8_000,
  /** How often a process looks for a turn that reports of other processes have. */
  lookMs: 50,
  statementMs: 20_000,
  queryMs: 22_000,
  /** For each sort and hash table of a statement, which then need not go through files. */
  memory: '64MB'
} as const
