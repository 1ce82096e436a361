import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { startEmbeddedPostgres } from '../database/embedded.ts'
import { migrate } from '../database/migrate.ts'
import { dumpSchema } from './schema-dump.ts'

/** `npm run db:dump [-- FILE]`: writes the schema that the migrations make to migrations/schema.sql. */
const file = process.argv[2] ?? 'migrations/schema.sql'
const directory = await mkdtemp(join(tmpdir(), 'leadyard-dump-'))
// PostgreSQL runs as another user where this process is root.
await chmod(directory, 0o711)
try {
  const database = await startEmbeddedPostgres({ directory, settings: { fsync: 'off' } })
  try {
    await migrate(database.url, 'a secret that nothing is derived from for long')
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await writeFile(file, await dumpSchema(client))
    await client.end()
  } finally {
    await database.stop()
  }
} finally {
  await rm(directory, { recursive: true, force: true })
}
