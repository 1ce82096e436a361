import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { historyOf, postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'
import { moveTo } from '../../../support/sales.ts'

void t.test('open opportunities go with their client', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const sara = await withUser({ name: 'Sara' })
  const stan = await withUser({ name: 'Stan' })
  const olga = await withUser({ name: 'Olga' })
  const clientOf = async (responsibleUserId: string | null) => {
    const contact = { fullName: 'Rita Regular' }
    const words = { contact, responsibleUserId, allowDuplicate: true }
    return (await admin('POST', '/v1/clients', words)).body.id
  }
  const dealOf = async (clientId: string, responsibleUserId: string, words: object = {}) => {
    const body = { name: 'Ceed', clientId, responsibleUserId, ...words }
    const { status, body: made, text } = await admin('POST', '/v1/opportunities', body)
    t.equal(status, 201, text)
    return made.id
  }
  const holderOf = async (id: string) =>
    (await admin('GET', `/v1/opportunities/${id}`)).body.responsibleUser?.id
  const undo = async (id: string) => (await admin('POST', `/v1/operations/${id}/undo`)).status

  await t.test('to its new responsible user, but not won and lost ones', async (t) => {
    const clientId = await clientOf(sara.id)
    const open = await dealOf(clientId, sara.id)
    const lost = await dealOf(clientId, sara.id, { stage: 'lost', closeReason: 'Price' })
    const others = await dealOf(clientId, olga.id)
    await admin('PATCH', `/v1/clients/${clientId}`, { responsibleUserId: stan.id })
    t.equal(await holderOf(open), stan.id)
    t.equal(await holderOf(lost), sara.id)
    t.equal(await holderOf(others), olga.id)
    const { data } = (await admin('GET', `/v1/events?type=opportunity.updated`)).body
    t.hasStrict(must(data[0]), {
      subject: { id: open },
      data: { fields: ['responsibleUserId'], responsibleUserId: stan.id, by: 'client' }
    })
  })

  await t.test('of inactive users, where it had no responsible user', async (t) => {
    const clientId = await clientOf(null)
    const gone = await withUser({ name: 'Gone' })
    const [ofGone, others] = [await dealOf(clientId, gone.id), await dealOf(clientId, olga.id)]
    await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    await admin('PATCH', `/v1/clients/${clientId}`, { responsibleUserId: stan.id })
    t.equal(await holderOf(ofGone), stan.id)
    t.equal(await holderOf(others), olga.id)
  })

  await t.test('by a merge, and back with its undo', async (t) => {
    const [kept, gone] = [await clientOf(stan.id), await clientOf(sara.id)]
    const [open, own] = [await dealOf(gone, sara.id), await dealOf(kept, sara.id)]
    const { body } = await admin('POST', `/v1/clients/${kept}/merge`, { clientId: gone })
    t.equal(await holderOf(open), stan.id)
    t.equal(await holderOf(own), sara.id, 'that of the survivor was hers before')
    t.equal(await undo(body.operationId), 200)
    t.equal(await holderOf(open), sara.id)
  })

  await t.test('by a conversion, and back with its undo', async (t) => {
    const clientId = await clientOf(sara.id)
    const filled = await dealOf(clientId, sara.id)
    const [open, won] = [await dealOf(clientId, sara.id), await dealOf(clientId, sara.id)]
    const lead = await postLead(admin, { assignee: sara.id })
    const words = { clientId, overwrite: true, responsibleUserId: stan.id, planActivity: false }
    const body = { ...words, opportunity: { id: filled } }
    const made = await admin('POST', `/v1/leads/${lead.id}/convert`, body)
    t.equal(made.status, 201, made.text)
    for (const id of [filled, open, won]) t.equal(await holderOf(id), stan.id)
    await admin('PATCH', `/v1/opportunities/${won}`, { stage: 'won' })
    t.equal(await undo(made.body.operationId), 200)
    for (const id of [filled, open]) t.equal(await holderOf(id), sara.id)
    t.equal(await holderOf(won), stan.id, 'he won it since')
  })
})

void t.test('one mail tells of a client and of all that went with it', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const { admin, withUser } = dealer
  const now = { kinds: { movedClient: 'now', movedLead: 'now', movedActivity: 'now' } }
  const sara = await withUser({ name: 'Sara' })
  const stan = await withUser({ name: 'Stan' })
  await sara.call('PUT', '/v1/me/notifications', now)
  const contact = { fullName: 'Ada Lovelace', email: 'ada@example.com' }
  const lead = await postLead(admin, { assignee: sara.id, contact })
  const { client } = (await admin('POST', `/v1/leads/${lead.id}/convert`, {})).body
  await admin('POST', '/v1/opportunities', {
    ...{ name: 'A blue Ceed', clientId: client.id, responsibleUserId: sara.id }
  })
  await sendAll(database.db, dealer)

  await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: stan.id })
  const { data } = (await stan.call('GET', '/v1/notifications')).body
  t.strictSame(
    data.map(({ kind, facts }) => [kind, Object.keys(facts)]),
    [['newClient', ['leads', 'clientId', 'activities', 'opportunities']]]
  )
  const { mails } = await sendAll(database.db, dealer)
  t.strictSame(mails.map(({ to }) => to).toSorted(), [sara.email, stan.email].toSorted())
  const [lost, got] = [sara, stan].map(({ email }) => must(mails.find(({ to }) => to === email)))
  for (const { text } of [must(lost), must(got)]) {
    t.match(text, /== Leads ==\n[^=]*Ada Lovelace/)
    t.match(text, /== Planned activities ==\nE-mail/)
    t.match(text, /== Open opportunities ==\nName:\s+A blue Ceed/)
  }
  t.match(must(got).text, /\/l\/[\w-]+/)
  t.notMatch(must(lost).text, /\/[lc]\/[\w-]+/)
})

void t.test(
  'an undo tells of clients that go back, and leaves nothing of what it removes',
  async (t) => {
    const { createDealer } = await createTestApp(t)
    const { admin, withUser } = await createDealer()
    const sara = await withUser({ name: 'Sara' })
    const stan = await withUser({ name: 'Stan' })
    const toldOf = async ({ call }: typeof sara) =>
      (await call('GET', '/v1/notifications')).body.data.map(
        ({ kind, client }) => `${kind} ${client?.id ?? ''}`
      )
    const undo = async (id: string) => (await admin('POST', `/v1/operations/${id}/undo`)).status
    const clientOf = async (responsibleUserId: string) => {
      const words = {
        contact: { fullName: 'Rita Regular' },
        responsibleUserId,
        allowDuplicate: true
      }
      return (await admin('POST', '/v1/clients', words)).body.id
    }

    const [kept, gone] = [await clientOf(stan.id), await clientOf(sara.id)]
    const merged = await admin('POST', `/v1/clients/${kept}/merge`, { clientId: gone })
    t.equal(await undo(merged.body.operationId), 200)
    t.equal((await toldOf(sara))[0], `newClient ${gone}`)
    t.equal((await toldOf(stan))[0], `movedClient ${gone}`)

    const lead = await postLead(admin, { assignee: sara.id })
    const words = { clientId: kept, overwrite: true, responsibleUserId: sara.id }
    const filled = await admin('POST', `/v1/leads/${lead.id}/convert`, words)
    t.ok((await toldOf(sara)).some((told) => told.startsWith('plannedActivity')))
    t.equal(await undo(filled.body.operationId), 200, filled.text)
    t.equal((await toldOf(sara))[0], `movedClient ${kept}`)
    t.equal((await toldOf(stan))[0], `newClient ${kept}`)
    t.notOk((await toldOf(sara)).some((told) => told.startsWith('plannedActivity')))

    const made = await admin('POST', `/v1/leads/${lead.id}/convert`, { responsibleUserId: stan.id })
    t.ok((await toldOf(stan)).some((told) => told.startsWith('plannedActivity')))
    t.equal(await undo(made.body.operationId), 200)
    t.notOk((await toldOf(stan)).some((told) => told.startsWith('plannedActivity')))
    t.equal((await historyOf(admin, lead.id, 'activity.removed')).length, 2)
    await moveTo(admin, lead.id, 'working')
  }
)
