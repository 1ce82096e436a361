import pg from 'pg'
import t from 'tap'

import { checkNamedLogin } from '../../src/database/rights.ts'
import { ensureLogins, loginUrls, namesLogin, withLogin } from '../../src/database/roles.ts'
import { asClient, createTestDatabase } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'

// Guards that the query's login goes: the driver prefers it, so the API would have been the owner.
void t.test('a login is never the owner’s, wherever the owner’s URL names it', async (t) => {
  const owners = [
    'postgres://owner:word@db.internal/leads',
    'postgres:///leads?host=/run/postgresql&user=owner&password=word',
    'postgres://owner:word@db.internal/leads?user=owner&password=word&sslmode=disable'
  ]
  for (const owner of owners) {
    const urls = Object.values(loginUrls(owner, TEST_SECRET))
    const names = urls.map((url) => {
      const client = new pg.Client({ connectionString: url })
      t.not(client.password, 'word', url)
      t.equal(client.database, 'leads')
      return client.user
    })
    t.match(names, [/^leadyard_app_/, /^leadyard_worker_/], owner)
  }
})

const OTHER_SECRET = 'another secret of the tests, as long as it'

// Guards that a start alters nothing that is right: a plain owner may not, and other processes use it.
void t.test('another secret is taken where no process uses the logins of the first', async (t) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t)
  const ensure = (secret: string) =>
    asClient(ownerUrl, (client) => ensureLogins(client, ownerUrl, secret))
  const canLogIn = async (url: string) =>
    await asClient(url, () => Promise.resolve(true)).catch(() => false)
  await ensure(TEST_SECRET)
  await asClient(appUrl, async () => {
    await t.rejects(ensure(OTHER_SECRET), {
      name: 'StartError',
      message: /^other processes run on this database with another LEADYARD_SECRET/
    })
    t.ok(await canLogIn(appUrl), 'the running process keeps its login')
  })

  // The server notices the end of a connection a moment later.
  while (
    await ensure(OTHER_SECRET).then(
      () => false,
      () => true
    )
  );
  t.notOk(await canLogIn(appUrl))
  t.ok(await canLogIn(loginUrls(ownerUrl, OTHER_SECRET).app))
})

void t.test('a named login is held back by row security', async (t) => {
  const { superuserUrl, appUrl, workerUrl } = await createTestDatabase(t)
  await checkNamedLogin(appUrl, 'app', 'DATABASE_APP_URL')
  await checkNamedLogin(workerUrl, 'worker', 'DATABASE_WORKER_URL')
  await t.rejects(checkNamedLogin(superuserUrl, 'app', 'DATABASE_APP_URL'), /is a superuser, owns/)
  await t.rejects(checkNamedLogin(appUrl, 'worker', 'DATABASE_WORKER_URL'), {
    message:
      'the user of DATABASE_WORKER_URL is no member of leadyard_worker: grant leadyard_worker to it'
  })
  await asClient(superuserUrl, async (client) => {
    await client.query(`alter role ${new URL(appUrl).username} bypassrls`)
  })
  await t.rejects(checkNamedLogin(appUrl, 'app', 'DATABASE_APP_URL'), /bypasses row security/)
})

void t.test('the login of requests has limits of its own', async (t) => {
  const { ownerUrl, appUrl } = await createTestDatabase(t)
  const { rows } = await asClient(ownerUrl, (client) =>
    client.query<{ rolconfig: string[] }>('select rolconfig from pg_roles where rolname = $1', [
      new URL(appUrl).username
    ])
  )
  t.strictSame(rows[0]?.rolconfig, [
    'statement_timeout=5000',
    'lock_timeout=3000',
    'idle_in_transaction_session_timeout=10000'
  ])
})

void t.test('a URL without a user gets the login of the role', (t) => {
  const login = 'postgres://leadyard_app_12:abc@db.internal/leads'
  const pooler = 'postgres://pooler:6432/leads?sslmode=require'
  t.notOk(namesLogin(pooler))
  t.equal(
    withLogin(pooler, login),
    'postgres://leadyard_app_12:abc@pooler:6432/leads?sslmode=require'
  )
  t.end()
})
