import t from 'tap'

import { OPERATOR_TOKEN, createTestApp, sharedTestApp } from '../../../support/app.ts'
import { dumpDatabase } from '../../../support/dump.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

const NEW_DEALER = {
  name: 'Auto Kraków',
  locale: 'pl',
  timeZone: 'Europe/Warsaw',
  country: 'PL',
  currency: 'PLN',
  owner: { name: 'Ola Zięba', email: 'Ola@Example.pl' }
}

void t.test('dealers, for the operator', async (t) => {
  const { call, callerOf, createDealer, database } = await createTestApp(t)
  const operator = callerOf(OPERATOR_TOKEN)

  await t.test('201 makes a dealer whose owner can sign in and find all it needs', async (t) => {
    const created = await operator('POST', '/v1/dealers', {
      ...NEW_DEALER,
      slug: 'auto-krakow',
      phone: '22 123 45 67',
      settings: { leadAddress: 'Leads@EXAMPLE.pl', keepOwner: false }
    })
    t.equal(created.status, 201)
    t.hasStrict(created.body, {
      slug: 'auto-krakow',
      phone: '+48221234567',
      settings: { leadAddress: 'Leads@example.pl', keepOwner: false, duplicateWindowHours: 24 },
      owner: { email: 'ola@example.pl' }
    })
    const password = must(created.body.owner.password)
    t.ok(password.length >= 12, 'a password was made')
    const payload = { dealer: 'auto-krakow', email: 'ola@example.pl', password }
    const { body } = await call(null, { method: 'POST', url: '/v1/auth/token', payload })
    const get = async (url: string) =>
      (await call(body.accessToken, { method: 'GET', url })).body.data.length
    t.equal(await get('/v1/statuses'), 10)
    t.equal(await get('/v1/sources'), 12)
    t.equal(await get('/v1/queues'), 1)
    t.equal(await get('/v1/leads'), 0)
    t.notOk((await dumpDatabase(database.ownerUrl)).includes(password))

    const url = String(created.headers.location)
    const read = await operator('GET', url)
    t.equal(read.body.slug, 'auto-krakow')
    const renamed = await operator('PATCH', url, { name: 'Auto Południe' }, { 'if-match': '"1"' })
    t.hasStrict(renamed.body, { name: 'Auto Południe', version: 2 })
    t.equal((await operator('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)
    const { body: events } = await call(body.accessToken, {
      method: 'GET',
      url: '/v1/events?type=dealer.updated'
    })
    t.strictSame(events.data[0]?.actor, { type: 'operator', id: null })
  })

  await t.test('422 for settings that a change would refuse, and nothing is made', async (t) => {
    const { admin } = await createDealer()
    for (const [pointer, settings] of [
      [
        '/settings/responseWarningMinutes',
        { responseLimitMinutes: 10, responseWarningMinutes: 20 }
      ],
      ['/settings/leadUrl', { leadUrl: 'https://crm.example/leads' }]
    ] as const) {
      const created = await operator('POST', '/v1/dealers', {
        ...NEW_DEALER,
        slug: 'refused',
        settings
      })
      const changed = await admin('PATCH', '/v1/dealer', { settings })
      t.strictSame([created.status, changed.status], [422, 422], pointer)
      t.strictSame(created.problem.errors, changed.problem.errors)
      t.equal(created.problem.errors?.[0]?.pointer, pointer)
    }
    const { data } = (await operator('GET', '/v1/dealers?limit=200')).body
    t.notOk(data.some(({ slug }: { slug: string }) => slug === 'refused'))
  })

  await t.test('the same Idempotency-Key makes one dealer, also of eight at once', async (t) => {
    const body = { ...NEW_DEALER, slug: 'once', owner: { name: 'O', email: 'o@once.example' } }
    const headers = { 'idempotency-key': 'one dealer' }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => operator('POST', '/v1/dealers', body, headers))
    )
    t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
    t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
    const shown = answers.filter(({ body }) => body.owner.password !== null)
    t.equal(shown.length, 1, 'the password is shown once')
    const other = await operator('POST', '/v1/dealers', { ...body, name: 'Other' }, headers)
    t.equal(other.status, 422)
    const taken = await operator('POST', '/v1/dealers', body)
    t.equal(taken.status, 409)
    t.strictSame(taken.problem.errors, [{ pointer: '/slug', message: 'is taken' }])
  })

  await t.test(
    'an Idempotency-Key is the operator’s: under it no dealer has another slug',
    async (t) => {
      const headers = { 'idempotency-key': 'one dealer of many slugs' }
      const create = (slug: string) =>
        operator('POST', '/v1/dealers', { ...NEW_DEALER, slug }, headers)
      // Guards the claim of the key: without it, eight dealers are created at once.
      const slugs = Array.from({ length: 8 }, (_, n) => `many-${n}`)
      const responses = await Promise.all(slugs.map(create))
      const [created, ...others] = responses.filter(({ status }) => status === 201)
      t.strictSame([created?.status, others.length], [201, 0])
      for (const { status, problem } of responses.filter((one) => one !== created)) {
        t.strictSame([status, problem.type], [422, 'urn:leadyard:problem:idempotency-key-reused'])
      }
      t.equal((await create('many-later')).status, 422, 'later, too')
      t.strictSame((await create(must(created).body.slug)).body.id, created?.body.id, 'a repeat')
    }
  )

  await t.test('422 names every word that means nothing', async (t) => {
    const { status, problem } = await operator('POST', '/v1/dealers', {
      ...NEW_DEALER,
      slug: 'wrong',
      timeZone: 'Europe/Nowhere',
      country: 'XX',
      currency: 'ZZZ',
      email: 'a@b.example, c@d.example',
      url: 'javascript:alert(1)',
      settings: { adfAddress: 'nobody', landingPage: 'file:///etc/passwd' },
      owner: { name: 'O', email: 'nobody' }
    })
    t.equal(status, 422)
    t.strictSame(problem.errors?.map(({ pointer }: { pointer: string }) => pointer).toSorted(), [
      '/country',
      '/currency',
      '/email',
      '/owner/email',
      '/settings/adfAddress',
      '/settings/landingPage',
      '/timeZone',
      '/url'
    ])
    const fallbackAssigneeId = '01938f2e-0002-7000-8000-000000000001'
    const settings = { fallbackAssigneeId }
    const early = { ...NEW_DEALER, slug: 'early', settings }
    t.equal((await operator('POST', '/v1/dealers', early)).status, 422)
  })

  await t.test('pages of all dealers join; nobody else sees any', async (t) => {
    const { admin, id, withUser } = await createDealer()
    await createDealer()
    const seen: string[] = []
    let url: string | null = '/v1/dealers?limit=2'
    while (url !== null) {
      const { body, headers } = await operator('GET', url)
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      url = nextPage({ headers })
    }
    t.ok(seen.length >= 4)
    t.ok(seen.includes(id))
    t.equal(new Set(seen).size, seen.length)
    const { call: owner } = await withUser({ role: 'owner' })
    for (const caller of [admin, owner]) {
      t.equal((await caller('GET', '/v1/dealers')).status, 403)
      t.equal((await caller('GET', `/v1/dealers/${id}`)).status, 403)
      t.equal((await caller('POST', '/v1/dealers', { ...NEW_DEALER, slug: 'x' })).status, 403)
    }
    for (const path of ['leads', 'users', 'clients', 'events', 'dealer', 'api-keys']) {
      t.equal((await operator('GET', `/v1/${path}`)).status, 403, `the operator sees no ${path}`)
    }
    const unknown = '/v1/dealers/01938f2e-0002-7000-8000-000000000001'
    t.equal((await operator('GET', unknown)).status, 404)
    t.equal((await operator('PATCH', unknown, { name: 'X' })).status, 404)
    const refused = await call(`${OPERATOR_TOKEN}x`, { method: 'GET', url: '/v1/dealers' })
    t.equal(refused.status, 401)
    t.match(refused.problem.detail, /^Send the operator token/, 'not the key of a dealer')
  })
})

void t.test('the dealer itself', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('200 merges words, address and settings', async (t) => {
    const { admin, ownerId } = await createDealer({ leadAddress: 'leads@dealer.test' })
    const before = await admin('GET', '/v1/dealer')
    t.equal(before.headers.etag, '"1"')
    const changed = await admin('PATCH', '/v1/dealer', {
      name: 'Other',
      address: { street: ['Długa 7'], city: 'Kraków', country: 'PL' },
      settings: { fallbackAssigneeId: ownerId, adfAddress: 'ADF@Dealer.TEST' }
    })
    t.equal(changed.status, 200)
    t.strictSame(changed.body, {
      ...before.body,
      name: 'Other',
      address: {
        street: ['Długa 7'],
        apartment: null,
        city: 'Kraków',
        region: null,
        postalCode: null,
        country: 'PL',
        type: null
      },
      settings: {
        ...before.body.settings,
        fallbackAssigneeId: ownerId,
        adfAddress: 'ADF@dealer.test'
      },
      version: 2,
      updatedAt: changed.body.updatedAt
    })
    const again = await admin('PATCH', '/v1/dealer', {
      address: { city: null, postalCode: '31-146' },
      settings: { leadAddress: null }
    })
    t.hasStrict(again.body.address, { street: ['Długa 7'], city: null, postalCode: '31-146' })
    t.hasStrict(again.body.settings, { leadAddress: null, fallbackAssigneeId: ownerId })
    t.equal((await admin('PATCH', '/v1/dealer', { name: 'X' }, { 'if-match': '"1"' })).status, 412)
    const { body: events } = await admin('GET', '/v1/events?type=dealer.updated')
    t.notMatch(JSON.stringify(events.data), /Długa|@/)
    t.match(JSON.stringify(events.data), /settings\.leadAddress/)
  })

  await t.test('422 for what can’t be: foreign users, addresses, headers, zones', async (t) => {
    const { admin } = await createDealer()
    const other = await createDealer()
    const wrong = [
      { settings: { fallbackAssigneeId: other.ownerId } },
      { settings: { leadAddress: 'a@b.example\r\nBcc: c@d.example' } },
      { settings: { adfSubject: 'New lead\r\nBcc: c@d.example' } },
      { settings: { keepOwner: null } },
      { settings: { landingPage: 'https://user:password@example.test' } },
      { settings: { nothing: true } },
      { timeZone: '+01:00' },
      { slug: 'another' }
    ]
    for (const body of wrong) {
      t.equal((await admin('PATCH', '/v1/dealer', body)).status, 422, JSON.stringify(body))
    }
    t.equal((await admin('GET', '/v1/dealer')).body.version, 1)
  })

  await t.test(
    'screens of the dealer’s own are web addresses with {id} past the host',
    async (t) => {
      const { admin } = await createDealer()
      const put = (name: string, url: unknown) =>
        admin('PATCH', '/v1/dealer', { settings: { [name]: url } })
      for (const name of ['leadUrl', 'clientUrl']) {
        for (const url of [
          'https://desk.dealer.test/leads/{id}',
          'https://desk.dealer.test/#/leads/{id}/view',
          'https://desk.dealer.test/open?lead={id}',
          'http://localhost:3000/leads/{id}',
          null
        ]) {
          const { status, body } = await put(name, url)
          t.equal(status, 200, String(url))
          t.hasStrict(body.settings, { [name]: url })
        }
        const before = (await admin('GET', '/v1/dealer')).body
        for (const url of [
          'https://desk.dealer.test/leads',
          'https://desk.dealer.test/leads/{ID}',
          'https://desk.dealer.test/leads/{clientId}',
          'https://{id}.dealer.test/leads',
          'https://{id}/leads/{id}',
          'https://desk.dealer.test{id}/leads',
          'https://user:password@desk.dealer.test/{id}',
          'javascript:alert("{id}")',
          'data:text/html,{id}',
          'ftp://desk.dealer.test/{id}',
          '//desk.dealer.test/{id}',
          '/leads/{id}',
          '{id}',
          '',
          'https://desk.dealer.test/{id}\r\nBcc: a@b.test',
          `https://desk.dealer.test/{id}/${'x'.repeat(2_000)}`,
          7
        ]) {
          const { status, problem } = await put(name, url)
          t.strictSame(
            [status, problem.errors?.[0]?.pointer],
            [422, `/settings/${name}`],
            JSON.stringify(url)
          )
        }
        t.strictSame((await admin('GET', '/v1/dealer')).body, before, 'nothing changed')
      }
    }
  )

  await t.test('members read it, and do not change it', async (t) => {
    const { withUser, withKey } = await createDealer()
    const { call } = await withUser()
    t.equal((await call('GET', '/v1/dealer')).status, 200)
    t.equal((await call('PATCH', '/v1/dealer', { name: 'X' })).status, 403)
    const writer = await withKey(['write'])
    t.equal((await writer('PATCH', '/v1/dealer', { name: 'X' })).status, 403)
  })
})
