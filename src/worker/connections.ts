/** How many jobs that are no deliveries run at once: imports, scores. */
export const JOBS_AT_ONCE = 4

/** Connections for jobs: three more hear PostgreSQL's notices, look for jobs of the dead, and for due deliveries. */
export const JOB_CONNECTIONS = JOBS_AT_ONCE + 3

/** Connections of a worker beside those of its pool: one more shows that it lives. */
export const WORKER_CONNECTIONS = JOB_CONNECTIONS + 1
