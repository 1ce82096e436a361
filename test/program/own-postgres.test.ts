import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Test } from 'tap'

import { asClient, createEmptyDatabase, superuserUrlOf } from '../support/database.ts'
import { makeDirectory, runProgram, startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { TEST_POSTGRES_FILE, TEST_SECRET } from '../support/postgres.ts'
import type { TestPostgres } from '../support/postgres.ts'

/** An installation with a PostgreSQL of its own, whose role has what docs/operating.md asks for and no more. */
const settingsFor = (url: string) => ({
  DATABASE_URL: url,
  LEADYARD_SECRET: TEST_SECRET,
  LEADYARD_OPERATOR_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
})

async function capture({ baseUrl, credentials }: Program): Promise<number> {
  const response = await fetch(`${baseUrl}/v1/leads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${credentials.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomBytes(8).toString('hex')
    },
    body: JSON.stringify({ source: 'website', contact: { email: 'ewa.lis@example.pl' } })
  })
  return response.status
}

/** Waits until so many mails are in the outbox, and returns whether one is about the person. */
async function untilMails({ dataDirectory }: Program, count: number): Promise<boolean> {
  const outbox = join(dataDirectory, 'outbox')
  const mails = () =>
    existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : []
  while (mails().length < count) await sleep(50)
  return mails().some((name) => readFileSync(join(outbox, name), 'utf8').includes('ewa.lis'))
}

/** Makes a role with these attributes; gone when the test is over. */
async function makeRole(t: Test, superuserUrl: string, attributes: string): Promise<string> {
  const name = `test_role_${randomBytes(4).toString('hex')}`
  await asClient(superuserUrl, (client) =>
    client.query(`create role ${name} login password 'x' ${attributes}`)
  )
  t.teardown(() =>
    asClient(superuserUrl, async (client) => {
      await client.query(`drop owned by ${name}`)
      await client.query(`drop role ${name}`)
    })
  )
  return name
}

const as = (url: string, username: string) =>
  Object.assign(new URL(url), { username, password: 'x' }).href

// Guards what only a superuser's start hid: the second failed at the passwords, and no mail was sent.
void t.test('a plain owner: started again, and twice at once, it sends what is owed', async (t) => {
  const url = await createEmptyDatabase(t)
  const dataDirectory = join(makeDirectory(t), '.leadyard')
  const environment = { ...settingsFor(url), LEADYARD_DEMO: 'true' }
  const first = await startProgram(t, { dataDirectory, environment })
  t.equal(await capture(first), 201)
  t.ok(await untilMails(first, 1), 'the mail of the lead is in the outbox')
  const second = await startProgram(t, { dataDirectory, environment })
  t.equal((await fetch(`${second.baseUrl}/readyz`)).status, 200, 'a second process')
  t.equal(await first.stop(), 0)

  const before = readdirSync(join(dataDirectory, 'outbox')).length
  t.equal(await capture({ ...second, credentials: first.credentials }), 201)
  t.ok(await untilMails(second, before + 1), 'and it sends, too')
  t.equal(await second.stop(), 0)
  const { postgresLog } = await readLog()
  t.notMatch(postgresLog, /role leadyard_(app|worker)_\w+ login password '[0-9a-f]/)
})

// Guards that a start with another secret takes the logins of no process that runs.
void t.test('another secret is taken once no process runs with the first', async (t) => {
  const url = await createEmptyDatabase(t)
  const dataDirectory = join(makeDirectory(t), '.leadyard')
  const environment = { ...settingsFor(url), LEADYARD_DEMO: 'true' }
  const rotated = { ...environment, LEADYARD_SECRET: 'Pz3Lk8Vd1Hs6Mf9Xw2Tq5Rb7Ny4Jc0GuKe' }
  const first = await startProgram(t, { dataDirectory, environment })
  const { code, stderr } = await runProgram(t, { dataDirectory, environment: rotated })
  t.equal(code, 1)
  t.equal(
    stderr,
    "Leadyard can't start: other processes run on this database with another LEADYARD_SECRET: " +
      'set theirs, or stop them first to change it\n'
  )
  t.equal((await fetch(`${first.baseUrl}/readyz`)).status, 200)
  const { dealer, adminEmail: email, adminPassword: password, apiKey } = first.credentials
  const post = async (baseUrl: string, path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${baseUrl}${path}`, init)
    return (await response.json()) as { accessToken: string; refreshToken: string }
  }
  const session = await post(first.baseUrl, '/v1/auth/token', { dealer, email, password })
  t.equal(await first.stop(), 0)

  const second = await startProgram(t, { dataDirectory, environment: rotated })
  const statusFor = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${second.baseUrl}/v1/leads`, { headers })).status
  }
  t.equal(await statusFor(session.accessToken), 401, 'access tokens end')
  t.equal(await statusFor(apiKey), 200, 'API keys stay')
  const { refreshToken } = session
  const renewed = await post(second.baseUrl, '/v1/auth/refresh', { refreshToken })
  t.equal(await statusFor(renewed.accessToken), 200, 'so do sessions')
  t.equal(await second.stop(), 0)
})

async function readLog(): Promise<{ postgresLog: string }> {
  const { directory } = JSON.parse(readFileSync(TEST_POSTGRES_FILE, 'utf8')) as TestPostgres
  return { postgresLog: readFileSync(join(directory, 'postgres.log'), 'utf8') }
}

void t.test('roles of one’s own: the owner needs not create any, at no start', async (t) => {
  const url = await createEmptyDatabase(t)
  const superuserUrl = await superuserUrlOf(url)
  const database = new URL(url).pathname.slice(1)
  const [owner, app, worker] = [
    await makeRole(t, superuserUrl, ''),
    await makeRole(t, superuserUrl, 'in role leadyard_app'),
    await makeRole(t, superuserUrl, 'in role leadyard_worker')
  ]
  await asClient(superuserUrl, (client) =>
    client.query(`alter database ${database} owner to ${owner}`)
  )
  t.teardown(() =>
    asClient(superuserUrl, (client) => client.query(`reassign owned by ${owner} to current_user`))
  )
  const dataDirectory = join(makeDirectory(t), '.leadyard')
  const environment = {
    ...settingsFor(as(url, owner)),
    DATABASE_APP_URL: as(url, app),
    DATABASE_WORKER_URL: as(url, worker),
    LEADYARD_DEMO: 'true'
  }
  for (let start = 1; start <= 2; start++) {
    const program = await startProgram(t, { dataDirectory, environment })
    t.equal(await capture(program), 201)
    t.ok(await untilMails(program, 1))
    t.equal(await program.stop(), 0)
  }
  const { rowCount } = await asClient(superuserUrl, (client) =>
    client.query(
      `select from pg_stat_activity where usename in ($1, $2)
       union all select from pg_auth_members m join pg_database d on d.datname = $3
       where m.member = d.datdba and m.roleid in ('leadyard_app'::regrole, 'leadyard_worker'::regrole)`,
      [app, worker, database]
    )
  )
  t.equal(rowCount, 0)

  await t.test('but none that sees all dealers', async (t) => {
    const { code, stderr } = await runProgram(t, {
      environment: { ...environment, DATABASE_APP_URL: as(url, owner) }
    })
    t.equal(code, 1)
    t.match(
      stderr,
      /^Leadyard can't start: the user of DATABASE_APP_URL is no member of leadyard_app/
    )
  })
})

void t.test('a right that is missing is named, with what gives it', async (t) => {
  const url = await createEmptyDatabase(t)
  const superuserUrl = await superuserUrlOf(url)
  const database = new URL(url).pathname.slice(1)
  const refusal = async (user: string): Promise<string> => {
    const { code, stderr } = await runProgram(t, { environment: settingsFor(as(url, user)) })
    t.equal(code, 1)
    t.notMatch(stderr, /^\s+at /m)
    return stderr.replace("Leadyard can't start: ", '').trim()
  }
  const plain = await makeRole(t, superuserUrl, 'createrole')
  t.equal(
    await refusal(plain),
    `the role of DATABASE_URL does not own the database: alter database ${database} owner to ${plain}`
  )
  const owner = await makeRole(t, superuserUrl, '')
  t.teardown(() =>
    asClient(superuserUrl, (client) => client.query(`reassign owned by ${owner} to current_user`))
  )
  await asClient(superuserUrl, (client) =>
    client.query(`alter database ${database} owner to ${owner}`)
  )
  t.match(
    await refusal(owner),
    new RegExp(
      '^the role of DATABASE_URL may not create roles, and leadyard_app_\\w+, leadyard_worker_\\w+ are missing: ' +
        `alter role ${owner} createrole, or see`
    )
  )
  await t.test('also where the groups are another role’s', async (t) => {
    await asClient(superuserUrl, (client) => client.query(`alter role ${owner} createrole`))
    t.match(
      await refusal(owner),
      /^the role of DATABASE_URL lacks a right: permission denied to grant role "leadyard_app"; .*ADMIN/
    )
  })
  await t.test('and where the tables are', async (t) => {
    await asClient(superuserUrl, (client) =>
      client.query(
        `reassign owned by ${owner} to current_user; alter database ${database} owner to ${plain}`
      )
    )
    t.match(
      await refusal(plain),
      /^the tables of the database belong to another role than test_role_/
    )
    await asClient(superuserUrl, (client) =>
      client.query(`alter database ${database} owner to current_user`)
    )
  })
})
