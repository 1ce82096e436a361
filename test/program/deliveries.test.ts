import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import t from 'tap'
import type { Test } from 'tap'

import { maskSecrets } from '../../src/security/mask-secrets.ts'
import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import type { TestApp, TestDealer } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import type { TestDatabase } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { until } from '../support/worker.ts'
import { smtpServer, unusedPort } from '../mail/smtp-peer.ts'
import type { ReceivedMail, SmtpReplies } from '../mail/smtp-peer.ts'
import { must } from '../support/must.ts'

// The real program, with real PostgreSQL and a real SMTP server on the loopback interface.

const RETRIES = { DELIVERY_RETRY_SECONDS: '1,1,2' }
const PATIENCE = { DELIVERY_RETRY_SECONDS: Array.from({ length: 40 }, () => '1').join(',') }

interface Delivery {
  id: string
  purpose: string
  state: string
  messageId: string
  attemptCount: number
  reason: { code: string; facts: Record<string, unknown> } | null
  attempts: { outcome: string; createdAt: string }[]
}

/** A database with a dealer who has two addresses, and a way to act as its owner over HTTP. */
async function prepare(t: Test) {
  const { app, createDealer, database } = await createTestApp(t)
  const dealer = await createDealer({
    leadAddress: 'leads@dealer.test',
    adfAddress: 'adf@dealer.test'
  })
  return { app, database, dealer, token: ownerToken(app, dealer) }
}

/** Sessions are signed with the installation's secret, which the program has been given too. */
function ownerToken(app: TestApp['app'], dealer: TestDealer): string {
  return app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })
}

/** What a program needs to work on a test's database. */
function databaseOf({ ownerUrl }: TestDatabase) {
  return {
    DATABASE_URL: ownerUrl,
    LEADYARD_SECRET: TEST_SECRET,
    LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN,
    LOG_LEVEL: 'info'
  }
}

async function call(
  { baseUrl }: Program,
  token: string,
  method: string,
  path: string,
  body?: object
) {
  const answer = await fetch(baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {})
    },
    ...(body ? { body: JSON.stringify(body) } : {})
  })
  const text = await answer.text()
  const isJson = String(answer.headers.get('content-type')).includes('json')

  return { status: answer.status, text, body: isJson ? JSON.parse(text) : null }
}

async function capture(program: Program, token: string, members: object = {}): Promise<string> {
  const { status, body, text } = await call(program, token, 'POST', '/v1/leads', {
    source: 'website',
    contact: { firstName: 'Ada', lastName: 'Łoś', email: 'ada@example.test' },
    vehicles: [{ interest: 'buy', make: 'Kia', model: 'Ceed' }],
    attribution: { visit: randomUUID() },
    ...members
  })
  if (status !== 201) throw new Error(text)
  return body.id as string
}

async function deliveriesOf(program: Program, token: string, leadId: string): Promise<Delivery[]> {
  return (await call(program, token, 'GET', `/v1/leads/${leadId}/deliveries`)).body.data
}

async function untilAll(program: Program, token: string, leadId: string, state: string) {
  return await until(
    () => deliveriesOf(program, token, leadId),
    (all) => all.length > 0 && all.every((one) => one.state === state),
    { seconds: 60, what: `all ${state}` }
  )
}

function messageIds(received: readonly ReceivedMail[]): string[] {
  return received
    .map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw.toString())?.[1] ?? 'none')
    .toSorted()
}

void t.test('through a promoter’s link: four mails, once SMTP is up, none twice', async (t) => {
  const { database, token, dealer } = await prepare(t)
  const port = await unusedPort()
  const program = await startProgram(t, {
    environment: {
      ...databaseOf(database),
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      ...PATIENCE
    }
  })
  const una = await dealer.withUser({ email: 'una@dealer.test' })
  const promoter = await call(program, token, 'POST', '/v1/promoters', {
    name: 'Piotr Lis',
    email: 'piotr@promoter.test',
    locale: 'pl',
    userId: una.id
  })
  t.equal(promoter.status, 201, promoter.text)
  const link = await call(program, token, 'POST', '/v1/referral-links', {
    promoterId: promoter.body.id
  })
  t.equal(link.status, 201, link.text)
  const leadId = await capture(program, token, { referralCode: link.body.code })
  const lead = (await call(program, token, 'GET', `/v1/leads/${leadId}`)).body
  t.equal(lead.assignee.id, una.id)
  t.equal(lead.promoter.id, promoter.body.id)

  const owed = await until(
    () => deliveriesOf(program, token, leadId),
    (all) => all.length === 4 && all.every(({ attempts }) => attempts.length > 0),
    { seconds: 30, what: 'a failed attempt of each' }
  )
  t.strictSame(owed.map(({ purpose }) => purpose).toSorted(), [
    'assignee_mail',
    'dealer_adf',
    'dealer_mail',
    'promoter_mail'
  ])
  t.ok(owed.every(({ state }) => state === 'pending'))

  const { received } = await smtpServer(t, {}, {}, port)
  const sent = await untilAll(program, token, leadId, 'sent')
  t.equal(await program.stop(), 0)
  t.strictSame(messageIds(received), sent.map(({ messageId }) => messageId).toSorted())
  t.strictSame(received.map(({ to }) => to.join()).toSorted(), [
    'adf@dealer.test',
    'leads@dealer.test',
    'piotr@promoter.test',
    'una@dealer.test'
  ])
  const toPromoter = received.find(({ to }) => to.includes('piotr@promoter.test'))
  t.match(toPromoter?.raw.toString(), /^Content-Language: pl|Zg=C5=82oszenie|=\?UTF-8/m)
})

void t.test('kill -9 after the 201, and in the middle of sending: all is sent', async (t) => {
  const { database, token } = await prepare(t)
  const answers: SmtpReplies = { isSilent: true }
  const { received, url } = await smtpServer(t, answers)
  const options = { environment: { ...databaseOf(database), SMTP_URL: url, ...PATIENCE } }

  const first = await startProgram(t, options)
  const early = await capture(first, token)
  await until(
    () => received.length,
    (count) => count >= 2,
    { what: 'mails of which nobody knows that they arrived' }
  )
  const late = await capture(first, token, { contact: { email: 'b@example.test' } })
  await first.kill()
  t.ok((await countHeld(database.ownerUrl)) > 0, 'the dead hold deliveries')
  const before = messageIds(received)

  answers.isSilent = false
  const second = await startProgram(t, options)
  const startedAt = Date.now()
  const sent = [
    ...(await untilAll(second, token, early, 'sent')),
    ...(await untilAll(second, token, late, 'sent'))
  ]
  t.ok(Date.now() - startedAt < 30_000, 'soon after the restart')
  t.equal(await second.stop(), 0)

  const after = messageIds(received.slice(before.length))
  t.strictSame(after, sent.map(({ messageId }) => messageId).toSorted(), 'each once')
  t.ok(
    before.every((id) => after.includes(id)),
    'what is repeated has the same Message-ID'
  )
  t.equal(new Set(before).size, before.length, 'and came once before')
})

void t.test(
  'SIGTERM: deliveries that do not end in time are handed back, and it exits 0',
  async (t) => {
    const { database, token } = await prepare(t)
    const answers: SmtpReplies = { isSilent: true }
    const { received, url } = await smtpServer(t, answers)
    const environment = {
      ...databaseOf(database),
      SMTP_URL: url,
      SHUTDOWN_GRACE_SECONDS: '6',
      ...RETRIES
    }
    const first = await startProgram(t, { environment })
    const leadId = await capture(first, token)
    await until(
      () => received.length,
      (count) => count >= 2
    )
    const startedAt = Date.now()
    t.equal(await first.stop(), 0)
    t.ok(Date.now() - startedAt < 20_000, 'within the grace, and what a busy machine adds')
    t.equal(await countHeld(database.ownerUrl), 0)

    answers.isSilent = false
    const second = await startProgram(t, { environment })
    await untilAll(second, token, leadId, 'sent')
    t.equal(await second.stop(), 0)
  }
)

// Guards that what has begun is sent at once: a mail that waits behind others at the end is sent twice.
void t.test(
  'SIGTERM with a backlog: no mail begins after it, and none is sent twice',
  async (t) => {
    const { database, token } = await prepare(t)
    let reply = (): void => undefined
    const repliesAfter = new Promise<void>((resolve) => (reply = resolve))
    const { received, url } = await smtpServer(t, { repliesAfter })
    const environment = { ...databaseOf(database), SMTP_URL: url, WORKER_CONCURRENCY: '2' }
    const first = await startProgram(t, { environment })
    const leads: string[] = []
    for (let n = 0; n < 4; n++) {
      leads.push(await capture(first, token, { contact: { email: `n${n}@example.test` } }))
    }
    await until(
      () => received.length,
      (count) => count === 2
    )
    const stopped = first.stop()
    await wait(1_000)
    reply()
    t.equal(await stopped, 0)
    t.equal(received.length, 2, 'two at once, and none after')
    const second = await startProgram(t, { environment })
    for (const leadId of leads) await untilAll(second, token, leadId, 'sent')
    await second.stop()
    t.equal(new Set(messageIds(received)).size, 8)
    t.equal(received.length, 8, 'each once')
  }
)

void t.test('without SMTP_URL mails are files, and readable over HTTP', async (t) => {
  const { database, token } = await prepare(t)
  const program = await startProgram(t, { environment: databaseOf(database) })
  const leadId = await capture(program, token)
  const sent = await untilAll(program, token, leadId, 'sent')
  const outbox = join(program.dataDirectory, 'outbox')
  const files = await readdir(outbox)
  t.equal(files.length, 2)
  for (const { id } of sent) {
    const file = files.find((name) => name.endsWith(`-${id}.eml`))
    const { status, text } = await call(program, token, 'GET', `/v1/deliveries/${id}/message`)
    t.equal(status, 200)
    t.equal(text, maskSecrets(await readFile(join(outbox, file ?? ''), 'utf8'), 'staff'))
  }
  const { text } = await call(program, token, 'GET', '/metrics')
  t.match(text, /leadyard_delivery_attempts_total\{purpose="dealer_adf",outcome="sent",code=""\} 1/)
  t.match(text, /leadyard_deliveries_pending\{state="waiting"\} 0/)
})

void t.test('a refusal fails at once; a wish to wait is heeded; a person may retry', async (t) => {
  const { database, token } = await prepare(t)
  const answers: SmtpReplies = { rcptTo: { code: 550, message: 'No such mailbox' } }
  const { received, url } = await smtpServer(t, answers)
  const program = await startProgram(t, {
    environment: {
      ...databaseOf(database),
      SMTP_URL: url,
      ...RETRIES
    }
  })
  const leadId = await capture(program, token)
  const failed = await untilAll(program, token, leadId, 'failed')
  t.ok(failed.every(({ attemptCount }) => attemptCount === 1))
  t.match(String(failed[0]?.reason?.facts.response), /No such mailbox/)
  const { body } = await call(program, token, 'GET', `/v1/events?leadId=${leadId}`)
  t.equal(body.data.filter(({ type }: { type: string }) => type === 'delivery.failed').length, 2)

  answers.rcptTo = { code: 451, message: 'Try again later' }
  for (const { id } of failed) await call(program, token, 'POST', `/v1/deliveries/${id}/retry`)
  const given = await until(
    () => deliveriesOf(program, token, leadId),
    (all) =>
      all.length === failed.length &&
      all.every(({ state, attemptCount }) => state === 'failed' && attemptCount === 5),
    { seconds: 60, what: 'the whole schedule' }
  )
  const times = (given[0]?.attempts ?? []).map(({ createdAt }) => Date.parse(createdAt)).slice(1)
  const pauses = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  t.equal(pauses.length, 3)
  t.ok(
    pauses.every((pause, i) => pause >= must([1_000, 1_000, 2_000][i])),
    JSON.stringify(pauses)
  )

  delete answers.rcptTo
  for (const { id } of failed) await call(program, token, 'POST', `/v1/deliveries/${id}/retry`)
  await untilAll(program, token, leadId, 'sent')
  t.equal(received.length, 2)
  t.notMatch(
    program.stdout() + program.stderr(),
    /ada@example|Łoś|leads@dealer/,
    'no person is in the log'
  )
})

/** How many deliveries a worker keeps for itself. */
async function countHeld(ownerUrl: string): Promise<number> {
  const { rows } = await asClient(ownerUrl, (client) =>
    client.query<{ count: number }>(
      `select count(*)::int as count from deliveries where state = 'pending' and due_at > now()`
    )
  )
  return rows[0]?.count ?? 0
}
