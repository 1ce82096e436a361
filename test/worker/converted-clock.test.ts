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
