import t from 'tap'

import { readSecret } from '../../../../src/security/credentials.ts'
import { OPERATOR_TOKEN, createTestApp } from '../../../support/app.ts'
import { dumpDatabase } from '../../../support/dump.ts'
import { must } from '../../../support/must.ts'

const PAUSE_MS = 1_050

void t.test('API keys', async (t) => {
  let clock = new Date()
  const { call, createDealer, database } = await createTestApp(t, { now: () => clock })
  const later = (milliseconds: number) => {
    clock = new Date(clock.getTime() + milliseconds)
  }
  const use = (key: string | null) => call(must(key), { method: 'GET', url: '/v1/me' })
  /** The time after which no process remembers a credential. */
  const forget = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

  await t.test('201 makes a key that works, shown once; the database holds its hash', async (t) => {
    const { admin } = await createDealer()
    const headers = { 'idempotency-key': 'a key' }
    const body = { name: 'Website', scopes: ['leads:capture'] }
    const made = await admin('POST', '/v1/api-keys', body, headers)
    t.equal(made.status, 201)
    const { key: given, ...rest } = made.body
    const key = must(given)
    t.match(key, /^lk_live_[0-9A-Za-z]{60}$/)
    t.match(rest.prefix, /^lk_live_[0-9A-Za-z]{4}$/)
    t.hasStrict(rest, { scopes: ['leads:capture'], sourceId: null, lastUsedAt: null, version: 1 })
    const repeat = await admin('POST', '/v1/api-keys', body, headers)
    t.strictSame(repeat.body, { ...rest, key: null })

    t.equal((await use(key)).status, 200)
    const url = String(made.headers.location)
    const read = await admin('GET', url)
    t.equal(read.body.lastUsedAt, clock.toISOString())
    t.notOk('key' in read.body)
    const listed = await admin('GET', '/v1/api-keys?active=true')
    t.ok(listed.body.data.some(({ id }: { id: string }) => id === rest.id))
    const renamed = await admin('PATCH', url, { name: 'Old' }, { 'if-match': '"1"' })
    t.hasStrict(renamed.body, { name: 'Old', version: 2 })
    t.equal((await admin('PATCH', url, { scopes: ['admin'] })).status, 422)

    const dump = await dumpDatabase(database.ownerUrl)
    t.ok(dump.includes(must(readSecret('lk_live_', key)).hash), 'the dump holds what is stored')
    t.notOk(dump.includes(key))
    t.notOk(dump.includes(key.slice(-38)))
  })

  await t.test('a key may come as X-API-Key; 401 beside another credential', async (t) => {
    const { admin } = await createDealer()
    const make = async () => {
      const words = { name: 'Browser', scopes: ['read'] }
      return must((await admin('POST', '/v1/api-keys', words)).body.key)
    }
    const [key, other] = [await make(), await make()]
    const show = (token: string | null, headers: Record<string, string>) =>
      call(token, { method: 'GET', url: '/v1/me', headers })
    t.equal((await show(null, { 'x-api-key': key })).status, 200)
    t.equal((await show(key, { 'x-api-key': key })).status, 200, 'the same key twice')
    const both = await show(other, { 'x-api-key': key })
    t.equal(both.status, 401)
    t.match(both.problem.detail, 'differ')
    const basic = { 'x-api-key': key, authorization: 'Basic dXNlcjpwYXNzd29yZA==' }
    t.equal((await show(null, basic)).status, 401)
    t.equal((await show(key, { 'x-api-key': '' })).status, 401)
    for (const wrong of ['', `${key}x`, `${key}, ${key}`, OPERATOR_TOKEN]) {
      t.equal((await show(null, { 'x-api-key': wrong })).status, 401, wrong.slice(0, 4))
    }
  })

  await t.test('422 for a source that is not the dealer’s, and a time that is past', async (t) => {
    const { admin } = await createDealer()
    const other = await createDealer()
    const { body } = await other.admin('GET', '/v1/sources?limit=1')
    const make = (words: object) =>
      admin('POST', '/v1/api-keys', { name: 'K', scopes: ['read'], ...words })
    t.equal((await make({ sourceId: must(body.data[0]).id })).status, 422)
    t.equal((await make({ expiresAt: new Date(clock.getTime() - 1).toISOString() })).status, 422)
    t.equal((await make({ scopes: [] })).status, 422)
    t.equal((await make({ scopes: ['everything'] })).status, 422)
  })

  await t.test('401 within a second of being revoked, and from its expiry on', async (t) => {
    const { admin } = await createDealer()
    const make = async (words: object = {}) => {
      const { body } = await admin('POST', '/v1/api-keys', {
        name: 'K',
        scopes: ['read'],
        ...words
      })
      return body
    }
    const revoked = await make()
    t.equal((await use(revoked.key)).status, 200)
    const url = `/v1/api-keys/${revoked.id}/revoke` as const
    t.equal((await admin('POST', url, undefined, { 'if-match': '"7"' })).status, 412)
    const first = await admin('POST', url)
    t.hasStrict(first.body, { revokedAt: clock.toISOString(), version: 2 })
    t.strictSame((await admin('POST', url)).body, first.body, 'a second time changes nothing')
    await forget()
    t.equal((await use(revoked.key)).status, 401)

    const expiring = await make({ expiresAt: new Date(clock.getTime() + 60_000).toISOString() })
    t.equal((await use(expiring.key)).status, 200)
    later(60_000)
    await forget()
    t.equal((await use(expiring.key)).status, 401)
    const { body } = await admin('GET', '/v1/api-keys?active=false')
    t.strictSame(
      body.data.map(({ id }: { id: string }) => id),
      [revoked.id, expiring.id]
    )
  })

  await t.test('201 rotates: both keys work for the overlap, then the new one', async (t) => {
    const { admin } = await createDealer()
    const { body: old } = await admin('POST', '/v1/api-keys', { name: 'K', scopes: ['write'] })
    const url = `/v1/api-keys/${old.id}/rotate` as const
    const headers = { 'idempotency-key': 'rotate' }
    const rotated = await admin('POST', url, { overlapSeconds: 600 }, headers)
    t.equal(rotated.status, 201)
    t.hasStrict(rotated.body, { name: 'K', scopes: ['write'], expiresAt: null })
    const repeat = await admin('POST', url, { overlapSeconds: 600 }, headers)
    t.equal(repeat.body.id, rotated.body.id)
    t.equal(repeat.body.key, null)
    t.equal((await use(old.key)).status, 200)
    t.equal((await use(rotated.body.key)).status, 200)
    later(600_000)
    await forget()
    t.equal((await use(old.key)).status, 401)
    t.equal((await use(rotated.body.key)).status, 200)
    t.equal((await admin('POST', url, {})).status, 409, 'an expired key is not replaced')
    const newUrl = `/v1/api-keys/${rotated.body.id}/rotate` as const
    t.equal((await admin('POST', newUrl, { overlapSeconds: 31 * 86_400 })).status, 422)
    t.equal((await admin('POST', newUrl, {})).status, 201)
    const { body: replaced } = await admin('GET', `/v1/api-keys/${rotated.body.id}`)
    t.equal(replaced.expiresAt, new Date(clock.getTime() + 86_400_000).toISOString())
    const { body: events } = await admin('GET', '/v1/events?type=api_key.rotated')
    t.equal(events.data.length, 2)
    t.notMatch(JSON.stringify(events), /lk_live_/)
  })

  await t.test(
    '401 for a mistyped key without asking the database; never from the URL',
    async (t) => {
      const { admin } = await createDealer()
      const { body } = await admin('POST', '/v1/api-keys', { name: 'K', scopes: ['admin'] })
      const key = String(body.key)
      const asked: string[] = []
      const { pool } = database.db
      const connect = pool.connect.bind(pool)
      const query = pool.query.bind(pool)
      Object.assign(pool, {
        connect: (...words: []) => (asked.push('connect'), connect(...words)),
        query: (...words: [never]) => (asked.push('query'), query(...words))
      })
      const swapped = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a')
      const middle = key.slice(0, 40) + (key[40] === 'a' ? 'b' : 'a') + key.slice(41)
      for (const wrong of [
        swapped,
        middle,
        key.slice(0, -1),
        `${key}0`,
        key.replace('live', 'test')
      ]) {
        t.equal((await use(wrong)).status, 401)
      }
      t.strictSame(asked, [])
      t.equal((await use(key)).status, 200)
      t.not(asked.length, 0, 'a good one is looked up')
      Object.assign(pool, { connect, query })
      for (const name of ['key', 'api_key', 'access_token']) {
        t.equal((await call(null, { method: 'GET', url: `/v1/me?${name}=${key}` })).status, 401)
      }
    }
  )

  await t.test('403 for members and lesser keys, 404 for another dealer’s keys', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const { body } = await admin('POST', '/v1/api-keys', { name: 'K', scopes: ['read'] })
    const url = `/v1/api-keys/${body.id}` as const
    const { call: member } = await withUser()
    const writer = await withKey(['write'])
    for (const caller of [member, writer]) {
      t.equal((await caller('GET', '/v1/api-keys')).status, 403)
      t.equal((await caller('POST', '/v1/api-keys', { name: 'K', scopes: ['admin'] })).status, 403)
      t.equal((await caller('POST', `${url}/revoke`)).status, 403)
    }
    const { admin: other } = await createDealer()
    t.equal((await other('GET', url)).status, 404)
    t.equal((await other('PATCH', url, { name: 'X' })).status, 404)
    t.equal((await other('POST', `${url}/revoke`)).status, 404)
    t.equal((await other('POST', `${url}/rotate`, {})).status, 404)
    t.equal((await use(body.key)).status, 200)
  })
})
