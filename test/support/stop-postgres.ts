import { readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { TEST_POSTGRES_FILE } from './postgres.ts'
import type { TestPostgres } from './postgres.ts'

// Runs once after the suite. With the id of a process and the directory of a cluster it waits for the end of that
// process: of a suite that was cut off nothing else would stop the server.
const [parent, watched] = process.argv.slice(2)
while (parent !== undefined && isAlive(Number(parent))) await sleep(1_000)

const text = await readFile(TEST_POSTGRES_FILE, 'utf8').catch(() => null)
const known = text === null ? null : (JSON.parse(text) as TestPostgres)
// Already stopped, or another run began in the meantime and stopped it.
if (known && (watched === undefined || known.directory === watched)) {
  // The process that started the server is gone, so it is taken over first.
  const postgres = await startEmbeddedPostgres({ directory: known.directory })
  await postgres.stop()
  await rm(known.directory, { recursive: true, force: true })
  await rm(TEST_POSTGRES_FILE, { force: true })
}
process.exit(0)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
