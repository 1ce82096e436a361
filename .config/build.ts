import { rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

import { build } from 'esbuild'

import { ROOT, bundling } from './bundling.ts'

// Makes the program, dist/server.js and what it loads only when asked to. Types are checked by
// `npm run typecheck`.
rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
await build({
  // All files lie in dist/ itself: from there a source is found wherever the checkout has gone.
  ...bundling((path) => {
    const source = relative(ROOT, path).split(sep).join('/')
    return { url: `new URL('../${source}', import.meta.url).href` }
  }),
  entryPoints: ['src/server.ts'],
  outdir: 'dist',
  chunkNames: '[name]-[hash]'
})
