import { randomBytes } from 'node:crypto'
import { constants, copyFile, link, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { readIfThere, writePrivateFile } from '../../config/data-directory.ts'
import { StartError } from '../../config/start-error.ts'
import { isAlive, startOf } from './processes.ts'

const OwnerSchema = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  /** `startOf` the process; null on systems that do not tell. */
  started: Type.Union([Type.String(), Type.Null()])
})
type Owner = Static<typeof OwnerSchema>

const ATTEMPTS = 10

/**
 * Makes this process the only Leadyard in a directory, and returns the function that releases it.
 *
 * The claim is a file with our pid and start time. A claim is taken over if its process was killed,
 * or if its pid belongs to another process since a reboot.
 *
 * `serverRuns` is called only where the system does not say when a process started. There a living
 * pid proves little unless the database runs as well.
 */
export async function claimDirectory(
  directory: string,
  serverRuns: () => Promise<boolean>
): Promise<() => Promise<void>> {
  const path = join(directory, 'leadyard.pid')
  const ours = JSON.stringify({ pid: process.pid, started: await startOf(process.pid) })

  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await createWhole(path, ours)) {
      return async () => {
        if ((await readIfThere(path)) === ours) await rm(path, { force: true })
      }
    }
    const found = await readIfThere(path)
    if (found === null) continue
    const owner = readOwner(found)
    if (owner && (await isRunning(owner, serverRuns))) {
      throw new StartError(`another Leadyard (pid ${owner.pid}) is running in ${directory}`)
    }
    await removeStale(path, found)
  }
  throw new StartError(`several Leadyards are starting in ${directory} at once: start only one`)
}

async function isRunning(owner: Owner, serverRuns: () => Promise<boolean>): Promise<boolean> {
  if (!isAlive(owner.pid)) return false
  if (owner.started === null) return await serverRuns()
  return (await startOf(owner.pid)) === owner.started
}

function readOwner(content: string): Owner | null {
  try {
    const owner: unknown = JSON.parse(content)
    return Value.Check(OwnerSchema, owner) ? owner : null
  } catch {
    return null
  }
}

/** Creates the file with its content in one step, so that a reader never sees half a claim. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writePrivateFile(draft, content)
  try {
    await put(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Removes the claim that was found stale, and no other: between our reading and removing it a second
 * newcomer may have put its own in the place. Moving the file first shows which one we have.
 */
async function removeStale(path: string, stale: string): Promise<void> {
  const moved = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await rename(path, moved)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  try {
    if ((await readIfThere(moved)) !== stale) await put(moved, path)
  } finally {
    await rm(moved, { force: true })
  }
}

/** A second name for the file, unless the name is taken. Some file systems know no second names. */
async function put(file: string, path: string): Promise<void> {
  try {
    await link(file, path)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw error
    await copyFile(file, path, constants.COPYFILE_EXCL)
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
