import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * `npm run db:tables`: writes migrations/0000_tables.sql and its snapshot anew from
 * src/database/schema.
 *
 * This holds only until the first release. After it, each change is a migration of its own (`npm run
 * db:generate`), and this command is removed.
 */
const MIGRATIONS = ['0000_tables', '0001_row-security', '0002_functions']
const META = 'migrations/meta'

const work = await mkdtemp(join(tmpdir(), 'leadyard-tables-'))
try {
  await promisify(execFile)('npx', [
    ...[
      '--no-install',
      'drizzle-kit',
      'generate',
      '--dialect',
      'postgresql',
      '--casing',
      'snake_case'
    ],
    ...['--schema', './src/database/schema.ts', '--out', work, '--name', 'tables']
  ])
  const sql = await readFile(join(work, '0000_tables.sql'), 'utf8')
  // drizzle-kit writes the schema of referenced tables. They are in the current schema, which may
  // have any name.
  await writeFile('migrations/0000_tables.sql', `${sql.replaceAll('"public".', '').trim()}\n`)

  for (const name of await readdir(META)) await rm(join(META, name))
  const snapshot = await readFile(join(work, 'meta/0000_snapshot.json'), 'utf8')
  // A random id would make every run a change.
  const id = '00000000-0000-4000-8000-000000000001'
  await writeFile(
    join(META, '0000_snapshot.json'),
    snapshot.replace(/"id": "[^"]+"/, `"id": "${id}"`)
  )
  // Times only have to ascend. Those of a run would be another change.
  const entries = MIGRATIONS.map((tag, idx) => ({
    ...{ idx, version: '7', when: idx + 1, tag, breakpoints: true }
  }))
  const journal = { version: '7', dialect: 'postgresql', entries }
  await writeFile(join(META, '_journal.json'), `${JSON.stringify(journal, null, 2)}\n`)
} finally {
  await rm(work, { recursive: true, force: true })
}
