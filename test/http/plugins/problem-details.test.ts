import Fastify from 'fastify'
import t from 'tap'

import { problemDetails } from '../../../src/http/plugins/problem-details.ts'

const SECRET = 'insert into leads (email) values (ada@example.com)'

/** The response to a request that fails with this, without the rest of the app. */
async function failWith(error: unknown) {
  const app = Fastify()
  await app.register(problemDetails)
  app.addHook('preHandler', (_request, _reply, done) => {
    done(error as Error)
  })
  app.get('/', () => null)
  const response = await app.inject('/')
  await app.close()
  return response
}

void t.test('a failure of ours tells the caller nothing but the request id', async (t) => {
  const failures = {
    'an error': new Error(SECRET),
    'an error with a code': Object.assign(new Error(SECRET), { code: 'ENOENT' }),
    'an error with a cause': new Error(SECRET, { cause: new Error(SECRET) }),
    'several errors': new AggregateError([new Error(SECRET)], SECRET),
    'an error with status 500': Object.assign(new Error(SECRET), { statusCode: 500 }),
    'an error with status 502': Object.assign(new Error(SECRET), { statusCode: 502 }),
    'a failure of the database': new Error(SECRET, {
      cause: Object.assign(new Error(SECRET), { code: '42P01', detail: SECRET, table: 'leads' })
    }),
    'an unknown constraint': Object.assign(new Error(SECRET), {
      code: '23505',
      constraint: 'unknown_key',
      detail: SECRET
    }),
    'an object': { message: SECRET, secret: SECRET },
    'a text': SECRET
  }
  for (const [name, error] of Object.entries(failures)) {
    const response = await failWith(error)
    t.equal(response.statusCode, 500, name)
    t.match(response.headers['content-type'], /^application\/problem\+json/, name)
    t.strictSame(
      response.json(),
      {
        type: 'urn:leadyard:problem:internal-error',
        title: 'Internal error',
        status: 500,
        detail: 'The error is logged under the id in `instance`.',
        instance: response.json<{ instance: string }>().instance
      },
      name
    )
    t.notMatch(JSON.stringify(response.headers), 'ada@example.com', name)
  }
})

void t.test('a passing failure of the database is 503, without its message', async (t) => {
  for (const code of ['57P01', '53300', '40001', '57014', 'ECONNREFUSED']) {
    const response = await failWith(
      new Error(SECRET, { cause: Object.assign(new Error(SECRET), { code, detail: SECRET }) })
    )
    t.equal(response.statusCode, 503, code)
    t.ok(Number(response.headers['retry-after']) > 0, code)
    t.notMatch(response.body, /insert|ada@example/, code)
  }
})

void t.test('a refusal by a library is reported by its status, without its message', async (t) => {
  for (const statusCode of [400, 404, 405, 408, 413, 414, 415, 429, 431, 503]) {
    const response = await failWith(Object.assign(new Error(SECRET), { statusCode }))
    t.match(response.headers['content-type'], /^application\/problem\+json/)
    t.ok(response.statusCode >= 400, String(statusCode))
    t.notMatch(response.body, /insert|ada@example/, String(statusCode))
  }
})
