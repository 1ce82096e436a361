import { execFile } from 'node:child_process'
import { appendFile, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { keepSecret, readIfThere, writePrivateFile } from '../../config/data-directory.ts'
import { StartError } from '../../config/start-error.ts'
import { exists, handOver, serverAccount } from './account.ts'
import type { SystemAccount } from './account.ts'
import { findBinaries, serverEnvironment } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { SETTINGS_FILE, SUPERUSER, complaint } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { placeData } from './place-data.ts'
import { stopServer } from './stop-server.ts'

const run = promisify(execFile)

const STAGING_PREFIX = 'postgres.init-'
const INIT_LIMIT_MS = 180_000

/** Everything up to a complete, stopped server on disk. */
export async function prepareCluster(directory: string): Promise<Cluster> {
  const account = await serverAccount(join(directory, 'postgres'))
  const data = await placeData(directory, account)
  const binaries = await findBinaries(account, dirname(data))
  const cluster = { directory, data, binaries, account }

  const password = await keepPassword(cluster)
  await stopServer(cluster)
  await removeHalfDone(dirname(data))
  if (!(await exists(data))) await initialise(cluster, password)
  // Only a `chown` from outside hands our data to root, who can't be who opens it.
  if (account && (await stat(data)).uid !== account.uid) await handOver(data, account)

  const made = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (made !== binaries.major) {
    throw new StartError(
      `${data} was made by PostgreSQL ${made} and can’t be opened by PostgreSQL ${binaries.major}: restore it with the program that made it, or move it away to start empty`
    )
  }
  return cluster
}

async function keepPassword({ directory, data }: Cluster): Promise<string> {
  const path = join(directory, 'postgres-password')
  if ((await exists(data)) && (await readIfThere(path)) === null) {
    throw new StartError(
      `${path} is missing, and without it ${data} can’t be opened: restore it, or move the data away to start empty`
    )
  }
  return await keepSecret(path)
}

/** Leftovers of a start that was killed while it made the data. */
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
  account: SystemAccount | null,
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
