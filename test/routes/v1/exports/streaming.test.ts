import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { sql } from 'drizzle-orm'
import t from 'tap'
import type { Test } from 'tap'

import { EXPORT_SLOTS } from '../../../../src/routes/v1/exports/export-slots.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'

/** Copies a lead, so many times: what they hold is what a posted one does. */
async function multiplyLead(
  { database }: TestApp,
  dealerId: string,
  leadId: string,
  count: number
): Promise<void> {
  await database.db.transaction(dealerId, async (tx) => {
    const names = await rowsOf<{ name: string }>(
      tx,
      sql`select column_name as name from information_schema.columns
       where table_schema = current_schema() and table_name = 'leads' and is_generated = 'NEVER'`
    )
    const columns = names.map(({ name }) => name)
    const values = columns.map((name) => {
      if (name === 'id') return 'gen_random_uuid()'
      if (name === 'external_id') return 'null'
      return name === 'received_at' ? `received_at - n * interval '1 ms'` : name
    })
    await rowsOf(
      tx,
      sql`insert into leads (${sql.raw(columns.join(','))}) select ${sql.raw(values.join(','))}
       from leads, generate_series(1, ${count}::int) n where id = ${leadId}`
    )
  })
}

/** Listens, and answers how to ask for an export as the dealer's key. */
async function listen(t: Test, { app }: TestApp, token: string) {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return async (path: string): Promise<IncomingMessage> => {
    const request = get({
      port,
      path,
      agent: false,
      headers: { authorization: `Bearer ${token}`, accept: 'application/x-ndjson' }
    })
    t.teardown(() => request.destroy())
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    return answer
  }
}

async function tokenOf(admin: Caller): Promise<string> {
  const { body } = await admin('POST', '/v1/api-keys', { name: 'Export', scopes: ['admin'] })
  return String(body.key)
}

async function countLines(answer: IncomingMessage): Promise<number> {
  let lines = 0
  for await (const chunk of answer) for (const byte of chunk as Buffer) if (byte === 10) lines += 1
  return lines
}

const LEADS = 12_000

void t.test('many leads are streamed', async (t) => {
  const testApp = await createTestApp(t)
  const { id: dealerId, admin } = await testApp.createDealer()
  const lead = await postLead(admin, { message: 'x'.repeat(1_000) })
  await multiplyLead(testApp, dealerId, lead.id, LEADS - 1)
  const ask = await listen(t, testApp, await tokenOf(admin))
  const exportsOf = async () =>
    (await admin('GET', '/v1/events?type=data.exported')).body.data as { data: object }[]

  await t.test('in memory that does not grow with them', async (t) => {
    await countLines(await ask('/v1/exports/leads?createdFrom=2090-01-01T00:00:00Z'))
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
    const startedAt = performance.now()
    let bytes = 0
    const answer = await ask('/v1/exports/leads')
    answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
    t.equal(await countLines(answer), LEADS)
    clearInterval(watch)
    const seconds = (performance.now() - startedAt) / 1000
    const mebibytes = (count: number) => (count / 2 ** 20).toFixed(0)
    t.comment(
      `${LEADS} leads, ${mebibytes(bytes)} MiB in ${seconds.toFixed(1)} s; memory grew by ` +
        `${mebibytes(most - before)} MiB, with the reader’s`
    )
    t.ok(most - before < 150 * 2 ** 20)
  })

  await t.test('no faster than they are taken, and no longer than somebody is there', async (t) => {
    const answer = await ask('/v1/exports/leads')
    await once(answer, 'readable')
    await sleep(1_000)
    answer.destroy()
    while ((await exportsOf()).length < 3) await sleep(50)
    const last = (await exportsOf()).at(-1)
    t.match(last?.data, { isComplete: false })
    const { count } = last?.data as { count: number }
    t.ok(count > 0 && count < LEADS / 2, `${count} were read`)
  })

  await t.test('a failure on the way breaks off', async (t) => {
    const { db } = testApp.database
    const read = db.read.bind(db)
    let pages = 0
    t.intercept(db, 'read', {
      value: async (...input: Parameters<typeof read>) => {
        pages += 1
        if (pages === 5) throw new Error('the database is gone')
        return await read(...input)
      }
    })
    const answer = await ask('/v1/exports/leads')
    t.equal(answer.statusCode, 200)
    await t.rejects(countLines(answer), { code: 'ECONNRESET' })
  })

  await t.test('few at once', async (t) => {
    const running: IncomingMessage[] = []
    for (let index = 0; index < EXPORT_SLOTS.ofOneDealer; index += 1) {
      running.push(await ask('/v1/exports/leads'))
    }
    const refused = await ask('/v1/exports/leads')
    t.equal(refused.statusCode, 429)
    t.equal(refused.headers['retry-after'], '30')
    const recorded = (await exportsOf()).length
    for (const one of running) one.destroy()
    while ((await exportsOf()).length < recorded + 2) await sleep(50)
    t.equal((await ask('/v1/exports/leads')).statusCode, 200, 'then there is room again')
  })
})
