import t from 'tap'

import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'

void t.test('the work of a user who is deactivated', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { db } = database
  const prepare = async () => {
    const dealer = await createDealer({ keepOwner: false, linkToColleaguesClient: 'ask' })
    const boss = await dealer.withUser({ role: 'admin' })
    const anna = await dealer.withUser({ name: 'Anna' })
    const gone = await dealer.withUser({ name: 'Tom Gone' })
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const words = { contact, responsibleUserId: gone.id }
    const client = (await dealer.admin('POST', '/v1/clients', words)).body
    return { ...dealer, boss, anna, gone, contact, client }
  }
  const told = async ({ boss }: Awaited<ReturnType<typeof prepare>>) =>
    (await boss.call('GET', '/v1/notifications')).body.data.filter(
      ({ kind }) => kind === 'openLeads'
    )

  await t.test('owners and admins hear of clients and open opportunities alone', async (t) => {
    const scene = await prepare()
    const { admin, boss, gone, client } = scene
    const deal = { name: 'Kia Ceed', clientId: client.id, responsibleUserId: gone.id }
    t.equal((await admin('POST', '/v1/opportunities', deal)).status, 201)
    await sendAll(db, scene)
    await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    t.hasStrict(await told(scene), [
      { facts: { count: 0, activities: 0, clients: 1, opportunities: 1 } }
    ])
    const { mails } = await sendAll(db, scene)
    const { text } = must(mails.find(({ to }) => to === boss.email))
    t.match(text, /Clients: 1/)
    t.match(text, /Name:\s+Rita Regular/)
    t.match(text, /Open opportunities: 1/)
    t.match(text, /Kia Ceed/)
  })

  await t.test('no mail tells of a user who is active again at once', async (t) => {
    const scene = await prepare()
    const { admin, boss, gone } = scene
    await postLead(admin, { assignee: gone.id })
    await sendAll(db, scene)
    await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    await admin('PATCH', `/v1/users/${gone.id}`, { active: true })
    const { mails, outcomes } = await sendAll(db, scene)
    t.notOk(mails.some(({ to }) => to === boss.email))
    t.strictSame([...new Set(outcomes)], ['open_leads_mail cancelled: notification_removed'])
  })

  await t.test('the mail has the work that is open when it is sent', async (t) => {
    const scene = await prepare()
    const { admin, boss, anna, gone, client } = scene
    const [moved, kept] = [
      await postLead(admin, { assignee: gone.id, contact: { email: 'moved@example.com' } }),
      await postLead(admin, { assignee: gone.id, contact: { email: 'kept@example.com' } })
    ]
    await sendAll(db, scene)
    await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    await admin('POST', `/v1/leads/${moved.id}/assign`, { assigneeId: anna.id })
    const { mails } = await sendAll(db, scene)
    const { text } = must(mails.find(({ to }) => to === boss.email))
    t.match(text, /Open leads: 1\b/)
    t.notMatch(text, /More:/)

    await admin('PATCH', `/v1/users/${gone.id}`, { active: true })
    await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    await admin('POST', `/v1/leads/${kept.id}/assign`, { assigneeId: anna.id })
    await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: anna.id })
    const { mails: later } = await sendAll(db, scene)
    t.notOk(
      later.some(({ to }) => to === boss.email),
      'none is left'
    )
  })

  await t.test('a request for a link ends, and who asked may link at once', async (t) => {
    const scene = await prepare()
    const { admin, anna, gone, contact, client } = scene
    const lead = await postLead(anna.call, { source: 'walk-in', contact })
    const ask = { clientId: client.id }
    const asked = await anna.call('POST', `/v1/leads/${lead.id}/link-requests`, ask)
    t.equal(asked.status, 201, asked.text)
    await sendAll(db, scene)
    await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    const { body } = await anna.call('GET', `/v1/link-requests/${asked.body.id}`)
    t.hasStrict(body, { state: 'withdrawn', withdrawal: { code: 'request_user_deactivated' } })
    const { mails } = await sendAll(db, scene)
    t.match(must(mails.find(({ to }) => to === anna.email)).text, 'was deactivated')
    t.equal((await anna.call('POST', `/v1/leads/${lead.id}/link`, ask)).status, 201)
  })

  await t.test('what reached them at the same moment ends soon after', async (t) => {
    const scene = await prepare()
    const { id: dealerId, admin, anna, gone, contact, client } = scene
    const lead = await postLead(anna.call, { source: 'walk-in', contact })
    const ask = { clientId: client.id }
    const asked = await anna.call('POST', `/v1/leads/${lead.id}/link-requests`, ask)
    const other = await postLead(admin, { assignee: anna.id })
    const offer = { toUserId: gone.id }
    const made = await anna.call('POST', `/v1/leads/${other.id}/handovers`, offer)
    await asClient(database.ownerUrl, async (sql) => {
      await sql.query('update users set active = false where dealer_id = $1 and id = $2', [
        dealerId,
        gone.id
      ])
    })
    await watchTime(db, { now: () => new Date(), mailDomain: 'leadyard.test' })
    t.equal((await anna.call('GET', `/v1/link-requests/${asked.body.id}`)).body.state, 'withdrawn')
    t.equal((await anna.call('GET', `/v1/handovers/${made.body.id}`)).body.state, 'withdrawn')
  })
})
