import t from 'tap'
import type { Test } from 'tap'

import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import { countStatements } from '../../../support/count-statements.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { moveTo } from '../../../support/sales.ts'
import type { Caller } from '../../../support/response.ts'

const START = Date.UTC(2026, 10, 23, 9)

void t.test('what notifications are about', async (t) => {
  let now = new Date(START)
  const { app, createDealer, database } = await createTestApp(t, { now: () => now })
  t.beforeEach(() => {
    now = new Date(START)
  })
  const toldOf = async (call: Caller, kind: string) => {
    const { data } = (await call('GET', '/v1/notifications')).body
    return must(data.find((told) => told.kind === kind))
  }
  /** The recipient opens both links. */
  const opens = async (
    t: Test,
    call: Caller,
    { path, url }: { path: string | null; url: string | null }
  ) => {
    t.equal((await call('GET', must(path) as '/v1/leads/{id}')).status, 200, must(path))
    if (url !== null) {
      const page = await app.inject({ method: 'GET', url: new URL(url).pathname })
      t.equal(page.statusCode, 200, url)
    }
  }

  await t.test('a lead, with how to reach the person', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const contact = { fullName: 'Ada Lovelace', email: 'ada@example.com', phone: '601 234 567' }
    const lead = await postLead(dealer.admin, { assignee: anna.id, contact })
    const told = await toldOf(anna.call, 'newLead')
    t.strictSame(told.lead, {
      id: lead.id,
      displayName: 'Ada Lovelace',
      email: 'ada@example.com',
      phone: '+48601234567',
      status: lead.status,
      receivedAt: lead.receivedAt
    })
    t.equal(told.path, `/v1/leads/${lead.id}`)
    t.ok(told.url)
    await opens(t, anna.call, told)
    const read = await anna.call('POST', `/v1/notifications/${told.id}/read`)
    t.hasStrict(read.body, { lead: told.lead, url: told.url })
    await dealer.admin('PATCH', '/v1/dealer', {
      settings: { leadUrl: 'https://crm.dealer.example/leads/{id}' }
    })
    const { url } = await toldOf(anna.call, 'newLead')
    t.equal(url, `https://crm.dealer.example/leads/${lead.id}`)
  })

  await t.test('an activity with its client', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: anna.id }
    const client = (await dealer.admin('POST', '/v1/clients', body)).body
    const dueAt = new Date(START + 10 * 60_000).toISOString()
    const about = { type: 'call', clientId: client.id, userId: anna.id, remindAt: dueAt, dueAt }
    const activity = (await dealer.admin('POST', '/v1/activities', { ...about, text: 'Ring' })).body
    now = new Date(START + 11 * 60_000)
    await watchTime(database.db, { now: () => now, mailDomain: 'leadyard.test' })
    const told = await toldOf(anna.call, 'reminder')
    t.hasStrict(told, {
      lead: null,
      activity: { id: activity.id, type: 'call', state: 'planned', dueAt, text: 'Ring' },
      client: { id: client.id, name: 'Rita Regular' }
    })
    t.match(told.url, /^http:\/\/leadyard\.test\/c\/[\w-]+$/)
    await opens(t, anna.call, told)
  })

  await t.test('a colleague who offers, asks or answers', async (t) => {
    const dealer = await createDealer({ keepOwner: false, linkToColleaguesClient: 'ask' })
    const [anna, ben] = [
      await dealer.withUser({ name: 'Anna' }),
      await dealer.withUser({ name: 'Ben' })
    ]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: ben.id }
    const client = (await dealer.admin('POST', '/v1/clients', body)).body
    const lead = await postLead(anna.call, { source: 'walk-in', contact })
    const asked = { clientId: client.id }
    const { id } = (await anna.call('POST', `/v1/leads/${lead.id}/link-requests`, asked)).body
    const request = await toldOf(ben.call, 'linkRequest')
    t.hasStrict(request, {
      lead: { id: lead.id },
      client: { id: client.id, name: 'Rita Regular' },
      user: { id: anna.id, name: 'Anna' }
    })
    await opens(t, ben.call, request)
    t.equal((await ben.call('POST', `/v1/link-requests/${id}/decline`)).status, 200, 'no body')
    t.hasStrict(await toldOf(anna.call, 'linkResponse'), { user: { id: ben.id, name: 'Ben' } })
    await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: ben.id })
    const offer = await toldOf(ben.call, 'offer')
    t.hasStrict(offer, { lead: { id: lead.id }, user: { id: anna.id, name: 'Anna' } })
    await opens(t, ben.call, offer)
  })

  await t.test('a user with open leads', async (t) => {
    const dealer = await createDealer()
    const boss = await dealer.withUser({ role: 'admin' })
    const anna = await dealer.withUser({ name: 'Anna' })
    await postLead(dealer.admin, { assignee: anna.id })
    await dealer.admin('PATCH', `/v1/users/${anna.id}`, { active: false })
    const told = await toldOf(boss.call, 'openLeads')
    t.hasStrict(told, { lead: null, user: { id: anna.id, name: 'Anna' }, source: null })
    t.match(told.url, /\/w\/[\w-]+$/)
    await opens(t, boss.call, told)
  })

  await t.test('what its reader can’t open any more has no path and no page', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const deleted = await postLead(admin, { assignee: anna.id })
    await moveTo(admin, deleted.id, 'deleted')
    t.hasStrict(await toldOf(anna.call, 'newLead'), { path: `/v1/leads/${deleted.id}`, url: null })

    const lead = await postLead(admin, { assignee: anna.id })
    const words = { type: 'call', leadId: lead.id, userId: anna.id }
    const { id } = (await admin('POST', '/v1/activities', words)).body
    t.equal((await toldOf(anna.call, 'plannedActivity')).path, `/v1/activities/${id}`)
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    const convert = { responsibleUserId: ben.id, planActivity: false }
    t.equal((await admin('POST', `/v1/leads/${lead.id}/convert`, convert)).status, 201)
    for (const kind of ['movedLead', 'movedActivity']) {
      const { path, url } = await toldOf(anna.call, kind)
      t.strictSame([path, url], [null, null], kind)
    }
    t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).status, 410)
    t.equal((await anna.call('GET', `/v1/activities/${id}`)).status, 410)
  })

  await t.test('as many statements for twenty as for one', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const listing = () =>
      countStatements(database.db.pool, () => anna.call('GET', '/v1/notifications'))
    await postLead(dealer.admin, { assignee: anna.id })
    await listing()
    const one = await listing()
    for (let count = 0; count < 19; count += 1) await postLead(dealer.admin, { assignee: anna.id })
    t.equal(await listing(), one)
  })
})
