import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

const FORM = {
  questions: [
    { kind: 'timing', text: 'When?', weight: 10, clues: [{ text: 'Soon', strength: 1 }] }
  ],
  qualifiesFrom: 5,
  notYetFrom: 2,
  followUpDays: 30,
  routes: true
}

void t.test('who has a part of their own in a lead reads it after its conversion', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const { admin, withUser } = dealer
  const seller = await withUser()
  const users = {
    author: await withUser(),
    agent: await withUser({ team: 'call_center', inQueue: true }),
    giver: await withUser(),
    linked: await withUser(),
    recruiter: await withUser(),
    told: await withUser({ inQueue: true }),
    stranger: await withUser()
  }
  const { author, agent, giver, linked, recruiter, told, stranger } = users
  const promoter = { name: 'Pia', userId: recruiter.id }
  const promoterId = (await admin('POST', '/v1/promoters', promoter)).body.id
  const codeOf = async (link: object) => (await admin('POST', '/v1/referral-links', link)).body.code
  const give = async (id: string) => {
    await admin('POST', `/v1/leads/${id}/assign`, { assigneeId: seller.id })
    return id
  }
  const qualify = async () => {
    const lead = await postLead(admin)
    await agent.call('POST', `/v1/leads/${lead.id}/claim`)
    const words = { clues: [], result: 'qualified', note: 'Today' }
    await agent.call('POST', `/v1/leads/${lead.id}/qualifications`, words)
    return await give(lead.id)
  }
  const handOver = async () => {
    const lead = await postLead(admin, { assignee: giver.id })
    const offer = { toUserId: seller.id }
    const made = await giver.call('POST', `/v1/leads/${lead.id}/handovers`, offer)
    await seller.call('POST', `/v1/handovers/${made.body.id}/accept`)
    return lead.id
  }
  await admin('PUT', '/v1/qualification-forms/inquiry', FORM)
  const parts = [
    { who: author, id: await give((await postLead(author.call)).id) },
    { who: agent, id: await qualify() },
    { who: giver, id: await handOver() },
    {
      who: linked,
      id: await give(
        (await postLead(admin, { referralCode: await codeOf({ userId: linked.id }) })).id
      )
    },
    {
      who: recruiter,
      id: await give((await postLead(admin, { referralCode: await codeOf({ promoterId }) })).id)
    }
  ]
  for (const { who, id } of parts) {
    const url = `/v1/leads/${id}` as const
    const converted = await seller.call('POST', `${url}/convert`, {})
    t.equal(converted.status, 201, converted.text)
    for (const path of ['', '/timeline', '/matches', '/history']) {
      const read = await who.call('GET', `/v1/leads/${id}${path}`)
      t.equal(read.status, 200, `${Object.keys(users)[Object.values(users).indexOf(who)]} ${path}`)
    }
    t.equal((await who.call('PATCH', url, { message: 'x' })).status, 403)
    const client = `/v1/clients/${converted.body.client.id}` as const
    const worked = who === agent || who === giver
    t.equal((await who.call('GET', client)).status, worked ? 200 : 404, 'who worked on it')
    t.equal((await stranger.call('GET', url)).status, 404)
    if (who === agent) t.equal((await told.call('GET', url)).status, 410, 'told only')
  }

  await t.test('and the one who converted it takes that back', async (t) => {
    for (const words of [{ assignee: agent.id }, {}]) {
      const lead = await postLead(admin, words)
      const url = `/v1/leads/${lead.id}` as const
      const body = { responsibleUserId: seller.id }
      const { operationId } = (await agent.call('POST', `${url}/convert`, body)).body
      const operation = `/v1/operations/${operationId}` as const
      t.equal((await agent.call('GET', operation)).status, 200)
      t.equal((await stranger.call('GET', operation)).status, 404)
      t.equal((await stranger.call('POST', `${operation}/undo`)).status, 404)
      const undone = await agent.call('POST', `${operation}/undo`)
      t.equal(undone.status, 200, undone.text)
      t.hasStrict((await agent.call('GET', url)).body, { client: null, status: { group: 'new' } })
    }
  })
})
