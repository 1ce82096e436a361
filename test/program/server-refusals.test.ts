import { chmodSync, chownSync, existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'

import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { asClient, createEmptyDatabase } from '../support/database.ts'
import { makeDirectory, runProgram } from '../support/program.ts'
import type { ProgramOptions } from '../support/program.ts'
import { TEST_SECRET } from '../support/postgres.ts'

const NOBODY = 65_534
const onlyAsRoot = process.getuid?.() === 0 ? {} : { skip: 'needs root' }

const external = (url: string) => ({
  DATABASE_URL: url,
  LEADYARD_SECRET: TEST_SECRET,
  LEADYARD_OPERATOR_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
})

/** What stands in the way, as the program says it: one line, without a stack, and a code that is not 0. */
async function refusalOf(t: Test, options: ProgramOptions): Promise<string> {
  const { code, stderr, stdout } = await runProgram(t, options)
  t.equal(code, 1)
  t.notMatch(stdout, 'is ready')
  t.notMatch(stderr, /^\s+at |node_modules/m)
  const [line = '', ...rest] = stderr.trimEnd().split('\n')
  t.strictSame(rest, [], 'one line')
  return line.replace("Leadyard can't start: ", '')
}

/** A port that somebody else listens on, and one that nobody does. */
async function takePort(t: Test): Promise<{ taken: number; free: number }> {
  const servers = [createServer(), createServer()]
  const [taken, free] = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return (server.address() as AddressInfo).port
    })
  )
  await new Promise((resolve) => servers[1]?.close(resolve))
  t.teardown(() => servers[0]?.close())
  return { taken: taken ?? 0, free: free ?? 0 }
}

void t.test('the port is taken', async (t) => {
  const { taken } = await takePort(t)
  const environment = { ...external(await createEmptyDatabase(t)), PORT: String(taken) }
  t.equal(
    await refusalOf(t, { environment }),
    `port ${taken} is taken: stop what listens there, or set PORT`
  )
})

// Guards that the port is looked at first: a first start makes a database for seconds.
void t.test('the port is taken, and no database is made', async (t) => {
  const { taken } = await takePort(t)
  const dataDirectory = join(makeDirectory(t), '.leadyard')
  t.equal(
    await refusalOf(t, { dataDirectory, environment: { PORT: String(taken) } }),
    `port ${taken} is taken: stop what listens there, or set PORT`
  )
  t.notOk(existsSync(dataDirectory))
  const worker = { ...external(await createEmptyDatabase(t)), LEADYARD_ROLE: 'worker' }
  t.equal(
    await refusalOf(t, { environment: { ...worker, PORT: '1', WORKER_PORT: String(taken) } }),
    `port ${taken} is taken: stop what listens there, or set WORKER_PORT`
  )
})

void t.test('the address is not this machine’s', async (t) => {
  const environment = { ...external(await createEmptyDatabase(t)), HOST: '192.0.2.1' }
  t.equal(
    await refusalOf(t, { environment: { ...environment, PORT: '3999' } }),
    "192.0.2.1:3999 can't be listened on (EADDRNOTAVAIL): set HOST and PORT"
  )
})

void t.test(
  'the program reports a database that can’t be reached or refuses the sign-in',
  async (t) => {
    const { free } = await takePort(t)
    const closed = external(`postgres://owner:hidden-word@127.0.0.1:${free}/leads`)
    t.equal(
      await refusalOf(t, { environment: closed }),
      "the database can't be reached: ECONNREFUSED"
    )
    const url = new URL(await createEmptyDatabase(t))
    url.password = 'hidden-word'
    t.equal(
      await refusalOf(t, { environment: external(url.href) }),
      'the database refuses the user or password of DATABASE_URL'
    )
    const nowhere = new URL(await createEmptyDatabase(t))
    nowhere.pathname = '/nowhere'
    t.equal(
      await refusalOf(t, { environment: external(nowhere.href) }),
      'there is no database by the name in DATABASE_URL'
    )
  }
)

/** What an earlier development version leaves behind: migrations that are not this program's. */
async function migrateAsBefore(url: string): Promise<void> {
  await asClient(url, (client) =>
    client.query(`create schema drizzle;
      create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint);
      insert into drizzle.__drizzle_migrations (hash, created_at) values ('of before', 1)`)
  )
}

void t.test('the database is of an earlier development version', async (t) => {
  const advice = (startAfresh: string) =>
    'the database was made by another development version, and this one does not fit its tables: ' +
    `export what you want to keep with that version, then ${startAfresh}, start again and import it`

  const url = await createEmptyDatabase(t)
  await migrateAsBefore(url)
  t.equal(
    await refusalOf(t, { environment: external(url) }),
    advice('name an empty database in DATABASE_URL')
  )

  const dataDirectory = join(makeDirectory(t), '.leadyard')
  const embedded = await startEmbeddedPostgres({ directory: dataDirectory })
  await migrateAsBefore(embedded.url)
  await embedded.stop()
  t.equal(await refusalOf(t, { dataDirectory }), advice(`delete ${dataDirectory}`))
})

void t.test('the data directory can’t be written', async (t) => {
  const file = join(makeDirectory(t), 'file')
  writeFileSync(file, '')
  t.equal(
    await refusalOf(t, { dataDirectory: file }),
    `${file} is not a directory: remove what is in its place, or set LEADYARD_DATA_DIR`
  )
  const nowhere = join(makeDirectory(t), 'link')
  symlinkSync('/nowhere/at-all', nowhere)
  const refusal = `${nowhere} can’t be made: set LEADYARD_DATA_DIR`
  t.equal(await refusalOf(t, { dataDirectory: nowhere }), refusal)
  const environment = external(await createEmptyDatabase(t))
  t.equal(await refusalOf(t, { dataDirectory: nowhere, environment }), refusal, 'for the outbox')
  await t.test('by this user', onlyAsRoot, async (t) => {
    const closed = makeDirectory(t)
    t.equal(
      await refusalOf(t, { dataDirectory: join(closed, '.leadyard'), uid: NOBODY }),
      `${join(closed, '.leadyard')} is not accessible for this user: ` +
        'give it the rights, or set LEADYARD_DATA_DIR'
    )
    const sealed = makeDirectory(t)
    chownSync(sealed, NOBODY, NOBODY)
    chmodSync(sealed, 0o500)
    t.match(await refusalOf(t, { dataDirectory: sealed, uid: NOBODY }), 'is not accessible')
  })
})

void t.test('bad settings are reported all at once, and nothing starts', async (t) => {
  const { code, stderr, stdout } = await runProgram(t, {
    environment: {
      PORT: 'eighty',
      LEADYARD_ROLE: 'boss',
      DATABASE_URL: 'mysql://root:hidden-word@db/leads',
      LEADYARD_SECRET: 'hidden-word',
      LEADYARD_PROT: '80'
    }
  })
  t.equal(code, 1)
  t.equal(stdout, '')
  t.notMatch(stderr, 'hidden-word')
  const [head, ...lines] = stderr.trimEnd().split('\n')
  t.equal(head, "Leadyard can't start: The environment is not usable:")
  t.ok(lines.every((line) => /^ {2}- [A-Z_]+: /.test(line)))
  t.strictSame(lines.map((line) => /[A-Z_]+/.exec(line)?.[0]).toSorted(), [
    'DATABASE_URL',
    'LEADYARD_OPERATOR_TOKEN',
    'LEADYARD_PROT',
    'LEADYARD_ROLE',
    'LEADYARD_SECRET',
    'PORT'
  ])
})
