import { watchActivities } from '../../src/use-cases/activities/watch-activities.ts'
import { sendDigests } from '../../src/use-cases/notifications/send-digests.ts'
import { work } from '../imports/staged-import.ts'
import { deliverNow } from './deliver-now.ts'
import { autoResponsesOf, makeTemplate, publishAutoResponses } from './auto-responses.ts'
import type { TestApp, TestDealer } from './app.ts'
import { asClient } from './database.ts'
import { deliveryContext } from './delivery-context.ts'
import { createFixture } from './fixture.ts'
import type { Fixture } from './fixture.ts'
import { succeeding } from './response.ts'
import type { Caller } from './response.ts'

/** Makes a dealer with a row in every table. A new table needs its row here, or in the fixture. */
export async function createFullDealer(app: TestApp, name: string): Promise<Fixture> {
  const dealer = await app.createDealer()
  const { admin } = dealer
  const call = succeeding(admin)
  const fixture = await createFixture(dealer, name)
  const { ids } = fixture
  const lead = `/v1/leads/${ids.lead}` as const

  await call('PUT', `/v1/queues/${ids.queue}/members/${ids.user}`)
  await call('POST', '/v1/auth/token', {
    ...{ dealer: dealer.slug, email: `${name}@users.test`, password: 'correct horse battery' }
  })
  for (let count = 0; count < 2; count += 1)
    await call('POST', `/v1/promoters/${ids.promoter}/page-link`)
  await call('POST', '/v1/queues', { name: 'Lorries' }, { 'idempotency-key': 'one' })
  await call('POST', `${lead}/consents`, { purpose: 'news', channel: 'email', granted: true })
  await call('PUT', '/v1/field-mapping', {
    entries: [{ to: 'account.name', from: 'contact.companyName', default: 'Private' }]
  })
  await call('POST', `${lead}/engagements`, { type: 'site_visit' })
  await call('POST', `${lead}/qualifications`, {
    clues: [{ questionId: ids.question, clueId: ids.clue }]
  })
  const colleague = await dealer.withUser({ role: 'owner' })
  const called = { type: 'call', state: 'done', leadId: ids.lead, outcome: 'reached' }
  await colleague.call('POST', '/v1/activities', called)
  await call('PUT', '/v1/incentive-rates', {
    rates: [{ measure: 'directSales', amount: '150.00' }]
  })
  await call('POST', `/v1/scoring-rules/${ids.scoringRules}/publish`)
  await receiveDigest(app, dealer, call)
  await receiveAutoResponse(app, dealer, call)
  await takeTurn(dealer, call)
  await runImport(app, dealer, call)
  await asClient(app.database.ownerUrl, (client) =>
    client.query('insert into directory.operator_keys values ($1, $2, now())', [name, dealer.id])
  )
  return fixture
}

/** A user who got a daily digest. */
async function receiveDigest({ database: { db } }: TestApp, dealer: TestDealer, call: Caller) {
  const user = await dealer.withUser()
  await user.call('PUT', '/v1/me/notifications', { kinds: { overdue: 'digest' } })
  const due = { type: 'call', userId: user.id, dueAt: '2020-01-01T00:00:00Z' }
  await call('POST', '/v1/activities', due)
  const command = { dealerId: dealer.id, mailDomain: 'leadyard.test' }
  const now = new Date()
  await watchActivities(db, { ...command, now })
  await sendDigests(db, { ...command, now: new Date(now.getTime() + 86_400_000) })
}

/** A person who got an auto-response, with an attempt, a message and a link to unsubscribe by. */
async function receiveAutoResponse({ database }: TestApp, dealer: TestDealer, call: Caller) {
  const templateId = await makeTemplate(database, dealer)
  await publishAutoResponses(dealer.admin, { default: { templateId } })
  const contact = { fullName: 'Eve Gray', email: 'eve@leads.test' }
  const { id } = (await call('POST', '/v1/leads', { source: 'website', contact })).body
  const [delivery] = await autoResponsesOf(dealer.admin, id)
  const key = { dealerId: dealer.id, deliveryId: String(delivery?.id) }
  const { verdict } = await deliverNow(deliveryContext(database.db), key)
  if (verdict !== 'sent') throw new Error(`the auto-response was not sent: ${verdict}`)
}

/** A lead that was assigned by round robin. */
async function takeTurn({ withUser }: TestDealer, call: Caller) {
  await withUser({ team: 'online_sales' })
  const target = { type: 'team', team: 'online_sales', by: 'round_robin' }
  const entry = { name: 'All', on: 'captured', criteria: { all: [] }, target, asOffer: false }
  const draft = await call('POST', '/v1/assignment-rules', { rules: { entries: [entry] } })
  await call('POST', `/v1/assignment-rules/${draft.body.id}/publish`)
  const contact = { fullName: 'Ned Gray', email: 'ned@leads.test' }
  await call('POST', '/v1/leads', { source: 'website', contact })
}

/** An import of two rows: one was created, the other has a problem. */
async function runImport(app: TestApp, dealer: TestDealer, call: Caller) {
  const file = 'email\nlist@leads.test\nnobody\n'
  const { body } = await call('POST', '/v1/imports', file, { 'content-type': 'text/csv' })
  await call('POST', `/v1/imports/${body.id}/start`)
  await work(app, dealer, body.id)
  // The file of an import that has not begun is kept.
  await call('POST', '/v1/imports', file, { 'content-type': 'text/csv' })
}
