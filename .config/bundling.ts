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
function ownPlaces(placeOf: (path: string) => { url: string; dirname?: string }): Plugin {
  return {
    name: 'own-places',
    setup(bundle) {
      bundle.onLoad({ filter: /[/\\](src|test)[/\\].*\.ts$/ }, async ({ path }) => {
        const { url, dirname } = placeOf(path)
        const text = await readFile(path, 'utf8')
        const contents = text.replaceAll('import.meta.url', url)
        return {
          contents: dirname ? contents.replaceAll('import.meta.dirname', dirname) : contents,
          loader: 'ts'
        }
      })
    }
  }
}

/**
 * Makes a few files of very many: a process that reads some fifty starts in a fraction of the time of
 * one that reads 1,400. `placeOf` answers, as code, what a module takes for its own place.
 */
export function bundling(placeOf: Parameters<typeof ownPlaces>[0]): BuildOptions {
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
