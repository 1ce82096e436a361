import t from 'tap'

import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

const START = Date.UTC(2026, 10, 23, 9)

void t.test('notifications', async (t) => {
  let now = new Date(START)
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const { db } = database
  t.beforeEach(() => {
    now = new Date(START)
  })
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
  const later = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
    await watchTime(db, { now: () => now, mailDomain: 'leadyard.test' })
  }
  const send = (dealer: TestDealer) => sendAll(db, dealer, () => now)
  const toldOf = async (call: Caller, query = '') =>
    (await call('GET', `/v1/notifications${query}`)).body.data
  const kindsOf = async (call: Caller, query = '') =>
    (await toldOf(call, query)).map(({ kind }) => kind)

  await t.test('a reminder is mailed to the user of the activity, in their language', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ routing: { locale: 'es' } })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    const words = { type: 'test_drive', leadId: lead.id, userId: anna.id, text: 'The blue one' }
    await dealer.admin('POST', '/v1/activities', {
      ...words,
      remindAt: inMinutes(10),
      dueAt: inMinutes(30)
    })
    await send(dealer)
    await later(11)
    await later(1)
    const { mails } = await send(dealer)
    t.equal(mails.length, 1, 'once')
    const mail = must(mails[0])
    t.equal(mail.to, anna.email)
    t.match(mail.subject, 'Recordatorio: Ada Person')
    t.match(mail.text, 'Prueba de conducción')
    t.match(mail.text, 'The blue one')
    t.match(mail.text, /http:\/\/leadyard\.test\/l\//)
    t.strictSame(await kindsOf(anna.call), ['reminder', 'plannedActivity', 'newLead'])
  })

  await t.test('a mail about work has how to reach the person, for who sees them', async (t) => {
    const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com', phone: '601 234 567' }
    await postLead(dealer.admin, { assignee: anna.id, contact })
    const body = { contact, responsibleUserId: anna.id }
    const client = (await dealer.admin('POST', '/v1/clients', body)).body
    for (const { id: userId } of [anna, ben]) {
      const due = { dueAt: inMinutes(20), remindAt: inMinutes(10) }
      const about = { type: 'call', clientId: client.id, userId, ...due }
      await dealer.admin('POST', '/v1/activities', about)
    }
    await send(dealer)
    await later(11)
    await later(10)
    const all = (await send(dealer)).mails
    const mails = all.filter(({ to }) => to === anna.email)
    const his = must(all.find(({ to }) => to === ben.email))
    t.match(his.text, 'Rita Regular')
    t.match(his.html, 'mailto:rita@example.com', 'he has work for her')
    t.strictSame(mails.map(({ subject }) => subject).toSorted(), [
      'A lead waits for an answer: Rita Regular',
      'Reminder: Rita Regular'
    ])
    for (const { subject, html } of mails) {
      t.match(html, 'href="tel:+48601234567"', subject)
      t.match(html, 'href="mailto:rita@example.com"', subject)
    }
    const activities = (await ben.call('GET', '/v1/notifications')).body.data
    t.strictSame(
      activities.map(({ kind, client: of }) => [kind, of?.name]),
      [
        ['overdue', 'Rita Regular'],
        ['reminder', 'Rita Regular'],
        ['plannedActivity', 'Rita Regular']
      ]
    )
    t.equal((await ben.call('GET', `/v1/clients/${client.id}`)).status, 200)
  })

  await t.test('what was done meanwhile is not told by mail', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const about = { type: 'call', userId: anna.id, remindAt: inMinutes(10) }
    const { body } = await dealer.admin('POST', '/v1/activities', about)
    await later(11)
    await anna.call('PATCH', `/v1/activities/${body.id}`, { state: 'done' })
    t.strictSame((await send(dealer)).outcomes, [
      'planned_mail cancelled: activity_ended',
      'reminder_mail cancelled: activity_ended'
    ])
  })

  await t.test('an activity of nobody is told to the user who has its lead', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    const test = await postLead(dealer.admin, { assignee: anna.id, isTest: true })
    for (const leadId of [lead.id, test.id]) {
      await dealer.admin('POST', '/v1/activities', { type: 'call', leadId, dueAt: inMinutes(10) })
    }
    await later(11)
    const told = (await toldOf(anna.call)).filter(({ kind }) => kind === 'overdue')
    t.strictSame(
      told.map(({ leadId, mode }) => [leadId, mode]),
      [[lead.id, 'digest']],
      'of a test lead nobody is told'
    )
  })

  await t.test('a response limit is told when it is near, and when it is over', async (t) => {
    const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
    const anna = await dealer.withUser()
    const boss = await dealer.withUser({ role: 'admin' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await later(21)
    t.strictSame(await kindsOf(anna.call), ['responseWarning', 'newLead'])
    t.strictSame(await kindsOf(boss.call), [])
    await later(10)
    await later(60)
    t.strictSame(await kindsOf(anna.call), ['responseOverdue', 'responseWarning', 'newLead'])
    const [breach] = await toldOf(boss.call)
    t.hasStrict(breach, { kind: 'responseOverdue', subject: { type: 'lead', id: lead.id } })
    t.equal(breach?.facts.respondBy, new Date(START + 30 * 60_000).toISOString())
    const { mails } = await send(dealer)
    const breaches = mails.filter(({ subject }) => subject.includes('was not answered in time'))
    t.ok(breaches.some(({ to }) => to === boss.email))
  })

  await t.test(
    'the limit of a lead that waits is told to those who work on its queue',
    async (t) => {
      const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
      const [anna, other] = [await dealer.withUser({ inQueue: true }), await dealer.withUser()]
      await postLead(dealer.admin)
      await later(21)
      t.strictSame(await kindsOf(anna.call), ['responseWarning', 'queuedLead'])
      t.strictSame(await kindsOf(other.call), [])
    }
  )

  await t.test('an offer that is about to end is told to whom it is made, once', async (t) => {
    const dealer = await createDealer({ offerMinutes: 120 })
    const anna = await dealer.withUser({ team: 'call_center' })
    const olek = await dealer.withUser({ team: 'online_sales' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toTeam: 'online_sales' })
    await later(89)
    t.strictSame(await kindsOf(olek.call), ['offer'])
    await later(1)
    await later(1)
    t.strictSame(await kindsOf(olek.call), ['offerEnding', 'offer'])
    t.strictSame(await kindsOf(anna.call), ['newLead'])
    await later(120)
    const { outcomes } = await send(dealer)
    t.ok(outcomes.includes('offer_ending_mail cancelled: offer_ended'), 'told no more by then')
  })

  await t.test('a list is one’s own; what is read is marked once', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    for (let count = 0; count < 3; count += 1) await postLead(dealer.admin, { assignee: anna.id })
    const first = (await anna.call('GET', '/v1/notifications?limit=2')).body
    t.equal(first.data.length, 2)
    const rest = await anna.call(
      'GET',
      `/v1/notifications?limit=2&cursor=${must(first.nextCursor)}`
    )
    const [oldest] = rest.body.data
    t.equal(rest.body.data.length, 1)
    t.equal(rest.body.nextCursor, null)
    t.hasStrict(oldest, { kind: 'newLead', title: 'New lead for you', mode: 'now', readAt: null })
    const path = `/v1/notifications/${must(oldest).id}/read` as const
    t.equal((await ben.call('POST', path)).status, 404)
    t.equal((await dealer.admin('POST', path)).status, 403, 'a key is told nothing')
    const read = await anna.call('POST', path)
    t.equal(read.body.readAt, now.toISOString())
    now = new Date(START + 60_000)
    t.equal((await anna.call('POST', path)).body.readAt, read.body.readAt, 'it stays as it was')
    t.equal((await toldOf(anna.call, '?unread=true')).length, 2)
    t.equal((await toldOf(anna.call, '?unread=false')).length, 3)
    t.strictSame(await toldOf(ben.call), [])
  })

  // Guards the key of notifications: without it a watcher that runs twice tells things twice.
  await t.test('several workers at once tell each thing once', async (t) => {
    const dealer = await createDealer({ responseLimitMinutes: 30 })
    const anna = await dealer.withUser()
    for (let count = 0; count < 5; count += 1) {
      const lead = await postLead(dealer.admin, { assignee: anna.id })
      const about = { type: 'call', leadId: lead.id, userId: anna.id, remindAt: inMinutes(10) }
      await dealer.admin('POST', '/v1/activities', about)
    }
    now = new Date(START + 31 * 60_000)
    const command = { now: () => now, mailDomain: 'leadyard.test' }
    await Promise.all(Array.from({ length: 4 }, () => watchTime(db, command)))
    await watchTime(db, command)
    const kinds = await kindsOf(anna.call, '?limit=200')
    for (const kind of ['reminder', 'responseOverdue']) {
      t.equal(kinds.filter((told) => told === kind).length, 5, kind)
    }
  })
})
