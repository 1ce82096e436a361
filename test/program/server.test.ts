import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import PostalMime from 'postal-mime'
import t from 'tap'

import { makeDirectory, startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { until } from '../support/worker.ts'

const LEAD = { source: 'website', contact: { fullName: 'Ewa Lis', email: 'ewa.lis@example.pl' } }

async function call(
  { baseUrl, credentials }: Program,
  path: string,
  { body, token = credentials.apiKey }: { body?: object; token?: string } = {}
) {
  const answer = await fetch(`${baseUrl}${path}`, {
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {})
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {})
  })
  const text = await answer.text()
  const isJson = String(answer.headers.get('content-type')).includes('json')
  return { status: answer.status, text, body: isJson ? JSON.parse(text) : null }
}

void t.test(
  'with nothing but Node: the first start, the second, and one after kill -9',
  async (t) => {
    const dataDirectory = join(makeDirectory(t), '.leadyard')
    const path = join(dataDirectory, 'credentials.json')
    const first = await startProgram(t, { dataDirectory })
    const { credentials } = first

    await t.test('the start prints credentials, in a file that only its owner reads', async (t) => {
      const members = [
        'baseUrl',
        'dealer',
        'apiKey',
        'adminEmail',
        'adminPassword',
        'operatorToken'
      ]
      t.strictSame(Object.keys(credentials), members)
      t.ok(first.stdout().includes(JSON.stringify(credentials, null, 2)), 'printed as well')
      t.equal(credentials.baseUrl, first.baseUrl)
      t.equal(statSync(path).mode & 0o777, 0o600)
      t.equal(first.stderr(), '')
    })

    await t.test('all of them work', async (t) => {
      const { dealer, adminEmail: email, adminPassword: password, operatorToken } = credentials
      t.equal((await call(first, '/v1/leads')).status, 200)
      t.equal((await call(first, '/v1/dealers', { token: operatorToken })).status, 200)
      const signedIn = await call(first, '/v1/auth/token', {
        token: '',
        body: { dealer, email, password }
      })
      const token = (signedIn.body as { accessToken: string }).accessToken
      t.equal((await call(first, '/v1/leads', { token })).status, 200)
    })

    await t.test('health, readiness, figures, documentation', async (t) => {
      t.strictSame((await call(first, '/healthz')).body, { status: 'ok' })
      // The worker's first look for jobs may come a moment after the API's first answer.
      while ((await call(first, '/readyz')).status === 503) await sleep(100)
      t.strictSame((await call(first, '/readyz')).body, { status: 'ok' })
      t.match((await call(first, '/metrics')).text, /^process_cpu_seconds_total [\d.]+$/m)
      t.match((await call(first, '/docs')).text, 'swagger-ui')
    })

    await t.test('links in responses and mails name the port that the system chose', async (t) => {
      const links = `${first.baseUrl}/v1/promoter-invitations/`
      const body = { email: 'piotr@promoters.test', name: 'Piotr Lis' }
      t.equal((await call(first, '/v1/promoter-invitations', { body })).status, 201)
      const outbox = join(dataDirectory, 'outbox')
      const files = () =>
        existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : []
      const [file = ''] = await until(files, ({ length }) => length > 0)
      const mail = await PostalMime.parse(readFileSync(join(outbox, file)))
      t.match(mail.text, links)
      const { data: users } = (await call(first, '/v1/users')).body as { data: { id: string }[] }
      const ofUser = { body: { userId: users[0]?.id } }
      const link = (await call(first, '/v1/referral-links', ofUser)).body as { url: string }
      t.ok(link.url.startsWith(`${first.baseUrl}/r/`), link.url)
    })

    const lead = (await call(first, '/v1/leads', { body: LEAD })).body as { id: string }
    t.equal(await first.stop(), 0, 'SIGTERM ends it with 0')

    const second = await startProgram(t, { dataDirectory })
    t.equal((await call(second, `/v1/leads/${lead.id}`)).status, 200, 'finds the first one’s data')
    t.notMatch(second.stdout(), credentials.apiKey, 'and says no secret again')
    t.notMatch(second.stdout(), credentials.adminPassword)
    t.strictSame(
      second.credentials,
      { ...credentials, baseUrl: second.baseUrl },
      'but where it is now'
    )
    const kept = (await call(second, '/v1/leads', { body: LEAD })).body as { id: string }
    await second.kill()

    const third = await startProgram(t, { dataDirectory })
    t.equal(
      (await call(third, `/v1/leads/${kept.id}`)).status,
      200,
      'what was acknowledged is there'
    )
    t.equal(await third.stop(), 0)
  }
)

// The kill comes once the program is ready, not between file and commit: that moment is too short to hit.
void t.test(
  'killed as soon as it was ready for the first time: the credentials still work',
  async (t) => {
    const program = await startProgram(t)
    await program.kill()
    writeFileSync(join(program.dataDirectory, 'credentials.json.unfinished'), '')
    const next = await startProgram(t, { dataDirectory: program.dataDirectory })
    t.equal((await call(next, '/v1/leads')).status, 200)
    t.equal(await next.stop(), 0)
  }
)

// Guards `app.close()` before the database's end: a request under way is answered, a new one is not.
void t.test('SIGTERM: what is in flight is finished', async (t) => {
  const program = await startProgram(t)
  const body = JSON.stringify(LEAD)
  const { hostname, port } = new URL(program.baseUrl)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const head = [
    'POST /v1/leads HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${program.credentials.apiKey}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`)
  await sleep(300)
  const stopped = program.stop()
  await sleep(300)
  await t.rejects(fetch(`${program.baseUrl}/healthz`), 'nothing new is accepted')
  socket.write(body.slice(10))
  await closed
  t.match(answer, /^HTTP\/1\.1 201 /)
  t.equal(await stopped, 0)
})
