import { setTimeout as wait } from 'node:timers/promises'

import t from 'tap'

import { loginUrls } from '../../src/database/roles.ts'
import { startCluster } from '../support/cluster.ts'
import { asClient, createEmptyDatabase, superuserUrlOf } from '../support/database.ts'
import { must } from '../support/must.ts'
import { startPgBouncer, withPgBouncer } from '../support/pgbouncer.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { RetryingClient } from '../support/retrying-client.ts'
import { until } from '../support/worker.ts'

// The real program, through a real PgBouncer that gives each transaction another connection.

/** Far fewer than the processes open: transactions of different clients follow each other on each. */
const POOL_SIZE = 3
const CLIENTS = 12

void t.test('through PgBouncer in transaction mode', withPgBouncer, async (t) => {
  const ownerUrl = await createEmptyDatabase(t)
  const { app } = loginUrls(ownerUrl, TEST_SECRET)
  const { port, keepsPlans } = await startPgBouncer(t, {
    serverUrl: await superuserUrlOf(ownerUrl),
    poolSize: POOL_SIZE
  })
  t.comment(keepsPlans ? 'with named statements' : 'without named statements: an old PgBouncer')
  const program = await startCluster(t, ownerUrl, {
    DATABASE_APP_URL: `postgres://127.0.0.1:${port}${new URL(ownerUrl).pathname}`,
    DATABASE_NAMED_STATEMENTS: String(keepsPlans),
    DATABASE_POOL_MAX: '8',
    API_PROCESSES: '2',
    WORKER_PROCESSES: '1',
    RATE_LIMIT_MAX: '1000000'
  })
  const clients = Array.from(
    { length: CLIENTS },
    () => new RetryingClient(program.baseUrl, program.credentials.apiKey)
  )
  t.teardown(() => {
    for (const client of clients) client.close()
  })
  const connections = async () =>
    await asClient(ownerUrl, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        'select count(*)::integer from pg_stat_activity where usename = $1',
        [new URL(app).username]
      )
      return must(rows[0]).count
    })

  await t.test('everything that requests do', async (t) => {
    const seen: Record<string, number[]> = {}
    let most = 0
    const work = async (client: RetryingClient, name: number) => {
      const ask = async (kind: string, path: string, asked = {}) => {
        const { status, body } = await client.ask(path, asked)
        seen[kind] = [...(seen[kind] ?? []), status]
        return body as Record<string, unknown>
      }
      for (let at = 0; at < 6; at += 1) {
        const contact = { fullName: 'Jan Nowak', email: `client-${name}-${at % 4}@example.pl` }
        const headers = { 'idempotency-key': `client-${name}-${at}` }
        const body = { source: 'website', contact, vehicles: [{ make: 'Kia' }] }
        const lead = await ask('capture', '/v1/leads', { method: 'POST', headers, body })
        await ask('page', '/v1/leads?limit=20')
        await ask('one', `/v1/leads/${String(lead.id)}`)
        await ask('search', '/v1/leads?q=nowak')
        await ask('timeline', `/v1/leads/${String(lead.id)}/timeline`)
        await ask('report', '/v1/reports/sources')
        if (at === 0)
          await ask('convert', `/v1/leads/${String(lead.id)}/convert`, { method: 'POST', body: {} })
        most = Math.max(most, await connections())
      }
    }
    await Promise.all(clients.map(work))
    const statuses = Object.fromEntries(
      Object.entries(seen).map(([kind, all]) => [kind, [...new Set(all)]])
    )
    t.strictSame(statuses, {
      capture: [201],
      page: [200],
      one: [200],
      search: [200],
      timeline: [200],
      report: [200],
      convert: [201]
    })
    t.ok(most <= POOL_SIZE, `${most} connections of PostgreSQL for all of it`)
  })

  await t.test('what jobs do: the messages are sent', async (t) => {
    const open = await until(
      async () =>
        await asClient(ownerUrl, async (client) => {
          const { rows } = await client.query<{ state: string; count: number }>(
            'select state, count(*)::integer from deliveries group by state'
          )
          return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
        }),
      ({ pending = 0 }) => pending === 0,
      { seconds: 120, what: 'the end of deliveries' }
    )
    const { sent = 0, failed = 0 } = open
    t.ok(sent > 0)
    t.equal(failed, 0)
  })

  await t.test('limits hold that it does not pass on', async (t) => {
    const through = new URL(app)
    through.port = String(port)
    const limits = await asClient(through.href, async (client) => {
      const { rows } = await client.query<Record<string, string>>(
        `select current_setting('statement_timeout') as statement,
           current_setting('lock_timeout') as lock,
           current_setting('idle_in_transaction_session_timeout') as idle`
      )
      return rows
    })
    t.strictSame(limits, [{ statement: '5s', lock: '3s', idle: '10s' }])
  })

  await t.test('it stays ready, and nothing went wrong', async (t) => {
    const client = must(clients[0])
    await wait(1_000)
    t.equal((await client.ask('/readyz')).status, 200)
    // SQLSTATEs of lost statements and sessions. A busy machine has others: connections that come too late.
    t.strictSame(program.stdout().match(/"code":"(?:08|0A|25|26|42)\w{3}"/g), null)
    t.equal(await program.stop(), 0)
  })
})
