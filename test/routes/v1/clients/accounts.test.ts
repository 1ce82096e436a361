import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

const PROBLEM = 'urn:leadyard:problem:'

void t.test('accounts', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('201 adds an account, which can then be read, found and changed', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const created = await admin('POST', '/v1/accounts', {
      name: ' Auto Żółć sp. z o.o. ',
      email: 'Office@ZOLC.example',
      phone: '22 123 45 67',
      website: 'https://zolc.example',
      taxNumber: 'PL1',
      address: { city: 'Kraków', country: 'PL' },
      responsibleUserId: anna.id
    })
    t.equal(created.status, 201)
    t.hasStrict(created.body, {
      name: 'Auto Żółć sp. z o.o.',
      email: 'Office@zolc.example',
      phone: '+48221234567',
      website: 'https://zolc.example',
      description: null,
      address: { city: 'Kraków', postalCode: null },
      responsibleUser: { id: anna.id, name: 'Anna' },
      createdFromLead: null
    })
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)

    const change = {
      name: 'Żółć Motors',
      phone: null,
      address: { city: null, region: 'Małopolska' },
      responsibleUserId: null
    }
    const changed = await admin('PATCH', url, change, { 'if-match': '"1"' })
    t.hasStrict(changed.body, {
      name: 'Żółć Motors',
      email: 'Office@zolc.example',
      phone: null,
      address: { city: null, region: 'Małopolska', country: 'PL' },
      responsibleUser: null,
      version: 2
    })
    t.equal((await admin('PATCH', url, {}, { 'if-match': '"1"' })).status, 412)
    t.equal((await admin('PATCH', url, { address: null })).body.address, null)
    const types = (await admin('GET', '/v1/events')).body.data.map(
      ({ type }: { type: string }) => type
    )
    t.equal(types.filter((type: string) => type.startsWith('account.')).length, 3)

    const found = async (q: string) =>
      (await admin('GET', `/v1/accounts?q=${encodeURIComponent(q)}`)).body.data.length
    t.equal(await found('zolc mo'), 1)
    t.equal(await found('ŻÓŁĆ'), 1)
    t.equal(await found('motors'), 0, 'a name is found by how it begins')
    t.equal(await found('auto'), 0, 'what it was called before is gone')
  })

  await t.test('409 account-exists, unless a duplicate is wanted', async (t) => {
    const { admin, withUser } = await createDealer()
    const atOnce = (ask: (index: number) => ReturnType<typeof admin>) =>
      Promise.all(Array.from({ length: 12 }, (_, index) => ask(index)))
    // Connections are opened first, or the time that takes would put the posts in a row.
    await atOnce(() => admin('GET', '/v1/accounts'))
    const names = ['Lis & Syn', 'LIS I SYN', 'lis, syn.']
    const answers = await atOnce(() => admin('POST', '/v1/accounts', { name: 'Lis & Syn' }))
    // Guards the lock of the name: of many at once, one is made.
    t.strictSame(answers.map(({ status }) => status).toSorted(), [201, ...Array(11).fill(409)])
    const made = answers.find(({ status }) => status === 201)?.body
    const again = await admin('POST', '/v1/accounts', { name: must(names[2]) })
    t.equal(again.problem.type, `${PROBLEM}account-exists`)
    t.strictSame(again.problem.matches, [{ id: made.id, name: 'Lis & Syn' }])
    t.equal(
      (await admin('POST', '/v1/accounts', { name: must(names[1]) })).status,
      201,
      'another name'
    )

    const ben = await withUser()
    const hidden = await ben.call('POST', '/v1/accounts', { name: 'Lis & Syn' })
    t.equal(hidden.status, 409, 'one that the caller does not see is in the way all the same')
    t.strictSame(hidden.problem.matches, [], 'but is not shown')
    const body = { name: 'Lis & Syn', allowDuplicate: true }
    const own = await ben.call('POST', '/v1/accounts', body)
    t.equal(own.status, 201)
    t.equal(own.body.responsibleUser?.id, ben.id, 'what a member makes is theirs')
    const shown = await ben.call('POST', '/v1/accounts', { name: 'Lis & Syn' })
    t.strictSame(
      shown.problem.matches?.map(({ id }: { id: string }) => id),
      [own.body.id]
    )
  })

  await t.test('422 names what is wrong', async (t) => {
    const { admin } = await createDealer()
    const pointerOf = async (body: object) => {
      const answer = await admin('POST', '/v1/accounts', { name: 'A', ...body })
      t.equal(answer.status, 422)
      return answer.problem.errors?.[0]?.pointer
    }
    t.equal(await pointerOf({ name: '  ' }), '/name')
    t.equal(await pointerOf({ email: 'nobody' }), '/email')
    t.equal(await pointerOf({ website: 'javascript:alert(1)' }), '/website')
    t.equal(await pointerOf({ website: 'ftp://a.example' }), '/website')
    t.equal(await pointerOf({ responsibleUserId: newId() }), '/responsibleUserId')
    t.equal(await pointerOf({ other: 1 }), '/other')
    const { body } = await admin('POST', '/v1/accounts', { name: 'A' })
    const patched = await admin('PATCH', `/v1/accounts/${body.id}`, { responsibleUserId: newId() })
    t.equal(patched.problem.errors?.[0]?.pointer, '/responsibleUserId')
  })

  await t.test('clients belong to accounts, and are listed by them', async (t) => {
    const { admin, withUser } = await createDealer()
    const account = (await admin('POST', '/v1/accounts', { name: 'Lis' })).body
    const add = async (words: object) =>
      await admin('POST', '/v1/clients', { contact: { fullName: 'Ada' }, ...words })
    const client = (await add({ accountId: account.id })).body
    t.strictSame(client.account, { id: account.id, name: 'Lis' })
    await add({})
    const ids = async (url: string) =>
      (await admin('GET', url)).body.data.map(({ id }: { id: string }) => id)
    t.strictSame(await ids(`/v1/accounts/${account.id}/clients`), [client.id])
    t.strictSame(await ids(`/v1/clients?account=${account.id}`), [client.id])
    const url = `/v1/clients/${client.id}` as const
    t.equal((await admin('PATCH', url, { accountId: null })).body.account, null)
    t.strictSame(await ids(`/v1/accounts/${account.id}/clients`), [])
    const back = await admin('PATCH', url, { accountId: account.id })
    t.equal(must(back.body.account).id, account.id)
    t.equal((await add({ accountId: newId() })).status, 404)
    t.equal((await admin('PATCH', url, { accountId: newId() })).status, 404)
    const ben = await withUser()
    const own = await ben.call('POST', '/v1/clients', { contact: { fullName: 'Eva' } })
    const blind = await ben.call('PATCH', `/v1/clients/${own.body.id}`, { accountId: account.id })
    t.equal(blind.status, 404, 'nobody joins what they don’t see')
  })

  await t.test(
    'a member sees accounts they are responsible for, and of clients they see',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [ben, eva] = [await withUser(), await withUser()]
      const add = async (name: string, words = {}) =>
        (await admin('POST', '/v1/accounts', { name, ...words })).body
      const own = await add('Own', { responsibleUserId: ben.id })
      const ofClient = await add('Client’s')
      const ofLead = await add('Lead’s')
      const other = await add('Other', { responsibleUserId: eva.id })
      const contact = { fullName: 'Ada' }
      await ben.call('POST', '/v1/clients', { contact })
      await admin('POST', '/v1/clients', {
        contact,
        accountId: ofClient.id,
        responsibleUserId: ben.id
      })
      const client = (await admin('POST', '/v1/clients', { contact, accountId: ofLead.id })).body
      const lead = await postLead(admin, { assignee: ben.id })
      await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: client.id })
      const list = await ben.call('GET', '/v1/accounts')
      t.strictSame(
        new Set(list.body.data.map(({ id }: { id: string }) => id)),
        new Set([own.id, ofClient.id, ofLead.id])
      )
      t.equal((await ben.call('GET', '/v1/accounts?q=other')).body.data.length, 0)
      t.equal((await ben.call('GET', '/v1/accounts?q=lead')).body.data.length, 1)
      t.equal((await ben.call('GET', `/v1/accounts/${other.id}`)).status, 404)
      t.equal((await ben.call('GET', `/v1/accounts/${other.id}/clients`)).status, 404)
      t.equal((await ben.call('PATCH', `/v1/accounts/${other.id}`, {})).status, 404)
    }
  )

  await t.test('filters narrow, and pages join without gap or repeat', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser()
    const all = []
    for (let index = 0; index < 5; index++) {
      all.push((await admin('POST', '/v1/accounts', { name: `Firm ${index}` })).body)
    }
    const hers = { name: 'Hers', responsibleUserId: anna.id }
    all.push((await admin('POST', '/v1/accounts', hers)).body)
    const ids = async (query: string) =>
      (await admin('GET', `/v1/accounts${query}`)).body.data.map(({ id }: { id: string }) => id)
    t.strictSame(await ids(`?responsible=${anna.id}`), [must(all.at(-1)).id])
    t.strictSame(await ids(`?createdTo=${must(all[0]).createdAt}`), [])
    t.equal((await ids(`?createdFrom=${must(all[0]).createdAt}`)).length, 6)
    const seen: string[] = []
    let url: string | null = '/v1/accounts?limit=2'
    while (url !== null) {
      const { body, headers } = await admin('GET', url)
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      url = nextPage({ headers })
    }
    t.strictSame(seen, all.map(({ id }) => id).toReversed())
  })
})
