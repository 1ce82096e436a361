import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'

import { pino } from 'pino'

import { refuseArguments } from '../config/arguments.ts'
import { loadConfig } from '../config/config.ts'
import type { Config } from '../config/config.ts'
import { greet } from '../config/greeting.ts'
import { checkSurroundings, findWarnings } from '../config/surroundings.ts'
import { connect } from '../database/client.ts'
import { readConnectionLimit } from '../database/connection-limit.ts'
import { REPORT_LIMITS } from '../database/limits.ts'
import { prepareDatabase } from '../database/prepare.ts'
import { logOptions } from '../logging.ts'
import { describeFailedStart, stopWhenTold } from '../program/endings.ts'
import { Parts } from '../program/parts.ts'
import { watchDelays } from '../worker/delays.ts'
import { WORKER_CONNECTIONS } from '../worker/connections.ts'
import { FigureReader } from './figure-reader.ts'
import type { Order } from './messages.ts'
import { planProcesses, shareConnections } from './plan.ts'
import type { Plan } from './plan.ts'
import { Supervisor } from './supervisor.ts'
import type { Handle } from './supervisor.ts'

/** Of the time to stop, what the supervisor keeps for what is its own. */
const OWN_SECONDS = 1

/** For the start only: the supervisor serves nothing. */
const OWN_CONNECTIONS = 2

/** The supervisor of a cluster: prepares the database, starts the processes, and ends after them. */
export async function runPrimary(): Promise<void> {
  const parts = new Parts()
  const supervision: { supervisor: Supervisor | null } = { supervisor: null }
  const starting = start(parts, supervision, () => starting)
  try {
    await starting
  } catch (error) {
    process.stderr.write(`Leadyard can't start: ${describeFailedStart(error)}\n`)
    await parts.stop().catch(() => undefined)
    process.exit(1)
  }
}

async function start(
  parts: Parts,
  supervision: { supervisor: Supervisor | null },
  starting: () => Promise<void>
): Promise<void> {
  refuseArguments(process.argv.slice(2))
  const config = loadConfig(process.env)
  stopWhenTold({
    graceSeconds: config.shutdownGraceSeconds,
    stop: async () => {
      await starting().catch(() => undefined)
      await parts.stop()
    },
    abandon: () => supervision.supervisor?.kill()
  })
  const logger = pino(logOptions(config.logLevel)).child({ process: 'supervisor' })
  await checkSurroundings(config)
  const prepared = await prepareDatabase(config)
  parts.add(() => prepared.stop())
  const { appUrl, workerUrl, secret, operatorToken, isEmbedded } = prepared
  const db = connect(appUrl, {
    max: OWN_CONNECTIONS,
    namedStatements: config.namedStatements,
    onError: () => undefined
  })
  parts.add(() => db.close())

  const { role, processes: given } = config
  const plan = planProcesses({ role, given, cores: availableParallelism(), isEmbedded })
  const databasePoolMax = isPooled(config)
    ? config.databasePoolMax
    : shareConnections({
        plan,
        beside: { api: REPORT_LIMITS.atOnce, worker: WORKER_CONNECTIONS },
        wanted: config.databasePoolMax,
        most: await readConnectionLimit(db)
      })
  const figures = new FigureReader()
  const supervisor: Supervisor = new Supervisor({
    logger,
    fork,
    readFigures: () => figures.read(supervisor)
  })
  supervision.supervisor = supervisor
  const killAfterMs = config.shutdownGraceSeconds * 1000 - OWN_SECONDS * 500
  parts.add(() => supervisor.stop(killAfterMs))
  const orders = (kind: keyof Plan, publicUrl: string | null): Order[] =>
    Array.from({ length: plan[kind] }, (_, at) => ({
      name: `${kind}-${at + 1}`,
      config: {
        ...config,
        role: kind,
        databasePoolMax,
        publicUrl,
        shutdownGraceSeconds: Math.max(1, config.shutdownGraceSeconds - OWN_SECONDS)
      },
      prepared: { appUrl, workerUrl, secret, operatorToken, isEmbedded },
      hashingAtOnce: plan.api > 1 ? 1 : 2,
      tells: plan.api === 0
    }))
  const address = await supervisor.start(orders('api', config.publicUrl))
  const workers = await supervisor.start(orders('worker', config.publicUrl ?? address))
  parts.add(watchDelays(db, logger))
  for (const warning of findWarnings(config)) logger.warn(warning)
  await greet(config, prepared, db, address || workers)
  logger.info({ ...plan, databasePoolMax }, 'all processes run')
  supervisor.settle()
}

/**
 * Whether a pooler stands between the processes and PostgreSQL: it opens no more connections than its own
 * settings say.
 */
function isPooled({ database }: Config): boolean {
  if (!database?.appUrl) return false
  return new URL(database.appUrl).host !== new URL(database.url).host
}

/**
 * A process that listens on the one port by itself: the system gives a connection to the process that takes
 * it. Node's other way, by turns of the supervisor, keeps for ever the connections that it has given to a
 * process that is killed before it says so, and their clients wait in vain.
 */
function fork(): Handle {
  cluster.schedulingPolicy = cluster.SCHED_NONE
  // As V8 clones values: figures can be NaN, which JSON has not.
  cluster.setupPrimary({ serialization: 'advanced' })
  const worker = cluster.fork()
  // What fails with it ends it, and that is seen.
  worker.on('error', () => undefined)
  return {
    pid: worker.process.pid,
    kill: () => worker.process.kill('SIGKILL'),
    tell: (message) => worker.process.send(message, () => undefined),
    onMessage: (listener) => worker.on('message', listener),
    onExit: (listener) => worker.once('exit', listener)
  }
}
