import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { nextPage } from '../../../support/response.ts'

void t.test('promoters', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test(
    '201 signs a promoter up, who can then be read, listed, changed, removed',
    async (t) => {
      const { admin, ownerId } = await createDealer()
      const created = await admin('POST', '/v1/promoters', {
        name: 'Piotr Lis',
        email: 'Piotr.Lis@Example.PL',
        phone: '602 345 678',
        locale: 'pl',
        userId: ownerId
      })
      t.equal(created.status, 201)
      t.hasStrict(created.body, {
        email: 'piotr.lis@example.pl',
        phone: '+48602345678',
        userId: ownerId,
        state: 'active',
        removedAt: null
      })
      const url = String(created.headers.location)
      t.strictSame((await admin('GET', url)).body, created.body)
      for (const query of [`user=${ownerId}`, 'q=lis', 'q=PIOTR.', 'state=active']) {
        const { body } = await admin('GET', `/v1/promoters?${query}`)
        t.strictSame(body, { data: [created.body], nextCursor: null }, query)
      }
      const removed = await admin('PATCH', url, { state: 'removed' }, { 'if-match': '"1"' })
      t.equal(removed.body.state, 'removed')
      t.type(removed.body.removedAt, 'string')
      const again = await admin('PATCH', url, { state: 'removed', name: 'P. Lis' })
      t.equal(again.body.removedAt, removed.body.removedAt)
      t.strictSame((await admin('GET', '/v1/promoters?state=active')).body.data, [])
      const back = await admin('PATCH', url, { state: 'active', email: null })
      t.hasStrict(back.body, { state: 'active', removedAt: null, email: null })
      t.equal((await admin('PATCH', url, { state: 'pending' })).status, 422)
      t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)
      const { body: events } = await admin('GET', '/v1/events?type=promoter.updated')
      t.equal(events.data.length, 3)
      t.notMatch(JSON.stringify(events.data), /lis/i)
    }
  )

  await t.test(
    '409 for a known address, 422 for users that are not there or inactive',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const other = await createDealer()
      const body = { name: 'P', email: 'p@example.test' }
      t.equal((await admin('POST', '/v1/promoters', body)).status, 201)
      const taken = await admin('POST', '/v1/promoters', { ...body, email: 'P@example.TEST' })
      t.equal(taken.status, 409)
      t.strictSame(taken.problem.errors, [{ pointer: '/email', message: 'is taken' }])
      const { id } = await withUser()
      await admin('PATCH', `/v1/users/${id}`, { active: false })
      for (const userId of [id, other.ownerId]) {
        t.equal((await admin('POST', '/v1/promoters', { name: 'Q', userId })).status, 422)
      }
      t.equal((await admin('POST', '/v1/promoters', { name: 'Q', email: 'nobody' })).status, 422)
    }
  )

  await t.test('members sign up, see and change their own only', async (t) => {
    const { admin, withUser, ownerId } = await createDealer()
    const anna = await withUser()
    const ben = await withUser()
    const { body: hers } = await anna.call('POST', '/v1/promoters', { name: 'Hers' })
    t.equal(hers.userId, anna.id)
    const foreign = await anna.call('POST', '/v1/promoters', { name: 'X', userId: ben.id })
    t.equal(foreign.status, 403)
    t.equal((await anna.call('POST', '/v1/promoters', { name: 'X', userId: null })).status, 403)
    const { body: house } = await admin('POST', '/v1/promoters', { name: 'House', userId: ownerId })

    const names = async (call: typeof admin) =>
      (await call('GET', '/v1/promoters?sort=createdAt')).body.data.map(
        ({ name }: { name: string }) => name
      )
    t.strictSame(await names(anna.call), ['Hers'])
    t.strictSame(await names(ben.call), [])
    t.strictSame(await names(admin), ['Hers', 'House'])
    t.equal((await anna.call('GET', `/v1/promoters/${hers.id}`)).status, 200)
    const outsiders = [ben.call, (await createDealer()).admin]
    for (const call of outsiders) {
      t.equal((await call('GET', `/v1/promoters/${hers.id}`)).status, 404)
      t.equal((await call('PATCH', `/v1/promoters/${hers.id}`, { name: 'X' })).status, 404)
    }
    t.equal((await anna.call('GET', `/v1/promoters/${house.id}`)).status, 404)
    const filtered = await anna.call('GET', `/v1/promoters?user=${ownerId}`)
    t.strictSame(filtered.body.data, [], 'a filter widens nothing')
  })

  await t.test('pages of the list join without gap or repeat, both ways', async (t) => {
    const { admin } = await createDealer()
    const made: string[] = []
    for (let i = 0; i < 7; i++) {
      made.push((await admin('POST', '/v1/promoters', { name: `P${i}` })).body.id)
    }
    for (const [sort, wanted] of [
      ['createdAt', made],
      ['-createdAt', made.toReversed()]
    ] as const) {
      const seen: string[] = []
      let url: string | null = `/v1/promoters?limit=3&sort=${sort}`
      while (url !== null) {
        const { body, headers } = await admin('GET', url)
        seen.push(...body.data.map(({ id }: { id: string }) => id))
        url = nextPage({ headers })
      }
      t.strictSame(seen, wanted, sort)
    }
  })
})
