import { readFile } from 'node:fs/promises'

import t from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../../support/app.ts'

const TOKEN = 'the-metrics-token-of-the-tests-0123456789'

void t.test('/metrics', async (t) => {
  const { app, createDealer } = await createTestApp(t, { metricsToken: TOKEN })
  const read = async (authorization?: string) =>
    await app.inject({
      method: 'GET',
      url: '/metrics',
      headers: authorization === undefined ? {} : { authorization }
    })

  await t.test('200 with the metrics token', async (t) => {
    const response = await read(`Bearer ${TOKEN}`)
    t.equal(response.statusCode, 200)
    t.match(response.body, /^process_cpu_seconds_total [\d.]+$/m)
  })

  await t.test('401 without it, and nothing of the metrics is shown', async (t) => {
    const { id, ownerId } = await createDealer()
    const accessToken = app.jwt.sign({ sub: ownerId, dealer: id })
    const refused = {
      'no token': undefined,
      'an empty token': 'Bearer ',
      'the beginning of the token': `Bearer ${TOKEN.slice(0, -1)}`,
      'the same length, another end': `Bearer ${TOKEN.slice(0, -1)}x`,
      'the same length, another beginning': `Bearer x${TOKEN.slice(1)}`,
      'more than the token': `Bearer ${TOKEN}0`,
      'another scheme': `Basic ${TOKEN}`,
      'the operator token': `Bearer ${OPERATOR_TOKEN}`,
      'the access token of an owner': `Bearer ${accessToken}`
    }
    for (const [name, authorization] of Object.entries(refused)) {
      const response = await read(authorization)
      t.equal(response.statusCode, 401, name)
      t.equal(response.headers['www-authenticate'], 'Bearer', name)
      t.notMatch(response.body, 'process_cpu', name)
    }
  })
})

void t.test('/metrics is open where no token is set', async (t) => {
  const { call } = await createTestApp(t)
  t.equal((await call(null, { method: 'GET', url: '/metrics' })).status, 200)
})

void t.test('monitors that ask with HEAD are answered', async (t) => {
  const { call } = await createTestApp(t)
  for (const url of ['/healthz', '/readyz', '/docs', '/docs/', '/docs/json']) {
    const { status, text } = await call(null, { method: 'HEAD', url })
    t.strictSame([status, text], [200, ''], url)
  }
})

void t.test('/docs has the contract as it was written, under both of its addresses', async (t) => {
  const { call } = await createTestApp(t)
  const { status, headers, text } = await call(null, { method: 'GET', url: '/docs/json' })
  t.equal(status, 200)
  t.match(headers['content-type'], /^application\/json/)
  t.ok(text === (await readFile('openapi/openapi.json', 'utf8')))
  const yaml = await call(null, { method: 'GET', url: '/docs/yaml' })
  t.strictSame([yaml.status, yaml.headers.location], [302, '/docs/json'])
})

void t.test('/readyz names what keeps the process from serving', async (t) => {
  const obstacles: string[] = []
  const { call } = await createTestApp(t, { findObstacles: () => Promise.resolve(obstacles) })
  const ready = () => call(null, { method: 'GET', url: '/readyz' })
  t.equal((await ready()).status, 200)
  obstacles.push('the worker does not run')
  const refused = await ready()
  t.equal(refused.status, 503)
  t.match(refused.problem.detail, 'the worker does not run')
  t.equal((await call(null, { method: 'GET', url: '/healthz' })).status, 200, '/healthz asks less')
})
