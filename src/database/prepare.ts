import { join } from 'node:path'

import type { Config } from '../config/config.ts'
import { keepSecret, prepareDataDirectory } from '../config/data-directory.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { migrate } from './migrate.ts'
import { checkNamedLogin } from './rights.ts'
import { LOGIN_KINDS, loginUrls, namesLogin, withLogin } from './roles.ts'

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
    return {
      ...(await prepareNamed(database, secret)),
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
    await migrate(embedded.url, own, { startAfresh: `delete ${config.dataDirectory}` })
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

/** Brings the database of DATABASE_URL to this program's schema. Logins that are named are not made. */
async function prepareNamed(
  { url, appUrl, workerUrl }: NonNullable<Config['database']>,
  secret: string
): Promise<{ appUrl: string; workerUrl: string }> {
  const isNamed = { app: namesLogin(appUrl), worker: namesLogin(workerUrl) }
  await migrate(url, secret, { logins: LOGIN_KINDS.filter((kind) => !isNamed[kind]) })
  const urls = loginUrls(url, secret)
  const choose = (given: string | null, made: string) =>
    given === null || namesLogin(given) ? (given ?? made) : withLogin(given, made)
  const chosen = { appUrl: choose(appUrl, urls.app), workerUrl: choose(workerUrl, urls.worker) }
  if (isNamed.app) await checkNamedLogin(chosen.appUrl, 'app', 'DATABASE_APP_URL')
  if (isNamed.worker) await checkNamedLogin(chosen.workerUrl, 'worker', 'DATABASE_WORKER_URL')
  return chosen
}

/**
 * Returns the service's secret for a server with its own database, made at the first start and kept
 * in `<directory>/secret`, so that sessions and sealed values outlive a restart.
 */
async function loadEmbeddedSecret(directory: string): Promise<string> {
  return await keepSecret(join(await prepareDataDirectory(directory), 'secret'))
}
