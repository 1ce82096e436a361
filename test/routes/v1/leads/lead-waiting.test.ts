import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { countStatements } from '../../../support/count-statements.ts'
import { postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

void t.test('what a lead waits for', async (t) => {
  const { app, createDealer, database } = await createTestApp(t)
  const waitingOf = async (call: Caller, id: string) =>
    (await call('GET', `/v1/leads/${id}`)).body.waiting ?? []
  const pageOf = async (call: Caller, leadId: string) => {
    const { data } = (await call('GET', '/v1/notifications')).body
    const { url } = must(data.find((told) => told.leadId === leadId))
    return (await app.inject({ method: 'GET', url: new URL(must(url)).pathname })).body
  }
  const prepare = async () => {
    const dealer = await createDealer({ linkToColleaguesClient: 'ask' })
    const anna = await dealer.withUser({ name: 'Anna', team: 'call_center' })
    const ben = await dealer.withUser({ name: 'Ben', team: 'online_sales' })
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const lead = await postLead(dealer.admin, { assignee: anna.id, contact })
    return { ...dealer, anna, ben, contact, lead, url: `/v1/leads/${lead.id}` as const }
  }

  await t.test('nothing, which one statement tells', async (t) => {
    const { anna, url } = await prepare()
    const counted = async (query: string) => {
      await anna.call('GET', `${url}${query}`)
      return await countStatements(database.db.pool, () => anna.call('GET', `${url}${query}`))
    }
    t.equal(await counted(''), (await counted('?fields=status')) + 1)
  })

  await t.test('a link request: for whom, since when, and what each reader can do', async (t) => {
    const { admin, anna, ben, contact, lead, url } = await prepare()
    t.strictSame(await waitingOf(anna.call, lead.id), [])
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const asked = { clientId: client.id, message: 'She is here' }
    const request = (await anna.call('POST', `${url}/link-requests`, asked)).body
    const mine = only(await waitingOf(anna.call, lead.id))
    t.hasStrict(mine, {
      kind: 'link_request',
      id: request.id,
      from: { id: anna.id, name: 'Anna' },
      toUser: { id: ben.id, name: 'Ben' },
      toTeam: null,
      client: { id: client.id, name: 'Rita Regular' },
      message: 'She is here',
      since: request.createdAt,
      expiresAt: request.expiresAt,
      sentence: 'Anna asked Ben to agree to a link to the client Rita Regular.',
      next: 'Ben, owners and admins can accept or decline. You can withdraw.'
    })
    const namesOf = async (call: Caller) =>
      only(await waitingOf(call, lead.id)).actions.map(({ name }) => name)
    t.strictSame(await namesOf(anna.call), ['withdraw'])
    t.strictSame(await namesOf(ben.call), ['accept', 'decline'])
    t.strictSame(await namesOf(admin), ['accept', 'decline', 'withdraw'])
    const page = await pageOf(ben.call, lead.id)
    t.match(page, 'Anna asked Ben to agree to a link to the client Rita Regular.')
    t.match(page, 'You can accept, decline.')
    const [accept] = only(await waitingOf(ben.call, lead.id)).actions
    const done = await ben.call('POST', must(accept).path as '/v1/link-requests/{id}/accept')
    t.equal(done.status, 200)
    t.strictSame(await waitingOf(anna.call, lead.id), [])
    for (const call of [anna.call, ben.call]) {
      const after = await pageOf(call, lead.id)
      t.match(after, 'Anna asked Ben to agree to a link to the client Rita Regular.')
      t.match(after, /Accepted by Ben at [^<]+\./)
      t.notMatch(after, 'You can')
    }
  })

  await t.test('an offer to a team', async (t) => {
    const { admin, anna, ben, lead, url } = await prepare()
    await admin('PATCH', '/v1/teams/online_sales', { name: 'Web team' })
    const offer = (await anna.call('POST', `${url}/handovers`, { toTeam: 'online_sales' })).body
    const theirs = only(await waitingOf(ben.call, lead.id))
    t.hasStrict(theirs, {
      kind: 'handover',
      id: offer.id,
      toUser: null,
      toTeam: { key: 'online_sales', name: 'Web team' },
      client: null,
      sentence: 'Anna offered the lead to Web team.',
      next: 'The members of the team Web team can accept or decline. You can accept, decline.'
    })
    t.match(await pageOf(ben.call, lead.id), 'Anna offered the lead to Web team.')
    const mine = only(await waitingOf(anna.call, lead.id))
    t.strictSame(
      mine.actions.map(({ name }) => name),
      ['withdraw']
    )
    const [{ path } = { path: '' }] = mine.actions
    t.equal((await anna.call('POST', path as '/v1/handovers/{id}/withdraw')).status, 200)
    t.strictSame(await waitingOf(anna.call, lead.id), [])
  })
})
