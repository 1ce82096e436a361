import { execFile } from 'node:child_process'
import { access, chmod, lchown, readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getuid, platform } from 'node:process'
import { promisify } from 'node:util'
import { StartError } from '../../config/start-error.ts'

const run = promisify(execFile)

/** The system user of the PostgreSQL server when this process is root, which PostgreSQL refuses. */
export interface SystemAccount {
  uid: number
  gid: number
}

/** Accounts without rights of their own, the better one first. */
const UNPRIVILEGED = ['postgres', 'nobody']

/**
 * Finds the account to run the server as; null is the current account, which is the case unless it
 * is root.
 *
 * Existing data keeps its owner, so a single start with `sudo` does no harm. An ordinary user has no
 * such choice: data of another user is refused.
 */
export async function serverAccount(dataDirectory: string): Promise<SystemAccount | null> {
  const owner = await ownerOf(dataDirectory)
  const ourselves = getuid?.()
  if (ourselves === undefined) return null
  if (ourselves !== 0) {
    if (owner && owner.uid !== ourselves) {
      throw new StartError(
        `${dataDirectory} belongs to the user with id ${owner.uid}: start as that user, or set LEADYARD_DATA_DIR`
      )
    }
    return null
  }
  if (platform !== 'linux') {
    throw new StartError(
      'PostgreSQL refuses to run as root: start as an ordinary user, or set DATABASE_URL'
    )
  }
  return owner && owner.uid !== 0 ? owner : await unprivilegedAccount()
}

async function unprivilegedAccount(): Promise<SystemAccount> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => {
    const [name, , uid, gid] = line.split(':')
    return { name, uid: Number(uid), gid: Number(gid) }
  })
  for (const wanted of UNPRIVILEGED) {
    const account = accounts.find(({ name, uid }) => name === wanted && uid > 0)
    if (account && Number.isInteger(account.gid)) return { uid: account.uid, gid: account.gid }
  }
  throw new StartError(
    'PostgreSQL refuses to run as root and there is no account "postgres" or "nobody" to run it as: start as an ordinary user, or set DATABASE_URL'
  )
}

async function ownerOf(path: string): Promise<SystemAccount | null> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch {
    return null
  }
}

/**
 * Whether the account can read a file and everything above lets it through. Asked of the kernel, by
 * a process of that account, since mode bits do not tell about access lists, mounts and sandboxes.
 * PostgreSQL needs `/bin/sh` as well, so nothing is lost by using it.
 */
export async function canRead(account: SystemAccount, ...paths: string[]): Promise<boolean> {
  const test = 'for path in "$@"; do test -r "$path" || exit 1; done'
  try {
    await run('/bin/sh', ['-c', test, 'sh', ...paths], { ...account, cwd: '/', timeout: 10_000 })
    return true
  } catch {
    return false
  }
}

/** Whether the account can pass through a directory; reading its list is not needed for that. */
export async function canEnter(account: SystemAccount, directory: string): Promise<boolean> {
  try {
    const options = { ...account, cwd: '/', timeout: 10_000 }
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], options)
    return true
  } catch {
    return false
  }
}

/** Lets all users pass through a directory of ours; only its owner can list it. */
export async function letThrough(directory: string): Promise<void> {
  const { mode } = await stat(directory)
  if ((mode & 0o011) !== 0o011) await chmod(directory, (mode & 0o7777) | 0o011)
}

/** Hands a file or a whole directory to the account. Links are handed over, never followed. */
export async function handOver(path: string, account: SystemAccount | null): Promise<void> {
  if (!account) return
  await lchown(path, account.uid, account.gid)
  if (!(await isDirectory(path))) return
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) await handOver(inside, account)
    else await lchown(inside, account.uid, account.gid)
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory()
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
