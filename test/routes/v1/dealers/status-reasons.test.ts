import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('reasons of lost and deleted leads', async (t) => {
  const { createDealer } = await sharedTestApp()
  const listOf = async (call: Caller, query = '') =>
    (await call('GET', `/v1/status-reasons?limit=200${query}`)).body.data
  const prepare = async (settings: Parameters<typeof createDealer>[0] = {}) => {
    const dealer = await createDealer(settings)
    const statuses = await findStatusIds(dealer.admin)
    const lead = await postLead(dealer.admin)
    const move = (group: string, body: object = {}) =>
      dealer.admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses[group], ...body })
    const ids = new Map((await listOf(dealer.admin)).map(({ key, id }) => [key, id]))
    return { ...dealer, statuses, lead, move, ids }
  }

  await t.test('a new dealer has some for both groups, in its language', async (t) => {
    const { admin } = await createDealer()
    const all = await listOf(admin)
    t.strictSame([...new Set(all.map(({ group }) => group))].toSorted(), ['deleted', 'lost'])
    t.ok(all.every(({ active, name }) => active && name !== ''))
    t.equal(new Set(all.map(({ key }) => key)).size, all.length)
  })

  await t.test('admins add to the list, order it and close parts of it', async (t) => {
    const { admin, withUser } = await createDealer()
    const body = { key: 'moved-away', name: 'Moved away', group: 'lost', position: 0 }
    const made = await admin('POST', '/v1/status-reasons', body)
    t.equal(made.status, 201, made.text)
    t.hasStrict(made.body, { ...body, active: true, version: 1 })
    t.equal((await listOf(admin))[0]?.key !== undefined, true)
    t.equal((await admin('POST', '/v1/status-reasons', body)).status, 409, 'a key is taken once')
    const url = `/v1/status-reasons/${made.body.id}` as const
    const closed = await admin('PATCH', url, { active: false, name: 'Moved' })
    t.hasStrict(closed.body, { key: 'moved-away', name: 'Moved', active: false, version: 2 })
    t.strictSame(
      (await listOf(admin, '&group=lost&active=false')).map(({ key }) => key),
      ['moved-away']
    )
    const member = await withUser()
    t.equal((await member.call('GET', url)).status, 200)
    t.equal((await member.call('PATCH', url, { active: true })).status, 403)
  })

  await t.test('a move names one by id, key or name, and the lead shows it', async (t) => {
    const { admin, lead, move, ids } = await prepare()
    const url = `/v1/leads/${lead.id}` as const
    for (const given of [
      { reasonId: ids.get('price') },
      { reason: 'price' },
      { reason: 'PRICE TOO HIGH' }
    ]) {
      const lost = await move('lost', given)
      t.equal(lost.status, 200, lost.text)
      const shown = { id: ids.get('price'), key: 'price', name: 'Price too high' }
      t.strictSame(lost.body.statusReason, shown)
      t.strictSame((await admin('GET', url)).body.statusReason, shown)
      t.equal((await move('working')).body.statusReason, null, 'it goes with the status')
    }
    const [, last] = await historyOf(admin, lead.id, 'lead.status_changed')
    t.hasStrict(last?.data, { reason: 'Price too high', reasonId: ids.get('price') })
    const text = await move('lost', { reason: 'Bought a bicycle' })
    t.strictSame(text.body.statusReason, { id: null, key: null, name: 'Bought a bicycle' })
  })

  await t.test(
    'a reason of another group, an inactive one and two at once are refused',
    async (t) => {
      const { admin, move, ids } = await prepare()
      t.equal((await move('lost', { reasonId: ids.get('spam') })).status, 422)
      t.equal((await move('working', { reasonId: ids.get('price') })).status, 422)
      t.equal((await move('lost', { reasonId: ids.get('price'), reason: 'x' })).status, 422)
      await admin('PATCH', `/v1/status-reasons/${must(ids.get('price'))}`, { active: false })
      t.equal((await move('lost', { reasonId: ids.get('price') })).status, 422)
    }
  )

  await t.test('by setting it must be of the list, or may be missing', async (t) => {
    const listed = await prepare({ statusReasons: 'listed' })
    const refused = await listed.move('lost', { reason: 'A bicycle' })
    t.equal(refused.status, 422)
    t.equal(refused.problem.errors?.[0]?.pointer, '/reason')
    t.equal((await listed.move('lost')).problem.type, 'urn:leadyard:problem:reason-required')
    t.equal((await listed.move('lost', { reason: 'no-answer' })).status, 200)
    const optional = await prepare({ statusReasons: 'optional' })
    const deleted = await optional.move('deleted')
    t.equal(deleted.status, 200, deleted.text)
    t.equal(deleted.body.statusReason, null)
  })

  await t.test('is a filter and a count of leads', async (t) => {
    const { admin, statuses } = await prepare()
    const lose = async (group: string, reason: string) => {
      const { id } = await postLead(admin)
      await admin('POST', `/v1/leads/${id}/status`, { statusId: statuses[group], reason })
      return id
    }
    const [a, b] = [await lose('lost', 'price'), await lose('lost', 'no-answer')]
    const spam = await lose('deleted', 'spam')
    const text = await lose('lost', 'A text')
    const listed = await lose('lost', 'other')
    const ids = async (query: string) =>
      (await admin('GET', `/v1/leads?${query}`)).body.data.map(({ id }) => id)
    t.strictSame(await ids('statusReason=price'), [a])
    t.strictSame(await ids('statusReason=price,no-answer'), [b, a])
    t.strictSame(await ids('statusReason=spam&statusGroup=deleted'), [spam])
    t.strictSame(await ids('statusReason=other'), [listed], 'the reason of the list')
    t.strictSame(await ids('statusReason=free-text'), [text])
    t.strictSame(await ids('statusReason=free-text,other'), [listed, text])
    t.strictSame(await ids('statusReason=free-text,price,other'), [listed, text, a])
    const given = { statusId: statuses.lost, reasonId: 'free-text' }
    t.equal((await admin('POST', `/v1/leads/${a}/status`, given)).status, 422)
    const unknown = await admin('GET', '/v1/leads?statusReason=nothing')
    t.equal(unknown.status, 422)
    t.match(unknown.text, /Known values: .*price/)
    const { body } = await admin('GET', '/v1/leads/counts?by=statusReason')
    t.strictSame(
      body.data.map(({ name, count }) => [name, count]),
      [
        ['Can’t be reached', 1],
        ['Other', 1],
        ['Price too high', 1],
        ['free-text', 1],
        [null, 1]
      ]
    )
  })

  await t.test('many leads get one, and an undo gives back the earlier', async (t) => {
    const { admin, lead, move, statuses, ids } = await prepare()
    await move('lost', { reason: 'price' })
    const moved = await admin('POST', '/v1/leads/status', {
      leadIds: [lead.id],
      statusId: statuses.deleted,
      reasonId: ids.get('spam')
    })
    t.equal(moved.status, 200, moved.text)
    const reason = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body.statusReason?.key
    t.equal(await reason(), 'spam')
    await admin('POST', `/v1/operations/${must(moved.body.operationId)}/undo`)
    t.equal(await reason(), 'price')
  })
})
