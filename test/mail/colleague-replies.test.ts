import t from 'tap'

import { watchTime } from '../../src/worker/watch.ts'
import { createTestApp } from '../support/app.ts'
import { postLead } from '../support/leads.ts'
import { sendAll } from '../support/mails.ts'

const CUSTOMER = 'rita@person.example'

// What one colleague writes to another must not reach the customer.
void t.test('the answer to a mail from a colleague goes to that colleague', async (t) => {
  let now = new Date('2026-11-23T09:00:00Z')
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const later = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
    await watchTime(database.db, { now: () => now, mailDomain: 'leadyard.test' })
  }
  const scene = async (settings = {}) => {
    const dealer = await createDealer({ linkToColleaguesClient: 'ask', ...settings })
    const anna = await dealer.withUser({ name: 'Anna', team: 'call_center' })
    const ben = await dealer.withUser({ name: 'Ben', team: 'online_sales' })
    const contact = { fullName: 'Rita Regular', email: CUSTOMER }
    const lead = await postLead(dealer.admin, { assignee: anna.id, contact })
    const send = async () =>
      (await sendAll(database.db, dealer, () => now)).mails.map(({ to, replyTo }) => [to, replyTo])
    t.strictSame(await send(), [[anna.email, CUSTOMER]], 'a lead is answered to its person')
    return { ...dealer, anna, ben, contact, lead, send }
  }

  await t.test('an offer, its end, and its response', async (t) => {
    for (const replyToPerson of [true, false]) {
      const { anna, ben, contact, admin, send } = await scene({
        replyToPerson: true,
        offerMinutes: 120
      })
      await admin('PATCH', '/v1/dealer', { settings: { replyToPerson } })
      const lead = await postLead(admin, {
        assignee: anna.id,
        contact: { ...contact, phone: '601 234 567' }
      })
      await send()
      const made = await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: ben.id })
      t.strictSame(await send(), [[ben.email, anna.email]])
      await later(100)
      t.strictSame(await send(), [[ben.email, anna.email]], 'it is about to end')
      await ben.call('POST', `/v1/handovers/${made.body.id}/decline`, { reason: 'Busy' })
      t.strictSame(await send(), [[anna.email, ben.email]])
      await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: ben.id })
      await send()
      await later(200)
      t.strictSame(await send(), [[anna.email, ben.email]], 'it expired')
    }
  })

  await t.test('of a team that did not answer, and of a machine, there is nobody', async (t) => {
    const { anna, ben, lead, admin, send } = await scene({ offerMinutes: 120 })
    await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toTeam: 'online_sales' })
    await send()
    await later(200)
    t.strictSame(await send(), [[anna.email, null]])
    const queued = await postLead(admin, { contact: { fullName: 'Rita Two', email: CUSTOMER } })
    await send()
    await admin('POST', `/v1/leads/${queued.id}/handovers`, { toUserId: ben.id })
    t.strictSame(await send(), [[ben.email, null]])
  })

  await t.test('a reminder of a client without a lead is answered to the client', async (t) => {
    for (const replyToPerson of [true, false]) {
      const { anna, admin, send } = await scene({ replyToPerson: true })
      await admin('PATCH', '/v1/dealer', { settings: { replyToPerson } })
      await anna.call('PUT', '/v1/me/notifications', { kinds: { newClient: 'off' } })
      const contact = { fullName: 'Walk In', email: 'walk@person.example' }
      const made = await admin('POST', '/v1/clients', { contact, responsibleUserId: anna.id })
      const remindAt = new Date(now.getTime() + 600_000).toISOString()
      const dueAt = new Date(now.getTime() + 7_200_000).toISOString()
      const planned = { type: 'call', clientId: made.body.id, dueAt, remindAt }
      t.equal((await anna.call('POST', '/v1/activities', planned)).status, 201)
      await later(15)
      t.strictSame(await send(), [[anna.email, replyToPerson ? contact.email : null]])
    }
  })

  await t.test('nor is a colleague who left answered', async (t) => {
    const { anna, ben, lead, admin, send } = await scene()
    await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: ben.id })
    await admin('PATCH', `/v1/users/${anna.id}`, { active: false })
    const mails = await send()
    t.ok(mails.some(([to]) => to === ben.email))
    t.strictSame(
      mails.filter(([to]) => to === ben.email),
      [[ben.email, null]]
    )
  })

  await t.test('a request for a link, and its response', async (t) => {
    const { anna, ben, contact, lead, admin, send } = await scene()
    await ben.call('PUT', '/v1/me/notifications', { kinds: { newClient: 'off' } })
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const path = `/v1/leads/${lead.id}/link-requests` as const
    const made = await anna.call('POST', path, { clientId: client.id })
    t.equal(made.status, 201, made.text)
    t.strictSame(await send(), [[ben.email, anna.email]])
    await ben.call('POST', `/v1/link-requests/${made.body.id}/decline`, { reason: 'Her sister' })
    t.strictSame(await send(), [[anna.email, ben.email]])
  })

  await t.test('what was arranged for a colleague, moved, and what came of it', async (t) => {
    const { anna, ben, lead, admin, send } = await scene()
    await anna.call('PUT', '/v1/me/notifications', { kinds: { movedActivity: 'now' } })
    const dueAt = new Date(now.getTime() + 3_600_000).toISOString()
    const meeting = { type: 'appointment', leadId: lead.id, userId: ben.id, dueAt }
    const made = await anna.call('POST', '/v1/activities', meeting)
    t.strictSame(await send(), [[ben.email, anna.email]])
    await ben.call('PATCH', `/v1/activities/${made.body.id}`, { state: 'done', outcome: 'sold' })
    t.strictSame(await send(), [[anna.email, ben.email]])
    await anna.call('POST', '/v1/activities', { type: 'call', leadId: lead.id, dueAt })
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    t.strictSame(
      (await send()).filter(([to]) => to === anna.email),
      [[anna.email, ben.email]],
      'it is with Ben now'
    )
  })
})
