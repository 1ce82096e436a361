import { readdirSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { build } from 'esbuild'

import { TESTS, THREADS, bundling } from './bundling.ts'

// Makes of each test one file and what it shares with others: each is a process of its own.

/**
 * The slowest tests start first, in this order: tap takes its files in the order of their names. One
 * that starts last keeps one core busy while the other has nothing to do.
 */
const SLOW = [
  'program/server',
  'project/readme',
  'program/docs',
  'program/imports',
  'http/idempotency',
  'routes/authorization',
  'program/server-refusals',
  'program/day',
  'program/pages',
  'program/role-day',
  'project/openapi',
  'program/deliveries',
  'program/database-loss',
  'program/server-database',
  'program/routing',
  'program/qualification',
  'program/clock',
  'program/conversion',
  'database/embedded',
  'database/tenancy',
  'domain/adf/round-trip',
  'domain/clock/working-time',
  'program/server-users',
  'program/server-settings',
  'program/time-limits',
  'program/import-formats'
].map((name) => `test/${name}.test.ts`)

const support = ['start-postgres', 'stop-postgres'].map((name) => ({
  in: `test/support/${name}.ts`,
  out: `support/${name}`
}))
const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name}`)
  .map((path) => ({ in: path, out: `${placeOf(path)}/${path.replace(/\.ts$/, '')}` }))

rmSync(TESTS, { recursive: true, force: true })
await build({
  ...bundling((path) => JSON.stringify(pathToFileURL(path).href)),
  entryPoints: [...THREADS, ...support, ...tests],
  outdir: TESTS,
  chunkNames: 'chunks/[name]-[hash]'
})

/** The folder of a test: the order of folders is the order of tests. */
function placeOf(path: string): string {
  const rank = SLOW.indexOf(path)
  return rank === -1 ? 'later' : `first${String(rank).padStart(2, '0')}`
}
