import { once } from 'node:events'
import { createServer } from 'node:net'

import type { Config } from './config.ts'
import { prepareDataDirectory } from './data-directory.ts'
import { listenError } from './listen-error.ts'

/** Where this process listens: the API, or what tells how a worker is. */
export function listensAt({ role, host, port, workerPort }: Config) {
  return role === 'worker' && workerPort !== null
    ? { host, port: workerPort, setting: 'WORKER_PORT' }
    : { host, port, setting: 'PORT' }
}

/**
 * Looks at what the start needs of this machine before a database is made or migrated.
 *
 * @throws StartError when the port is taken, or the data directory can't be written where files go there.
 */
export async function checkSurroundings(config: Config): Promise<void> {
  const address = listensAt(config)
  if (address.port !== 0) {
    try {
      const server = createServer().listen({ host: address.host, port: address.port })
      await once(server, 'listening')
      server.close()
      await once(server, 'close')
    } catch (error) {
      throw listenError(error, address) ?? error
    }
  }
  if (config.role !== 'api' && config.smtpUrl === null) {
    await prepareDataDirectory(config.dataDirectory)
  }
}

/**
 * What was set and does nothing; and, in an installation with its own database, what works at first sight and is no
 * service for others.
 */
export function findWarnings({
  database,
  role,
  workerPort,
  smtpUrl,
  publicUrl,
  dataDirectory
}: Config): string[] {
  const unused =
    role === 'all' && workerPort !== null
      ? ['WORKER_PORT has no effect with LEADYARD_ROLE=all: health and metrics are at PORT']
      : []
  if (database === null) return unused
  const isLocal = publicUrl === null || LOCAL.includes(new URL(publicUrl).hostname)
  return [
    ...unused,
    ...(smtpUrl === null && role !== 'api'
      ? [
          `SMTP_URL is not set: mails become files in ${dataDirectory}/outbox, and no recipient gets them`
        ]
      : []),
    ...(isLocal
      ? ['PUBLIC_URL leads to this machine: links in mails can’t be opened on others']
      : [])
  ]
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]']
