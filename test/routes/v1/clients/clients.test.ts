import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

const PROBLEM = 'urn:leadyard:problem:'

void t.test('clients', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('201 adds a client, which can then be read, found and changed', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const created = await admin('POST', '/v1/clients', {
      contact: { firstName: 'Łukasz', lastName: 'Żółć', phone: '601 234 567' },
      description: 'Came by.',
      vehicleInterests: [{ make: 'Kia' }],
      consents: [{ purpose: 'marketing', granted: true }],
      customFields: { a: 1, b: 2 },
      source: 'walk-in',
      responsibleUserId: anna.id
    })
    t.equal(created.status, 201)
    t.equal(created.headers.etag, '"1"')
    t.hasStrict(created.body, {
      name: 'Łukasz Żółć',
      contact: { phone: '+48601234567' },
      source: { key: 'walk-in' },
      responsibleUser: { id: anna.id, name: 'Anna' },
      createdFromLead: null
    })
    const url = String(created.headers.location)
    const { warnings, ...client } = created.body
    t.strictSame((await admin('GET', url)).body, client)
    t.strictSame(warnings, [])

    const change = {
      contact: { lastName: 'Nowak', email: 'l@example.pl', phone: null },
      description: null,
      customFields: { a: null },
      responsibleUserId: null
    }
    const changed = await admin('PATCH', url, change, { 'if-match': '"1"' })
    t.hasStrict(changed.body, {
      name: 'Łukasz Nowak',
      contact: { firstName: 'Łukasz', phone: null, email: 'l@example.pl' },
      description: null,
      vehicleInterests: created.body.vehicleInterests,
      customFields: { b: 2 },
      responsibleUser: null,
      version: 2
    })
    t.notOk('a' in changed.body.customFields)
    t.equal((await admin('PATCH', url, {}, { 'if-match': '"1"' })).status, 412)

    const found = async (q: string) =>
      (await admin('GET', `/v1/clients?q=${encodeURIComponent(q)}`)).body.data.length
    t.equal(await found('nowak luk'), 1)
    t.equal(await found('l@example'), 1)
    t.equal(await found('zolc'), 0, 'what it was found by before is gone')
    t.equal(await found('+48601234567'), 0)
  })

  await t.test('409 client-exists with the matches, unless a duplicate is wanted', async (t) => {
    const { admin } = await createDealer()
    const contact = { fullName: 'Ada Lis', email: 'ada@example.com' }
    const atOnce = (ask: () => ReturnType<typeof admin>) =>
      Promise.all(Array.from({ length: 16 }, ask))
    // Connections are opened first, or the time that takes would put the posts in a row.
    await atOnce(() => admin('GET', '/v1/clients'))
    const answers = await atOnce(() => admin('POST', '/v1/clients', { contact }))
    // Guards the locks of `createClient`: of many at once, one is made.
    t.strictSame(answers.map(({ status }) => status).toSorted(), [201, ...Array(15).fill(409)])
    const made = answers.find(({ status }) => status === 201)?.body
    const refused = answers.find(({ status }) => status === 409)?.body
    t.equal(refused.type, `${PROBLEM}client-exists`)
    t.hasStrict(refused.matches, [{ type: 'client', id: made.id, band: 'sure' }])
    const another = await admin('POST', '/v1/clients', { contact, allowDuplicate: true })
    t.equal(another.status, 201)
    const possible = await admin('POST', '/v1/clients', { contact: { email: contact.email } })
    t.equal(possible.status, 201, 'a possible match is no reason to refuse')
  })

  await t.test('the same Idempotency-Key makes one client', async (t) => {
    const { admin } = await createDealer()
    const body = { contact: { fullName: 'Ada Lis', email: 'ada@example.com' } }
    const headers = { 'idempotency-key': 'one' }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => admin('POST', '/v1/clients', body, headers))
    )
    t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
    t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  })

  await t.test('422 names what is wrong', async (t) => {
    const { admin } = await createDealer()
    const pointerOf = async (body: object) => {
      const answer = await admin('POST', '/v1/clients', body)
      t.equal(answer.status, 422)
      return answer.problem.errors?.[0]?.pointer
    }
    const contact = { fullName: 'Ada' }
    t.equal(await pointerOf({ contact: {} }), '/contact')
    t.equal(await pointerOf({ contact, source: 'none' }), '/source')
    t.equal(await pointerOf({ contact, responsibleUserId: newId() }), '/responsibleUserId')
    t.equal(await pointerOf({ contact, other: 1 }), '/other')
    const { body } = await admin('POST', '/v1/clients', { contact })
    const nameless = await admin('PATCH', `/v1/clients/${body.id}`, { contact: { fullName: null } })
    t.equal(nameless.problem.errors?.[0]?.pointer, '/contact')
    t.equal((await admin('GET', '/v1/clients?cursor=nonsense')).status, 422)
    t.equal((await admin('GET', '/v1/clients?q=%20%20')).status, 422)
  })

  await t.test('filters narrow, and pages join without gap or repeat', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser()
    const add = async (words: object) =>
      (await admin('POST', '/v1/clients', { contact: { fullName: 'Ada' }, ...words })).body
    const all = []
    for (let index = 0; index < 5; index++) all.push(await add({}))
    const hers = await add({ responsibleUserId: anna.id, source: 'walk-in' })
    const ids = async (query: string) =>
      (await admin('GET', `/v1/clients${query}`)).body.data.map(({ id }: { id: string }) => id)
    t.strictSame(await ids(`?responsible=${anna.id}`), [hers.id])
    t.strictSame(await ids('?source=walk-in'), [hers.id])
    t.strictSame(await ids(`?createdTo=${must(all[0]).createdAt}`), [])
    t.equal((await ids(`?createdFrom=${must(all[0]).createdAt}`)).length, 6)
    const seen: string[] = []
    let url: string | null = '/v1/clients?limit=2'
    while (url !== null) {
      const { body, headers } = await admin('GET', url)
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      url = nextPage({ headers })
    }
    t.equal(seen.length, 6)
    t.strictSame(new Set(seen), new Set([...all, hers].map(({ id }) => id)))
    t.strictSame(await ids('?sort=createdAt'), (await ids('')).toReversed())
  })

  await t.test(
    'a member sees the clients they are responsible for, and those of their leads',
    async (t) => {
      const { admin, withUser, withKey } = await createDealer()
      const [ben, eva] = [await withUser(), await withUser()]
      const contact = { fullName: 'Ada' }
      const own = (await ben.call('POST', '/v1/clients', { contact })).body
      t.equal(own.responsibleUser?.id, ben.id, 'what a member makes is theirs')
      const ofLead = (await admin('POST', '/v1/clients', { contact, responsibleUserId: eva.id }))
        .body
      const lead = await postLead(admin, { assignee: ben.id })
      await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: ofLead.id })
      const hidden = (await admin('POST', '/v1/clients', { contact })).body
      const ids = async (query = '') =>
        (await ben.call('GET', `/v1/clients${query}`)).body.data.map(({ id }: { id: string }) => id)
      t.strictSame(await ids(), [ofLead.id, own.id])
      t.strictSame(await ids('?q=ada'), [ofLead.id, own.id])
      t.equal((await ben.call('GET', `/v1/clients/${ofLead.id}`)).status, 200)
      t.equal((await ben.call('GET', `/v1/clients/${hidden.id}`)).status, 404)
      t.equal((await ben.call('GET', `/v1/clients/${hidden.id}/leads`)).status, 404)
      t.equal((await ben.call('PATCH', `/v1/clients/${hidden.id}`, {})).status, 404)
      const theirs = await eva.call('GET', `/v1/clients/${ofLead.id}/leads`)
      const seen = theirs.body.data.map(({ id }: { id: string }) => id)
      t.strictSame(seen, [lead.id], 'her client, with its leads')
      const read = await withKey(['read'])
      t.equal((await read('GET', '/v1/clients')).body.data.length, 3)
      t.equal((await read('POST', '/v1/clients', { contact })).status, 403)
      t.equal((await (await withKey(['leads:capture']))('GET', '/v1/clients')).status, 403)
    }
  )

  await t.test("another dealer's client answers 404, their user 422", async (t) => {
    const [ours, theirs] = [await createDealer(), await createDealer()]
    const contact = { fullName: 'Ada', email: 'ada@example.com' }
    const { body } = await ours.admin('POST', '/v1/clients', { contact })
    const url = `/v1/clients/${body.id}` as const
    t.equal((await theirs.admin('GET', url)).status, 404)
    t.equal((await theirs.admin('PATCH', url, { description: 'X' })).status, 404)
    t.equal((await theirs.admin('GET', `${url}/leads`)).status, 404)
    t.strictSame((await theirs.admin('GET', '/v1/clients?q=ada')).body.data, [])
    t.equal((await theirs.admin('POST', '/v1/clients', { contact })).status, 201)
    const foreign = { contact, allowDuplicate: true, responsibleUserId: theirs.ownerId }
    t.equal((await ours.admin('POST', '/v1/clients', foreign)).status, 422)
  })
})

void t.test('what was repaired in a client or a change is told', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const told = ({ warnings }: { warnings: { pointer: string; code: string }[] }) =>
    warnings.map(({ pointer, code }) => [pointer, code])
  const { body, headers } = await admin('POST', '/v1/clients', {
    contact: { fullName: 'Ewa Lis', phone: 'tel: 601 234 567 wew. 3', email: 'pat j@told.example' },
    vehicleInterests: [{ make: 'null', model: 'Ceed' }]
  })
  t.strictSame(told(body), [
    ['/contact/email', 'unreadable_value'],
    ['/contact/phone', 'repaired_phone'],
    ['/vehicleInterests/0/make', 'absent_value']
  ])
  t.hasStrict(body.vehicleInterests, [{ make: null, model: 'Ceed' }])
  const url = String(headers.location)
  const changed = await admin('PATCH', url, { contact: { email: 'mailto:ewa@told.example' } })
  t.strictSame(told(changed.body), [['/contact/email', 'repaired_email']], 'of the change alone')
  const plain = await admin('PATCH', url, { description: 'Came by.' })
  t.strictSame(told(plain.body), [])
  const lead = await postLead(admin, { contact: { phone: 'tel: 601 234 568 wew. 1' } })
  const patched = await admin('PATCH', `/v1/leads/${lead.id}`, {
    contact: { email: 'mailto:ola@told.example' }
  })
  t.strictSame(told(patched.body), [['/contact/email', 'repaired_email']])
})
