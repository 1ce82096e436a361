import type { Logger } from 'pino'
import { Counter } from 'prom-client'
import type { Registry } from 'prom-client'

import { isTransient } from './database/failures.ts'

/** The process, as far as it is needed here. */
interface Source {
  on: (event: 'unhandledRejection', listener: (error: unknown) => void) => unknown
}

/**
 * The last defence against a lost database: a rejection that no code handles ends the process, and
 * with it all that goes well. Where the failure is a passing one of the database, it is logged and
 * counted instead. Anything else still ends the process.
 */
export function surviveLostDatabase(
  source: Source,
  logger: Pick<Logger, 'error'>,
  registry: Registry
): void {
  const count = new Counter({
    name: 'leadyard_unhandled_database_failures_total',
    help: 'Passing failures of the database that no code handled. Each is a fault of this program.',
    registers: [registry]
  })
  source.on('unhandledRejection', (error: unknown) => {
    if (!isTransient(error)) throw error
    count.inc()
    logger.error({ err: error }, 'a failure of the database was not handled')
  })
}
