import { lstat, mkdtemp, readlink, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { StartError } from '../../config/start-error.ts'
import { canEnter, exists, letThrough } from './account.ts'
import type { SystemAccount } from './account.ts'

/**
 * Returns the data directory: `<directory>/postgres`, which may be a link.
 *
 * When the account can't enter the parents of `directory`, the data lives in a directory of its own
 * among those of system services, and the link points there. We do not open up the checkout or a
 * user's home directory.
 */
export async function placeData(directory: string, account: SystemAccount | null): Promise<string> {
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
      `the account that PostgreSQL runs as (id ${account.uid}) can’t enter ${directory}: start as an ordinary user, or set LEADYARD_DATA_DIR to a directory that all users may enter`
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

/** A directory owned by root, with an unpredictable name, that the account can pass through. */
async function makeShelter(account: SystemAccount): Promise<string> {
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
