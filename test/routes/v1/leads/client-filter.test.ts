import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

void t.test('the filter by client lists nothing that the list does not have', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const { admin } = dealer
  const [anna, ben, carl] = [
    await dealer.withUser(),
    await dealer.withUser(),
    await dealer.withUser()
  ]
  const body = { contact: { fullName: 'Rita Regular' }, responsibleUserId: anna.id }
  const client = (await admin('POST', '/v1/clients', body)).body
  const lead = await postLead(admin, { assignee: ben.id, message: 'Only for Ben' })
  const link = { clientId: client.id, notifyResponsible: true, planActivity: false }
  t.equal((await admin('POST', `/v1/leads/${lead.id}/link`, link)).status, 201)
  await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: carl.id })
  const ids = async (user: typeof anna, path: `/v1/leads?${string}` | `/v1/clients/${string}`) => {
    const { status, body } = await user.call('GET', path as `/v1/leads`)
    return status === 200 ? body.data.map(({ id }) => id) : status
  }
  const filter = `/v1/leads?client=${client.id}` as const
  const ofClient = `/v1/clients/${client.id}/leads` as const

  t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).status, 200, 'Anna was told of it')
  t.strictSame(await ids(anna, filter), [], 'and has not worked on it')
  t.equal(await ids(anna, ofClient), 404)
  const counts = await anna.call('GET', `/v1/leads/counts?by=status&client=${client.id}`)
  t.equal(counts.body.total, 0)

  t.strictSame(await ids(carl, filter), [], 'Carl has the client, not the lead')
  t.strictSame(await ids(carl, ofClient), [lead.id])
  t.strictSame(await ids(ben, filter), [lead.id])
  t.strictSame(await ids(ben, ofClient), [lead.id])
})
