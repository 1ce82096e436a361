import t from 'tap'

import { createTestApp } from '../support/app.ts'

const DESK = 'https://desk.dealer.test'
const OTHER = 'https://desk.other.test'

void t.test('scripts of the origins that a dealer allows use the API', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const dealer = await createDealer({ apiOrigins: [DESK] })
  const other = await createDealer({ apiOrigins: [OTHER] })
  const plain = await createDealer()

  const preflight = async (origin: string, url = '/v1/leads') =>
    await app.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization'
      }
    })

  await t.test('a preflight is the same for every origin that any dealer allows', async (t) => {
    for (const origin of [DESK, OTHER]) {
      const { statusCode, headers } = await preflight(origin)
      t.equal(statusCode, 204)
      t.match(headers, {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': /PATCH/,
        'access-control-allow-headers': /authorization.*x-api-key/,
        'access-control-max-age': '600'
      })
      t.notOk('access-control-allow-credentials' in headers)
    }
    for (const origin of ['https://evil.test', `${DESK}.evil.test`, 'null']) {
      const { statusCode, headers } = await preflight(origin)
      t.not(statusCode, 204, origin)
      t.notOk('access-control-allow-origin' in headers, origin)
    }
  })

  await t.test('a request is readable for the origins of its own dealer only', async (t) => {
    for (const [{ admin }, origin, isAllowed] of [
      [dealer, DESK, true],
      [dealer, OTHER, false],
      [other, DESK, false],
      [other, OTHER, true],
      [plain, DESK, false],
      [dealer, 'https://evil.test', false]
    ] as const) {
      const { status, headers } = await admin('GET', '/v1/leads', undefined, { origin })
      t.equal(status, 200)
      const allowed = headers['access-control-allow-origin']
      t.equal(allowed, isAllowed ? origin : undefined, origin)
      if (isAllowed) t.match(headers['access-control-expose-headers'], /etag.*link/)
      t.match(headers.vary, /Origin/)
    }
    const { headers } = await dealer.admin('GET', '/v1/leads')
    t.notOk('access-control-allow-origin' in headers, 'no script')
  })

  await t.test('refusals of a missing credential and sign-ins are readable, too', async (t) => {
    const refused = await app.inject({ method: 'GET', url: '/v1/leads', headers: { origin: DESK } })
    t.equal(refused.statusCode, 401)
    t.equal(refused.headers['access-control-allow-origin'], DESK)
    const foreign = { origin: 'https://evil.test' }
    const unknown = await app.inject({ method: 'GET', url: '/v1/leads', headers: foreign })
    t.notOk('access-control-allow-origin' in unknown.headers)
  })

  await t.test('422 for what is no origin', async (t) => {
    for (const origin of ['*', 'desk.dealer.test', `${DESK}/path`]) {
      const change = { settings: { apiOrigins: [origin] } }
      const { status, problem } = await plain.admin('PATCH', '/v1/dealer', change)
      t.strictSame([status, problem.errors?.[0]?.pointer], [422, '/settings/apiOrigins/0'])
    }
  })
})
