import { readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { build } from 'esbuild'
import type { BuildOptions, Plugin } from 'esbuild'

// Makes of each test one file and what it shares with others, in .tests: a process that reads some
// fifty modules starts in a third of the time of one that reads 1,400, and each test is a process.
const FOLDER = '.tests'

/** Packages of very many small files become part of the bundles; all others stay what they are. */
const INLINED =
  /^(typebox|@fastify\/type-provider-typebox|drizzle-orm|libphonenumber-js|uuid)(\/|$)/

/**
 * Those that take longest start first: tap takes its files in the order of their names, and one that
 * starts last keeps one core busy while the other has nothing to do.
 */
const SLOW = [
  'readme',
  'docs',
  'openapi',
  'authorization',
  'database/embedded',
  'routes/v1/access/auth',
  'routing/program',
  'qualification/program',
  'deliveries/program',
  'domain/adf/round-trip'
].map((name) => `test/${name}.test.ts`)

/** A module goes on knowing itself by its own place: paths beside it are found from there. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup(bundle) {
    bundle.onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
      return { contents, loader: 'ts' }
    })
  }
}

const packagesStay: Plugin = {
  name: 'packages-stay',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
      kind === 'entry-point' || INLINED.test(path) ? undefined : { path, external: true }
    )
  }
}

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

const options: BuildOptions = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: [...support, ...tests],
  outdir: FOLDER,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // So that traces and reports name the files and lines one wrote.
  sourcemap: 'linked',
  sourcesContent: false,
  // As tsx does: an error's name is its class's, whatever else is called so in a bundle.
  keepNames: true,
  logLevel: 'warning',
  plugins: [ownPlaces, packagesStay]
}

rmSync(FOLDER, { recursive: true, force: true })
await build(options)
