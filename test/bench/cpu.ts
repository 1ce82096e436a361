import { readFileSync, readdirSync } from 'node:fs'

/** Clock ticks a second, in which Linux counts what a process has used. */
const TICKS = 100

interface Usage {
  parent: number
  /** Milliseconds of the process, and of its children that have ended. */
  own: number
  ended: number
}

/** What a process has used; null where it has ended. Linux only: proc(5), `stat`. */
function usageOf(pid: number | string): Usage | null {
  try {
    // The name of the program, in brackets, may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const ms = (from: number) => ((Number(fields[from]) + Number(fields[from + 1])) * 1000) / TICKS
    return { parent: Number(fields[1]), own: ms(11), ended: ms(13) }
  } catch {
    return null
  }
}

/** The CPU that a process has used, in milliseconds. */
export function cpuOf(pid: number): number {
  return usageOf(pid)?.own ?? 0
}

/** The CPU that a PostgreSQL server and all its processes have used, in milliseconds. */
export function cpuOfPostgres(postmaster: number): number {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const children = ids.map(usageOf).filter((usage) => usage?.parent === postmaster)
  const own = usageOf(postmaster)
  return (
    (own?.own ?? 0) +
    (own?.ended ?? 0) +
    children.reduce((sum, usage) => sum + (usage?.own ?? 0), 0)
  )
}

/** The memory that a process holds, in MB. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
