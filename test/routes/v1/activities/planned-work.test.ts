import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'
import { moveTo } from '../../../support/sales.ts'
import type { Caller } from '../../../support/response.ts'

const soon = () => new Date(Date.now() + 3_600_000).toISOString()

void t.test('work of users', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const prepare = async () => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ name: 'Anna' })
    const ben = await dealer.withUser({ name: 'Ben' })
    return { ...dealer, anna, ben }
  }
  const kindsOf = async (call: Caller, about: string) =>
    (await call('GET', '/v1/notifications')).body.data
      .filter(({ subject }) => subject.id === about)
      .map(({ kind }) => kind)
  const userOf = async (call: Caller, id: string) =>
    (await call('GET', `/v1/activities/${id}`)).body.userId

  await t.test('is told to who it is planned for, or moved to, unless they did it', async (t) => {
    const { id, admin, anna, ben } = await prepare()
    const lead = await postLead(admin, { assignee: anna.id })
    const words = { type: 'test_drive', leadId: lead.id, dueAt: soon() }
    const own = (await anna.call('POST', '/v1/activities', words)).body
    t.strictSame(await kindsOf(anna.call, own.id), [], 'her own')
    const body = { ...words, userId: ben.id }
    const drive = (await anna.call('POST', '/v1/activities', body)).body
    t.strictSame(await kindsOf(ben.call, drive.id), ['plannedActivity'])
    const { mails } = await sendAll(database.db, { id, admin })
    const mail = must(
      mails.find(({ to, subject }) => to === ben.email && subject.includes('planned'))
    )
    t.match(mail.text, 'Planned by: Anna')
    await ben.call('PATCH', `/v1/activities/${drive.id}`, { userId: anna.id })
    t.strictSame(await kindsOf(anna.call, drive.id), ['plannedActivity'])
    t.strictSame(await kindsOf(ben.call, drive.id), ['plannedActivity'], 'he knows that it went')
    await admin('PATCH', `/v1/activities/${drive.id}`, { userId: null })
    t.strictSame(await kindsOf(anna.call, drive.id), ['movedActivity', 'plannedActivity'])
    const done = { ...body, state: 'done' }
    const past = (await anna.call('POST', '/v1/activities', done)).body
    t.strictSame(await kindsOf(ben.call, past.id), [], 'what is done is no work')
  })

  await t.test('is not told once it went to another', async (t) => {
    const { id, admin, anna, ben } = await prepare()
    const lead = await postLead(admin, { assignee: anna.id })
    const words = { type: 'visit', leadId: lead.id, userId: ben.id }
    const visit = (await admin('POST', '/v1/activities', words)).body
    await admin('PATCH', `/v1/activities/${visit.id}`, { userId: anna.id })
    const { outcomes } = await sendAll(database.db, { id, admin })
    t.ok(outcomes.includes('planned_mail cancelled: activity_reassigned'))
  })

  await t.test(
    'calls and e-mails go with the lead, meetings stay; the undo returns them',
    async (t) => {
      const { admin, anna, ben } = await prepare()
      const lead = await postLead(admin, { assignee: anna.id })
      const plan = async (type: string, words = {}) =>
        (
          await anna.call('POST', '/v1/activities', {
            type,
            leadId: lead.id,
            dueAt: soon(),
            ...words
          })
        ).body.id
      const [call, email, meeting] = [
        await plan('call'),
        await plan('email'),
        await plan('meeting')
      ]
      const done = await plan('call', { state: 'done', dueAt: undefined })
      const users = async () =>
        await Promise.all([call, email, meeting, done].map((id) => userOf(admin, id)))
      const body = { leadIds: [lead.id], assigneeId: ben.id }
      const { operationId } = (await admin('POST', '/v1/leads/assign', body)).body
      t.strictSame(await users(), [ben.id, ben.id, anna.id, anna.id])
      t.equal((await ben.call('GET', `/v1/leads/${lead.id}`)).body.nextAction?.userId, ben.id)
      t.strictSame(await kindsOf(ben.call, call), ['plannedActivity'])
      t.strictSame(await kindsOf(anna.call, call), ['movedActivity'])
      t.equal((await admin('POST', `/v1/operations/${operationId}/undo`)).status, 200)
      t.strictSame(await users(), [anna.id, anna.id, anna.id, anna.id])
    }
  )

  await t.test(
    'a call planned since goes with the lead when the assignment is undone',
    async (t) => {
      const { admin, anna, ben, defaultQueueId } = await prepare()
      const leads = [await postLead(admin, { assignee: anna.id }), await postLead(admin)]
      await admin('POST', `/v1/leads/${must(leads[1]).id}/assign`, { queueId: defaultQueueId })
      const body = { leadIds: leads.map(({ id }) => id), assigneeId: ben.id }
      const { operationId } = (await admin('POST', '/v1/leads/assign', body)).body
      const plan = async (leadId: string, type = 'call') =>
        (await ben.call('POST', '/v1/activities', { type, leadId, dueAt: soon() })).body.id
      const [ofAnna = '', ofQueue = ''] = await Promise.all(leads.map(({ id }) => plan(id)))
      const meeting = await plan(must(leads[0]).id, 'meeting')
      t.equal((await admin('POST', `/v1/operations/${operationId}/undo`)).status, 200)
      t.equal(await userOf(admin, ofAnna), anna.id)
      t.strictSame(await kindsOf(anna.call, ofAnna), ['plannedActivity'])
      t.equal(await userOf(admin, ofQueue), null)
      t.equal(await userOf(admin, meeting), ben.id, 'meetings stay')
    }
  )

  await t.test('through a queue, too', async (t) => {
    const { admin, anna, defaultQueueId, withUser } = await prepare()
    const agent = await withUser({ inQueue: true })
    const lead = await postLead(admin, { assignee: anna.id })
    const url = `/v1/leads/${lead.id}` as const
    const words = { type: 'call', leadId: lead.id, dueAt: soon() }
    const { id } = (await anna.call('POST', '/v1/activities', words)).body
    await admin('POST', `${url}/assign`, { queueId: defaultQueueId })
    t.equal(await userOf(admin, id), null)
    await agent.call('POST', `${url}/claim`)
    t.equal(await userOf(admin, id), agent.id)
    t.strictSame(await kindsOf(agent.call, id), [], 'the agent claimed it')
  })

  await t.test(
    'is told when others cancel it, also with its lead, and plan it again',
    async (t) => {
      const { id, admin, anna, ben } = await prepare()
      const lead = await postLead(admin, {
        assignee: anna.id,
        contact: { fullName: 'Ada Lovelace', email: 'a@b.pl' }
      })
      const words = { type: 'meeting', leadId: lead.id, userId: ben.id, dueAt: soon() }
      const { id: meeting } = (await anna.call('POST', '/v1/activities', words)).body
      const { id: own } = (await ben.call('POST', '/v1/activities', { ...words, type: 'call' }))
        .body
      await ben.call('PATCH', `/v1/activities/${own}`, { state: 'cancelled' })
      t.strictSame(await kindsOf(ben.call, own), [], 'he did it')
      await sendAll(database.db, { id, admin })
      await moveTo(anna.call, lead.id, 'deleted')
      t.strictSame(await kindsOf(ben.call, meeting), ['cancelledActivity', 'plannedActivity'])
      const { mails } = await sendAll(database.db, { id, admin })
      const mail = must(mails.find(({ to }) => to === ben.email))
      t.match(mail.subject, 'Planned work was cancelled: Ada Lovelace')
      t.match(mail.text, 'Meeting')
      t.equal((await ben.call('GET', `/v1/activities/${meeting}`)).status, 200)

      await moveTo(anna.call, lead.id, 'working')
      t.strictSame((await kindsOf(ben.call, meeting))[0], 'plannedActivity')
      await anna.call('PATCH', `/v1/activities/${meeting}`, { state: 'cancelled' })
      t.strictSame((await kindsOf(ben.call, meeting))[0], 'cancelledActivity')
      await anna.call('PATCH', `/v1/activities/${meeting}`, { state: 'planned' })
      const { outcomes } = await sendAll(database.db, { id, admin })
      t.ok(
        outcomes.includes('cancelled_mail cancelled: notification_removed'),
        'it is planned again'
      )
      const test = await postLead(admin, { assignee: anna.id, isTest: true })
      const ofTest = { ...words, leadId: test.id }
      const { id: untold } = (await anna.call('POST', '/v1/activities', ofTest)).body
      await moveTo(anna.call, test.id, 'deleted')
      t.strictSame(await kindsOf(ben.call, untold), [])
    }
  )

  await t.test('goes with a client to its new responsible user', async (t) => {
    const { admin, anna, ben } = await prepare()
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: anna.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const words = { type: 'call', clientId: client.id, userId: anna.id }
    const { id } = (await admin('POST', '/v1/activities', words)).body
    await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: ben.id })
    t.equal(await userOf(admin, id), ben.id)
  })

  await t.test(
    'has the client of its lead, after a link as after a conversion, until the undo',
    async (t) => {
      const { admin, anna } = await prepare()
      for (const way of ['link', 'convert'] as const) {
        const lead = await postLead(admin, { assignee: anna.id })
        const url = `/v1/leads/${lead.id}` as const
        const words = { type: 'meeting', leadId: lead.id, dueAt: soon() }
        const { id } = (await anna.call('POST', '/v1/activities', words)).body
        const contact = { fullName: 'Rita Regular', email: `${way}@example.com` }
        const clientId = (await admin('POST', '/v1/clients', { contact })).body.id
        const body = way === 'link' ? { clientId } : {}
        const made = await admin('POST', `${url}/${way}`, body)
        t.equal(made.status, 201, made.text)
        const clientOf = async () => (await admin('GET', `/v1/activities/${id}`)).body.clientId
        t.equal(await clientOf(), made.body.client.id, way)
        const undo = `/v1/operations/${made.body.operationId}/undo` as const
        const undone = await admin('POST', undo)
        t.equal(undone.status, 200, undone.text)
        t.equal(await clientOf(), null)
      }
    }
  )

  await t.test('of a user who is deactivated is told to owners and admins', async (t) => {
    const { id, admin, anna, ben, withUser } = await prepare()
    const boss = await withUser({ role: 'admin' })
    const lead = await postLead(admin, { assignee: anna.id })
    const words = { type: 'meeting', leadId: lead.id, userId: ben.id, dueAt: soon() }
    await admin('POST', '/v1/activities', words)
    await admin('PATCH', `/v1/users/${ben.id}`, { active: false })
    const [told] = (await boss.call('GET', '/v1/notifications')).body.data
    t.hasStrict(told, { kind: 'openLeads', facts: { count: 0, activities: 1 } })
    const { mails } = await sendAll(database.db, { id, admin })
    const mail = must(mails.find(({ subject }) => subject.startsWith('A deactivated user')))
    t.match(mail.text, 'Planned activities: 1')
    t.match(mail.text, /== Planned activities ==\nMeeting, .*:\n.*\n +http:\S+\/l\//)
  })
})
