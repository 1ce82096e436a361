import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, lstat, mkdtemp, open, readFile } from 'node:fs/promises'
import { readdir, readlink, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { platform } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import {
  keepSecret,
  prepareDataDirectory,
  readIfThere,
  writePrivateFile
} from '../data-directory.ts'
import { StartError, storageError } from '../start-error.ts'
import { canEnter, exists, handOver, letThrough, serverAccount } from './embedded-account.ts'
import type { Account } from './embedded-account.ts'
import { findBinaries, serverEnvironment } from './embedded-binaries.ts'
import type { Binaries } from './embedded-binaries.ts'
import { claimDirectory } from './embedded-lock.ts'
import { commandLineOf, isAlive } from './embedded-processes.ts'

const run = promisify(execFile)

export interface EmbeddedPostgres {
  /** Connects the superuser to the database `leadyard`. */
  url: string
  postmasterPid: number
  /** Stops the server and gives the directory back. Closes open connections; may be called twice. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Holds the data and what belongs to it; made when missing. */
  directory: string
  /** Settings of the server, over ours. */
  settings?: Readonly<Record<string, string>>
}

/** One server: where it is, what runs it, and as whom. */
interface Cluster {
  directory: string
  data: string
  binaries: Binaries
  account: Account | null
}

const DATABASE = 'leadyard'
const SUPERUSER = 'postgres'
const STAGING_PREFIX = 'postgres.init-'

// Recovery after a crash has to replay what the last checkpoint did not hold yet.
const START_LIMIT_MS = 120_000
const INIT_LIMIT_MS = 180_000
const FAST_STOP_SECONDS = 10
const IMMEDIATE_STOP_SECONDS = 10
const START_ATTEMPTS = 40
const POLL_MS = 50
const LOG_LIMIT_BYTES = 10 * 1024 * 1024

/**
 * Starts a PostgreSQL of our own below `directory`, with what it held when it last stopped.
 *
 * The server is not tied to this process's life: it leads a session of its own, so Ctrl-C in a
 * terminal reaches only us and the database stays until we have drained. The price is that `kill -9`
 * of us leaves it running; the next start finds and stops it.
 */
export async function startEmbeddedPostgres({
  directory,
  settings = {}
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = await prepareDataDirectory(directory)
  const release = await claimDirectory(home, async () => {
    return (await findPostmaster(join(home, 'postgres'))) !== null
  })
  try {
    const cluster = await prepareCluster(home)
    const server = await startServer(cluster, settings)
    const stop = onlyOnce(async () => {
      await stopServer(cluster)
      await ended(server.child)
      await release()
    })
    return { url: server.url, postmasterPid: server.postmasterPid, stop }
  } catch (error) {
    await release()
    throw storageError(error, home) ?? error
  }
}

/** Seen from outside it is gone; our own record of the child may lag behind by a moment. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  // Nothing else may keep this process alive until then, and it would end in the middle of stopping.
  child.ref()
  await Promise.race([once(child, 'exit'), sleep(2_000, undefined, { ref: false })])
  child.unref()
}

/** Everything up to a complete, stopped server on disk. */
async function prepareCluster(directory: string): Promise<Cluster> {
  const account = await serverAccount(join(directory, 'postgres'))
  const data = await placeData(directory, account)
  const binaries = await findBinaries(account, dirname(data))
  const cluster = { directory, data, binaries, account }

  const password = await keepPassword(cluster)
  await stopServer(cluster)
  await removeHalfDone(dirname(data))
  if (!(await exists(data))) await initialise(cluster, password)
  // Only a `chown` from outside hands our data to root, who cannot be who opens it.
  if (account && (await stat(data)).uid !== account.uid) await handOver(data, account)

  const made = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (made !== binaries.major) {
    throw new StartError(
      `${data} was made by PostgreSQL ${made} and cannot be opened by PostgreSQL ${binaries.major}: restore it with the program that made it, or move it away to start empty`
    )
  }
  return cluster
}

/**
 * Returns where the data is or shall be: `<directory>/postgres`, which may be a link.
 *
 * When the account cannot enter what is above `directory`, the data lives in a directory of its own
 * where system services keep theirs, and the link tells where. Opening up the checkout, or somebody's
 * home, is not for us to decide.
 */
async function placeData(directory: string, account: Account | null): Promise<string> {
  const place = join(directory, 'postgres')
  if (account) await letThrough(directory)

  const target = await readLink(place)
  if (target !== null) {
    const data = resolve(directory, target)
    if (!(await exists(dirname(data)))) {
      throw new StartError(
        `${place} leads to ${data}, which is gone: restore it, or remove the link to start empty`
      )
    }
    return data
  }
  if (!account || (await canEnter(account, directory))) return place
  if (await exists(place)) {
    throw new StartError(
      `the account that PostgreSQL runs as (id ${account.uid}) cannot enter ${directory}: start as an ordinary user, or set LEADYARD_DATA_DIR to a directory that all users may enter`
    )
  }
  const data = join(await makeShelter(account), 'postgres')
  await symlink(data, place)
  return data
}

async function readLink(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null
  } catch {
    return null
  }
}

/** A directory of root's, with a name nobody can foresee, that the account can pass through. */
async function makeShelter(account: Account): Promise<string> {
  for (const parent of ['/var/lib', '/opt']) {
    try {
      const shelter = await mkdtemp(join(parent, 'leadyard-'))
      await letThrough(shelter)
      if (await canEnter(account, shelter)) return shelter
      await rm(shelter, { recursive: true })
    } catch {
      // Missing or read-only here; the next may do.
    }
  }
  throw new StartError(
    `PostgreSQL refuses to run as root and the account it runs as instead (id ${account.uid}) can reach no directory for its data: start as an ordinary user, or set LEADYARD_DATA_DIR to a directory that all users may enter`
  )
}

async function keepPassword({ directory, data }: Cluster): Promise<string> {
  const path = join(directory, 'postgres-password')
  if ((await exists(data)) && (await readIfThere(path)) === null) {
    throw new StartError(
      `${path} is missing, and without it ${data} cannot be opened: restore it, or move the data away to start empty`
    )
  }
  return await keepSecret(path)
}

/** What a start that was killed while making the data left behind. */
async function removeHalfDone(parent: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(STAGING_PREFIX)) continue
    // Its initdb may be alive still and writing; without its directory it soon gives up.
    const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }
    await rm(join(parent, entry), options)
  }
}

/**
 * Makes the data beside its place and moves it there when complete, so data in its place is always
 * whole, wherever in this we are killed.
 *
 * The collation is PostgreSQL's own C.UTF-8: code point order and full Unicode case rules, the same
 * on every system and after every upgrade of the C library.
 */
async function initialise(cluster: Cluster, password: string): Promise<void> {
  const { data, binaries, account } = cluster
  const staging = await mkdtemp(join(dirname(data), STAGING_PREFIX))
  try {
    const made = join(staging, 'data')
    const passwordFile = join(staging, 'password')
    await writePrivateFile(passwordFile, `${password}\n`)
    await handOver(staging, account)
    await runInitdb(binaries, account, [
      `--pgdata=${made}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions'
    ])
    await appendFile(join(made, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`)
    await rename(made, data)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function runInitdb(
  binaries: Binaries,
  account: Account | null,
  flags: string[]
): Promise<void> {
  try {
    const options = { ...account, cwd: binaries.root, env: serverEnvironment() }
    await run(binaries.initdb, flags, { ...options, timeout: INIT_LIMIT_MS, windowsHide: true })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    throw new StartError(`PostgreSQL could not make its data: ${complaint(said)}`, { cause: error })
  }
}

const SETTINGS_FILE = 'leadyard.conf'

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',

  // An acknowledged lead survives a power cut.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',

  // The log tells of the server, never of what it holds. Errors of statements stay out of it: their
  // text quotes values ("invalid input syntax for type uuid: ..."). They reach our own log through
  // the driver instead, as SQLSTATE and names. `log` ranks above `error` in this one setting.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] '
}

async function writeSettings(
  { data, account }: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>
): Promise<void> {
  const path = join(data, SETTINGS_FILE)
  const lines = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`
  )
  await writePrivateFile(path, `# Written at every start.\n${lines.join('\n')}\n`)
  await handOver(path, account)
}

async function startServer(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>
): Promise<{ url: string; postmasterPid: number; child: ChildProcess }> {
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

/**
 * Reasons not to start that pass by themselves: somebody took the port between our choosing and
 * using it, or the sessions of a server that was killed have not noticed yet.
 */
const PASSING = /could not bind|could not create any TCP|pre-existing shared memory block/i

/** Asks the system for a port nobody uses; see `PASSING` for the gap. */
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
    // A program that cannot be run has no pid; without a listener its `error` would end us.
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

async function openDatabase(
  { directory, data }: Cluster,
  port: number
): Promise<{ url: string; postmasterPid: number }> {
  const password = await keepSecret(join(directory, 'postgres-password'))
  const urlOf = (database: string): string =>
    `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`

  const client = new pg.Client({
    connectionString: urlOf('postgres'),
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000
  })
  // Without a listener an `error` event would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'no reason given'
    throw new StartError(`PostgreSQL runs but could not be opened: ${reason}`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
  const postmasterPid = await findPostmaster(data)
  if (postmasterPid === null) throw new StartError('PostgreSQL ended right after its start')
  return { url: urlOf(DATABASE), postmasterPid }
}

/**
 * Stops the server of this data, whoever started it: open sessions end, what was committed stays.
 */
async function stopServer({ data, binaries, account }: Cluster): Promise<void> {
  const modes = [
    ['fast', FAST_STOP_SECONDS],
    // Not lossy: the next start recovers what was committed, as after a power cut.
    ['immediate', IMMEDIATE_STOP_SECONDS]
  ] as const
  for (const [mode, seconds] of modes) {
    if ((await findPostmaster(data)) === null) break
    const flags = ['stop', '-D', data, '-m', mode, '-w', '-t', String(seconds)]
    const options = { ...account, cwd: binaries.root, env: serverEnvironment(), windowsHide: true }
    const timeout = (seconds + 5) * 1000
    await run(binaries.pgCtl, flags, { ...options, timeout }).catch(() => undefined)
  }
  const pid = await findPostmaster(data)
  if (pid !== null) throw new StartError(`PostgreSQL (pid ${pid}) in ${data} does not stop: end it`)
  await disownPidFile(data)
}

/**
 * PostgreSQL refuses to start while the pid in its pid file is alive, and after a reboot that pid may
 * be anybody's. It passes over the pid of its own parent, so ours goes in that place. Deleting the
 * file would do as well, but its other lines are what keeps a server from starting beside sessions
 * of a killed one.
 */
async function disownPidFile(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid')
  const [pid, ...rest] = ((await readIfThere(path)) ?? '').split('\n')
  if (rest.length === 0 || !isAlive(Number(pid))) return
  await writeFile(path, [process.pid, ...rest].join('\n'))
}

/** The pid of the server that runs on this data, or null. */
async function findPostmaster(data: string): Promise<number | null> {
  const path = await realpath(data).catch(() => null)
  if (path === null) return null
  const pid = Number((await readIfThere(join(path, 'postmaster.pid')))?.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null
  const commandLine = await commandLineOf(pid)
  // Windows does not tell: there a living pid has to be taken for the server.
  if (commandLine === null) return platform === 'win32' ? pid : null
  return commandLine.endsWith(`-D ${path}`) ? pid : null
}

const WRONG = /\b(FATAL|PANIC|error|could not|No space|invalid value|unrecognized)\b/i

/** The server's own words, down to the line that says what is wrong. */
function complaint(output: string): string {
  if (/No space left|free disk space/i.test(output)) return 'the disk is full: free some space'
  const lines = output.split('\n').map((line) => line.trim())
  const wrong = lines.filter((line) => WRONG.test(line))
  const line = wrong.at(0) ?? lines.filter((text) => text !== '').at(-1) ?? 'it gave no reason'
  return line.replace(/^.*?(FATAL|PANIC|ERROR|LOG|error):\s*/, '')
}

function onlyOnce(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return async () => {
    done ??= action()
    await done
  }
}
