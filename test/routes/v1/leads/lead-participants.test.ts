import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { publishRules } from '../../../support/rules.ts'

const FORM = {
  questions: [
    { kind: 'timing', text: 'When?', weight: 10, clues: [{ text: 'Soon', strength: 1 }] }
  ],
  qualifiesFrom: 5,
  notYetFrom: 2,
  followUpDays: 30,
  routes: true
}

const RULE = { on: 'captured', criteria: { all: [] }, asOffer: false }

void t.test('who has to do with a lead otherwise sees it, too', async (t) => {
  const { call, createDealer } = await createTestApp(t)

  await t.test('the responsible user of its client, as long as they are that', async (t) => {
    const { admin, withUser } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: anna.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const lead = await postLead(admin, { assignee: ben.id })
    const url = `/v1/leads/${lead.id}` as const
    t.equal((await anna.call('GET', url)).status, 404)
    await admin('POST', `${url}/link`, { clientId: client.id, planActivity: false })
    t.equal((await anna.call('GET', url)).status, 200)
    const ofClient = await anna.call('GET', `/v1/clients/${client.id}/leads`)
    t.strictSame(
      ofClient.body.data.map(({ id }) => id),
      [lead.id]
    )
    t.equal((await anna.call('PATCH', url, { message: 'x' })).status, 403, 'it is his to change')
    await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: ben.id })
    t.equal((await anna.call('GET', url)).status, 404)
  })

  await t.test('the user of a referral link, and who signed its promoter up', async (t) => {
    const { admin, withUser } = await createDealer()
    const [anna, ben, carl] = [await withUser(), await withUser(), await withUser()]
    const promoter = (await admin('POST', '/v1/promoters', { name: 'Pia', userId: ben.id })).body
    const links = [
      { of: anna, link: { userId: anna.id } },
      { of: ben, link: { promoterId: promoter.id } }
    ]
    for (const { of, link } of links) {
      const { code } = (await admin('POST', '/v1/referral-links', link)).body
      const lead = await postLead(admin, { referralCode: code })
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: carl.id })
      t.equal((await of.call('GET', `/v1/leads/${lead.id}`)).status, 200)
      t.strictSame(
        (await of.call('GET', '/v1/leads')).body.data.map(({ id }) => id),
        [lead.id]
      )
    }
  })

  await t.test(
    'who has work on it: they see its client, too, and the link in their calendar',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben, carl] = [await withUser(), await withUser(), await withUser()]
      const lead = await postLead(admin, { assignee: anna.id })
      const url = `/v1/leads/${lead.id}` as const
      const words = { leadId: lead.id, dueAt: new Date(Date.now() + 3_600_000).toISOString() }
      const drive = await admin('POST', '/v1/activities', {
        ...words,
        type: 'test_drive',
        userId: ben.id
      })
      const feed = String((await ben.call('POST', '/v1/me/calendar')).body.url)
      const opens = async () => {
        const path = feed.replace('http://leadyard.test', '')
        const { text } = await call(null, { method: 'GET', url: path })
        const link = /URL:(\S+(?:\r\n \S+)*)/.exec(text)?.[1]?.replaceAll('\r\n ', '')
        return link && (await call(null, { method: 'GET', url: new URL(link).pathname })).status
      }
      const reads = async (path: `/v1/${string}`) => (await ben.call('GET', path)).status
      t.equal(await reads(url), 200)
      t.equal(await opens(), 200)
      const refused = await ben.call('PATCH', url, { message: 'x' })
      t.equal(refused.status, 403, 'it is hers to change')
      t.match(
        refused.problem.detail,
        /^You can read this lead, but not change it. Its assignee, owners and admins can/
      )
      t.strictSame((await ben.call('GET', '/v1/leads')).body.data, [], 'it is in no list of his')
      t.equal((await carl.call('GET', url)).status, 404)

      const { client } = (await anna.call('POST', `${url}/convert`, {})).body
      t.equal(await reads(url), 200, 'also once it is converted')
      t.equal(await reads(`/v1/clients/${client.id}`), 200)
      t.equal((await carl.call('GET', `/v1/clients/${client.id}`)).status, 404)

      const end = { state: 'done', outcome: 'interested' }
      await ben.call('PATCH', `/v1/activities/${drive.body.id}`, end)
      t.equal(await reads(url), 200, 'what was arranged for him stays his work')
      await admin('PATCH', `/v1/activities/${drive.body.id}`, { userId: carl.id })
      t.equal((await carl.call('GET', `/v1/clients/${client.id}`)).status, 200)
      t.equal(await reads(`/v1/clients/${client.id}`), 404, 'it is no work of his any more')
    }
  )

  await t.test('who has work for a client without a lead', async (t) => {
    const { admin, withUser } = await createDealer()
    const ben = await withUser()
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const client = (await admin('POST', '/v1/clients', { contact })).body
    const visit = { type: 'visit', clientId: client.id, userId: ben.id }
    const { id } = (await admin('POST', '/v1/activities', visit)).body
    t.equal((await ben.call('GET', `/v1/clients/${client.id}`)).status, 200)
    await admin('PATCH', `/v1/activities/${id}`, { userId: null })
    t.equal((await ben.call('GET', `/v1/clients/${client.id}`)).status, 404)
  })

  await t.test('the agent who qualified it, after a rule moved it on', async (t) => {
    const dealer = await createDealer()
    const { admin, withUser } = dealer
    const agent = await withUser({ team: 'call_center', inQueue: true })
    const seller = await withUser({ team: 'store_sales' })
    const target = { type: 'user', userId: seller.id }
    await publishRules(dealer, [{ ...RULE, name: 'On', on: 'qualified', target }])
    await admin('PUT', '/v1/qualification-forms/inquiry', FORM)
    const lead = await postLead(admin)
    await agent.call('POST', `/v1/leads/${lead.id}/claim`)
    const done = await agent.call('POST', `/v1/leads/${lead.id}/qualifications`, {
      clues: [],
      result: 'qualified',
      note: 'Wants it today'
    })
    t.equal(done.status, 201)
    t.equal(done.body.lead.assignee?.id, seller.id)
    t.equal((await agent.call('GET', `/v1/leads/${lead.id}`)).status, 200)
    const statuses = await findStatusIds(admin)
    const body = { statusId: must(statuses.working) }
    const refused = await agent.call('POST', `/v1/leads/${lead.id}/status`, body)
    t.equal(refused.status, 403, 'it is the seller’s')
    const note = { type: 'note', leadId: lead.id, state: 'done', text: 'Call after five' }
    t.equal((await agent.call('POST', '/v1/activities', note)).status, 201)
  })
})
