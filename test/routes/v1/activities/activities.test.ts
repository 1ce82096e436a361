import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { nextPage } from '../../../support/response.ts'

void t.test('activities', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('201 adds an activity, which can then be read, done and reopened', async (t) => {
    const { withUser } = await createDealer()
    const owner = await withUser({ role: 'owner' })
    const created = await owner.call('POST', '/v1/activities', {
      type: 'test_drive',
      text: 'The blue one',
      dueAt: '2026-11-24T14:00:00+01:00'
    })
    t.equal(created.status, 201)
    t.hasStrict(created.body, {
      state: 'planned',
      dueAt: '2026-11-24T13:00:00.000Z',
      doneAt: null,
      userId: owner.id,
      leadId: null,
      clientId: null,
      version: 1
    })
    const url = String(created.headers.location)
    t.strictSame((await owner.call('GET', url)).body, created.body)
    const done = await owner.call('PATCH', url, { state: 'done' }, { 'if-match': '"1"' })
    t.hasStrict(done.body, { state: 'done', text: 'The blue one', version: 2 })
    t.equal(done.body.doneAt, done.body.updatedAt)
    const later = await owner.call('PATCH', url, { text: 'Liked it' })
    t.equal(later.body.doneAt, done.body.doneAt, 'it was done when it was done')
    const reopened = await owner.call('PATCH', url, { state: 'planned', dueAt: null })
    t.hasStrict(reopened.body, { doneAt: null, dueAt: null, version: 4 })
    t.equal((await owner.call('PATCH', url, {}, { 'if-match': '"1"' })).status, 412)
  })

  await t.test('422 names what is wrong', async (t) => {
    const { admin } = await createDealer()
    const pointerOf = async (body: object) => {
      const answer = await admin('POST', '/v1/activities', { type: 'call', ...body })
      t.equal(answer.status, 422)
      return answer.problem.errors?.[0]?.pointer
    }
    t.equal(await pointerOf({ userId: newId() }), '/userId')
    t.equal(await pointerOf({ doneAt: '2026-11-24T14:00:00Z' }), '/doneAt')
    t.equal(await pointerOf({ type: 'dance' }), '/type')
    t.equal(await pointerOf({ client: newId() }), '/client')
    const past = { state: 'done', doneAt: '2026-11-20T14:00:00Z' }
    const { body } = await admin('POST', '/v1/activities', { type: 'call', ...past })
    t.equal(body.doneAt, '2026-11-20T14:00:00.000Z')
    t.equal(body.userId, null, 'a key is nobody')
    const url = `/v1/activities/${body.id}` as const
    t.equal((await admin('PATCH', url, { state: 'missed', doneAt: body.doneAt })).status, 422)
  })

  await t.test('filters narrow; pages by creation and by due time join', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser()
    const lead = await postLead(admin)
    const client = (await admin('POST', '/v1/clients', { contact: { fullName: 'Ada' } })).body
    const add = async (words: object) =>
      (await admin('POST', '/v1/activities', { type: 'call', ...words })).body.id
    const due = (day: number) => `2026-12-0${day}T09:00:00.000Z`
    const [third, first, second] = [
      await add({ dueAt: due(3), userId: anna.id }),
      await add({ dueAt: due(1), leadId: lead.id, type: 'email' }),
      await add({ dueAt: due(2), clientId: client.id, state: 'missed' })
    ]
    const never = await add({ type: 'note' })
    const ids = async (query: string) => {
      const seen: string[] = []
      let url: string | null = `/v1/activities?limit=1&${query}`
      while (url !== null) {
        const { body, headers } = await admin('GET', url)
        seen.push(...body.data.map(({ id }: { id: string }) => id))
        url = nextPage({ headers })
      }
      return seen
    }
    t.strictSame(await ids(''), [never, second, first, third])
    t.strictSame(await ids('sort=createdAt'), [third, first, second, never])
    t.strictSame(await ids('sort=dueAt'), [first, second, third])
    t.strictSame(await ids('sort=-dueAt'), [third, second, first])
    t.strictSame(await ids(`user=${anna.id}`), [third])
    t.strictSame(await ids(`lead=${lead.id}`), [first])
    t.strictSame(await ids(`client=${client.id}`), [second])
    t.strictSame(await ids('state=missed'), [second])
    t.strictSame(await ids('type=email'), [first])
    t.strictSame(await ids(`sort=dueAt&dueFrom=${due(2)}&dueTo=${due(3)}`), [second])
  })

  await t.test('a member sees their own, and those about leads and clients they see', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const [ben, eva] = [await withUser(), await withUser()]
    const contact = { fullName: 'Ada' }
    const add = async (words: object) =>
      (await admin('POST', '/v1/activities', { type: 'call', ...words })).body.id
    const [benLead, evaLead] = [
      await postLead(admin, { assignee: ben.id }),
      await postLead(admin, { assignee: eva.id })
    ]
    const [benClient, evaClient] = [
      (await ben.call('POST', '/v1/clients', { contact })).body,
      (await eva.call('POST', '/v1/clients', { contact })).body
    ]
    const seen = [
      await add({ userId: ben.id, leadId: (await postLead(admin)).id }),
      await add({ userId: eva.id, leadId: benLead.id }),
      await add({ userId: eva.id, clientId: benClient.id })
    ]
    const hidden = [
      await add({ leadId: evaLead.id }),
      await add({ userId: eva.id, clientId: evaClient.id }),
      await add({})
    ]
    const { body } = await ben.call('GET', '/v1/activities')
    t.strictSame(
      body.data.map(({ id }: { id: string }) => id),
      seen.toReversed()
    )
    for (const id of hidden) {
      t.equal((await ben.call('GET', `/v1/activities/${id}`)).status, 404)
      t.equal((await ben.call('PATCH', `/v1/activities/${id}`, { text: 'X' })).status, 404)
    }
    for (const about of [{ leadId: evaLead.id }, { clientId: evaClient.id }]) {
      const answer = await ben.call('POST', '/v1/activities', { type: 'call', ...about })
      t.equal(answer.status, 404, 'about what one does not see')
    }
    t.equal((await (await withKey(['leads:capture']))('GET', '/v1/activities')).status, 403)
    t.equal((await (await withKey(['read']))('GET', '/v1/activities')).body.data.length, 6)
  })

  await t.test("another dealer's ids answer 404", async (t) => {
    const [ours, theirs] = [await createDealer(), await createDealer()]
    const lead = await postLead(ours.admin)
    const client = await ours.admin('POST', '/v1/clients', { contact: { fullName: 'Ada' } })
    const { body } = await ours.admin('POST', '/v1/activities', { type: 'call', leadId: lead.id })
    const url = `/v1/activities/${body.id}` as const
    t.equal((await theirs.admin('GET', url)).status, 404)
    t.equal((await theirs.admin('PATCH', url, { text: 'X' })).status, 404)
    t.strictSame((await theirs.admin('GET', '/v1/activities')).body.data, [])
    t.strictSame((await theirs.admin('GET', `/v1/activities?lead=${lead.id}`)).body.data, [])
    const add = async (words: object) =>
      (await theirs.admin('POST', '/v1/activities', { type: 'call', ...words })).status
    t.equal(await add({ leadId: lead.id }), 404)
    t.equal(await add({ clientId: client.body.id }), 404)
    t.equal(await add({ userId: ours.ownerId }), 422)
  })
})
