import { totalmem } from 'node:os'
import { constrainedMemory } from 'node:process'

const MB = 2 ** 20

/** The memory of this machine, or of the container that limits it, in bytes. */
export function availableMemory(): number {
  const limit = constrainedMemory()
  // Without a limit it is 0, or more than any machine has.
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/**
 * PostgreSQL's settings of memory for a machine with so many bytes, which the program and others use too:
 * each a share of them, within limits.
 */
export function memorySettings(bytes: number): Readonly<Record<string, string>> {
  return {
    shared_buffers: share(bytes / 8, 64, 512),
    // What the system keeps of files counts as well.
    effective_cache_size: share(bytes / 2, 256, 8_192),
    // A statement may take several of these.
    work_mem: share(bytes / 512, 4, 16),
    maintenance_work_mem: share(bytes / 32, 32, 256)
  }
}

function share(bytes: number, fromMb: number, toMb: number): string {
  return `${Math.round(Math.min(Math.max(bytes / MB, fromMb), toMb))}MB`
}
