import { existsSync, readFileSync, readdirSync } from 'node:fs'
import t from 'tap'

interface Package {
  version?: string
  integrity?: string
  resolved?: string
  hasInstallScript?: boolean
}
interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  scripts: Record<string, string>
  allowScripts: Record<string, boolean>
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')) as unknown
const manifest = read('package.json') as Manifest
const { packages } = read('package-lock.json') as { packages: Record<string, Package> }
const locked = Object.entries(packages).filter(([path]) => path !== '')

void t.test('the service depends on few packages', (t) => {
  // csv-stringify writes exports, echarts draws reports, yauzl opens XLSX: none is written in a day.
  // entities has HTML's 2,200 named characters, iconv-lite the code pages of DOS and of old Macs.
  t.ok(Object.keys(manifest.dependencies).length <= 32, 'one more needs a reason')
  // The last three: esbuild halves the time of the suite, and was here already, below tsx;
  // eslint-plugin-regexp finds patterns that would stop the process; axe-core finds what keeps people
  // from using a page.
  t.ok(Object.keys(manifest.devDependencies).length <= 32)
  t.end()
})

void t.test('every package is locked by its content', (t) => {
  const open = locked.filter(([, { integrity }]) => !(integrity ?? '').startsWith('sha512-'))
  t.strictSame(
    open.map(([path]) => path),
    []
  )
  // Where they come from is a setting of whoever installs.
  t.strictSame(
    locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
    []
  )
  t.end()
})

void t.test('every install script is allowed or refused by name', (t) => {
  const scripted = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.split('node_modules/').at(-1) ?? path)
  const unnamed = [...new Set(scripted)].filter((name) => !(name in manifest.allowScripts))
  t.strictSame(unnamed, [])
  t.end()
})

void t.test('every file that a script runs is in the project', (t) => {
  const named = Object.values(manifest.scripts).flatMap((script) =>
    script.split(/[ =]/).filter((word) => /^(?:\.config|src|test|\.tests)\//.test(word))
  )
  const gone = named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))
  t.ok(named.length > 10)
  t.strictSame(gone, [])
  t.end()
})

void t.test('every command of npm that a page names is there', (t) => {
  const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/npm (?:run )?([a-z]+(?::[a-z]+)*)/g)].map(
      ([, name = '']) => ({ page, name })
    )
  )
  t.ok(named.some(({ name }) => name === 'test:one'))
  for (const { page, name } of named) {
    t.ok(['ci', 'run', 'scripts'].includes(name) || name in manifest.scripts, `${page}: ${name}`)
  }
  t.end()
})
