import { join } from 'node:path'
import { keepSecret, prepareDataDirectory } from '../config/data-directory.ts'

/**
 * Returns the service's secret for a server with its own database, made at the first start and kept
 * in `<directory>/secret`, so that sessions and sealed values outlive a restart.
 */
export async function loadEmbeddedSecret(directory: string): Promise<string> {
  return await keepSecret(join(await prepareDataDirectory(directory), 'secret'))
}
