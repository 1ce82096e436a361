import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('leads and clients with the members that a request names', async (t) => {
  const { createDealer } = await sharedTestApp()
  const prepare = async () => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ name: 'Anna' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    const url = `/v1/leads/${lead.id}/convert` as const
    const body = { account: { name: 'Lis Ltd' }, responsibleUserId: anna.id }
    const { client } = (await dealer.admin('POST', url, body)).body
    return { ...dealer, anna, lead, client }
  }

  await t.test('have those and their ids, in lists and alone', async (t) => {
    const { admin, lead, client } = await prepare()
    for (const [path, id, fields] of [
      ['/v1/leads', lead.id, ['displayName', 'status']],
      ['/v1/clients', client.id, ['name', 'responsibleUser']]
    ] as const) {
      const whole = JSON.parse((await admin('GET', `${path}/${id}`)).text) as Record<
        string,
        unknown
      >
      const wanted = {
        isSparse: true,
        ...Object.fromEntries(['id', ...fields].map((name) => [name, whole[name]]))
      }
      t.notOk('isSparse' in whole, 'whole records don’t have it')
      const query = `fields=${fields.join(',')}`
      const list = await admin('GET', `${path}?${query}`)
      t.equal(list.status, 200, list.text)
      t.strictSame(JSON.parse(list.text), { isSparse: true, data: [wanted], nextCursor: null })
      const alone = await admin('GET', `${path}/${id}?${query}`)
      t.strictSame(JSON.parse(alone.text), wanted)
      t.ok(alone.headers.etag, 'with the version')
      t.strictSame(JSON.parse((await admin('GET', `${path}/${id}?fields=id`)).text), {
        isSparse: true,
        id
      })
    }
  })

  await t.test(
    'go on to the next page, and keep the records that they are expanded with',
    async (t) => {
      const { admin, lead, client } = await prepare()
      const second = await postLead(admin)
      const page = await admin('GET', '/v1/leads?fields=score&limit=1')
      t.strictSame(JSON.parse(page.text).data, [
        { isSparse: true, id: second.id, score: second.score }
      ])
      const next = /<([^>]+)>/.exec(String(page.headers.link))?.[1]
      const expanded = await admin('GET', `${must(next)}&expand=client`)
      const [last] = JSON.parse(expanded.text).data
      t.strictSame(Object.keys(last).toSorted(), ['expanded', 'id', 'isSparse', 'score'])
      t.equal(last.id, lead.id)
      t.equal(last.expanded.client.id, client.id)
    }
  )

  await t.test('have the same value of each member as whole leads', async (t) => {
    const { admin, lead } = await prepare()
    const nameless = { contact: { email: 'no-name@example.com' }, externalId: 'A-1' }
    await postLead(admin, { ...nameless, type: 'prequalification', isTest: true })
    const company = { companyName: 'Lis Ltd', phone: '601 234 567' }
    await postLead(admin, { contact: company, message: 'Is it there?' })
    await admin('POST', '/v1/activities', { leadId: lead.id, type: 'call', subject: 'Call' })
    const data = async (query: string) =>
      JSON.parse((await admin('GET', `/v1/leads?${query}`)).text).data as Record<string, unknown>[]
    const whole = await data('')
    t.equal(whole.length, 3)
    for (const name of Object.keys(must(whole[0]))) {
      const wanted = whole.map((one) => ({ isSparse: true, id: one.id, [name]: one[name] }))
      t.strictSame(await data(`fields=${name}`), wanted, name)
    }
  })

  await t.test('422 for an unknown member, with those that there are', async (t) => {
    const { admin } = await prepare()
    for (const path of ['/v1/leads', '/v1/clients']) {
      const { status, problem } = await admin('GET', `${path}?fields=contact,colour`)
      t.equal(status, 422)
      t.match(problem.errors?.[0], {
        pointer: '?fields',
        message: /"colour"\. Known values: id, .*contact.*updatedAt/
      })
    }
  })
})

void t.test('the leads of a client take the same parameters as others', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin, withUser } = await createDealer()
  const anna = await withUser()
  const lead = await postLead(admin, { assignee: anna.id })
  const { client } = (await admin('POST', `/v1/leads/${lead.id}/convert`, {})).body
  const url = `/v1/clients/${client.id}/leads?fields=displayName,assignee&expand=assignee` as const
  const [shown] = (await admin('GET', url)).body.data
  t.strictSame(Object.keys(shown ?? {}).toSorted(), [
    'assignee',
    'displayName',
    'expanded',
    'id',
    'isSparse'
  ])
  t.equal(shown?.expanded?.assignee?.id, anna.id)
  t.equal((await admin('GET', `/v1/clients/${client.id}/leads?fields=colour`)).status, 422)
})

void t.test('clients with the records that they refer to', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('expand has them whole, as their own operations show them', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const lead = await postLead(admin, { assignee: anna.id })
    const body = { account: { name: 'Lis Ltd' }, responsibleUserId: anna.id, planActivity: false }
    const { client } = (await admin('POST', `/v1/leads/${lead.id}/convert`, body)).body
    const bare = (await admin('POST', '/v1/clients', { contact: { fullName: 'Bo' } })).body
    const query = 'expand=responsibleUser,account,createdFromLead'
    const { body: page } = await admin('GET', `/v1/clients?sort=createdAt&${query}`)
    const whole = {
      responsibleUser: (await admin('GET', `/v1/users/${anna.id}`)).body,
      account: (await admin('GET', `/v1/accounts/${must(client.account).id}`)).body,
      createdFromLead: (await admin('GET', `/v1/leads/${lead.id}`)).body
    }
    t.strictSame(page.data[0]?.expanded, whole)
    t.equal(page.data[1]?.id, bare.id)
    t.strictSame(page.data[1]?.expanded, {
      responsibleUser: null,
      account: null,
      createdFromLead: null
    })
    t.strictSame((await admin('GET', `/v1/clients/${client.id}?${query}`)).body.expanded, whole)
    t.notOk('expanded' in (await admin('GET', `/v1/clients/${client.id}`)).body)
  })

  await t.test('but not those that a member does not see', async (t) => {
    const { admin, withUser } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const lead = await postLead(admin, { assignee: ben.id })
    await admin('POST', `/v1/leads/${lead.id}/convert`, { responsibleUserId: ben.id })
    const { id } = (await ben.call('GET', '/v1/clients')).body.data[0] ?? { id: '' }
    await admin('PATCH', `/v1/clients/${id}`, { responsibleUserId: anna.id })
    const seen = await ben.call('GET', `/v1/clients/${id}?expand=createdFromLead`)
    t.equal(seen.status, 404, 'the client took the lead along')
    t.equal((await ben.call('GET', `/v1/leads/${lead.id}`)).status, 410)
    const hers = await anna.call('GET', `/v1/clients/${id}?expand=createdFromLead`)
    t.equal(hers.body.expanded?.createdFromLead !== null, true, 'of her client')
    const unknown = await anna.call('GET', '/v1/clients?expand=promoter')
    t.match(unknown.problem.errors?.[0], { pointer: '?expand' })
  })
})
