import t from 'tap'

import type { Import } from '../../src/domain/imports/import.ts'
import { newId } from '../../src/ids.ts'
import { tellOfImported } from '../../src/use-cases/notifications/steps/tell-of-imported.ts'
import { watchTime } from '../../src/worker/watch.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import { postLead } from '../support/leads.ts'
import { sendAll } from '../support/mails.ts'
import { must } from '../support/must.ts'

/** 08:00 in Warsaw, where the dealers of the tests are, on a Monday. */
const EIGHT = Date.UTC(2026, 10, 23, 7)
const HOUR_MS = 3_600_000

void t.test('lines of the digest', async (t) => {
  let now = new Date(EIGHT)
  const { createDealer, database, call } = await createTestApp(t, { now: () => now })
  const { db } = database
  t.beforeEach(() => {
    now = new Date(EIGHT + HOUR_MS)
  })
  /** The digest of the next day for this address. */
  const digestOf = async (dealer: TestDealer, address: string) => {
    await sendAll(db, dealer, () => now)
    now = new Date(EIGHT + 24 * HOUR_MS)
    await watchTime(db, { now: () => now, mailDomain: 'leadyard.test' })
    const { mails } = await sendAll(db, dealer, () => now)
    return must(mails.find(({ to }) => to === address)).text
  }

  const queueOf = async ({ admin }: TestDealer, userId: string) => {
    const { body: queue } = await admin('POST', '/v1/queues', { name: 'Vans' })
    await admin('PUT', `/v1/queues/${queue.id}/members/${userId}`)
    return queue
  }

  await t.test('the clients of an import are one line with their number', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    await database.db.transaction(dealer.id, async (tx) => {
      const of = { target: 'clients', actor: { type: 'system', id: null } } as const
      for (const created of [3, 4]) {
        await tellOfImported(
          tx,
          {
            ...of,
            id: newId(),
            counts: { created, updated: 0, skipped: 0, bad: 0 },
            settings: { placement: { type: 'user', userId: anna.id } } as Import['settings']
          },
          { now, mailDomain: 'leadyard.test' }
        )
      }
    })
    const text = await digestOf(dealer, anna.email)
    t.match(text, /New client for you ==\n.*: Clients: 3\n.*: Clients: 4/)
  })

  await t.test('a lead that its reader sees no more has no link', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const lead = await postLead(admin, {
      contact: { fullName: 'Gone Away', email: 'gone@example.com' },
      assignee: ben.id
    })
    const body = { responsibleUserId: ben.id, planActivity: false }
    const { client } = (await admin('POST', `/v1/leads/${lead.id}/convert`, body)).body
    for (const { id } of [anna, ben]) {
      await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: id })
    }
    const text = await digestOf(dealer, anna.email)
    t.match(text, /Gone Away · Leads: 1\n/)
    t.notMatch(text, /\/l\//)
  })

  await t.test('an activity has its type and time, feedback the outcome', async (t) => {
    const dealer = await createDealer({ clientUrl: 'https://desk.example/clients/{id}' })
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const kinds = { plannedActivity: 'digest', feedback: 'digest' }
    await anna.call('PUT', '/v1/me/notifications', { kinds })
    const { body: client } = await dealer.admin('POST', '/v1/clients', {
      contact: { fullName: 'Rita Regular', phone: '601 234 567' },
      responsibleUserId: anna.id
    })
    const dueAt = new Date(EIGHT + 50 * HOUR_MS).toISOString()
    const drive = { type: 'test_drive', clientId: client.id, dueAt }
    await dealer.admin('POST', '/v1/activities', { ...drive, userId: anna.id })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    const meeting = { type: 'meeting', leadId: lead.id, userId: ben.id, dueAt }
    const { body: asked } = await anna.call('POST', '/v1/activities', meeting)
    const ended = { state: 'done', outcome: 'interested', feedback: 'Liked it' }
    await ben.call('PATCH', `/v1/activities/${asked.id}`, ended)
    const text = await digestOf(dealer, anna.email)
    t.match(text, /Rita Regular.* · Test drive · Planned for: .*Nov.* 10:00/)
    t.match(
      text,
      `https://desk.example/clients/${client.id}`,
      'the client of a line without a lead'
    )
    t.match(text, /Meeting · Outcome: Interested/)
  })

  await t.test('a lead that went to another queue or user is not told of', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser({ inQueue: true }), await dealer.withUser()]
    const kinds = { queuedLead: 'digest', newLead: 'digest', movedLead: 'off' }
    await anna.call('PUT', '/v1/me/notifications', { kinds })
    const other = await queueOf(dealer, ben.id)
    const named = (fullName: string, words: object = {}) => {
      const email = `${fullName.toLowerCase()}@example.com`
      return postLead(dealer.admin, { contact: { fullName, email }, ...words })
    }
    await named('Waiting')
    const elsewhere = await named('Elsewhere')
    const again = await named('Again')
    const lost = await named('Gone', { assignee: anna.id })
    const assign = (id: string, body: object) =>
      dealer.admin('POST', `/v1/leads/${id}/assign`, body)
    await assign(elsewhere.id, { queueId: other.id })
    await assign(again.id, { queueId: other.id })
    await assign(again.id, { queueId: dealer.defaultQueueId })
    await assign(lost.id, { assigneeId: ben.id })
    const text = await digestOf(dealer, anna.email)
    t.match(text, 'Waiting')
    t.equal(text.split('Again').length, 2, 'one line for what was told twice')
    t.notMatch(text, /Elsewhere|Gone/)
  })

  await t.test('a deadline is told of while the response is missing', async (t) => {
    const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const deadlines = { responseWarning: 'digest', responseOverdue: 'digest' }
    const ways = { newLead: 'off', movedLead: 'off', ...deadlines }
    await anna.call('PUT', '/v1/me/notifications', { kinds: ways })
    const later = async (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000)
      await watchTime(db, { now: () => now, mailDomain: 'leadyard.test' })
    }
    const named = (fullName: string) => {
      const contact = { fullName, email: `${fullName.toLowerCase()}@example.com` }
      return postLead(dealer.admin, { contact, assignee: anna.id })
    }
    const [, moved, called, given] = [
      await named('Silent'),
      await named('Moved'),
      await named('Called'),
      await named('Given')
    ]
    await later(21)
    await dealer.admin('POST', `/v1/leads/${given.id}/assign`, { assigneeId: ben.id })
    await later(10)
    const { data: statuses } = (await dealer.admin('GET', '/v1/statuses')).body
    const statusId = must(statuses.find(({ group }) => group === 'working')).id
    await anna.call('POST', `/v1/leads/${moved.id}/status`, { statusId })
    await anna.call('POST', '/v1/activities', { type: 'call', state: 'done', leadId: called.id })
    const text = await digestOf(dealer, anna.email)
    t.equal(text.split('Silent').length, 3, 'it was near, and is over')
    t.notMatch(text, /Moved|Called|Given/)
  })

  await t.test('a mail of a deadline is not sent once the lead has its response', async (t) => {
    const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
    const anna = await dealer.withUser()
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    now = new Date(now.getTime() + 21 * 60_000)
    await watchTime(db, { now: () => now, mailDomain: 'leadyard.test' })
    await anna.call('POST', '/v1/activities', { type: 'call', state: 'done', leadId: lead.id })
    const { outcomes } = await sendAll(db, dealer, () => now)
    t.ok(outcomes.includes('response_warning_mail cancelled: lead_responded'), outcomes.join())
  })

  await t.test('a mail of a queue is not sent once the lead is in another', async (t) => {
    const dealer = await createDealer()
    const [, ben] = [await dealer.withUser({ inQueue: true }), await dealer.withUser()]
    const other = await queueOf(dealer, ben.id)
    const lead = await postLead(dealer.admin)
    await dealer.admin('POST', `/v1/leads/${lead.id}/assign`, { queueId: other.id })
    const { outcomes } = await sendAll(db, dealer, () => now)
    const queued = outcomes.filter((outcome) => outcome.startsWith('queue_mail'))
    t.strictSame(queued.toSorted(), ['queue_mail cancelled: lead_left_queue', 'queue_mail sent: '])
  })

  await t.test('a promoter who waits has a line until a user decides', async (t) => {
    const dealer = await createDealer({ promoterUrl: 'https://desk.example/promoters/{id}' })
    const boss = await dealer.withUser({ role: 'admin' })
    await boss.call('PUT', '/v1/me/notifications', { kinds: { pendingPromoter: 'digest' } })
    const anna = await dealer.withUser()
    const { body: link } = await anna.call('POST', '/v1/referral-links', {})
    for (const name of ['Pending', 'Refused']) {
      const payload = { name, email: `${name.toLowerCase()}@example.com` }
      await call(null, { method: 'POST', url: `/v1/referrals/${link.code}/promoters`, payload })
    }
    const { data } = (await boss.call('GET', '/v1/promoters')).body
    const idOf = (wanted: string) => must(data.find(({ name }) => name === wanted)).id
    await boss.call('PATCH', `/v1/promoters/${idOf('Refused')}`, { state: 'removed' })
    const text = await digestOf(dealer, boss.email)
    t.match(text, `https://desk.example/promoters/${idOf('Pending')}`)
    t.notMatch(text, 'Refused')
  })
})
