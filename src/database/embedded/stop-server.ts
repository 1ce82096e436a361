import { execFile } from 'node:child_process'
import { realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { platform } from 'node:process'
import { promisify } from 'node:util'

import { readIfThere } from '../../config/data-directory.ts'
import { StartError } from '../../config/start-error.ts'
import { serverEnvironment } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { commandLineOf, isAlive } from './processes.ts'

const run = promisify(execFile)

const FAST_STOP_SECONDS = 10
const IMMEDIATE_STOP_SECONDS = 10

/**
 * Stops the server of this data, even if another process started it. Open sessions end, committed
 * data stays.
 */
export async function stopServer({ data, binaries, account }: Cluster): Promise<void> {
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
export async function findPostmaster(data: string): Promise<number | null> {
  const path = await realpath(data).catch(() => null)
  if (path === null) return null
  const pid = Number((await readIfThere(join(path, 'postmaster.pid')))?.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null
  const commandLine = await commandLineOf(pid)
  // Windows does not tell: there a living pid has to be taken for the server.
  if (commandLine === null) return platform === 'win32' ? pid : null
  return commandLine.endsWith(`-D ${path}`) ? pid : null
}
