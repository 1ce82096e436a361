import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

void t.test('leads with the records that they refer to', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('expand has them whole, as their own operations show them', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const lead = await postLead(admin, { assignee: anna.id })
    const other = await postLead(admin)
    const converted = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal(converted.status, 201)
    const query = 'expand=client,assignee,nextAction'
    const { status, body } = await admin('GET', `/v1/leads?sort=createdAt&${query}`)
    t.equal(status, 200)
    const [full, bare] = body.data
    const { body: alone } = await admin('GET', `/v1/leads/${lead.id}?${query}`)
    const clientId = full?.client?.id ?? ''
    const { body: client } = await admin('GET', `/v1/clients/${clientId}`)
    const { body: user } = await admin('GET', `/v1/users/${anna.id}`)
    const { body: activity } = await admin('GET', `/v1/activities/${full?.nextAction?.id ?? ''}`)
    t.strictSame(full?.expanded, { client, assignee: user, nextAction: activity })
    t.strictSame('expanded' in alone && alone.expanded, full?.expanded)
    t.equal(bare?.id, other.id)
    t.strictSame(bare?.expanded, { client: null, assignee: null, nextAction: null })
    const plain = await admin('GET', '/v1/leads')
    t.ok(plain.body.data.every((one) => !('expanded' in one)))
  })

  await t.test('422 for an unknown record, with those that there are', async (t) => {
    const { admin } = await createDealer()
    const { status, problem } = await admin('GET', '/v1/leads?expand=client,colour')
    t.equal(status, 422)
    t.match(problem.errors?.[0], { pointer: '?expand', message: /"colour"\. Known values: client/ })
  })
})
