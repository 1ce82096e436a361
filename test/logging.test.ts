import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import Fastify from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import t from 'tap'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import { describeError, logOptions } from '../src/logging.ts'
import { StartError } from '../src/config/start-error.ts'

const SHOPPER = /ada|lovelace|example\.com|555-?0199/i

/** A logger and what it wrote. */
function recorder() {
  const lines: string[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString())
      done()
    }
  })
  return { lines, stream, log: pino(logOptions('trace'), stream) }
}

async function failureOf(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected a failure')
}

void t.test('failing queries are logged without their values', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'leadyard-logging-'))
  const server = await startEmbeddedPostgres({ directory, settings: { fsync: 'off' } })
  const pool = new pg.Pool({ connectionString: server.url })
  t.teardown(async () => {
    await pool.end()
    await server.stop()
    rmSync(directory, { recursive: true })
  })
  const db = drizzle(pool)
  await db.execute(sql`create table people (
    email text constraint people_email_key unique check (email not like '%lovelace%'),
    born date, extra jsonb)`)
  await db.execute(sql`insert into people values (${'ada@example.com'})`)

  const failures = {
    unique: await failureOf(() =>
      db.execute(sql`insert into people values (${'ada@example.com'})`)
    ),
    check: await failureOf(() => db.execute(sql`insert into people values (${'ada.lovelace'})`)),
    syntax: await failureOf(() => db.execute(sql`select ${'ada@example.com'}::uuid`)),
    json: await failureOf(() => db.execute(sql`select ${'{ada lovelace'}::jsonb`)),
    inlined: await failureOf(() =>
      db.execute(sql.raw(`insert into people values ('ada@example.com', $a$555-0199$a$)`))
    ),
    plpgsql: await failureOf(() =>
      db.execute(sql.raw(`do $$ begin raise exception 'ada %', 'lovelace'; end $$`))
    ),
    driver: await failureOf(() => pool.query('select $1::uuid', ['ada@example.com']))
  }
  for (const [name, error] of Object.entries(failures)) {
    t.match(`${error.message} ${String(error.cause)}`, SHOPPER, `${name} knows the shopper`)
    const { log, lines } = recorder()
    log.error(error)
    log.error({ err: error })
    log.error({ err: error }, error.message)
    log.error({ err: error, reqId: 'r1' }, 'request failed')
    log.child({ a: 1 }).error({ error })
    log.error({ err: new Error('ada', { cause: new AggregateError([error], 'ada') }) })
    t.equal(lines.length, 6)
    t.notMatch(lines.join(''), SHOPPER, `${name} is told without them`)
  }

  t.hasStrict(describeError(failures.unique), {
    type: 'Error',
    statement: 'insert into people values ($1)',
    cause: { type: 'error', code: '23505', table: 'people', constraint: 'people_email_key' }
  })
  t.match(describeError(failures.unique).frames.join(), /logging\.test\.ts:\d+/, 'says where')

  // The server keeps a log too.
  const serverLog = await readFile(join(directory, 'postgres.log'), 'utf8')
  t.match(serverLog, /ready to accept connections/)
  t.notMatch(serverLog, SHOPPER)
})

void t.test('a message that imitates stack frames does not get through', (t) => {
  const error = new Error('x\n    at ada (file:///lovelace.ts:1:1)\n    at /ada:1:2')
  t.notMatch(JSON.stringify(describeError(error)), SHOPPER)
  t.ok(describeError(error).frames.length > 0)
  t.end()
})

void t.test('odd things are described as well', (t) => {
  t.strictSame(describeError('ada'), { type: 'thrown string', frames: [] })
  t.strictSame(describeError(null), { type: 'thrown object', frames: [] })
  const circle = new Error('ada')
  circle.cause = circle
  t.notMatch(JSON.stringify(describeError(circle)), SHOPPER)
  const named = Object.assign(new Error('x'), { name: 'ada lovelace', code: 'to ada@example.com' })
  t.notMatch(JSON.stringify(describeError(named)), SHOPPER)
  t.equal(describeError(new StartError('the disk is full')).message, 'the disk is full')
  t.end()
})

void t.test('a request is its id, method, route and status', async (t) => {
  const { stream, lines } = recorder()
  const app = Fastify({ logger: { ...logOptions('trace'), stream } })
  app.post('/leads/:leadId', () => {
    throw new Error('ada@example.com')
  })
  t.teardown(async () => {
    await app.close()
  })
  await app.inject({
    method: 'POST',
    url: '/leads/7?email=ada@example.com',
    headers: { 'x-shopper': 'lovelace', authorization: 'Bearer ada' },
    payload: { phone: '555-0199' }
  })
  const output = lines.join('')
  t.notMatch(output, SHOPPER)
  t.notMatch(output, /127\.0\.0\.1/)
  t.match(output, '"req":{"id":"req-1","method":"POST","route":"/leads/:leadId"}')
  t.match(output, '"statusCode":500')
})

void t.test('fields with private names are dropped where they are logged by mistake', (t) => {
  const { log, lines } = recorder()
  log.info({ email: 'ada@example.com', lead: { phone: '555-0199', id: 7 } }, 'lead recorded')
  t.notMatch(lines.join(''), SHOPPER)
  t.match(lines.join(''), '"lead":{"id":7}')
  t.end()
})
