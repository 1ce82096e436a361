import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { because } from '../../src/domain/reasons/reasons.ts'
import { createMailTransport } from '../../src/mail/transport/transport.ts'
import type { MailTimeouts, OutgoingMessage } from '../../src/mail/transport/transport.ts'
import { cutAfterData, rudeServer, smtpServer, unusedPort } from './smtp-peer.ts'

const SHORT: MailTimeouts = { connectionMs: 400, greetingMs: 400, socketMs: 400, attemptMs: 3000 }

const message: OutgoingMessage = {
  raw: Buffer.from('Message-ID: <m1@desk.example>\r\nSubject: x\r\n\r\n.dots\r\nbody\r\n'),
  envelope: { from: 'desk@desk.example', to: 'anna.nowak@dealer.example' },
  messageId: '<m1@desk.example>',
  createdAt: new Date('2026-11-21T17:03:13.123Z')
}

function transport(t: Test, smtpUrl: string | null, timeouts: Partial<MailTimeouts> = SHORT) {
  const created = createMailTransport({ smtpUrl, outboxDirectory: t.testdir(), timeouts })
  t.teardown(async () => {
    await created.close()
  })
  return created
}

/** No address, and no part of one that names a person. */
const PERSONAL = /@|anna|nowak|dealer\.example/i

void t.test('sent: the server gets the very bytes, for one recipient', async (t) => {
  const server = await smtpServer(t)
  const outcome = await transport(t, server.url).send(message)
  t.equal(outcome.state, 'sent')
  t.match(outcome.reason.facts.response, /^250 /)
  t.strictSame(server.received, [
    { from: 'desk@desk.example', to: ['anna.nowak@dealer.example'], raw: message.raw }
  ])
})

void t.test('sent: many at once share the connections', async (t) => {
  const server = await smtpServer(t)
  const { send } = transport(t, server.url)
  const outcomes = await Promise.all(Array.from({ length: 30 }, async () => await send(message)))
  t.ok(outcomes.every(({ state }) => state === 'sent'))
  t.equal(server.received.length, 30)
})

const USER_UNKNOWN = '5.1.1 <anna.nowak@dealer.example>: user anna.nowak unknown at "Anna Nowak"'
const answers = [
  ['rcptTo', 421, '4.3.2 closing', 'retry', /^421 4\.3\.2 closing/],
  [
    'rcptTo',
    451,
    '4.7.1 greylisted anna.nowak@dealer.example',
    'retry',
    /^451 4\.7\.1 greylisted$/
  ],
  ['rcptTo', 550, USER_UNKNOWN, 'refused', /^550 5\.1\.1: user unknown at$/],
  ['data', 554, '5.7.1 spam', 'refused', /^554 5\.7\.1 spam/],
  ['data', 452, '4.2.2 full', 'retry', /^452 4\.2\.2 full/],
  ['rcptTo', 530, '5.7.0 authenticate first', 'retry', /^530 5\.7\.0/],
  ['mailFrom', 550, '5.7.1 sender not allowed', 'retry', /^550 5\.7\.1/],
  ['mailFrom', 552, '5.3.4 too big', 'refused', /^552 5\.3\.4/],
  ['mailFrom', 552, '5.2.3 longer than the mailbox takes', 'refused', /^552 5\.2\.3/],
  ['mailFrom', 552, 'message size exceeds fixed limit', 'refused', /^552 message size/],
  ['mailFrom', 552, 'quota exceeded', 'retry', /^552 quota/],
  ['mailFrom', 552, '5.2.2 quota of the sender is used up', 'retry', /^552 5\.2\.2/],
  ['mailFrom', 552, '5.7.0 not now', 'retry', /^552 5\.7\.0/],
  ['mailFrom', 552, 'Requested action aborted', 'retry', /^552 Requested/],
  ['rcptTo', 552, '5.2.2 mailbox full', 'retry', /^552 5\.2\.2/],
  ['rcptTo', 554, '5.2.2 mailbox full', 'retry', /^554 5\.2\.2/],
  ['rcptTo', 552, 'mailbox is over quota', 'retry', /^552 mailbox/],
  ['data', 552, '5.3.1 no room for mail', 'retry', /^552 5\.3\.1/],
  ['data', 552, '5.3.4 too big', 'refused', /^552 5\.3\.4/],
  ['rcptTo', 550, '5.2.1 mailbox disabled, quota or not', 'refused', /^550 5\.2\.1/]
] as const

for (const [step, code, text, state, reason] of answers) {
  void t.test(`${state}: the server answers ${step} with ${code}`, async (t) => {
    const server = await smtpServer(t, { [step]: { code, message: text } })
    const outcome = await transport(t, server.url).send(message)
    t.equal(outcome.state, state)
    t.match(outcome.reason.facts.response, reason)
    t.notMatch(JSON.stringify(outcome.reason), PERSONAL)
  })
}

void t.test('retry: the login is refused, because an operator will set it right', async (t) => {
  const login = { code: 535, message: '5.7.8 bad login for user desk' }
  const { port, received } = await smtpServer(t, { login })
  const { send, verify } = transport(t, `smtp://us%40er:p%2Fw@127.0.0.1:${port}`)
  const outcome = await send(message)
  t.equal(outcome.state, 'retry')
  t.match(outcome.reason.facts.response, /^535 5\.7\.8/)
  t.hasStrict(await verify(), { ok: false })
  t.equal(received.length, 0)
})

void t.test('the login of the URL is given as it was before it was encoded', async (t) => {
  let login: unknown
  const { port } = await smtpServer(
    t,
    {},
    {
      onAuth({ username, password }, _session, done) {
        login = [username, password]
        done(null, { user: username ?? '' })
      }
    }
  )
  const { send } = transport(t, `smtp://us%40er:p%2Fw@127.0.0.1:${port}`)
  t.equal((await send(message)).state, 'sent')
  t.strictSame(login, ['us@er', 'p/w'])
})

// Guards `requireTLS` in readSmtpUrl: without it, the password goes out to whoever answers.
void t.test(
  'retry: no password goes to a server without TLS, unless the URL says so',
  async (t) => {
    let isAsked = false
    const { port } = await smtpServer(
      t,
      {},
      {
        onAuth(_auth, _session, done) {
          isAsked = true
          done(null, { user: 'user' })
        }
      }
    )
    const host = '127.1' // The loopback interface by a name that isn't known as such.
    const outcome = await transport(t, `smtp://user:secret@${host}:${port}`).send(message)
    t.equal(outcome.state, 'retry')
    t.notOk(isAsked)
    t.notMatch(JSON.stringify(outcome.reason), /secret|user/)
    const lenient = transport(t, `smtp://user:secret@${host}:${port}?requireTLS=false`)
    t.equal((await lenient.send(message)).state, 'sent')
  }
)

void t.test('retry: the certificate is not to be trusted', async (t) => {
  const { port, received } = await smtpServer(t, {}, { disabledCommands: [] })
  const { send } = transport(t, `smtp://127.0.0.1:${port}`)
  t.equal((await send(message)).state, 'retry')
  t.equal(received.length, 0)
  const lenient = transport(t, `smtp://127.0.0.1:${port}?tls.rejectUnauthorized=false`)
  t.equal((await lenient.send(message)).state, 'sent', 'unless the URL says so')
})

void t.test('delivery is retried when no server listens', async (t) => {
  const { send, verify } = transport(t, `smtp://127.0.0.1:${await unusedPort()}`)
  const outcome = await send(message)
  t.equal(outcome.state, 'retry')
  t.match(outcome.reason.facts.error, /ECONNREFUSED/)
  t.hasStrict(await verify(), { ok: false })
})

void t.test('retry: the server greets and then says nothing', async (t) => {
  const server = await rudeServer(t, (socket) => socket.write('220 here\r\n'))
  const started = Date.now()
  const outcome = await transport(t, server.url).send(message)
  t.equal(outcome.state, 'retry')
  t.ok(Date.now() - started < 20_000, 'within the time-out')
})

void t.test('retry: the server never greets', async (t) => {
  const server = await rudeServer(t, () => undefined)
  t.equal((await transport(t, server.url).send(message)).state, 'retry')
})

// Guards `attemptMs`: each byte starts the socket's time-out anew.
void t.test('retry: the server trickles, and is never silent', async (t) => {
  const server = await rudeServer(t, (socket) => {
    socket.write('220 here\r\n250-')
    const timer = setInterval(() => socket.write('x'), 50)
    socket.on('close', () => {
      clearInterval(timer)
    })
  })
  const outcome = await transport(t, server.url, { ...SHORT, attemptMs: 800 }).send(message)
  t.strictSame(outcome, { state: 'retry', reason: because('attempt_timed_out') })
})

// Guards `maxRequeues`: the mailer's own default would dial six times for one attempt of ours.
void t.test('retry: the server hangs up before it greets', async (t) => {
  const server = await rudeServer(t, (socket) => socket.destroy())
  t.equal((await transport(t, server.url).send(message)).state, 'retry')
  t.equal(server.connections(), 2)
})

// The mailer must not send again on its own what may have arrived.
void t.test('retry: the line is cut after DATA, and the message went out once', async (t) => {
  const server = await rudeServer(t, cutAfterData)
  t.equal((await transport(t, server.url).send(message)).state, 'retry')
  t.equal(server.connections(), 1)
})

void t.test('an address that is more than one plain address goes nowhere', async (t) => {
  const server = await smtpServer(t)
  const { send } = transport(t, server.url)
  const hostile = [
    'a@x.example, b@y.example',
    'Foo <a@x.example>\r\nBcc: z@z.example',
    'a@x.example\r\nRCPT TO:<z@z.example>',
    '<a@x.example>',
    '"a@x.example" <z@z.example>',
    'a@x.example@z.example',
    'group: a@x.example, b@x.example;',
    '@x.example:z@z.example',
    'a@[127.0.0.1]',
    'a b@x.example',
    'a@x.example\0',
    'a',
    ''
  ]
  for (const to of hostile) {
    const outcome = await send({ ...message, envelope: { ...message.envelope, to } })
    t.equal(outcome.state, 'refused', JSON.stringify(to))
    const asSender = await send({ ...message, envelope: { ...message.envelope, from: to } })
    t.equal(asSender.state, 'retry')
  }
  t.strictSame(server.received, [])
})

void t.test('after close, everything waits for another process', async (t) => {
  const server = await smtpServer(t)
  const { send, close } = transport(t, server.url)
  const underway = send(message)
  await close()
  t.equal((await underway).state, 'sent', 'what was underway is finished')
  t.equal((await send(message)).state, 'retry')
})

void t.test('an SMTP URL with a fault is refused without showing the password', async (t) => {
  const cases = [
    'http://user:secret@host',
    'smtp://',
    'smtp://user:secret@host:port',
    'smtp://user:secret@host?debug=true',
    'smtp://user:secret@host?requireTLS=maybe',
    'smtp://user:secret@host?maxConnections=many'
  ]
  for (const smtpUrl of cases) {
    try {
      createMailTransport({ smtpUrl, outboxDirectory: t.testdir() })
      t.fail(smtpUrl)
    } catch (error) {
      t.type(error, TypeError)
      t.notMatch(String(error), /secret/, String(error))
    }
  }
})

void t.test('without an SMTP URL, messages are files', async (t) => {
  const outboxDirectory = join(t.testdir(), 'new', 'outbox')
  const { send, verify, close } = createMailTransport({ smtpUrl: null, outboxDirectory })
  t.strictSame(await verify(), { ok: true })

  t.hasStrict(await send(message), { state: 'sent' })
  t.strictSame(await readdir(outboxDirectory), ['20261121T170313123Z-m1.eml'])
  const file = join(outboxDirectory, '20261121T170313123Z-m1.eml')
  t.strictSame(await readFile(file), message.raw)
  t.equal((await stat(file)).mode & 0o777, 0o600)

  await send({ ...message, raw: Buffer.from('again') })
  t.equal(await readFile(file, 'utf8'), 'again', 'the same message replaces its own file')
  t.equal((await readdir(outboxDirectory)).length, 1)

  await send({ ...message, messageId: '<other-m1@desk.example>' })
  t.equal((await readdir(outboxDirectory)).length, 2, 'another message has another file')

  await send({ ...message, messageId: '<../../../tmp/x@desk.example>' })
  await send({ ...message, messageId: '<__________tmp_x@desk.example>' })
  const names = await readdir(outboxDirectory)
  t.equal(names.length, 4)
  t.ok(
    names.every((name) => /^\d{8}T\d{9}Z-[\w-]+\.eml$/.test(name)),
    'no other names'
  )
  await close()
})

void t.test('retry: the outbox can’t be written', async (t) => {
  const directory = t.testdir()
  await writeFile(join(directory, 'file'), '')
  await mkdir(join(directory, 'dir'))
  const outboxDirectory = join(directory, 'file', 'outbox')
  const { send, verify } = createMailTransport({ smtpUrl: null, outboxDirectory })
  const outcome = await send(message)
  t.equal(outcome.state, 'retry')
  const reason = because('transport_failed', { error: 'ENOTDIR not a directory' })
  t.strictSame(outcome, { state: 'retry', reason })
  t.hasStrict(await verify(), { ok: false })
})
