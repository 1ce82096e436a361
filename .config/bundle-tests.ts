import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { build } from 'esbuild'
import type { Plugin } from 'esbuild'

import { ROOT, TESTS, THREADS, bundling } from './bundling.ts'

// Makes of the tests a few files and what these share. Each file is a process of its own. A slow test
// is one; of the others several are, because to start costs as much processor time as to run.

/**
 * The slowest tests start first, in this order: tap takes its files in the order of their names. One
 * that starts last keeps one core busy while the other has nothing to do.
 */
const SLOW = [
  'program/server',
  'program/cluster',
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
  'program/pgbouncer',
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

/** How many tests run in one process, one after the other. */
const GROUP_SIZE = 8

const support = ['start-postgres', 'stop-postgres'].map((name) => ({
  in: `test/support/${name}.ts`,
  out: `support/${name}`
}))
const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name}`)
const others = tests.filter((path) => !SLOW.includes(path)).toSorted()
// Those that share an app make one less often when they are in one process.
const sharing = others.filter((path) => readFileSync(path, 'utf8').includes('sharedTestApp'))
const groups = [...groupsOf(sharing), ...groupsOf(others.filter((path) => !sharing.includes(path)))]

const slow = SLOW.filter((path) => tests.includes(path)).map((path, at) => ({
  in: path,
  // The order of folders is the order of tests.
  out: `first${String(at).padStart(2, '0')}/${path.replace(/\.ts$/, '')}`
}))
const grouped = groups.map((_, at) => ({
  in: `group:${at}`,
  out: `later/test/group-${String(at).padStart(2, '0')}.test`
}))

/** A group is a module that runs its files; in each of them `tap` is the test that it is. */
const grouping: Plugin = {
  name: 'grouping',
  setup(bundle) {
    bundle.onResolve({ filter: /^group:/ }, ({ path }) => ({ path, namespace: 'group' }))
    bundle.onLoad({ filter: /^group:/, namespace: 'group' }, ({ path }) => ({
      contents: runningAll(groups[Number(path.replace('group:', ''))] ?? []),
      resolveDir: ROOT
    }))
    bundle.onResolve({ filter: /^tap$/ }, ({ importer }) =>
      importer.endsWith('.test.ts') ? { path: `${ROOT}/.config/grouped-tap.ts` } : undefined
    )
  }
}

rmSync(TESTS, { recursive: true, force: true })
const options = bundling((path) => JSON.stringify(pathToFileURL(path).href))
await build({
  ...options,
  plugins: [grouping, ...(options.plugins ?? [])],
  entryPoints: [...THREADS, ...support, ...slow, ...grouped],
  outdir: TESTS,
  chunkNames: 'chunks/[name]-[hash]'
})

/** Neighbours run in different processes: those of one folder take alike long. */
function groupsOf(paths: readonly string[]): string[][] {
  const number = Math.ceil(paths.length / GROUP_SIZE)
  return Array.from({ length: number }, (_, first) =>
    paths.filter((_, at) => at % number === first)
  )
}

function runningAll(paths: readonly string[]): string {
  const calls = paths.map((path) => `await runFile('${path}', () => import('./${path}'))`)
  return ["import { runFile } from './.config/grouped-tap.ts'", ...calls].join('\n')
}
