import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { listOperations } from '../support/operations.ts'

const NO_ONE = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'

interface OpenApi {
  paths: Record<
    string,
    Record<string, { operationId: string; requestBody?: { required?: boolean } }>
  >
}

/** The ways in which clients send no body. */
const ABSENT: Record<string, Record<string, string>> = {
  'nothing at all': {},
  'JSON of no bytes': { 'content-type': 'application/json', 'content-length': '0' },
  'a form of no bytes': {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': '0'
  }
}

// Guards all commands: a refusal that says nothing of why was 422 without a body.
void t.test('a body without a required member may be absent', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const { paths } = app.swagger() as unknown as OpenApi
  const documented = Object.values(paths).flatMap((item) => Object.values(item))
  const optional = new Set(
    documented
      .filter(({ requestBody }) => requestBody?.required === false)
      .map(({ operationId }) => operationId)
  )
  const operations = listOperations(app).filter(({ mediaTypes }) =>
    mediaTypes.includes('application/json')
  )
  t.ok(optional.has('declineLinkRequest'))
  t.ok(optional.size > 30, `${optional.size} operations`)
  for (const operation of operations) {
    const url = operation.path.replaceAll(/\{\w+\}/g, NO_ONE)
    const statusOf = async (body: object | undefined, headers: Record<string, string>) => {
      const { withUser } = await createDealer()
      const { call } = await withUser({ role: 'owner' })
      return (await call(operation.method, url, body, headers)).status
    }
    const empty = await statusOf({}, {})
    const isOptional = optional.has(operation.id)
    if (!isOptional) t.ok(empty >= 400, `${operation.id} requires a member`)
    for (const [way, headers] of Object.entries(isOptional ? ABSENT : {})) {
      t.equal(await statusOf(undefined, headers), empty, `${operation.id}: ${way}`)
    }
  }
})
