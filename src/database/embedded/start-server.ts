import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, realpath, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { keepSecret, readIfThere } from '../../config/data-directory.ts'
import { StartError } from '../../config/start-error.ts'
import { scramVerifier } from '../scram.ts'
import { handOver } from './account.ts'
import { serverEnvironment } from './binaries.ts'
import { SUPERUSER, complaint } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { findPostmaster, stopServer } from './stop-server.ts'
import { writeSettings } from './write-settings.ts'

/** The database, and its owner: with the rights that an installation's own PostgreSQL asks for, and no more. */
const DATABASE = 'leadyard'
// Recovery after a crash has to replay what the last checkpoint did not hold yet.
const START_LIMIT_MS = 120_000
const START_ATTEMPTS = 40
const POLL_MS = 50
const LOG_LIMIT_BYTES = 10 * 1024 * 1024

interface OpenedServer {
  /** Of the database, for its owner. */
  url: string
  /** The same for the superuser. */
  superuserUrl: string
  postmasterPid: number
}

/** Starts the server of this data on a port of its own, and makes our database where it is missing. */
export async function startServer(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>
): Promise<OpenedServer & { child: ChildProcess }> {
  const deadline = Date.now() + START_LIMIT_MS
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    await writeSettings(cluster, port, settings)
    const { child, failure } = await launch(cluster, deadline)
    if (failure === null) {
      try {
        return { ...(await openDatabase(cluster, port)), child }
      } catch (error) {
        await stopServer(cluster)
        throw error
      }
    }
    if (attempt >= START_ATTEMPTS || Date.now() > deadline || !PASSING.test(failure)) {
      throw new StartError(`PostgreSQL could not start: ${complaint(failure)}`)
    }
    await sleep(250)
  }
}

/** Starts the server again after a crash, on its port; null: it did not start. */
export async function restartServer(cluster: Cluster): Promise<ChildProcess | null> {
  await stopServer(cluster)
  const { child, failure } = await launch(cluster, Date.now() + START_LIMIT_MS)
  return failure === null ? child : null
}

/**
 * Temporary reasons not to start: another process took the port after we chose it, or the sessions
 * of a killed server have not ended yet.
 */
const PASSING = /could not bind|could not create any TCP|pre-existing shared memory block/i

/** Asks the system for a free port; see `PASSING` for the gap. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no address while listening')
  return address.port
}

/** Starts the server and waits until it accepts connections, or returns what it said instead. */
async function launch(
  cluster: Cluster,
  deadline: number
): Promise<{ child: ChildProcess; failure: string | null }> {
  const { binaries, data, account } = cluster
  const log = await openLog(cluster)
  try {
    // Handing the open log over spares the account the way to it. The real path makes the command
    // line one that `findPostmaster` knows again.
    const child = spawn(binaries.postgres, ['-D', await realpath(data)], {
      ...account,
      cwd: binaries.root,
      env: serverEnvironment(),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.file.fd, log.file.fd]
    })
    child.unref()
    // A program that can't be run has no pid; without a listener its `error` would end us.
    child.on('error', () => undefined)

    while (Date.now() < deadline) {
      await sleep(POLL_MS)
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
        return { child, failure: (await log.read()) || `it ended at once (${data})` }
      }
      if (await isReady(data, child.pid)) return { child, failure: null }
    }
    await stopServer(cluster)
    return { child, failure: `it was not ready after ${START_LIMIT_MS / 1000} seconds` }
  } finally {
    await log.file.close()
  }
}

/** The server's log, kept small by setting the last one aside; `read` gives what this start said. */
async function openLog({ directory, account }: Cluster) {
  const path = join(directory, 'postgres.log')
  const size = await stat(path).then(
    (found) => found.size,
    () => 0
  )
  if (size > LOG_LIMIT_BYTES) await rename(path, `${path}.1`)
  const before = size > LOG_LIMIT_BYTES ? 0 : size
  const file = await open(path, 'a', 0o600)
  await handOver(path, account)
  return {
    file,
    read: async () => (await readFile(path)).subarray(before).toString('utf8')
  }
}

/** The server writes its state to the eighth line of its pid file. */
async function isReady(data: string, pid: number): Promise<boolean> {
  const lines = ((await readIfThere(join(data, 'postmaster.pid'))) ?? '').split('\n')
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

async function openDatabase({ directory, data }: Cluster, port: number): Promise<OpenedServer> {
  const password = await keepSecret(join(directory, 'postgres-password'))
  const urlOf = (user: string, database: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`

  const client = new pg.Client({
    connectionString: urlOf(SUPERUSER, 'postgres'),
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000
  })
  // Without a listener an `error` event would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await makeDatabase(client, password)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'no reason given'
    throw new StartError(`PostgreSQL runs but could not be opened: ${reason}`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
  const postmasterPid = await findPostmaster(data)
  if (postmasterPid === null) throw new StartError('PostgreSQL ended right after its start')
  const [url, superuserUrl] = [urlOf(DATABASE, DATABASE), urlOf(SUPERUSER, DATABASE)]
  return { url, superuserUrl, postmasterPid }
}

async function makeDatabase(superuser: pg.Client, password: string): Promise<void> {
  const role = await superuser.query('select from pg_roles where rolname = $1', [DATABASE])
  if (role.rowCount === 0) {
    const verifier = await scramVerifier(password)
    await superuser.query(`create role ${DATABASE} login createrole password '${verifier}'`)
  }
  const found = await superuser.query('select from pg_database where datname = $1', [DATABASE])
  if (found.rowCount === 0) {
    await superuser.query(`create database ${DATABASE} owner ${DATABASE}`)
  }
}
