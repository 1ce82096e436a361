import { pino } from 'pino'

import { refuseArguments } from './config/arguments.ts'
import { loadConfig } from './config/config.ts'
import { greet } from './config/greeting.ts'
import { checkSurroundings, findWarnings } from './config/surroundings.ts'
import { prepareDatabase } from './database/prepare.ts'
import { logOptions } from './logging.ts'
import { describeFailedStart, stopWhenTold } from './program/endings.ts'
import { Parts } from './program/parts.ts'
import { startService } from './program/service.ts'
import { createMetrics } from './program/metrics.ts'
import { Passwords } from './security/passwords.ts'
import { watchDelays } from './worker/delays.ts'

/** One process: read the settings, prepare, serve, stop in order. */

const parts = new Parts()

async function start(): Promise<void> {
  refuseArguments(process.argv.slice(2))
  const config = loadConfig(process.env)
  stopWhenTold({
    graceSeconds: config.shutdownGraceSeconds,
    stop: async () => {
      // A part that is just starting can be stopped only once it runs.
      await starting.catch(() => undefined)
      await parts.stop()
    }
  })
  const logger = pino(logOptions(config.logLevel))
  await checkSurroundings(config)
  const prepared = await prepareDatabase(config)
  parts.add(() => prepared.stop())

  let isStarting = true
  const { db, baseUrl } = await startService({
    config,
    prepared,
    parts,
    logger,
    metrics: createMetrics(),
    passwords: new Passwords(),
    tells: true,
    findObstacles: () => (isStarting ? ['the start has not ended'] : [])
  })
  parts.add(watchDelays(db, logger))
  for (const warning of findWarnings(config)) logger.warn(warning)
  await greet(config, prepared, db, baseUrl)
  isStarting = false
}

const starting = start()
try {
  await starting
} catch (error) {
  process.stderr.write(`Leadyard can't start: ${describeFailedStart(error)}\n`)
  await parts.stop().catch(() => undefined)
  process.exit(1)
}
