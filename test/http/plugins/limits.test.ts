import { setTimeout as sleep } from 'node:timers/promises'

import t from 'tap'

import { createTestApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'

const LEAD = { source: 'website', contact: { fullName: 'Ewa Lis', email: 'ewa@example.pl' } }

/** Calls a public route as a visitor from this address. */
function visit({ call }: TestApp, from: string, forwardedFor?: string) {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
  return call(null, { method: 'GET', url: '/r/abcdefgh', remoteAddress: from, headers })
}

void t.test('a key that calls too often is refused', async (t) => {
  const { createDealer } = await createTestApp(t, { limits: { max: 3 } })
  const dealer = await createDealer()
  const [key, otherKey] = [await dealer.withKey(['read']), await dealer.withKey(['read'])]

  await t.test('429 to the fourth call in a minute, with the time to wait', async (t) => {
    for (const remaining of [2, 1, 0]) {
      const response = await key('GET', '/v1/leads')
      t.equal(response.status, 200)
      t.equal(response.headers['ratelimit-policy'], '"default";q=3;w=60')
      t.match(response.headers.ratelimit, new RegExp(`^"default";r=${remaining};t=\\d+$`))
    }
    const refused = await key('GET', '/v1/leads')
    t.equal(refused.status, 429)
    t.hasStrict(refused.body, { type: 'urn:leadyard:problem:rate-limited', status: 429 })
    t.match(refused.headers['content-type'], /^application\/problem\+json/)
    const wait = Number(refused.headers['retry-after'])
    t.ok(wait > 0 && wait <= 60, `Retry-After is ${wait}`)
  })

  await t.test('other operations are refused too, and nothing is written', async (t) => {
    const capture = await dealer.withKey(['leads:capture'])
    for (const [index, status] of [201, 201, 201, 429, 429].entries()) {
      const contact = { fullName: 'Ewa Lis', email: `${index}@example.pl` }
      t.equal((await capture('POST', '/v1/leads', { ...LEAD, contact })).status, status)
    }
    t.equal((await otherKey('GET', '/v1/leads')).body.data.length, 3)
  })

  await t.test('each key and each user of the same dealer has a count of its own', async (t) => {
    t.equal((await key('GET', '/v1/leads')).status, 429, 'the key that called too often')
    t.equal((await otherKey('GET', '/v1/leads')).status, 200, 'another key')
    const user = await dealer.withUser({})
    t.equal((await user.call('GET', '/v1/leads')).status, 200, 'a user')
  })
})

void t.test('processes on one database share a limit', async (t) => {
  const first = await createTestApp(t, { limits: { max: 40 } })
  const second = await createTestApp(t, { limits: { max: 40 }, database: first.database })
  const dealer = await first.createDealer()
  const words = { name: 'Two processes', scopes: ['read'] }
  const { body } = await dealer.admin('POST', '/v1/api-keys', words)
  const [key, there] = [first.callerOf(body.key), second.callerOf(body.key)]
  const statuses: number[] = []
  for (let n = 0; n < 30; n += 1) {
    statuses.push(
      (await key('GET', '/v1/queues')).status,
      (await there('GET', '/v1/queues')).status
    )
  }
  const served = statuses.filter((status) => status === 200).length
  t.ok(served <= 40 && served >= 36, `${served} of 60 were served`)
  t.equal(statuses.at(-1), 429)
})

void t.test('refused requests count', async (t) => {
  const { call, createDealer } = await createTestApp(t, { limits: { max: 3, publicMax: 3 } })
  const dealer = await createDealer()
  const send = (token: string | null, url: string, remoteAddress = '127.0.0.1') =>
    call(token, { method: 'GET', url, remoteAddress })
  const statusesOf = async (times: number, send: () => Promise<{ status: number }>) => {
    const statuses: number[] = []
    for (let n = 0; n < times; n++) statuses.push((await send()).status)
    return statuses
  }

  await t.test('429 to the fourth 401 of an address, whatever the credential', async (t) => {
    const guesses = ['lk_live_guessed', 'no.such.token', null, `lk_live_${'a'.repeat(60)}`]
    const statuses: number[] = []
    for (const guess of guesses) statuses.push((await send(guess, '/v1/leads')).status)
    t.strictSame(statuses, [401, 401, 401, 429])
    const refused = await send('lk_live_guessed', '/v1/clients')
    t.hasStrict(refused.body, { type: 'urn:leadyard:problem:rate-limited', status: 429 })
    t.ok(Number(refused.headers['retry-after']) > 0)
    t.equal(
      (await send(null, '/v1/leads', '192.0.2.2')).status,
      401,
      'another address has a count of its own'
    )
  })

  await t.test(
    'others at that address go on: with a key, at public routes and health checks',
    async (t) => {
      t.equal((await send(null, '/v1/leads')).status, 429)
      const key = await dealer.withKey(['read'])
      t.equal((await key('GET', '/v1/leads')).status, 200)
      t.equal((await send(null, '/r/abcdefgh')).status, 404)
      t.equal((await send(null, '/healthz')).status, 200)
    }
  )

  await t.test('429 to the fourth 403 of a key, and to what it may do', async (t) => {
    const key = await dealer.withKey(['leads:capture'])
    t.strictSame(await statusesOf(4, () => key('GET', '/v1/users')), [403, 403, 403, 429])
    t.equal((await key('POST', '/v1/leads', LEAD)).status, 429)
    const other = await dealer.withKey(['leads:capture'])
    t.equal((await other('POST', '/v1/leads', LEAD)).status, 201, 'another key goes on')
  })
})

void t.test('health checks and the documentation are not counted', async (t) => {
  const { call } = await createTestApp(t, { limits: { max: 1, publicMax: 1 } })
  for (const url of ['/healthz', '/readyz', '/metrics', '/docs/json']) {
    for (let n = 0; n < 3; n++) t.equal((await call(null, { method: 'GET', url })).status, 200, url)
  }
})

void t.test('public routes are limited by address', async (t) => {
  const test = await createTestApp(t, { limits: { publicMax: 3 } })
  for (let n = 0; n < 3; n++) t.equal((await visit(test, '192.0.2.1')).status, 404)
  const refused = await visit(test, '192.0.2.1')
  t.equal(refused.status, 429)
  t.ok(Number(refused.headers['retry-after']) > 0)
  const signIn = { dealer: 'none', email: 'a@example.pl', password: 'not the password' }
  const url = '/v1/auth/token'
  const again = await test.call(null, {
    method: 'POST',
    url,
    payload: signIn,
    remoteAddress: '192.0.2.1'
  })
  t.equal(again.status, 429, 'sign-in too')
  t.equal((await visit(test, '192.0.2.2')).status, 404, 'another address goes on')
})

void t.test('X-Forwarded-For', async (t) => {
  await t.test('without TRUST_PROXY is ignored: it gives no new count', async (t) => {
    const test = await createTestApp(t, { limits: { publicMax: 3 } })
    const statuses: number[] = []
    for (let n = 1; n <= 4; n++) {
      statuses.push((await visit(test, '192.0.2.1', `198.51.100.${n}`)).status)
    }
    t.strictSame(statuses, [404, 404, 404, 429])
  })

  await t.test('from a trusted proxy is believed: each visitor is counted apart', async (t) => {
    const test = await createTestApp(t, {
      limits: { publicMax: 1 },
      trustProxy: ['192.0.2.0/24']
    })
    t.equal((await visit(test, '192.0.2.1', '198.51.100.1')).status, 404)
    t.equal((await visit(test, '192.0.2.1', '198.51.100.2')).status, 404, 'another visitor')
    t.equal((await visit(test, '192.0.2.9', '198.51.100.1')).status, 429, 'by another proxy')
    const forged = '198.51.100.77, 198.51.100.1'
    t.equal((await visit(test, '192.0.2.1', forged)).status, 429, 'a forged address before it')
  })

  await t.test('from any other address is ignored', async (t) => {
    const test = await createTestApp(t, { limits: { publicMax: 1 }, trustProxy: ['192.0.2.0/24'] })
    t.equal((await visit(test, '203.0.113.5', '198.51.100.1')).status, 404)
    t.equal((await visit(test, '203.0.113.5', '198.51.100.2')).status, 429)
  })
})

void t.test('every response has the security headers', async (t) => {
  const { call, createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const responses = {
    'a success': await admin('GET', '/v1/leads'),
    'a refusal': await call(null, { method: 'GET', url: '/v1/leads' }),
    'an unknown path': await call(null, { method: 'GET', url: '/nothing' }),
    'the documentation': await call(null, { method: 'GET', url: '/docs/' })
  }
  for (const [name, { headers }] of Object.entries(responses)) {
    t.hasStrict(
      headers,
      {
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin'
      },
      name
    )
    t.notOk('x-powered-by' in headers, name)
  }
  t.equal(responses['a success'].headers['cache-control'], 'no-store')
  t.equal(responses['a refusal'].headers['cache-control'], 'no-store')
  t.match(responses['the documentation'].headers['content-security-policy'], "default-src 'none'")
})

// The event loop's lag is sampled every half second, and heeded a second after listening.
void t.test('while the process lags, work is refused and health checks are not', async (t) => {
  const { app, createDealer, call } = await createTestApp(t, {
    limits: { maxEventLoopDelayMs: 100 }
  })
  const { admin } = await createDealer()
  await app.listen({ port: 0, host: '127.0.0.1' })
  await sleep(1_100)
  const refused = await lagUntil(async () => {
    const response = await admin('GET', '/v1/leads')
    return response.status === 503 ? response : null
  })
  t.hasStrict(refused.body, { type: 'urn:leadyard:problem:unavailable', status: 503 })
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await call(null, { method: 'GET', url: '/healthz' })).status, 200)
})

/** Keeps the event loop busy until this finds something. */
async function lagUntil<T>(find: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 10; tries++) {
    const end = performance.now() + 800
    while (performance.now() < end);
    await sleep(1)
    const found = await find()
    if (found !== null) return found
  }
  throw new Error('nothing found while the event loop lagged')
}
