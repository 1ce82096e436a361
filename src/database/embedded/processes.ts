import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { platform } from 'node:process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: the process lives and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * When a process started, in a form only good for comparing: with it a pid names one process for
 * ever, without it a pid is used again after a reboot or in the next container. Null on systems
 * that do not tell, and for a process that is gone.
 */
export async function startOf(pid: number): Promise<string | null> {
  if (!isAlive(pid)) return null
  try {
    if (platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
      const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
      // The program's name, in parentheses, may hold spaces; what follows it may not. The third
      // field of proc(5) is the state, the 22nd the start in ticks since the boot.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state, ticks] = [fields[3 - 3], fields[22 - 3]]
      // Ended, and only waiting for a parent that may never ask, as in a container without an init.
      if (state === 'Z' || state === 'X') return null
      return `${boot.trim()} ${ticks ?? ''}`
    }
    if (platform === 'darwin') return (await ps(pid, 'lstart=')).trim()
  } catch {
    // It ended meanwhile, or the system hides it.
  }
  return null
}

/** The command line of a process, or null where the system does not tell. */
export async function commandLineOf(pid: number): Promise<string | null> {
  try {
    if (platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
    }
    if (platform === 'darwin') return (await ps(pid, 'command=')).trim()
  } catch {
    // It ended meanwhile, or the system hides it.
  }
  return null
}

async function ps(pid: number, column: string): Promise<string> {
  const { stdout } = await run('ps', ['-o', column, '-p', String(pid)], { timeout: 5_000 })
  return stdout
}
