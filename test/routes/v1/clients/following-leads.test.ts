import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { moveTo } from '../../../support/sales.ts'

void t.test('a lead that is converted again follows its client', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const sara = await withUser({ name: 'Sara' })
  const stan = await withUser({ name: 'Stan' })
  const holderOf = async (id: string) => (await admin('GET', `/v1/leads/${id}`)).body.assignee?.id
  const statusIds = await findStatusIds(admin)
  /** A converted lead of Sara, as is its client. */
  const convert = async () => {
    const lead = await postLead(admin, { assignee: sara.id })
    const words = { planActivity: false }
    const { body } = await admin('POST', `/v1/leads/${lead.id}/convert`, words)
    return { id: lead.id, client: body.client }
  }
  const give = async (clientId: string, responsibleUserId: string) => {
    const { status } = await admin('PATCH', `/v1/clients/${clientId}`, { responsibleUserId })
    t.equal(status, 200)
  }
  const moveAll = async (leadIds: string[], group: string) => {
    const words = { leadIds, statusId: must(statusIds[group]) }
    return (await admin('POST', '/v1/leads/status', words)).body
  }
  const undo = async (id: string | null) =>
    (await admin('POST', `/v1/operations/${must(id)}/undo`)).status

  for (const group of ['working', 'lost', 'deleted']) {
    await t.test(`from group ${group}`, async (t) => {
      const { id, client } = await convert()
      await moveTo(admin, id, group)
      await give(client.id, stan.id)
      t.equal(await holderOf(id), sara.id, 'it is not converted')
      await moveTo(admin, id, 'converted')
      t.equal(await holderOf(id), stan.id)
      t.hasStrict((await historyOf(admin, id, 'lead.assigned'))[0]?.data, { by: 'client' })
      const change = await stan.call('PATCH', `/v1/leads/${id}`, { message: 'On it' })
      t.equal(change.status, 200)
      t.equal((await sara.call('GET', `/v1/leads/${id}`)).status, 200, 'she goes on reading it')
    })
  }

  await t.test('not from a user who can work on it', async (t) => {
    const granted = await withUser({ grants: ['conversions.view'] })
    const { id, client } = await convert()
    await moveTo(admin, id, 'working')
    await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: granted.id })
    await give(client.id, stan.id)
    await moveTo(admin, id, 'converted')
    t.equal(await holderOf(id), granted.id)
  })

  await t.test('with many others, and back with the undo', async (t) => {
    const { id, client } = await convert()
    const other = await convert()
    const away = await moveAll([id, other.id], 'working')
    await give(client.id, stan.id)
    const { operationId } = await moveAll([id, other.id], 'converted')
    t.equal(await holderOf(id), stan.id)
    t.equal(await holderOf(other.id), sara.id)
    t.equal(await undo(operationId), 200)
    t.equal(await holderOf(id), sara.id)
    t.equal(await undo(away.operationId), 200, 'the undo converts them again')
    t.equal(await holderOf(id), stan.id)
  })

  await t.test('by the undo of an unlink and of a move', async (t) => {
    const { id, client } = await convert()
    const unlinked = (await admin('POST', `/v1/leads/${id}/unlink`)).body
    await give(client.id, stan.id)
    t.equal(await undo(unlinked.operationId), 200)
    t.equal(await holderOf(id), stan.id)

    const first = await convert()
    const second = await convert()
    const into = { clientId: second.client.id }
    const moved = (await admin('POST', `/v1/leads/${first.id}/move`, into)).body
    await give(first.client.id, stan.id)
    t.equal(await undo(moved.operationId), 200)
    t.equal(await holderOf(first.id), stan.id)
  })

  await t.test('by the undo of its sale', async (t) => {
    const { id, client } = await convert()
    await moveTo(admin, id, 'sold')
    const { data } = (await admin('GET', `/v1/sales?lead=${id}`)).body
    await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: sara.id })
    await give(client.id, stan.id)
    await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: sara.id })
    t.equal(await holderOf(id), sara.id)
    await admin('PATCH', `/v1/sales/${must(data[0]).id}`, {
      statusId: must(
        (await admin('GET', '/v1/sale-statuses')).body.data.find(
          ({ group }) => group === 'cancelled'
        )
      ).id
    })
    t.equal((await admin('GET', `/v1/leads/${id}`)).body.status.group, 'converted')
    t.equal(await holderOf(id), stan.id)
  })
})

void t.test('a conversion and a change of its client at the same moment', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const sara = await withUser({ name: 'Sara' })
  const stan = await withUser({ name: 'Stan' })
  for (let round = 0; round < 12; round += 1) {
    const contact = { fullName: `Ada Lovelace ${String(round)}` }
    const words = { contact, responsibleUserId: sara.id }
    const { id: clientId } = (await admin('POST', '/v1/clients', words)).body
    const lead = await postLead(admin, { assignee: sara.id })
    const [converted, given] = await Promise.all([
      admin('POST', `/v1/leads/${lead.id}/convert`, { clientId, planActivity: false }),
      admin('PATCH', `/v1/clients/${clientId}`, { responsibleUserId: stan.id })
    ])
    t.strictSame([converted.status, given.status], [201, 200], converted.text)
    const { assignee } = (await admin('GET', `/v1/leads/${lead.id}`)).body
    t.equal(assignee?.id, stan.id, 'the lead is with the user whose client it is')
  }
})

void t.test(
  'a conversion into a client names its responsible user only to change it',
  async (t) => {
    const { createDealer } = await createTestApp(t)
    const { admin, withUser } = await createDealer()
    const sara = await withUser({ name: 'Sara' })
    const stan = await withUser({ name: 'Stan' })
    const contact = { fullName: 'Rita Regular' }
    const client = (await admin('POST', '/v1/clients', { contact, responsibleUserId: sara.id }))
      .body
    const free = (await admin('POST', '/v1/clients', { contact: { fullName: 'Free' } })).body
    const lead = await postLead(admin, { assignee: sara.id })
    const url = `/v1/leads/${lead.id}/convert` as const
    const into = { clientId: client.id, planActivity: false }
    for (const responsibleUserId of [stan.id, null]) {
      const refused = await admin('POST', url, { ...into, responsibleUserId })
      t.equal(refused.status, 422)
      t.hasStrict(refused.problem.errors, [
        { pointer: '/responsibleUserId', code: 'needs-overwrite' }
      ])
      const preview = await admin('POST', `/v1/leads/${lead.id}/conversion-preview`, {
        ...into,
        responsibleUserId
      })
      t.equal(preview.status, 422)
    }
    t.equal((await admin('POST', url, { ...into, responsibleUserId: sara.id })).status, 201)
    const other = await postLead(admin, { assignee: sara.id })
    const words = { clientId: free.id, responsibleUserId: stan.id }
    const filled = await admin('POST', `/v1/leads/${other.id}/convert`, words)
    t.equal(filled.body.client.responsibleUser?.id, stan.id, 'a client without one gets one')
  }
)
