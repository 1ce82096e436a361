import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { sendAll } from '../../../support/mails.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'
import { findSaleStatusIds, salesOf } from '../../../support/sales.ts'

void t.test('users hear what others do with their leads and clients', async (t) => {
  const now = new Date('2026-11-20T10:00:00Z')
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const toldTo = async (call: Caller, kinds: readonly string[]) => {
    const { data } = (await call('GET', '/v1/notifications?limit=200')).body
    return data.filter(({ kind }) => kinds.includes(kind))
  }
  const prepare = async () => {
    const dealer = await createDealer()
    const [anna, ben] = [
      await dealer.withUser({ name: 'Anna' }),
      await dealer.withUser({ name: 'Ben' })
    ]
    const boss = await dealer.withUser({ name: 'Boss', role: 'admin' })
    return { dealer, admin: dealer.admin, anna, ben, boss }
  }
  let count = 0
  const createClient = async ({ admin }: TestDealer, responsibleUserId: string | null) => {
    const contact = { fullName: 'Ida Client', email: `ida${(count += 1)}@client.example` }
    return (await admin('POST', '/v1/clients', { contact, responsibleUserId })).body
  }

  await t.test('that a lead was assigned to others, by whatever way', async (t) => {
    const { dealer, admin, anna, ben, boss } = await prepare()
    const lead = await postLead(admin, { assignee: anna.id })
    await boss.call('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    const [told, ...others] = await toldTo(anna.call, ['movedLead'])
    t.strictSame(others, [])
    t.hasStrict(told, { leadId: lead.id, mode: 'digest', subject: { type: 'lead', id: lead.id } })
    t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).status, 200, 'and they read it')
    await ben.call('POST', `/v1/leads/${lead.id}/assign`, { queueId: dealer.defaultQueueId })
    t.strictSame(await toldTo(ben.call, ['movedLead']), [], 'not what they did themselves')
    const offered = await postLead(admin, { assignee: anna.id })
    const offer = { toUserId: ben.id }
    const made = await anna.call('POST', `/v1/leads/${offered.id}/handovers`, offer)
    await ben.call('POST', `/v1/handovers/${made.body.id}/accept`)
    t.equal((await toldTo(anna.call, ['movedLead'])).length, 1, 'nor what they offered')
    t.equal((await toldTo(anna.call, ['offerResponse'])).length, 1)
    const test = await postLead(admin, { assignee: anna.id, isTest: true })
    await boss.call('POST', `/v1/leads/${test.id}/assign`, { assigneeId: ben.id })
    t.equal((await toldTo(anna.call, ['movedLead'])).length, 1, 'nor of tests')
  })

  await t.test('of many with the digest, though they chose a mail at once', async (t) => {
    const { dealer, admin, anna, ben, boss } = await prepare()
    await anna.call('PUT', '/v1/me/notifications', { kinds: { movedLead: 'now' } })
    const leadIds: string[] = []
    for (let number = 0; number < 11; number += 1) {
      leadIds.push((await postLead(admin, { assignee: anna.id })).id)
    }
    await sendAll(database.db, dealer, () => now)
    await boss.call('POST', '/v1/leads/assign', { leadIds, assigneeId: ben.id })
    const { mails } = await sendAll(database.db, dealer, () => now)
    t.strictSame(
      mails.filter(({ to }) => to === anna.email),
      []
    )
    const told = await toldTo(anna.call, ['movedLead'])
    t.equal(told.length, 11)
    t.ok(told.every(({ mode }) => mode === 'digest'))
    t.strictSame(mails, [], 'nor has who gets them')
    const got = await toldTo(ben.call, ['newLead'])
    t.equal(got.length, 11)
    t.ok(got.every(({ mode }) => mode === 'digest'))
    await ben.call('PUT', '/v1/me/notifications', { kinds: { newLead: 'off' } })
    await boss.call('POST', '/v1/leads/assign', { leadIds, assigneeId: anna.id })
    await boss.call('POST', '/v1/leads/assign', { leadIds, assigneeId: ben.id })
    t.equal((await toldTo(ben.call, ['newLead']))[0]?.mode, 'off')
  })

  // Guards the look at what the reader sees: a link that leads nowhere says less than none.
  await t.test('of leads that they see no more without a link', async (t) => {
    const { dealer, admin, anna, ben, boss } = await prepare()
    const mailOf = async (subject: RegExp) => {
      const { mails } = await sendAll(database.db, dealer, () => now)
      return mails.filter((mail) => mail.to === anna.email && subject.test(mail.subject))
    }
    const kinds = { movedLead: 'now', movedClient: 'now' }
    await anna.call('PUT', '/v1/me/notifications', { kinds })
    const lead = await postLead(admin, { assignee: ben.id })
    const body = { responsibleUserId: ben.id, planActivity: false }
    const { client } = (await admin('POST', `/v1/leads/${lead.id}/convert`, body)).body
    for (const { id } of [anna, ben]) {
      await boss.call('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: id })
    }
    t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).status, 410)
    const [mail, ...more] = await mailOf(/others|no longer/)
    t.strictSame(more, [])
    t.match(must(mail).text, '== Leads ==')
    t.notMatch(must(mail).text, /\/l\//)
    const read = await postLead(admin, { assignee: anna.id })
    await boss.call('POST', `/v1/leads/${read.id}/assign`, { assigneeId: ben.id })
    t.match((await mailOf(/others/))[0]?.text, /\/l\//, 'one that they read has its link')
  })

  await t.test('not that a lead was linked to a client that they lose with it', async (t) => {
    const { dealer, admin, anna, ben, boss } = await prepare()
    const client = await createClient(dealer, ben.id)
    const lead = await postLead(admin, { assignee: anna.id })
    const words = { clientId: client.id, overwrite: true, responsibleUserId: anna.id }
    const made = await boss.call('POST', `/v1/leads/${lead.id}/convert`, words)
    t.equal(made.status, 201, made.text)
    const told = await toldTo(ben.call, ['linkedClient', 'movedClient'])
    t.strictSame(
      told.map(({ kind }) => kind),
      ['movedClient']
    )
  })

  await t.test('that they got or lost a client', async (t) => {
    const { dealer, anna, ben, boss } = await prepare()
    const client = await createClient(dealer, anna.id)
    const kinds = ['newClient', 'movedClient']
    const [got] = await toldTo(anna.call, kinds)
    t.hasStrict(got, { kind: 'newClient', client: { id: client.id } })
    t.match(must(got).url, '/c/')
    const path = `/v1/clients/${client.id}` as const
    await boss.call('PATCH', path, { responsibleUserId: ben.id })
    t.equal((await toldTo(anna.call, ['newClient']))[0]?.url, null, 'she reads it no more')
    const [lost] = await toldTo(anna.call, ['movedClient'])
    t.hasStrict(lost, { subject: { type: 'user', id: ben.id }, user: { name: 'Ben' }, url: null })
    t.equal((await toldTo(ben.call, ['newClient'])).length, 1)
    const { mails } = await sendAll(database.db, dealer, () => now)
    const told = mails.map(({ to, subject }) => `${to} ${subject}`)
    t.ok(told.includes(`${ben.email} New client for you: Ida Client`))
    t.notOk(
      told.some((mail) => mail.startsWith(anna.email)),
      'she has it no more'
    )
    await ben.call('PATCH', path, { responsibleUserId: null })
    t.strictSame(await toldTo(ben.call, ['movedClient']), [], 'not what they did themselves')
    await ben.call('PATCH', path, { responsibleUserId: ben.id })
    t.equal((await toldTo(ben.call, kinds)).length, 1)
  })

  await t.test('by a merge and by a conversion', async (t) => {
    const { dealer, admin, anna, ben, boss } = await prepare()
    const [kept, gone] = [await createClient(dealer, anna.id), await createClient(dealer, ben.id)]
    const merged = await boss.call('POST', `/v1/clients/${kept.id}/merge`, { clientId: gone.id })
    t.equal(merged.status, 201, merged.text)
    t.equal((await toldTo(ben.call, ['movedClient'])).length, 1)
    t.equal((await toldTo(anna.call, ['newClient'])).length, 1, 'Anna had it before')
    const before = (await toldTo(ben.call, ['newClient', 'plannedActivity'])).length
    for (const planActivity of [true, false]) {
      const lead = await postLead(admin, { assignee: anna.id })
      const body = { responsibleUserId: ben.id, planActivity }
      t.equal((await boss.call('POST', `/v1/leads/${lead.id}/convert`, body)).status, 201)
    }
    const told = (await toldTo(ben.call, ['newClient', 'plannedActivity'])).slice(0, -before)
    t.strictSame(
      told.map(({ kind }) => kind),
      ['newClient', 'plannedActivity'],
      'once of each'
    )
  })

  await t.test('that a sale of their lead was recorded or cancelled', async (t) => {
    const { dealer, admin, anna, boss } = await prepare()
    const ids = await findStatusIds(admin)
    const lead = await postLead(admin, { assignee: anna.id })
    const path = `/v1/leads/${lead.id}` as const
    const statesOf = async () =>
      (await toldTo(anna.call, ['leadSale'])).map(({ facts }) => Object.values(facts)[0])
    await boss.call('POST', `${path}/status`, { statusId: must(ids.sold) })
    t.strictSame(await statesOf(), ['recorded'])
    const [sale] = await salesOf(admin, lead.id)
    const { Cancelled: cancelled, ...others } = await findSaleStatusIds(admin)
    await boss.call('PATCH', `/v1/sales/${must(sale).id}`, { statusId: must(cancelled) })
    t.strictSame(await statesOf(), ['cancelled', 'recorded'])
    const [standing] = Object.values(others)
    await boss.call('PATCH', `/v1/sales/${must(sale).id}`, { statusId: must(standing) })
    t.strictSame(await statesOf(), ['recorded', 'cancelled', 'recorded'])
    await boss.call('POST', `${path}/status`, { statusId: must(ids.working) })
    t.equal((await statesOf()).length, 4)
    await anna.call('POST', `${path}/status`, { statusId: must(ids.sold) })
    t.equal((await statesOf()).length, 4, 'not what they did themselves')
    const [again] = await salesOf(admin, lead.id)
    await boss.call('POST', `/v1/operations/${must(again).operationId}/undo`)
    t.strictSame((await statesOf())[0], 'cancelled', 'by an undo, too')
    const { id: clientId } = await createClient(dealer, anna.id)
    await admin('POST', `${path}/link`, { clientId, planActivity: false })
    const deal = { leadId: lead.id, name: 'Kia', stage: 'won' }
    const won = await boss.call('POST', '/v1/opportunities', deal)
    t.equal(won.status, 201, won.text)
    t.strictSame((await statesOf())[0], 'recorded', 'by a deal, too')
  })
})
