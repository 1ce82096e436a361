import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { parse } from 'yaml'

import { loadConfig } from '../../src/config/config.ts'

// No engine runs where these tests do, so the files are read as a linter reads them.

interface Service {
  image: string
  build?: string
  command?: string[]
  environment?: Record<string, string>
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[]; retries?: number }
  privileged?: boolean
  read_only?: boolean
  cap_drop?: string[]
}
interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** The instructions of the Dockerfile, continued lines joined, comments left out. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [name = '', ...rest] = line.split(/\s+/)
    return { name, words: rest.join(' ') }
  })
const stages: (typeof instructions)[] = []
for (const instruction of instructions) {
  if (instruction.name === 'FROM') stages.push([])
  stages.at(-1)?.push(instruction)
}
const runtime = stages.at(-1) ?? []
const wordsOf = (name: string) =>
  runtime.filter((one) => one.name === name).map(({ words }) => words)

const compose = parse(read('docker-compose.yml')) as Compose
const services = Object.entries(compose.services)

/** A whole version, so that a build tomorrow gets what today's got: `17.10`, not `17` or `latest`. */
const PINNED = /^[\w./-]+:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$/

/** A value of the compose file with these variables in the environment, the innermost first. */
function withDefaults(value: string, given: Record<string, string> = {}): string {
  const filled = value.replaceAll(
    /\$\{(\w+):-([^${}]*)\}/g,
    (_, name: string, fallback: string) => given[name] ?? fallback
  )
  return filled === value ? value : withDefaults(filled, given)
}

void t.test('the image: pinned, small, not root, and told how to stop', (t) => {
  for (const stage of stages) {
    const [image = ''] = stage[0]?.words.split(' ') ?? []
    t.match(image, PINNED, `${image} is pinned`)
    t.match(image, /^node:24\..*-slim$/)
  }
  t.strictSame(
    [...new Set(instructions.map(({ name }) => name))].filter((name) => name === 'ADD'),
    []
  )
  const installs = instructions.filter(({ words }) => /\bnpm (ci|i|install|add)\b/.test(words))
  t.equal(installs.length, 2)
  for (const { words } of installs) t.match(words, /^npm ci .*--ignore-scripts/)
  t.notMatch(read('Dockerfile'), /curl|wget|apt-get|sudo|chmod 777/)

  t.strictSame(wordsOf('USER'), ['node'])
  t.strictSame(wordsOf('STOPSIGNAL'), ['SIGTERM'])
  t.strictSame(
    wordsOf('CMD').map((words) => JSON.parse(words) as unknown),
    [['node', 'dist/server.js']]
  )
  t.match(wordsOf('ENV').join(' '), 'HOST=0.0.0.0')
  t.match(wordsOf('HEALTHCHECK')[0], /--start-period=.* CMD \[.*\/healthz/)
  const copies = wordsOf('COPY')
  t.ok(
    copies.every((words) => !words.includes('--chown')),
    'the program can’t change itself'
  )
  t.ok(copies.includes('--from=packages /app/node_modules node_modules'))
  const packages = stages.find((stage) => stage[0]?.words.endsWith(' AS packages')) ?? []
  t.ok(
    packages.some(({ words }) => words.includes('--omit=dev')),
    'no packages for development'
  )
  t.end()
})

void t.test(
  'what the image takes from the checkout is in the build’s context, and no more',
  (t) => {
    const [first, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => /^[^#]/.test(line))
    t.equal(first, '*')
    const sources = instructions
      .filter(({ name, words }) => name === 'COPY' && !words.includes('--from'))
      .flatMap(({ words }) => words.split(' ').slice(0, -1))
    t.strictSame([...new Set(sources)].toSorted(), allowed.map((line) => line.slice(1)).toSorted())
    const tracked = execFileSync('git', ['ls-files', ...sources], { cwd: root, encoding: 'utf8' })
    for (const source of sources) t.match(tracked, source)
    t.end()
  }
)

void t.test('the services: pinned, watched, and open to this machine only', (t) => {
  t.strictSame(
    services.map(([name]) => name),
    ['leadyard', 'postgres', 'mail']
  )
  for (const [name, service] of services) {
    t.match(service.image, PINNED, `${name} is pinned`)
    t.equal(service.healthcheck?.test[0], 'CMD', `${name} is watched, without a shell`)
    t.equal(service.privileged, undefined)
    for (const port of service.ports ?? []) t.match(port, /^127\.0\.0\.1:/)
    for (const { condition } of Object.values(service.depends_on ?? {})) {
      t.equal(condition, 'service_healthy')
    }
  }
  t.hasStrict(compose.services.leadyard, { build: '.', read_only: true, cap_drop: ['ALL'] })
  t.strictSame(compose.services.leadyard?.command, ['node', 'dist/cluster.js'])
  t.strictSame(Object.keys(compose.services.leadyard?.depends_on ?? {}), ['postgres', 'mail'])
  t.end()
})

/** What Leadyard gets of these variables. */
function environmentWith(given: Record<string, string>): Record<string, string> {
  const environment = Object.entries(compose.services.leadyard?.environment ?? {})
  return Object.fromEntries(environment.map(([name, value]) => [name, withDefaults(value, given)]))
}

void t.test('with nothing set, Leadyard starts as compose starts it, with the demo', (t) => {
  const environment = environmentWith({})
  const config = loadConfig(environment)
  t.equal(config.demo, true)
  t.equal(config.role, 'all')
  const database = new URL(config.database?.url ?? '')
  const postgres = compose.services.postgres?.environment ?? {}
  t.equal(database.hostname, 'postgres')
  t.equal(database.username, postgres.POSTGRES_USER)
  t.equal(environment.PGPASSWORD, withDefaults(postgres.POSTGRES_PASSWORD ?? ''))
  t.equal(database.pathname, `/${postgres.POSTGRES_DB ?? ''}`)
  t.equal(new URL(config.smtpUrl ?? '').host, 'mail:1025')
  t.end()
})

void t.test('what is set for Leadyard reaches it', (t) => {
  const password = 'p@ss/word#?%'
  const environment = environmentWith({
    POSTGRES_PASSWORD: password,
    LEADYARD_PORT: '8080',
    TRUST_PROXY: '10.0.0.0/8',
    METRICS_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
  })
  const config = loadConfig(environment)
  t.hasStrict(config, {
    publicUrl: 'http://localhost:8080',
    trustProxy: ['10.0.0.0/8'],
    metricsToken: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
  })
  t.equal(new URL(config.database?.url ?? '').password, '', 'the driver takes it from PGPASSWORD')
  t.equal(environment.PGPASSWORD, password)
  t.end()
})

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0
const withCompose = hasCompose ? {} : { skip: 'skipped: no docker compose' }

void t.test('docker compose reads the file', withCompose, (t) => {
  const { status, stderr } = spawnSync('docker', ['compose', 'config', '--quiet'], {
    cwd: root,
    encoding: 'utf8'
  })
  t.equal(status, 0, stderr)
  t.end()
})
