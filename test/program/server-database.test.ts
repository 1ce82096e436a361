import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'

import { asClient, createEmptyDatabase, superuserUrlOf } from '../support/database.ts'
import { makeDirectory, runProgram, startListening, startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { TEST_SECRET } from '../support/postgres.ts'

const OPERATOR_TOKEN = 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'

/** The settings of an installation with a database of its own. */
function settingsFor(url: string, role: 'api' | 'worker' | 'all' = 'all') {
  return {
    DATABASE_URL: url,
    LEADYARD_SECRET: TEST_SECRET,
    LEADYARD_ROLE: role,
    ...(role === 'worker' ? {} : { LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN })
  }
}

async function statusOf({ baseUrl }: Program, path: string): Promise<number> {
  return (await fetch(`${baseUrl}${path}`)).status
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50)
}

/** Lets nobody into a database any more, or lets them in again. */
async function allowConnections(url: string, isAllowed: boolean): Promise<void> {
  const maintenance = new URL(await superuserUrlOf(url))
  const name = maintenance.pathname.slice(1)
  maintenance.pathname = '/postgres'
  await asClient(maintenance.href, async (client) => {
    await client.query(`alter database ${name} allow_connections ${String(isAllowed)}`)
    if (isAllowed) return
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name]
    )
  })
}

async function migrationsOf(url: string): Promise<{ hash: string }[]> {
  return await asClient(
    url,
    async (client) =>
      (await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations')).rows
  )
}

// Guards the advisory lock of `migrate`: without it two of the three fail on tables that exist.
void t.test('three processes at once on an empty database: migrated once', async (t) => {
  const url = await createEmptyDatabase(t)
  const environment = settingsFor(url)
  const programs = await Promise.all([1, 2, 3].map(() => startProgram(t, { environment })))
  const applied = await migrationsOf(url)
  t.ok(applied.length > 0)
  t.equal(new Set(applied.map(({ hash }) => hash)).size, applied.length, 'each of them once')
  // Three starts at once on a small machine: the database may be slow to answer for a moment.
  for (const program of programs) {
    while ((await statusOf(program, '/readyz')) !== 200) await sleep(100)
    t.pass('it is ready')
  }
  t.strictSame(await Promise.all(programs.map((program) => program.stop())), [0, 0, 0])

  await t.test('an older program on this schema says so and stops', async (t) => {
    await asClient(url, (client) =>
      client.query(
        `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9e12)`
      )
    )
    const { code, stderr } = await runProgram(t, { environment })
    t.equal(code, 1)
    const [known, there] = [applied.length, applied.length + 1]
    t.equal(
      stderr,
      `Leadyard can't start: the database has ${there} migrations and this program knows ` +
        `${known}: it was used by a newer version; start that one\n`
    )
  })
})

void t.test('api and worker as two processes on one database, with a demo', async (t) => {
  const url = await createEmptyDatabase(t)
  const dataDirectory = `${makeDirectory(t)}/.leadyard`
  const demo = { LEADYARD_DEMO: 'true' }
  const [api, worker] = await Promise.all([
    startProgram(t, { dataDirectory, environment: { ...settingsFor(url, 'api'), ...demo } }),
    startProgram(t, {
      dataDirectory,
      environment: { ...settingsFor(url, 'worker'), PUBLIC_URL: 'http://leads.test' }
    })
  ])
  t.equal(await statusOf(api, '/readyz'), 200)
  t.equal(api.credentials.operatorToken, OPERATOR_TOKEN)

  const answer = await fetch(`${api.baseUrl}/v1/leads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${api.credentials.apiKey}`,
      'content-type': 'application/json'
    },
    body: JSON.stringify({ source: 'website', contact: { email: 'ewa.lis@example.pl' } })
  })
  t.equal(answer.status, 201)

  await t.test('the worker tells how it is, and nothing else', async (t) => {
    t.equal(await statusOf(worker, '/healthz'), 200)
    await until(async () => (await statusOf(worker, '/readyz')) === 200)
    await until(async () => {
      const metrics = await (await fetch(`${worker.baseUrl}/metrics`)).text()
      return /^leadyard_delivery_attempts_total\{.*outcome="sent"/m.test(metrics)
    })
    for (const path of ['/v1/leads', '/docs', '/r/abcdefgh']) {
      t.equal(await statusOf(worker, path), 404, path)
    }
  })
  await t.test('a worker with METRICS_TOKEN shows them to nobody else', async (t) => {
    const closed = await startProgram(t, {
      dataDirectory,
      environment: {
        ...settingsFor(url, 'worker'),
        PORT: '1',
        WORKER_PORT: '0',
        METRICS_TOKEN: 'a-metrics-token-of-this-test-0123456789'
      }
    })
    t.equal(await statusOf(closed, '/metrics'), 401)
    t.equal(await closed.stop(), 0)
    // A line of the log may come later than the one by which the start is known.
    t.match(closed.stdout(), /PUBLIC_URL leads to this machine/)
    t.match(closed.stdout(), /SMTP_URL is not set: mails become files in /)
  })
  t.strictSame(await Promise.all([api.stop(), worker.stop()]), [0, 0])
})

// Guards that /readyz waits for the start to end: it answered 200 before the demo dealer was there.
void t.test('ready means that the demo dealer can be used', async (t) => {
  const url = await createEmptyDatabase(t)
  const dataDirectory = `${makeDirectory(t)}/.leadyard`
  const environment = { ...settingsFor(url), LEADYARD_DEMO: 'true' }
  const program = await startListening(t, { dataDirectory, environment })
  await until(async () => (await statusOf(program, '/readyz')) === 200)
  const { apiKey } = JSON.parse(readFileSync(`${dataDirectory}/credentials.json`, 'utf8')) as {
    apiKey: string
  }
  const leads = await fetch(`${program.baseUrl}/v1/leads`, {
    headers: { authorization: `Bearer ${apiKey}` }
  })
  t.equal(leads.status, 200)

  await t.test('and that the database takes writes', async (t) => {
    const name = new URL(url).pathname.slice(1)
    const superuserUrl = await superuserUrlOf(url)
    const setReadOnly = (state: string) =>
      asClient(superuserUrl, async (client) => {
        await client.query(`set default_transaction_read_only = off`)
        await client.query(`alter database ${name} set default_transaction_read_only = ${state}`)
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = $1 and pid <> pg_backend_pid()`,
          [name]
        )
      })
    await setReadOnly('on')
    await until(async () => (await statusOf(program, '/readyz')) === 503)
    await setReadOnly('off')
    await until(async () => (await statusOf(program, '/readyz')) === 200)
    t.pass()
  })
  t.equal(await program.stop(), 0)
})

void t.test('no demo where none is asked for', async (t) => {
  const url = await createEmptyDatabase(t)
  const program = await startProgram(t, { environment: settingsFor(url) })
  t.notMatch(program.stdout(), 'demo')
  const rows = await asClient(url, (client) => client.query('select from dealers'))
  t.equal(rows.rowCount, 0)
  t.equal(await program.stop(), 0)
})

void t.test('the database goes away and comes back: the process stays', async (t) => {
  const url = await createEmptyDatabase(t)
  const environment = { ...settingsFor(url), LEADYARD_DEMO: 'true' }
  const program = await startProgram(t, { environment })
  await allowConnections(url, false)

  await until(async () => (await statusOf(program, '/readyz')) === 503)
  t.equal(await statusOf(program, '/healthz'), 200)
  const answer = await fetch(`${program.baseUrl}/v1/leads`, {
    headers: { authorization: `Bearer ${program.credentials.apiKey}` }
  })
  t.equal(answer.status, 503)
  t.match(answer.headers.get('retry-after'), /^\d+$/)
  t.hasStrict(await answer.json(), { type: 'urn:leadyard:problem:unavailable', status: 503 })

  await allowConnections(url, true)
  await until(async () => (await statusOf(program, '/readyz')) === 200)
  t.pass('ready again without a restart')
  t.equal(await program.stop(), 0)
})
