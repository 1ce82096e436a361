import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import type { BuildOptions, Plugin } from 'esbuild'

/** The checkout, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/** Packages of very many small files become part of the bundles; all others stay what they are. */
const INLINED =
  /^(typebox|@fastify\/type-provider-typebox|drizzle-orm|libphonenumber-js|uuid)(\/|$)/

const packagesStay: Plugin = {
  name: 'packages-stay',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
      kind === 'entry-point' || INLINED.test(path) ? undefined : { path, external: true }
    )
  }
}

/** A module goes on knowing itself by its own place: paths beside it are found from there. */
function ownPlaces(placeOf: (path: string) => string): Plugin {
  return {
    name: 'own-places',
    setup(bundle) {
      bundle.onLoad({ filter: /[/\\](src|test)[/\\].*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        return { contents: text.replaceAll('import.meta.url', placeOf(path)), loader: 'ts' }
      })
    }
  }
}

/**
 * Makes a few files of very many: a process that reads some fifty starts in a fraction of the time of
 * one that reads 1,400. `placeOf` answers, as code, the address that a module takes for its own.
 */
export function bundling(placeOf: (path: string) => string): BuildOptions {
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
    plugins: [ownPlaces(placeOf), packagesStay]
  }
}
