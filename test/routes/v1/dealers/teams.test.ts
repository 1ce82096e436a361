import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'

void t.test('teams', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('200 lists the three, by their keys, to everybody of the dealer', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const expected = [
      { key: 'call_center', name: 'Call center', version: 1 },
      { key: 'online_sales', name: 'Online sales', version: 1 },
      { key: 'store_sales', name: 'Store sales', version: 1 }
    ]
    const member = await withUser()
    for (const call of [admin, member.call, await withKey(['read'])]) {
      const { status, body } = await call('GET', '/v1/teams')
      t.equal(status, 200)
      t.hasStrict(body.data, expected)
      t.equal(body.data.length, 3)
    }
    t.equal((await (await withKey(['leads:capture']))('GET', '/v1/teams')).status, 403)
  })

  await t.test('200 renames one, which history says; the key and its users stay', async (t) => {
    const { id, admin, withUser } = await createDealer()
    const anna = await withUser({ team: 'online_sales' })
    const url = '/v1/teams/online_sales'
    const renamed = await admin('PATCH', url, { name: 'Internet desk' }, { 'if-match': '"1"' })
    t.equal(renamed.status, 200)
    t.equal(renamed.headers.etag, '"2"')
    t.hasStrict(renamed.body, { key: 'online_sales', name: 'Internet desk', version: 2 })
    const { body } = await admin('GET', '/v1/teams')
    t.strictSame(
      body.data.map(({ name }: { name: string }) => name),
      ['Call center', 'Internet desk', 'Store sales']
    )
    t.equal((await admin('GET', `/v1/users/${anna.id}`)).body.team, 'online_sales')
    const members = await admin('GET', '/v1/users?team=online_sales')
    t.equal(members.body.data.length, 1)
    const events = await admin('GET', '/v1/events?type=team.updated')
    t.hasStrict(events.body.data, [
      { subject: { type: 'dealer', id }, data: { team: 'online_sales', fields: ['name'] } }
    ])
  })

  await t.test(
    '412 for another version, 404 for no team, 422 for no name, 403 for members',
    async (t) => {
      const { admin, withUser, withKey } = await createDealer()
      const url = '/v1/teams/store_sales'
      t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"7"' })).status, 412)
      t.equal((await admin('PATCH', '/v1/teams/garage', { name: 'X' })).status, 404)
      for (const words of [{ name: '' }, { name: null }, { key: 'garage' }]) {
        t.equal((await admin('PATCH', url, words)).status, 422, JSON.stringify(words))
      }
      const { call } = await withUser()
      t.equal((await call('PATCH', url, { name: 'X' })).status, 403)
      t.equal((await (await withKey(['write']))('PATCH', url, { name: 'X' })).status, 403)
      const { body } = await admin('GET', '/v1/teams')
      t.hasStrict(body.data.at(-1), { name: 'Store sales', version: 1 })
    }
  )

  await t.test('another dealer’s teams keep their names', async (t) => {
    const [ours, theirs] = [await createDealer(), await createDealer()]
    await ours.admin('PATCH', '/v1/teams/call_center', { name: 'Ours' })
    const { body } = await theirs.admin('GET', '/v1/teams')
    t.equal(body.data[0]?.name, 'Call center')
  })
})
