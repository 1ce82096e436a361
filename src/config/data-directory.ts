import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartError, storageError } from './start-error.ts'

/**
 * Makes the directory that holds what one machine keeps (`LEADYARD_DATA_DIR`), checks that it can be
 * written, and returns its real path: a link to it and its target are the same directory.
 *
 * A new one is open to its owner only, since passwords and the demo's mails land there.
 */
export async function prepareDataDirectory(directory: string): Promise<string> {
  try {
    await mkdir(dirname(directory), { recursive: true })
    await mkdir(directory, { mode: 0o700 }).catch(ignoreExisting)
    const path = await realpath(directory)
    // Asking for the permission bits would not see a read-only or full disk; writing does.
    const probe = join(path, `.write-test-${randomBytes(6).toString('hex')}`)
    await writeWhole(probe, 'x')
    await rm(probe)
    return path
  } catch (error) {
    // Below /proc, or a link to nowhere.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new StartError(`${directory} can’t be made: set LEADYARD_DATA_DIR`, { cause: error })
    }
    throw storageError(error, directory) ?? error
  }
}

/** Replaces a file by its new content, readable by its owner only: whole or not at all. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeWhole(unfinished, content)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw storageError(error, path) ?? error
  }
}

/** Returns the secret kept in a file, made by chance the first time it is asked for. */
export async function keepSecret(path: string): Promise<string> {
  const kept = await readIfThere(path)
  if (kept !== null) {
    const secret = kept.trim()
    // An empty or cut file would be a guessable secret; a new one would strand what the old one
    // signed or opens. Only the operator knows which is right.
    if (secret.length < 32) {
      throw new StartError(`${path} is damaged: restore it, or delete it to have a new one made`)
    }
    return secret
  }
  const secret = randomBytes(32).toString('base64url')
  await writePrivateFile(path, `${secret}\n`)
  return secret
}

/** The content of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw storageError(error, path) ?? error
  }
}

/** A file in the place of the directory is found out by writing into it. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

async function writeWhole(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}
