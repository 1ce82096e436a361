import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { listOperations } from '../support/operations.ts'

const NO_ONE = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'

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
  const operations = listOperations(app).filter(
    ({ method, mediaTypes }) => method === 'POST' && mediaTypes.includes('application/json')
  )
  const optional = operations.filter(({ isBodyOptional }) => isBodyOptional).map(({ id }) => id)
  t.ok(optional.includes('declineLinkRequest'))
  t.ok(optional.length > 5, `${optional.length} operations`)
  for (const operation of operations) {
    const url = operation.path.replaceAll(/\{\w+\}/g, NO_ONE)
    const statusOf = async (body: object | undefined, headers: Record<string, string>) => {
      const { withUser } = await createDealer()
      const { call } = await withUser({ role: 'owner' })
      return (await call(operation.method, url, body, headers)).status
    }
    const empty = await statusOf({}, {})
    const isOptional = operation.isBodyOptional
    if (!isOptional) t.ok(empty >= 400, `${operation.id} requires a member`)
    for (const [way, headers] of Object.entries(isOptional ? ABSENT : {})) {
      t.equal(await statusOf(undefined, headers), empty, `${operation.id}: ${way}`)
    }
  }
})

// Guards what many clients do: they name a media type whatever they send.
void t.test('an operation without a body takes the media type of an empty one', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const dealer = await createDealer()
  const owner = app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })
  const operations = listOperations(app).filter(
    ({ method, path, mediaTypes }) =>
      method === 'POST' && mediaTypes.length === 0 && path.startsWith('/v1/leads/')
  )
  t.ok(operations.length > 3)
  for (const { id, path } of operations) {
    const response = await app.inject({
      method: 'POST',
      url: path.replaceAll(/\{\w+\}/g, NO_ONE),
      headers: { authorization: `Bearer ${owner}`, 'content-type': 'application/json' }
    })
    t.equal(response.statusCode, 404, id)
  }
})
