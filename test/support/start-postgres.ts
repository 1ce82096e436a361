import { spawn } from 'node:child_process'
import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'

import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { TEST_POSTGRES_FILE, TEST_SECRET } from './postgres.ts'

// Runs once before the suite: one PostgreSQL, with a migrated template that databases are copied from.
const directory = await mkdtemp(join(tmpdir(), 'leadyard-test-'))
await chmod(directory, 0o711)
const { url, superuserUrl } = await startEmbeddedPostgres({
  directory,
  // What is lost with the machine may be lost: these databases live for one run, and briefly.
  settings: {
    fsync: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    autovacuum: 'off',
    max_connections: '400'
  }
})
await migrate(url, TEST_SECRET)
await writeFile(TEST_POSTGRES_FILE, JSON.stringify({ url, superuserUrl, directory }))
if (process.env.npm_lifecycle_event !== undefined) stopWithRun()
process.exit(0)

/** A run of npm that is cut off takes its server along. */
function stopWithRun(): void {
  const [, own = ''] = process.argv
  const stop = join(dirname(own), `stop-postgres${extname(own)}`)
  spawn(process.execPath, [...process.execArgv, stop, String(process.ppid), directory], {
    detached: true,
    stdio: 'ignore'
  }).unref()
}
