import t from 'tap'

import { hashSecret } from '../../../../src/security/credentials.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { dumpDatabase } from '../../../support/dump.ts'

const ROLES = ['owner', 'admin', 'member'] as const

void t.test('users', async (t) => {
  const { createDealer, database, call } = await createTestApp(t)

  await t.test('201 adds a user, who can then be read, listed and changed', async (t) => {
    const { admin, defaultQueueId } = await createDealer()
    const created = await admin('POST', '/v1/users', {
      email: ' Anna.Nowak@EXAMPLE.pl',
      name: 'Anna Nowak',
      role: 'member',
      team: 'online_sales',
      grants: ['leads.unlink'],
      phone: '601 234 567',
      queues: [defaultQueueId]
    })
    t.equal(created.status, 201)
    t.hasStrict(created.body, { email: 'anna.nowak@example.pl', phone: '+48601234567' })
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)
    const members = await asClient(database.ownerUrl, (client) =>
      client.query('select queue_id from queue_members where user_id = $1', [created.body.id])
    )
    t.strictSame(members.rows, [{ queue_id: defaultQueueId }])

    const words = {
      team: null,
      absences: [{ from: '2026-12-24T00:00:00+01:00', until: null }]
    }
    const changed = await admin('PATCH', url, words, { 'if-match': '"1"' })
    t.hasStrict(changed.body, {
      team: null,
      absences: [{ from: '2026-12-23T23:00:00.000Z', until: null }],
      version: 2
    })
    t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)

    const named = async (query: string) => {
      const { body } = await admin('GET', `/v1/users?${query}`)
      return body.data.map(({ name }: { name: string }) => name)
    }
    t.strictSame(await named('q=now'), ['Anna Nowak'])
    t.strictSame(await named('q=anna.N'), ['Anna Nowak'])
    t.strictSame(await named('q=%25'), [], 'a percent sign is no wildcard')
    t.strictSame(await named('role=owner'), ['Olga Owner'])
    t.strictSame(await named('team=online_sales'), [])
    t.strictSame(await named('active=true&limit=1'), ['Olga Owner'])
    t.strictSame(await named('active=false'), [])
  })

  await t.test('users and admins change absences and languages', async (t) => {
    const { admin, withUser } = await createDealer()
    const week = { monday: [{ from: '09:00', to: '17:00' }] }
    const made = await admin('POST', '/v1/users', {
      email: 'shift@example.test',
      name: 'Shift',
      role: 'member',
      languages: ['pl', 'de-AT'],
      capacityPerDay: 5,
      workingHours: { timeZone: 'Europe/Madrid', week, holidays: ['2026-12-25'] }
    })
    const workingHours = { timeZone: 'Europe/Madrid', week, holidays: ['2026-12-25'] }
    const given = { languages: ['pl', 'de-AT'], capacityPerDay: 5, workingHours, absences: [] }
    t.hasStrict(made.body, given)
    const url = String(made.headers.location)
    t.hasStrict((await admin('GET', url)).body, given)
    const change = { capacityPerDay: 0, workingHours: { week: {} }, languages: [] }
    t.hasStrict((await admin('PATCH', url, change)).body, {
      capacityPerDay: 0,
      workingHours: { timeZone: null, week: {}, holidays: [] },
      languages: []
    })
    const none = { capacityPerDay: null, workingHours: null }
    t.hasStrict((await admin('PATCH', url, none)).body, none)

    const pointersOf = async (call: typeof admin, where: string, words: object) => {
      const { status, body } = await call('PATCH', where, words)
      t.equal(status, 422, JSON.stringify(words))
      return body.errors.map(({ pointer }: { pointer: string }) => pointer)
    }
    const nowhere = { workingHours: { timeZone: 'Europe/Atlantis', week } }
    t.strictSame(await pointersOf(admin, url, nowhere), ['/workingHours/timeZone'])
    const post = { email: 'other@example.test', name: 'O', role: 'member', ...nowhere }
    t.equal((await admin('POST', '/v1/users', post)).status, 422)
    const reversed = {
      absences: [{ from: '2026-12-02T00:00:00Z', until: '2026-12-01T00:00:00Z' }]
    }
    t.strictSame(await pointersOf(admin, url, reversed), ['/absences'])
    t.equal((await admin('PATCH', url, { capacityPerDay: -1 })).status, 422)
    t.equal((await admin('PATCH', url, { languages: ['no language'] })).status, 422)
    t.hasStrict((await admin('GET', url)).body, { ...none, absences: [] }, 'nothing half-written')

    const { call } = await withUser()
    const own = {
      absences: [{ from: '2026-12-24T00:00:00.000Z', until: '2026-12-27T00:00:00.000Z' }],
      languages: ['es']
    }
    t.hasStrict((await call('PATCH', '/v1/me', own)).body, own)
    t.strictSame(await pointersOf(call, '/v1/me', reversed), ['/absences'])
    for (const words of [{ workingHours: null }, { capacityPerDay: 1 }, { team: 'call_center' }]) {
      t.equal((await call('PATCH', '/v1/me', words)).status, 422, JSON.stringify(words))
    }
  })

  await t.test('409 for a known address in any case, 422 for each fault', async (t) => {
    const { admin } = await createDealer()
    const user = { email: 'a@example.test', name: 'A', role: 'member' }
    t.equal((await admin('POST', '/v1/users', user)).status, 201)
    const again = await admin('POST', '/v1/users', { ...user, email: 'A@Example.test' })
    t.equal(again.status, 409)
    t.strictSame(again.problem.errors, [{ pointer: '/email', message: 'is taken' }])
    const wrong = [
      { ...user, email: 'a@example.test, b@example.test' },
      { ...user, email: 'b@example.test', password: 'too short' },
      { ...user, email: 'b@example.test', role: 'king' },
      { ...user, email: 'b@example.test', passwordHash: 'x' },
      { ...user, email: 'b@example.test', queues: ['01938f2e-0002-7000-8000-000000000001'] }
    ]
    for (const body of wrong) t.equal((await admin('POST', '/v1/users', body)).status, 422)
    const { body } = await admin('GET', '/v1/users?q=b@')
    t.strictSame(body.data, [], 'nothing was half-written')
  })

  await t.test('422 names all faults of the form at once, and none twice', async (t) => {
    const { admin } = await createDealer()
    const workingHours = { timeZone: 'Mars/Base', week: {} }
    const user = { name: 'x', email: 'nope', role: 'boss', password: 'short', workingHours }
    const { status, problem } = await admin('POST', '/v1/users', user)
    t.equal(status, 422)
    t.strictSame(problem.errors?.map(({ pointer }) => pointer).toSorted(), [
      '/email',
      '/password',
      '/role',
      '/workingHours/timeZone'
    ])
    const blank = await admin('POST', '/v1/users', { name: 'x', email: '', role: 'member' })
    t.strictSame(blank.problem.errors, [{ pointer: '/email', message: 'must not be blank' }])

    const settings = {
      duplicateWindowHours: -1,
      leadUrl: 'nonsense',
      landingPage: 'https://dealer.example/{id}',
      webOrigins: ['https://dealer.example/path'],
      formThanksUrl: 'http://dealer.example/',
      leadAddress: 'nobody'
    }
    const sent = { timeZone: 'Mars/Base', currency: 'XQX', country: 'XQ', url: 'ftp://x', settings }
    const dealer = await admin('PATCH', '/v1/dealer', sent)
    t.equal(dealer.status, 422)
    t.strictSame(dealer.problem.errors?.map(({ pointer }) => pointer).toSorted(), [
      '/country',
      '/currency',
      '/settings/duplicateWindowHours',
      '/settings/formThanksUrl',
      '/settings/landingPage',
      '/settings/leadAddress',
      '/settings/leadUrl',
      '/settings/webOrigins/0',
      '/timeZone',
      '/url'
    ])
  })

  await t.test('owners change admins, admins change members', async (t) => {
    const dealer = await createDealer()
    const callers = {
      owner: (await dealer.withUser({ role: 'owner' })).call,
      admin: (await dealer.withUser({ role: 'admin' })).call,
      member: (await dealer.withUser({ role: 'member' })).call,
      'key with admin': dealer.admin,
      'key with write': await dealer.withKey(['write'])
    }
    const changes: Record<keyof typeof callers, (typeof ROLES)[number][]> = {
      owner: ['owner', 'admin', 'member'],
      admin: ['member'],
      member: [],
      'key with admin': ['member'],
      'key with write': []
    }
    for (const [caller, call] of Object.entries(callers)) {
      for (const role of ROLES) {
        const mayChange = changes[caller as keyof typeof callers].includes(role)
        const email = `${role}-of-${caller.replaceAll(' ', '-')}@example.test`
        const made = await call('POST', '/v1/users', { email, name: 'N', role })
        t.equal(made.status, mayChange ? 201 : 403, `${caller} makes ${role}`)
        const { id } = await dealer.withUser({ role })
        const renamed = await call('PATCH', `/v1/users/${id}`, { name: 'Other' })
        t.equal(renamed.status, mayChange ? 200 : 403, `${caller} changes ${role}`)
        const { id: memberId } = await dealer.withUser()
        const raised = await call('PATCH', `/v1/users/${memberId}`, { role })
        t.equal(raised.status, mayChange ? 200 : 403, `${caller} raises a member to ${role}`)
      }
    }
  })

  await t.test('members read users; another dealer’s are 404', async (t) => {
    const { withUser, ownerId, withKey } = await createDealer()
    const { call, id } = await withUser()
    t.equal((await call('GET', `/v1/users/${ownerId}`)).status, 200)
    t.equal((await call('GET', '/v1/users')).body.data.length, 2)
    const capturing = await withKey(['leads:capture'])
    t.equal((await capturing('GET', '/v1/users')).status, 403)
    const other = await createDealer()
    t.equal((await other.admin('GET', `/v1/users/${id}`)).status, 404)
    t.equal((await other.admin('PATCH', `/v1/users/${id}`, { name: 'X' })).status, 404)
  })

  await t.test('409 keeps the last active owner', async (t) => {
    const { withUser, ownerId } = await createDealer()
    const second = await withUser({ role: 'owner' })
    const url = `/v1/users/${ownerId}` as const
    t.equal((await second.call('PATCH', url, { active: false })).status, 200)
    const self = `/v1/users/${second.id}` as const
    for (const words of [{ active: false }, { role: 'admin' }]) {
      const { status, problem } = await second.call('PATCH', self, words)
      t.equal(status, 409)
      t.equal(problem.type, 'urn:leadyard:problem:conflict')
    }
    t.equal((await second.call('PATCH', self, { role: 'owner', name: 'Still' })).status, 200)
  })

  // Guards the lock on 'active owners' in `changeUser`: without it both succeed.
  await t.test('409 for one of two owners who deactivate each other at once', async (t) => {
    for (let round = 0; round < 5; round++) {
      const { withUser, ownerId } = await createDealer()
      const [a, b] = [await withUser({ role: 'owner' }), await withUser({ role: 'owner' })]
      await a.call('PATCH', `/v1/users/${ownerId}`, { active: false })
      const answers = await Promise.all([
        a.call('PATCH', `/v1/users/${b.id}`, { active: false }),
        b.call('PATCH', `/v1/users/${a.id}`, { role: 'member' })
      ])
      const [good, refused] = answers.map(({ status }) => status).toSorted((x, y) => x - y)
      t.equal(good, 200)
      // 401 where the first had so much of a start that the second is no user any more.
      t.ok(refused === 409 || refused === 401, String(refused))
    }
  })

  await t.test('no password is in any response or in the database', async (t) => {
    const { admin, slug } = await createDealer()
    const password = 'Zeppelin-Quince-4711'
    const body = { email: 'z@example.test', name: 'Z', role: 'member', password }
    const headers = { 'idempotency-key': 'with a password' }
    const made = await admin('POST', '/v1/users', body, headers)
    t.equal(made.status, 201)
    const repeat = await admin('POST', '/v1/users', body, headers)
    t.strictSame(repeat.body, made.body)
    const next = 'Another-Zeppelin-4712'
    const signIn = async (word: string) => {
      const payload = { dealer: slug, email: body.email, password: word }
      return await call(null, { method: 'POST', url: '/v1/auth/token', payload })
    }
    const tokens = await signIn(password)
    const changed = await admin('PATCH', `/v1/users/${made.body.id}`, { password: next })
    for (const { text } of [made, repeat, changed]) t.notMatch(text, /zeppelin|scrypt/i)

    const dump = await dumpDatabase(database.ownerUrl)
    t.ok(dump.includes(made.body.id), 'the dump holds what is stored')
    const secrets = [
      password,
      next,
      tokens.body.refreshToken,
      tokens.body.accessToken,
      // A fast hash of it would be as good as the password to whoever can guess.
      hashSecret(password),
      hashSecret(`POST /v1/users ${JSON.stringify(body)}`)
    ]
    for (const secret of secrets) t.notOk(dump.includes(secret), secret.slice(0, 8))
    t.match(dump, /scrypt\$1024\$8\$1\$[\w-]{22}\$[\w-]{43}/, 'by the parameters that it was given')
  })
})
