import type { Logger } from 'pino'
import type { Registry } from 'prom-client'

import { buildApp } from '../app.ts'
import { listenError } from '../config/listen-error.ts'
import { listensAt } from '../config/surroundings.ts'
import { buildHealthApp } from '../health-app.ts'
import type { Config } from '../config/config.ts'
import { connect } from '../database/client.ts'
import type { Database } from '../database/client.ts'
import { isRefusal } from '../database/login-faults.ts'
import { isSchemaCurrent, takesWrites } from '../database/migrate.ts'
import type { PreparedDatabase } from '../database/prepare.ts'
import type { HealthOptions } from '../routes/public/health.ts'
import type { Passwords } from '../security/passwords.ts'
import { surviveLostDatabase } from '../stray-failures.ts'
import { startWorker } from '../worker/worker.ts'
import type { Worker } from '../worker/worker.ts'
import type { Parts } from './parts.ts'

/** A revoked credential, or a changed role, is heeded after this at the latest, in every process. */
const CREDENTIAL_MEMORY_MS = 1_000

export interface ServiceOptions {
  config: Config
  prepared: Omit<PreparedDatabase, 'stop'>
  /** Gets what is started. */
  parts: Parts
  logger: Logger
  /** Figures of this process. */
  metrics: Registry
  /** What /metrics responds with; the figures of this process unless said. */
  published?: HealthOptions['metrics']
  passwords: Passwords
  /** Whether a worker tells how it is; the processes that serve the API do. */
  tells: boolean
  /** Why the service can't serve, beside what this process sees. */
  findObstacles: () => readonly string[]
}

/** What a process serves. */
export interface Service {
  db: Database
  /** Where the service is reached, or what tells how a worker is. Empty where nothing listens. */
  baseUrl: string
  isWorking: () => boolean
}

/** Starts the API, the worker or both, as the role says. Throws `StartError`. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, prepared, parts, logger, metrics } = options
  const onError = (err: Error) => {
    logger.warn({ err }, 'idle database connection lost')
  }
  const { databasePoolMax: max, namedStatements } = config
  const db = connect(prepared.appUrl, { max, namedStatements, onError })
  parts.add(() => db.close())

  const now = () => new Date()
  surviveLostDatabase(process, logger, metrics)
  // Started after the port is ours: where it is taken, nothing else has begun.
  let worker: Worker | null = null
  const isWorking = () => config.role === 'api' || worker?.isRunning() === true

  let publicUrl = config.publicUrl ?? ''
  let baseUrl = publicUrl
  const health = {
    findObstacles: async () => [
      ...(await findDatabaseObstacles(db)),
      ...(isWorking() ? [] : ['the worker does not run']),
      ...options.findObstacles()
    ],
    metrics: options.published ?? metrics,
    metricsToken: config.metricsToken
  }
  let closeApp: (() => Promise<unknown>) | null = null
  if (config.role !== 'worker' || options.tells) {
    const app =
      config.role === 'worker'
        ? await buildHealthApp(logger, health, config.requestTimeoutSeconds)
        : await buildApp({
            ...appSettings(options),
            db,
            now,
            logger,
            publicUrl: () => publicUrl,
            health
          })
    closeApp = () => app.close()
    const address = await listen(app, config)
    if (config.port === 0 || config.role === 'worker') baseUrl = address
    publicUrl ||= address
  }
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
    parts.add(() => running.stop())
    worker = running
  }
  // The first to be stopped: nothing new comes in while the worker drains.
  if (closeApp) parts.add(closeApp)
  return { db, baseUrl, isWorking }
}

/** What the API takes from the settings and from what was prepared. */
function appSettings({ config, prepared: { secret, operatorToken }, passwords }: ServiceOptions) {
  return {
    passwords,
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
async function findDatabaseObstacles({ pool }: Database): Promise<string[]> {
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
