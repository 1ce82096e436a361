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
 * connections and the server's memory to those, few reports run at once, on connections of their
 * own. The others wait, and total waiting time is bounded by the client's time limit.
 */
export const REPORT_LIMITS = {
  atOnce: 2,
  waitMs: 8_000,
  statementMs: 20_000,
  queryMs: 22_000,
  /** For each sort and hash table of a statement, which then need not go through files. */
  memory: '64MB'
} as const
