import { readdirSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

import { build } from 'esbuild'

import { ROOT, THREADS, bundling } from './bundling.ts'

// Makes the programs, dist/server.js and dist/cluster.js, and what they load only when asked to. Types are checked by
// `npm run typecheck`.
const { metafile } = await build({
  // All files lie in dist/ itself: from there a source is found wherever the checkout has gone.
  ...bundling(
    (path) => {
      const source = relative(ROOT, path).split(sep).join('/')
      return `new URL('../${source}', import.meta.url).href`
    },
    (name) => `new URL('./${name}.js', import.meta.url).href`
  ),
  entryPoints: [
    { in: 'src/server.ts', out: 'server' },
    { in: 'src/cluster.ts', out: 'cluster' },
    ...THREADS
  ],
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  metafile: true
})
// Only now, and only what is none of it: another process may be starting from the same files.
for (const name of readdirSync(join(ROOT, 'dist'))) {
  if (`dist/${name}` in metafile.outputs) continue
  rmSync(join(ROOT, 'dist', name), { recursive: true })
}
