import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { historyOf, postLead } from '../../../support/leads.ts'

void t.test('a client that is given to another user takes its converted leads along', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const sara = await withUser({ name: 'Sara' })
  const stan = await withUser({ name: 'Stan' })
  const olga = await withUser({ name: 'Olga' })
  const own = await postLead(admin, { assignee: sara.id })
  const words = { responsibleUserId: sara.id, planActivity: false }
  const { client } = (await admin('POST', `/v1/leads/${own.id}/convert`, words)).body
  const others = await postLead(admin, { assignee: olga.id })
  const into = { clientId: client.id, planActivity: false }
  t.equal((await admin('POST', `/v1/leads/${others.id}/convert`, into)).status, 201)

  const given = await sara.call('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: stan.id })
  t.equal(given.status, 200, given.text)
  t.equal((await admin('GET', `/v1/leads/${own.id}`)).body.assignee?.id, stan.id)
  t.equal((await admin('GET', `/v1/leads/${others.id}`)).body.assignee?.id, olga.id)
  t.equal((await historyOf(admin, own.id, 'lead.assigned')).length, 1)
  for (const { id } of [own, others]) {
    const change = await stan.call('PATCH', `/v1/leads/${id}`, { message: 'On it' })
    t.equal(change.status, 200, 'the new responsible user works on both')
  }
  const { data } = (await stan.call('GET', '/v1/leads?assignee=me')).body
  t.strictSame(
    data.map(({ id }) => id),
    [own.id]
  )
  const told = (await stan.call('GET', '/v1/notifications')).body.data
  t.strictSame(
    told.map(({ kind, leadId }) => [kind, leadId]),
    [['newLead', own.id]]
  )
})
