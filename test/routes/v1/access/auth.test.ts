import { createHmac } from 'node:crypto'

import t from 'tap'

import { Passwords } from '../../../../src/security/passwords.ts'
import { CHEAP_COST, CHEAP_PASSWORDS, createTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { TEST_SECRET } from '../../../support/postgres.ts'
import { must } from '../../../support/must.ts'

const PASSWORD = 'correct horse battery staple'
const PASSWORD_HASH = await CHEAP_PASSWORDS.hash(PASSWORD)

class CountedPasswords extends Passwords {
  compared = 0

  override async verify(password: string, stored: string | null): Promise<boolean> {
    this.compared += 1
    return await super.verify(password, stored)
  }
}

/** A member with a password. */
async function withPassword({ database }: TestApp, dealer: TestDealer, role?: 'owner') {
  const user = await dealer.withUser(role ? { role } : {})
  await asClient(database.ownerUrl, (client) =>
    client.query('update users set password_hash = $1 where id = $2', [PASSWORD_HASH, user.id])
  )
  const credentials = { dealer: dealer.slug, email: user.email, password: PASSWORD }
  return { ...user, credentials }
}

void t.test('tokens', async (t) => {
  const passwords = new CountedPasswords(CHEAP_COST)
  const test = await createTestApp(t, { passwords })
  const { app, call, createDealer, database } = test
  const post = (url: string, payload: object) => call(null, { method: 'POST', url, payload })
  const signIn = (payload: object) => post('/v1/auth/token', payload)
  const refresh = (refreshToken: string) => post('/v1/auth/refresh', { refreshToken })
  const me = (token: string) => call(token, { method: 'GET', url: '/v1/me' })

  await t.test('200 signs in, however the e-mail address is written', async (t) => {
    const user = await withPassword(test, await createDealer())
    const email = ` ${user.email.toUpperCase()}`
    const { status, body } = await signIn({ ...user.credentials, email })
    t.equal(status, 200)
    t.hasStrict(body, { tokenType: 'Bearer', expiresIn: 900 })
    const { body: self } = await me(body.accessToken)
    t.equal(self.user?.id, user.id)
    t.equal(self.apiKey, null)
  })

  await t.test(
    '200 goes on with each refresh token once; the family ends with a repeat',
    async (t) => {
      const user = await withPassword(test, await createDealer())
      const { body: first } = await signIn(user.credentials)
      const { body: other } = await signIn(user.credentials)
      const { status, body: second } = await refresh(first.refreshToken)
      t.equal(status, 200)
      t.equal((await me(second.accessToken)).status, 200)
      const { status: third, body: latest } = await refresh(second.refreshToken)
      t.equal(third, 200)
      const repeat = await refresh(first.refreshToken)
      t.equal(repeat.status, 401)
      t.equal(repeat.headers['www-authenticate'], 'Bearer')
      t.equal((await refresh(latest.refreshToken)).status, 401, 'what came of it is revoked too')
      t.equal((await refresh(other.refreshToken)).status, 200, 'another session goes on')
    }
  )

  // Guards the lock on the user in `refreshSession`: delete it and several of these succeed.
  await t.test('of eight uses of one refresh token at once, at most one succeeds', async (t) => {
    const user = await withPassword(test, await createDealer())
    const { body } = await signIn(user.credentials)
    // Else the first would be done while the others are still dialling.
    await Promise.all(
      Array.from({ length: 8 }, () =>
        database.db.pool.query({ name: 'wait', text: 'select pg_sleep(0.2)' })
      )
    )
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(body.refreshToken)))
    const good = answers.filter(({ status }) => status === 200)
    t.equal(good.length, 1)
    t.equal((await refresh(must(good[0]).body.refreshToken)).status, 401, 'its family has ended')
  })

  await t.test('401 refuses refresh tokens that expired, are mistyped, or a key', async (t) => {
    const user = await withPassword(test, await createDealer())
    const { body } = await signIn(user.credentials)
    await asClient(database.ownerUrl, (client) =>
      client.query('update refresh_tokens set expires_at = now() where user_id = $1', [user.id])
    )
    t.equal((await refresh(body.refreshToken)).status, 401)
    t.equal((await refresh(`${String(body.refreshToken).slice(0, -1)}!`)).status, 401)
    t.equal((await refresh(body.accessToken.slice(0, 200))).status, 401)
    t.equal((await me(body.refreshToken)).status, 401, 'a refresh token is no access token')
  })

  await t.test('204 signs out; a session that is unknown or over is no mistake', async (t) => {
    const user = await withPassword(test, await createDealer())
    const { body } = await signIn(user.credentials)
    const signOut = () => post('/v1/auth/logout', { refreshToken: body.refreshToken })
    t.equal((await signOut()).status, 204)
    t.equal((await refresh(body.refreshToken)).status, 401)
    t.equal((await signOut()).status, 204)
    t.equal((await post('/v1/auth/logout', { refreshToken: 'rt_nothing' })).status, 204)
  })

  await t.test('401 does not say what was wrong, in words or in work', async (t) => {
    const dealer = await createDealer()
    const user = await withPassword(test, dealer)
    const inactive = await withPassword(test, dealer)
    await dealer.admin('PATCH', `/v1/users/${inactive.id}`, { active: false })
    const without = await dealer.withUser()
    const attempts = {
      wrongPassword: { ...user.credentials, password: 'wrong horse battery staple' },
      unknownDealer: { ...user.credentials, dealer: 'no-such-dealer' },
      unknownUser: { ...user.credentials, email: 'nobody@example.test' },
      noAddress: { ...user.credentials, email: 'nobody' },
      inactive: inactive.credentials,
      noPassword: { ...user.credentials, email: without.email }
    }
    const seen = new Set<string>()
    for (const [name, attempt] of Object.entries(attempts)) {
      const before = passwords.compared
      const { status, body } = await signIn(attempt)
      t.equal(status, 401, name)
      // What takes long; that it takes as long without a hash: test/passwords.test.ts.
      t.equal(passwords.compared - before, 1, name)
      seen.add(JSON.stringify({ ...body, instance: null }))
    }
    t.equal(seen.size, 1, 'one answer for all')
  })

  await t.test('429 after ten failures of one account, known or not; others go on', async (t) => {
    const dealer = await createDealer()
    const user = await withPassword(test, dealer)
    const neighbour = await withPassword(test, dealer)
    const wrong = { ...user.credentials, password: 'wrong' }
    const answers = await Promise.all(Array.from({ length: 13 }, () => signIn(wrong)))
    t.equal(answers.filter(({ status }) => status === 401).length, 10)
    const refused = answers.filter(({ status }) => status === 429)
    t.equal(refused.length, 3)
    t.ok(Number(must(refused[0]).headers['retry-after']) > 800)
    t.equal(
      (await signIn(user.credentials)).status,
      429,
      'the right password too, or it would tell'
    )
    t.equal((await signIn(neighbour.credentials)).status, 200)
  })

  await t.test('401 refuses forged, foreign and expired access tokens', async (t) => {
    const dealer = await createDealer()
    const user = await dealer.withUser()
    const now = Math.floor(Date.now() / 1000)
    const claims = { sub: user.id, dealer: dealer.id, iss: 'leadyard', aud: 'leadyard' }
    const good = { ...claims, iat: now, exp: now + 60 }
    t.equal((await me(forge({ alg: 'HS256', typ: 'JWT' }, good))).status, 200, 'the forge works')
    const other = await createDealer()
    const key = Buffer.from(TEST_SECRET).toString('base64url')
    const forged = {
      none: forge({ alg: 'none' }, good, null),
      nOnE: forge({ alg: 'nOnE' }, good, null),
      'none, signed': forge({ alg: 'none' }, good),
      'no algorithm': forge({}, good),
      'wrong secret': forge({ alg: 'HS256' }, good, 'another secret of the same length, or nearly'),
      'empty secret': forge({ alg: 'HS256' }, good, ''),
      'other algorithm': forge({ alg: 'HS512' }, good, TEST_SECRET, 'sha512'),
      'key of its own': forge({ alg: 'HS256', jwk: { kty: 'oct', k: key } }, good, 'mine'),
      'key from elsewhere': forge({ alg: 'HS256', jku: 'http://127.0.0.1:1/' }, good, 'mine'),
      expired: forge({ alg: 'HS256' }, { ...good, exp: now - 1 }),
      'not yet': forge({ alg: 'HS256' }, { ...good, nbf: now + 60 }),
      'other issuer': forge({ alg: 'HS256' }, { ...good, iss: 'somebody' }),
      'other audience': forge({ alg: 'HS256' }, { ...good, aud: 'somebody' }),
      "another dealer's": forge({ alg: 'HS256' }, { ...good, dealer: other.id }),
      'changed afterwards': changed(app.jwt.sign({ sub: user.id, dealer: dealer.id }))
    }
    for (const [name, token] of Object.entries(forged)) {
      const { status, headers } = await me(token)
      t.equal(status, 401, name)
      t.equal(headers['www-authenticate'], 'Bearer')
    }
  })

  await t.test('a new password, and deactivation, end every session', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const user = await withPassword(test, dealer)
    const { body: before } = await signIn(user.credentials)
    const password = 'a new password for them'
    const url = `/v1/users/${user.id}` as const
    t.equal((await admin('PATCH', url, { password })).status, 200)
    t.equal((await refresh(before.refreshToken)).status, 401)
    t.equal((await signIn(user.credentials)).status, 401)
    const { body: after } = await signIn({ ...user.credentials, password })
    t.equal((await me(after.accessToken)).status, 200)

    t.equal((await admin('PATCH', url, { active: false })).status, 200)
    t.equal((await refresh(after.refreshToken)).status, 401)
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    t.equal((await me(after.accessToken)).status, 401, 'within a second, wherever it is asked')
  })
})

void t.test('the caller can read who they are', async (t) => {
  const test = await createTestApp(t)
  const { call, createDealer, database } = test

  await t.test('200 tells users and keys of every scope who they are', async (t) => {
    const { withUser, withKey, id, slug } = await createDealer()
    const { call, id: userId } = await withUser({ role: 'member', grants: ['data.export'] })
    const user = await call('GET', '/v1/me')
    t.hasStrict(user.body, { type: 'user', apiKey: null, dealer: { id, slug, country: 'PL' } })
    t.hasStrict(user.body.user, { id: userId, role: 'member', grants: ['data.export'] })
    t.equal(user.headers.etag, '"1"')
    for (const scope of ['leads:capture', 'read', 'write', 'admin'] as const) {
      const key = await withKey([scope])
      const { status, body } = await key('GET', '/v1/me')
      t.equal(status, 200, scope)
      t.hasStrict(body, { type: 'key', user: null, apiKey: { scopes: [scope] }, dealer: { id } })
    }
    const { admin } = await createDealer()
    t.equal((await admin('PATCH', '/v1/me', { name: 'A key' })).status, 403)
  })

  await t.test(
    '200 changes name, phone, absences and languages, and nothing that others give',
    async (t) => {
      const { withUser } = await createDealer()
      const { call } = await withUser()
      const changed = await call('PATCH', '/v1/me', {
        name: 'Anna Nowak',
        phone: '601 234 567',
        absences: [{ from: '2026-12-24T00:00:00+01:00', until: '2027-01-02T00:00:00+01:00' }],
        languages: ['pl', 'de-AT']
      })
      t.equal(changed.status, 200)
      t.hasStrict(changed.body, {
        name: 'Anna Nowak',
        phone: '+48601234567',
        absences: [{ from: '2026-12-23T23:00:00.000Z', until: '2027-01-01T23:00:00.000Z' }],
        languages: ['pl', 'de-AT'],
        version: 2
      })
      const days = { absences: [{ from: '2026-11-30', until: '2026-12-02' }] }
      const away = await call('PATCH', '/v1/me', days)
      t.strictSame(
        away.body.absences,
        [{ from: '2026-11-29T23:00:00.000Z', until: '2026-12-02T23:00:00.000Z' }],
        'whole days by the clocks of the dealer'
      )
      const missing = { absences: [{ from: '2026-11-31', until: null }] }
      t.equal((await call('PATCH', '/v1/me', missing)).status, 422)
      for (const words of [{ role: 'owner' }, { grants: ['data.erase'] }, { active: false }]) {
        t.equal((await call('PATCH', '/v1/me', words)).status, 422)
      }
      const reversed = {
        absences: [{ from: '2026-12-01T00:00:00Z', until: '2026-12-01T00:00:00Z' }]
      }
      t.equal((await call('PATCH', '/v1/me', reversed)).status, 422)
      t.equal((await call('PATCH', '/v1/me', { name: 'X' }, { 'if-match': '"1"' })).status, 412)
    }
  )

  await t.test(
    'a password changes only with the present one, which can’t be guessed here',
    async (t) => {
      const user = await withPassword(test, await createDealer())
      const password = 'the next password of mine'
      t.equal((await user.call('PATCH', '/v1/me', { password })).status, 422)
      const wrong = { password, currentPassword: 'not the present one' }
      t.equal((await user.call('PATCH', '/v1/me', wrong)).status, 422)
      const right = { password, currentPassword: PASSWORD }
      const changed = await user.call('PATCH', '/v1/me', right)
      t.equal(changed.status, 200)
      t.notOk(/password/i.test(changed.text))
      const payload = { ...user.credentials, password }
      t.equal((await call(null, { method: 'POST', url: '/v1/auth/token', payload })).status, 200)
      const { rows } = await asClient(database.ownerUrl, (client) =>
        client.query("select data from events where subject_id = $1 and type = 'user.updated'", [
          user.id
        ])
      )
      t.strictSame(rows, [{ data: { fields: ['password'] } }])
      const guesses = await Promise.all(
        Array.from({ length: 12 }, () => user.call('PATCH', '/v1/me', wrong))
      )
      t.ok(guesses.some(({ status }) => status === 429))
    }
  )
})

/** A token as an attacker would make it; without a secret it is not signed. */
function forge(
  header: object,
  claims: object,
  secret: string | null = TEST_SECRET,
  hash = 'sha256'
): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const text = `${encode(header)}.${encode(claims)}`
  const signature = secret === null ? '' : createHmac(hash, secret).update(text).digest('base64url')
  return `${text}.${signature}`
}

function changed(token: string): string {
  const [header, claims = '', signature] = token.split('.')
  const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object
  const other = { ...read, sub: '01938f2e-0002-7000-8000-000000000001' }
  const text = Buffer.from(JSON.stringify(other)).toString('base64url')
  return [header, text, signature].join('.')
}
