import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { nextPage } from '../../../support/response.ts'

void t.test('queues', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('201 adds a queue, which can then be read, listed and renamed', async (t) => {
    const { admin, defaultQueueId } = await createDealer()
    const created = await admin('POST', '/v1/queues', { name: 'Used cars' })
    t.equal(created.status, 201)
    t.hasStrict(created.body, { name: 'Used cars', isDefault: false, version: 1 })
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)
    const changed = await admin('PATCH', url, { name: 'Vans' }, { 'if-match': '"1"' })
    t.hasStrict(changed.body, { name: 'Vans', version: 2 })
    t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)
    const { body } = await admin('GET', '/v1/queues')
    t.strictSame(
      body.data.map(({ id, isDefault }: { id: string; isDefault: boolean }) => [id, isDefault]),
      [
        [defaultQueueId, true],
        [created.body.id, false]
      ]
    )
    t.equal((await admin('DELETE', `/v1/queues/${defaultQueueId}`)).status, 405, 'queues stay')
  })

  await t.test('409 for a taken name, 404 for others’, 403 for those who may not', async (t) => {
    const { admin, withUser, withKey, defaultQueueId, ownerId } = await createDealer()
    const other = await createDealer()
    const taken = await admin('POST', '/v1/queues', { name: 'Default' })
    t.equal(taken.problem.type, 'urn:leadyard:problem:already-exists')
    const foreign = `/v1/queues/${other.defaultQueueId}` as const
    t.equal((await admin('GET', foreign)).status, 404)
    t.equal((await admin('PATCH', foreign, { name: 'X' })).status, 404)
    t.equal((await admin('GET', `${foreign}/members`)).status, 404)
    t.equal((await admin('PUT', `${foreign}/members/${ownerId}`)).status, 404)
    const own = `/v1/queues/${defaultQueueId}` as const
    t.equal((await admin('PUT', `${own}/members/${other.ownerId}`)).status, 404)
    t.equal((await admin('PUT', `${own}/members/${newId()}`)).status, 404)
    const member = await withUser()
    t.equal((await member.call('GET', `${own}/members`)).status, 200)
    t.equal((await member.call('PUT', `${own}/members/${member.id}`)).status, 403)
    t.equal((await (await withKey(['write']))('POST', '/v1/queues', { name: 'Y' })).status, 403)
  })

  await t.test(
    'who belongs to a queue sees its unassigned leads, and no longer after',
    async (t) => {
      const { admin, withUser, defaultQueueId } = await createDealer()
      const anna = await withUser({ name: 'Anna' })
      const lead = await postLead(admin)
      const url = `/v1/queues/${defaultQueueId}/members` as const
      const sees = async () => (await anna.call('GET', `/v1/leads/${lead.id}`)).status
      t.equal(await sees(), 404)
      t.equal((await admin('PUT', `${url}/${anna.id}`)).status, 204)
      t.equal((await admin('PUT', `${url}/${anna.id}`)).status, 204, 'twice is once')
      t.equal(await sees(), 200)
      t.hasStrict((await admin('GET', url)).body.data, [
        { userId: anna.id, name: 'Anna', role: 'member', active: true }
      ])
      t.equal((await admin('DELETE', `${url}/${anna.id}`)).status, 204)
      t.equal((await admin('DELETE', `${url}/${anna.id}`)).status, 404)
      t.equal(await sees(), 404)
      const { body } = await admin('GET', '/v1/events?type=queue.member_added')
      t.hasStrict(body.data, [{ subject: { id: defaultQueueId }, data: { userId: anna.id } }])
      const removed = await admin('GET', '/v1/events?type=queue.member_removed')
      t.equal(removed.body.data.length, 1)
    }
  )

  await t.test('pages of members join without gap or repeat', async (t) => {
    const { admin, withUser, defaultQueueId } = await createDealer()
    for (let i = 0; i < 5; i += 1) await withUser({ inQueue: true })
    const seen: string[] = []
    let url: string | null = `/v1/queues/${defaultQueueId}/members?limit=2`
    while (url !== null) {
      const { body, headers } = await admin('GET', url)
      seen.push(...body.data.map(({ userId }: { userId: string }) => userId))
      url = nextPage({ headers })
    }
    t.equal(new Set(seen).size, 5)
    t.equal(seen.length, 5)
  })
})
