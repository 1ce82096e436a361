import pg from 'pg'
import t from 'tap'
import type { Test } from 'tap'

import { asClient, createEmptyDatabase, superuserUrlOf } from '../../support/database.ts'
import { bareLead } from '../requests.ts'
import { BARE_WAYS } from './capture.ts'
import type { BareWay } from './capture.ts'
import { loadBare } from './schema.ts'
import { BARE_TOKEN, buildBareService } from './service.ts'

const SIZE = { dealers: 2, clients: 4, leads: 200 }

async function startBare(t: Test, way: BareWay) {
  // Loading ends with a checkpoint.
  const connectionString = await superuserUrlOf(await createEmptyDatabase(t))
  await asClient(connectionString, (client) => loadBare(client, SIZE))
  const pool = new pg.Pool({ connectionString, max: 2 })
  const app = buildBareService(pool, way)
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  const headers = { authorization: `Bearer ${BARE_TOKEN}` }
  const get = async (url: string) => await app.inject({ url, headers })
  const post = async (payload: object) =>
    await app.inject({ method: 'POST', url: '/v1/leads', headers, payload })
  return { app, pool, get, post }
}

for (const way of BARE_WAYS) {
  void t.test(`${way}: a capture finds the client, the earlier lead and the user`, async (t) => {
    const { pool, get, post } = await startBare(t, way)
    const lead = { ...bareLead(2), email: 'C3@Example.com', phone: '699 000 000' }
    const first = await post(lead)
    t.equal(first.statusCode, 201)
    t.match(first.json(), { clientId: '3', duplicateOfId: null })
    const second = await post({ ...lead, email: 'new@example.com', phone: '+48 699-000-000' })
    t.match(second.json(), { clientId: null, duplicateOfId: first.json().id })

    const stored = (await get(`/v1/leads/${first.json().id}`)).json()
    t.equal(Object.keys(stored).length, 35)
    t.match(stored, { dealer_id: 2, client_id: '3', user_id: 21, email_key: 'c3@example.com' })
    const { rows } = await pool.query('select event from history where lead_id = $1', [stored.id])
    t.strictSame(rows, [{ event: 'captured' }])
    const jobs = await pool.query('select kind from jobs where lead_id = $1 order by id', [
      stored.id
    ])
    t.strictSame(jobs.rows, [{ kind: 'mail' }, { kind: 'hook' }])
  })
}

void t.test('pages of 50 follow each other through a dealer’s leads, newest first', async (t) => {
  const { get } = await startBare(t, 'func')
  const seen: string[] = []
  for (let after = ''; ;) {
    const { data, next } = (await get(`/v1/leads?dealerId=2${after}`)).json()
    t.ok(data.length <= 50)
    seen.push(...data.map(({ id }: { id: string }) => id))
    if (next === null) break
    after = `&after=${next}`
  }
  t.equal(seen.length, (SIZE.leads * 19) / 20)
  t.strictSame(
    seen,
    [...new Set(seen)].sort((a, b) => Number(b) - Number(a))
  )
})

void t.test('the token, the body and the id are checked', async (t) => {
  const { app, get, post } = await startBare(t, 'func')
  t.equal((await app.inject({ url: '/v1/leads?dealerId=1' })).statusCode, 401)
  t.equal((await get('/v1/leads/999')).statusCode, 404)
  t.equal((await post({ ...bareLead(1), dealerId: 0 })).statusCode, 400)
  t.equal((await post({ ...bareLead(1), email: 5, phone: undefined })).statusCode, 400)
})
