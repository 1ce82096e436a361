import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'

import { connect as connectTo } from '../../src/database/client.ts'
import { createTestApp } from '../support/app.ts'
import { createEmptyDatabase } from '../support/database.ts'
import { startProgram } from '../support/program.ts'
import { TEST_SECRET } from '../support/postgres.ts'

void t.test('limits on everything that waits', async (t) => {
  const { app, database } = await createTestApp(t)
  // The tests' own pool is more patient than the program's.
  const db = connectTo(database.appUrl, { max: 1, onError: () => undefined })
  t.teardown(() => db.close())

  await t.test('for PostgreSQL, as a connection of the pool has them', async (t) => {
    const { rows } = await db.pool.query<{ name: string; setting: string }>({
      name: 'settings',
      text: `select name, setting from pg_settings where name in ('application_name',
         'idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout',
         'synchronous_commit')`
    })
    t.strictSame(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])), {
      application_name: 'leadyard',
      idle_in_transaction_session_timeout: '10000',
      lock_timeout: '3000',
      statement_timeout: '5000',
      synchronous_commit: 'on'
    })
  })

  await t.test('for clients, as the server has them', async (t) => {
    t.hasStrict(app.initialConfig, {
      bodyLimit: 1024 * 1024,
      connectionTimeout: 30_000,
      forceCloseConnections: 'idle'
    })
    // As long as the largest file takes; other bodies: `bodyDeadline`, below.
    t.equal(app.server.requestTimeout, 21_600_000)
    t.equal(app.server.headersTimeout, 30_000)
    t.equal(app.server.timeout, 30_000)
  })
})

// Guards `requestTimeout`: Fastify's default waits for ever.
void t.test('a request that trickles in is cut off, and holds up no other request', async (t) => {
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: await createEmptyDatabase(t),
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe',
      LEADYARD_DEMO: 'true',
      REQUEST_TIMEOUT_SECONDS: '2'
    }
  })
  const { hostname, port } = new URL(program.baseUrl)
  const start = 'POST /v1/leads HTTP/1.1\r\nHost: localhost\r\n'
  const authorization = `Authorization: Bearer ${program.credentials.apiKey}`
  const length = 'Content-Type: application/json\r\nContent-Length: 100000'
  const cases: Record<string, string> = {
    'in its headers': start,
    'in its body': `${start}${authorization}\r\n${length}\r\n\r\n{`
  }
  for (const [name, head] of Object.entries(cases)) {
    await t.test(name, async (t) => {
      const socket = connect(Number(port), hostname)
      let answer = ''
      socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
      socket.on('error', () => undefined)
      socket.write(head)
      const startedAt = Date.now()
      while (!socket.closed && Date.now() - startedAt < 40_000) {
        socket.write('a')
        await sleep(200)
      }
      t.ok(socket.closed, 'the connection is closed')
      t.match(answer, /^HTTP\/1\.1 408 /)
      t.ok(Date.now() - startedAt < 30_000, 'in time')
    })
  }
  await t.test(
    'a file whose sender falls silent; one that comes slowly is waited for',
    async (t) => {
      const upload = async (pauses: number[]) => {
        async function* pieces() {
          yield 'email\r\n'
          for (const [at, pause] of pauses.entries()) {
            await sleep(pause, undefined, { ref: false })
            yield `p${at}@example.pl\r\n`
          }
        }
        const answer = await fetch(`${program.baseUrl}/v1/imports`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${program.credentials.apiKey}`,
            'content-type': 'text/csv'
          },
          body: Readable.toWeb(Readable.from(pieces(), { objectMode: false })) as ReadableStream,
          duplex: 'half'
        })
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
      }
      const [slow, silent] = await Promise.all([
        upload([700, 700, 700, 700, 700]),
        upload([100, 20_000])
      ])
      t.match(slow, { status: 201, body: { rows: 5 } }, 'longer in all than any one silence may be')
      t.match(silent, { status: 400, body: { detail: 'No data arrived for 2 s.' } })
      const { data } = (await (
        await fetch(`${program.baseUrl}/v1/imports`, {
          headers: { authorization: `Bearer ${program.credentials.apiKey}` }
        })
      ).json()) as { data: { state: string }[] }
      t.strictSame(data.map(({ state }) => state).sort(), ['failed', 'ready'])
    }
  )
  t.equal((await fetch(`${program.baseUrl}/healthz`)).status, 200)
  t.equal(await program.stop(), 0)
})
