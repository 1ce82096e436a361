import { pino } from 'pino'

import { buildApp } from './app.ts'
import { loadConfig } from './config/config.ts'
import type { Config } from './config/config.ts'
import { connect } from './database/client.ts'
import type { Database } from './database/client.ts'
import { isRefusal } from './database/login-faults.ts'
import { isSchemaCurrent, takesWrites } from './database/migrate.ts'
import { prepareDatabase } from './database/prepare.ts'
import type { PreparedDatabase } from './database/prepare.ts'
import { startWorker } from './worker/worker.ts'
import type { Worker } from './worker/worker.ts'
import { greet } from './config/greeting.ts'
import { logOptions } from './logging.ts'
import { Passwords } from './security/passwords.ts'
import { createMetrics } from './routes/public/health.ts'
import { StartError } from './config/start-error.ts'
import { listenError } from './config/listen-error.ts'
import { checkSurroundings, findWarnings, listensAt } from './config/surroundings.ts'
import { buildHealthApp } from './health-app.ts'
import { watchDelays } from './worker/delays.ts'
import { surviveLostDatabase } from './stray-failures.ts'

/** The process: read the settings, prepare, serve, stop in order. */

/** A revoked credential, or a changed role, is heeded after this at the latest, in every process. */
const CREDENTIAL_MEMORY_MS = 1_000

/** The started parts, the last first: they are stopped in this order. */
const started: (() => Promise<unknown>)[] = []

async function start(): Promise<void> {
  const config = loadConfig(process.env)
  stopWhenTold(config.shutdownGraceSeconds)
  const logger = pino(logOptions(config.logLevel))
  await checkSurroundings(config)
  const prepared = await prepareDatabase(config)
  started.unshift(() => prepared.stop())

  const onError = (err: Error) => {
    logger.warn({ err }, 'idle database connection lost')
  }
  const db = connect(prepared.appUrl, { max: config.databasePoolMax, onError })
  started.unshift(() => db.close())

  const now = () => new Date()
  const metrics = createMetrics()
  surviveLostDatabase(process, logger, metrics)
  // Started after the port is ours: where it is taken, nothing else has begun.
  let worker: Worker | null = null
  const isWorking = () => config.role === 'api' || worker?.isRunning() === true
  let isStarting = true

  let publicUrl = config.publicUrl ?? ''
  let baseUrl = publicUrl
  const health = {
    findObstacles: async () => [
      ...(await findObstacles(db)),
      ...(isWorking() ? [] : ['the worker does not run']),
      ...(isStarting ? ['the start has not ended'] : [])
    ],
    metrics,
    metricsToken: config.metricsToken
  }
  const app =
    config.role === 'worker'
      ? await buildHealthApp(logger, health, config.requestTimeoutSeconds)
      : await buildApp({
          ...appSettings(config, prepared),
          db,
          now,
          logger,
          publicUrl: () => publicUrl,
          health
        })
  const closeApp = () => app.close()
  const address = await listen(app, config)
  if (config.port === 0 || config.role === 'worker') baseUrl = address
  publicUrl ||= address
  if (config.role !== 'api') {
    const { workerUrl: url, secret: linkSecret } = prepared
    const running = await startWorker({
      db,
      now,
      logger,
      config,
      publicUrl,
      linkSecret,
      url,
      metrics
    })
    started.unshift(() => running.stop())
    worker = running
  }
  // The first to be stopped: nothing new comes in while the worker drains.
  started.unshift(closeApp)
  const stopWatching = watchDelays(db, logger)
  started.unshift(async () => {
    stopWatching()
    await Promise.resolve()
  })
  for (const warning of findWarnings(config)) logger.warn(warning)
  await greet(config, prepared, db, baseUrl)
  isStarting = false
}

/** What the API takes from the settings and from what was prepared. */
function appSettings(config: Config, { secret, operatorToken }: PreparedDatabase) {
  return {
    passwords: new Passwords(),
    secret,
    operatorToken,
    accessTokenSeconds: config.accessTokenMinutes * 60,
    rememberedMs: CREDENTIAL_MEMORY_MS,
    refreshTokenSeconds: config.refreshTokenDays * 86_400,
    mailDomain: config.mailFrom.address.split('@').at(-1) ?? 'localhost',
    mailFrom: config.mailFrom.address,
    linkSecret: secret,
    limits: { ...config.rateLimit, maxEventLoopDelayMs: config.overloadDelayMs },
    requestTimeoutSeconds: config.requestTimeoutSeconds,
    bodyLimitBytes: config.bodyLimitBytes,
    importMaxBytes: config.importMaxBytes,
    trustProxy: config.trustProxy
  }
}

async function listen(
  app: { listen: (options: { host: string; port: number }) => Promise<string> },
  config: Config
): Promise<string> {
  const address = listensAt(config)
  try {
    return await app.listen({ host: address.host, port: address.port })
  } catch (error) {
    throw listenError(error, address) ?? error
  }
}

/** The reasons why the database can't serve this process. */
async function findObstacles({ pool }: Database): Promise<string[]> {
  try {
    const [isCurrent, isWritable] = [await isSchemaCurrent(pool), await takesWrites(pool)]
    return [
      ...(isCurrent ? [] : ['the schema is not this program’s']),
      ...(isWritable ? [] : ['the database takes no writes'])
    ]
  } catch (error) {
    // Another process may have been started with another secret: see `ensureLogins`.
    return [isRefusal(error) ? 'the database refuses the login' : 'the database does not answer']
  }
}

/** On the first signal finishes what is in flight; on the second, or when that takes too long, goes. */
function stopWhenTold(graceSeconds: number): void {
  let isStopping = false
  const stop = (): void => {
    if (isStopping) process.exit(1)
    isStopping = true
    setTimeout(() => process.exit(1), graceSeconds * 1000).unref()
    // A part that is just starting can be stopped only once it runs.
    const settled = starting.catch(() => undefined)
    void settled.then(stopAll).then(
      () => process.exit(0),
      () => process.exit(1)
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

async function stopAll(): Promise<void> {
  for (const stop of started.splice(0)) await stop()
}

const starting = start()
try {
  await starting
} catch (error) {
  // Where an operator can mend it, one sentence says so; anything else is ours, and shows its place.
  const message =
    error instanceof StartError ? error.message : String((error as Error).stack ?? error)
  process.stderr.write(`Leadyard can't start: ${message}\n`)
  await stopAll().catch(() => undefined)
  process.exit(1)
}
