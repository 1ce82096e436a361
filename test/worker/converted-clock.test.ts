import t from 'tap'

import { watchTime } from '../../src/worker/watch.ts'
import { createTestApp } from '../support/app.ts'
import { postLead } from '../support/leads.ts'

void t.test('a conversion ends the wait for a response', async (t) => {
  let now = new Date()
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
  const { admin, withUser } = dealer
  const agent = await withUser({ inQueue: true })
  const later = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
    await watchTime(database.db, { now: () => now, mailDomain: 'leadyard.test' })
  }
  const told = async () => {
    const { data } = (await agent.call('GET', '/v1/notifications?limit=200')).body
    return data.map(({ kind }) => kind).filter((kind) => kind.startsWith('response'))
  }

  const lead = await postLead(admin)
  const url = `/v1/leads/${lead.id}` as const
  const clockUrl = `${url}/clock` as const
  const { respondBy } = (await admin('GET', clockUrl)).body
  t.ok(respondBy, 'it is awaited')
  const converted = await admin('POST', `${url}/convert`, { responsibleUserId: null })
  t.equal(converted.status, 201)
  t.equal((await admin('GET', clockUrl)).body.respondBy, null)
  await later(25)
  await later(10)
  t.strictSame(await told(), [])

  const undo = `/v1/operations/${converted.body.operationId}/undo` as const
  t.equal((await admin('POST', undo)).status, 200)
  t.equal((await admin('GET', clockUrl)).body.respondBy, respondBy, 'it is awaited again')
  await later(1)
  t.strictSame(await told(), ['responseOverdue'])
})

void t.test('whatever a user does with a lead ends the wait for a response', async (t) => {
  let now = new Date()
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const { admin, withUser } = await createDealer({
    ...{ responseLimitMinutes: 30, responseWarningMinutes: 20 }
  })
  const anna = await withUser({ name: 'Anna' })
  const questions = [
    { kind: 'timing', text: 'When?', weight: 10, clues: [{ text: 'Soon', strength: 1 }] }
  ]
  const form = { questions, qualifiesFrom: 5, notYetFrom: 2, followUpDays: 30, routes: false }
  t.equal((await admin('PUT', '/v1/qualification-forms/inquiry', form)).status, 200)
  const { data: statuses } = (await admin('GET', '/v1/statuses')).body
  const statusId = statuses.find(({ group }) => group === 'working')?.id
  const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
  const client = (await anna.call('POST', '/v1/clients', { contact })).body
  const deeds: Record<string, (id: string) => ReturnType<typeof anna.call>> = {
    qualified: (id) =>
      anna.call('POST', `/v1/leads/${id}/qualifications`, {
        ...{ clues: [], result: 'qualified', note: 'Today' }
      }),
    'not yet': (id) =>
      anna.call('POST', `/v1/leads/${id}/qualifications`, {
        ...{ clues: [], result: 'not_yet', note: 'Later' }
      }),
    moved: (id) => anna.call('POST', `/v1/leads/${id}/status`, { statusId }),
    linked: (id) =>
      anna.call('POST', `/v1/leads/${id}/link`, { clientId: client.id, planActivity: false }),
    offered: (id) =>
      anna.call('POST', '/v1/activities', { type: 'offer', state: 'done', leadId: id })
  }
  const leads = new Map<string, string>()
  for (const [name, act] of Object.entries(deeds)) {
    const { id } = await postLead(admin, { assignee: anna.id })
    leads.set(id, name)
    const done = await act(id)
    t.ok(done.status < 300, `${name}: ${done.text}`)
    const clock = (await admin('GET', `/v1/leads/${id}/clock`)).body
    t.hasStrict(clock, { respondBy: null, overdue: false, running: null }, name)
  }
  const idle = await postLead(admin, { assignee: anna.id })
  for (const minutes of [25, 10]) {
    now = new Date(now.getTime() + minutes * 60_000)
    await watchTime(database.db, { now: () => now, mailDomain: 'leadyard.test' })
  }
  const { data } = (await anna.call('GET', '/v1/notifications?limit=200')).body
  const told = data.filter(({ kind }) => kind.startsWith('response'))
  t.strictSame(
    told.map(({ lead }) => leads.get(lead?.id ?? '') ?? lead?.id),
    [idle.id, idle.id]
  )
  const late = (await anna.call('GET', '/v1/leads?overdue=true')).body.data
  t.strictSame(
    late.map(({ id }) => id),
    [idle.id]
  )
})
