import t from 'tap'

import { createTestApp } from '../support/app.ts'

const ORIGIN = 'https://www.dealer.test'
const LEAD = { contact: { fullName: 'Ewa Lis', email: 'ewa.lis@example.test' } }

void t.test('public operations of referral links and scripts of web pages', async (t) => {
  const { call, createDealer } = await createTestApp(t)
  const dealer = await createDealer({ webOrigins: [ORIGIN] })
  const { body: link } = await dealer.admin('POST', '/v1/referral-links', {
    userId: dealer.ownerId
  })
  const { body: foreign } = await createDealer().then(({ admin, ownerId }) =>
    admin('POST', '/v1/referral-links', { userId: ownerId })
  )
  const preflight = (code: string, origin: string) =>
    call(null, {
      method: 'OPTIONS',
      url: `/v1/referrals/${code}/leads`,
      headers: { origin, 'access-control-request-method': 'POST' }
    })

  await t.test('a preflight is allowed for an origin of the dealer of the code', async (t) => {
    const { status, headers } = await preflight(link.code, ORIGIN)
    t.equal(status, 204)
    t.match(headers, {
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': /content-type/,
      'access-control-max-age': '600',
      vary: 'Origin'
    })
  })

  await t.test('other origins and other codes get no CORS headers', async (t) => {
    const others = [
      [link.code, 'https://evil.test'],
      [link.code, `${ORIGIN}.evil.test`],
      [link.code, 'null'],
      [foreign.code, ORIGIN],
      ['unknown1', ORIGIN]
    ] as const
    for (const [code, origin] of others) {
      const { status, headers } = await preflight(code, origin)
      t.equal(status, 204)
      t.notOk(
        Object.keys(headers).some((name) => name.startsWith('access-control')),
        origin
      )
    }
  })

  await t.test('the script of the page reads the receipt, and a problem', async (t) => {
    for (const [payload, status] of [
      [LEAD, 201],
      [{}, 422]
    ] as const) {
      const url = `/v1/referrals/${link.code}/leads`
      const response = await call(null, {
        method: 'POST',
        url,
        payload,
        headers: { origin: ORIGIN }
      })
      t.equal(response.status, status)
      t.equal(response.headers['access-control-allow-origin'], ORIGIN)
      t.equal(response.headers['cross-origin-resource-policy'], 'cross-origin')
    }
  })

  await t.test('the setting takes origins only', async (t) => {
    for (const wrong of ['*', 'https://a.test/', 'https://a.test/x', 'ftp://a.test', 'a.test']) {
      const response = await dealer.admin('PATCH', '/v1/dealer', {
        settings: { webOrigins: [wrong] }
      })
      t.equal(response.status, 422, wrong)
    }
  })
})
