import { join } from 'node:path'

import type { Config } from '../config/config.ts'
import { keepSecret, prepareDataDirectory } from '../config/data-directory.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { migrate } from './migrate.ts'
import { loginUrls } from './roles.ts'

/** A migrated database, and the secrets that go with it. */
export interface PreparedDatabase {
  appUrl: string
  workerUrl: string
  secret: string
  operatorToken: string | null
  /** Whether the database is our own: then the first start makes a demo. */
  isEmbedded: boolean
  /** Stops the database where it is our own. */
  stop: () => Promise<void>
}

/** Starts the embedded database where none is configured, and brings it to this program's schema. */
export async function prepareDatabase(config: Config): Promise<PreparedDatabase> {
  const { database, secret, operatorToken } = config
  if (database !== null && secret !== null) {
    await migrate(database.url, secret)
    const urls = loginUrls(database.url, secret)
    return {
      appUrl: database.appUrl ?? urls.app,
      workerUrl: database.workerUrl ?? urls.worker,
      secret,
      operatorToken,
      isEmbedded: false,
      stop: async () => {
        await Promise.resolve()
      }
    }
  }
  const embedded = await startEmbeddedPostgres({ directory: config.dataDirectory })
  try {
    const own = secret ?? (await loadEmbeddedSecret(config.dataDirectory))
    await migrate(embedded.url, own, `delete ${config.dataDirectory}`)
    const urls = loginUrls(embedded.url, own)
    return {
      appUrl: urls.app,
      workerUrl: urls.worker,
      secret: own,
      operatorToken:
        operatorToken ?? (await keepSecret(join(config.dataDirectory, 'operator-token'))),
      isEmbedded: true,
      stop: () => embedded.stop()
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

/**
 * Returns the service's secret for a server with its own database, made at the first start and kept
 * in `<directory>/secret`, so that sessions and sealed values outlive a restart.
 */
async function loadEmbeddedSecret(directory: string): Promise<string> {
  return await keepSecret(join(await prepareDataDirectory(directory), 'secret'))
}
