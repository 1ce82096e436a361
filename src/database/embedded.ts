import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { prepareDataDirectory } from '../config/data-directory.ts'
import { storageError } from '../config/start-error.ts'
import type { Cluster } from './embedded/cluster.ts'
import { claimDirectory } from './embedded/lock.ts'
import { prepareCluster } from './embedded/prepare-cluster.ts'
import { restartServer, startServer } from './embedded/start-server.ts'
import { findPostmaster, stopServer } from './embedded/stop-server.ts'

interface EmbeddedPostgres {
  /** Connects the owner, who is no superuser, to the database `leadyard`. */
  url: string
  /** Connects the superuser to it. */
  superuserUrl: string
  postmasterPid: number
  /** Stops the server and gives the directory back. Closes open connections; may be called twice. */
  stop(): Promise<void>
}

interface EmbeddedPostgresOptions {
  /** Holds the data and what belongs to it; made when missing. */
  directory: string
  /** Settings of the server, over ours. */
  settings?: Readonly<Record<string, string>>
}

/**
 * Starts a PostgreSQL of our own below `directory`, with what it held when it last stopped.
 *
 * The server is not tied to this process's life: it leads a session of its own, so Ctrl-C in a
 * terminal reaches only us and the database stays until we have drained. The price is that `kill -9`
 * of us leaves it running; the next start finds and stops it. A server that crashes is started again.
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
    const keeper = keepRunning(cluster, server.child)
    const stop = onlyOnce(async () => {
      const child = await keeper.end()
      await stopServer(cluster)
      await ended(child)
      await release()
    })
    const { url, superuserUrl, postmasterPid } = server
    return { url, superuserUrl, postmasterPid, stop }
  } catch (error) {
    await release()
    throw storageError(error, home) ?? error
  }
}

/** The pause before a crashed server is started again, in ms; it doubles with each try in vain. */
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000

/**
 * Starts the server again whenever it ends without being asked to. One that was stopped in order stays so. `end`
 * ends that, and returns the process that runs.
 */
function keepRunning(cluster: Cluster, first: ChildProcess): { end: () => Promise<ChildProcess> } {
  let child = first
  const ending = new AbortController()
  const { signal } = ending
  let restarting = Promise.resolve()
  const watch = () => {
    child.once('exit', (code) => {
      if (!signal.aborted && code !== 0) restarting = restart()
    })
  }
  const restart = async () => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { ref: false, signal }).catch(() => undefined)
      if (signal.aborted) return
      // The directory may be full for now, or sessions of the crashed server still be ending.
      const next = await restartServer(cluster).catch(() => null)
      if (!next) continue
      child = next
      watch()
      return
    }
  }
  watch()
  return {
    end: async () => {
      ending.abort()
      await restarting
      return child
    }
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

function onlyOnce(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return async () => {
    done ??= action()
    await done
  }
}
