import { readdirSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { build } from 'esbuild'

import { TESTS, THREADS, bundling } from './bundling.ts'

// Makes of each test one file and what it shares with others: each is a process of its own.

/**
 * Those that take longest start first: tap takes its files in the order of their names, and one that
 * starts last keeps one core busy while the other has nothing to do.
 */
const SLOW = [
  'project/readme',
  'program/docs',
  'project/openapi',
  'routes/authorization',
  'database/embedded',
  'program/routing',
  'program/qualification',
  'program/deliveries',
  'program/clock',
  'program/imports',
  'program/day',
  'domain/adf/round-trip',
  'domain/clock/working-time',
  'program/server',
  'program/database-loss',
  'program/server-database',
  'program/server-refusals',
  'program/server-users',
  'program/time-limits'
].map((name) => `test/${name}.test.ts`)

const support = ['start-postgres', 'stop-postgres'].map((name) => ({
  in: `test/support/${name}.ts`,
  out: `support/${name}`
}))
const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name}`)
  .map((path) => ({
    in: path,
    out: `${SLOW.includes(path) ? 'first' : 'later'}/${path.replace(/\.ts$/, '')}`
  }))

rmSync(TESTS, { recursive: true, force: true })
await build({
  ...bundling((path) => JSON.stringify(pathToFileURL(path).href)),
  entryPoints: [...THREADS, ...support, ...tests],
  outdir: TESTS,
  chunkNames: 'chunks/[name]-[hash]'
})
