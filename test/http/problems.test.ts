import t from 'tap'

import { PROBLEM_KINDS, problems } from '../../src/http/problems.ts'
import { createTestApp } from '../support/app.ts'
import { listOperations } from '../support/operations.ts'
import type { DocumentedOperation } from '../support/operations.ts'

void t.test('every path refuses the methods it does not have, and says which it has', async (t) => {
  const { app, call } = await createTestApp(t)
  const operations = listOperations(app)
  const paths = new Set(operations.map(({ path }) => path))
  for (const path of paths) {
    const methods = operations.filter((one) => one.path === path).map(({ method }) => method)
    const other = (['DELETE', 'PUT', 'PATCH', 'POST', 'GET'] as const).find(
      (method) => !methods.includes(method) && !isTakenAsId(operations, path, method)
    )
    if (!other) continue
    const url = path.replaceAll(/\{\w+\}/g, '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e')
    const answer = await call(null, { method: other, url })
    t.equal(answer.status, 405, `${other} ${path}`)
    const allowed = String(answer.headers.allow).split(', ')
    t.ok(
      methods.every((method) => allowed.includes(method)),
      String(answer.headers.allow)
    )
    t.equal(answer.body.type, 'urn:leadyard:problem:method-not-allowed')
  }
})

/** Whether the end of a path would be read as the id of another operation: then that one answers. */
function isTakenAsId(
  operations: readonly DocumentedOperation[],
  path: string,
  method: string
): boolean {
  const withId = path.replace(/[^/{}]+$/, '{id}')
  return operations.some((one) => one.method === method && one.path === withId && withId !== path)
}

void t.test('what is no path is 404, and a malformed one a problem too', async (t) => {
  const { call } = await createTestApp(t)
  for (const [url, status] of [
    ['/v1/nothing', 404],
    ['/', 404],
    ['/v1/leads/%zz', 400],
    [`/v1/leads/${'x'.repeat(500)}`, 400]
  ] as const) {
    const answer = await call(null, { method: 'GET', url })
    t.equal(answer.status, status, url.slice(0, 40))
    t.match(String(answer.headers['content-type']), 'application/problem+json')
    t.hasStrict(answer.body, { status })
    t.type(answer.body.instance, 'string')
  }
})

void t.test('every problem there is a word for is in the catalogue, with its status', async (t) => {
  t.hasStrict(problems.notFound('lead'), { type: 'not-found', status: 404 })
  for (const [type, { status, title }] of Object.entries(PROBLEM_KINDS)) {
    t.match(type, /^[a-z-]+$/)
    t.ok(status >= 400 && status < 600 && title.length > 5, type)
  }
})
