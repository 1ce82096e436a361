import { sql } from 'drizzle-orm'
import t from 'tap'

import type { Locale } from '../../src/domain/dealers/dealer.ts'
import { sendDigests } from '../../src/use-cases/notifications/send-digests.ts'
import { watchTime } from '../../src/worker/watch.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import { findStatusIds, postLead } from '../support/leads.ts'
import { sendAll } from '../support/mails.ts'
import { must } from '../support/must.ts'

/** 08:00 in Warsaw, where the dealers of the tests are, on a Monday. */
const EIGHT = Date.UTC(2026, 10, 23, 7)
const HOUR_MS = 3_600_000

void t.test('the daily digest', async (t) => {
  let now = new Date(EIGHT)
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const { db } = database
  const at = (hours: number) => {
    now = new Date(EIGHT + hours * HOUR_MS)
  }
  t.beforeEach(() => {
    at(1)
  })
  const watch = () => watchTime(db, { now: () => now, mailDomain: 'leadyard.test' })
  const mailsAt = async (dealer: TestDealer, hours: number) => {
    at(hours)
    await watch()
    return (await sendAll(db, dealer, () => now)).mails
  }
  const inDigest = async (dealer: TestDealer, digestTime = '08:00', locale: Locale = 'en') => {
    const user = await dealer.withUser({ routing: { locale } })
    const kinds = { newLead: 'digest', reminder: 'digest', plannedActivity: 'off' }
    await user.call('PUT', '/v1/me/notifications', { kinds, digestTime })
    return user
  }

  await t.test('gathers a day into one mail at the user’s time', async (t) => {
    const dealer = await createDealer()
    const anna = await inDigest(dealer, '08:00', 'pl')
    const [first, second] = [
      await postLead(dealer.admin, { assignee: anna.id }),
      await postLead(dealer.admin, { assignee: anna.id })
    ]
    await dealer.admin('POST', '/v1/activities', {
      ...{ type: 'call', leadId: first.id, userId: anna.id, dueAt: now.toISOString() }
    })
    const { outcomes } = await sendAll(db, dealer, () => now)
    const left = 'assignee_mail cancelled: in_daily_digest'
    t.strictSame(outcomes, [left, left], 'no mail now')
    t.strictSame(await mailsAt(dealer, 23.9), [], 'not before its time')
    const [mail, ...more] = await mailsAt(dealer, 24)
    t.strictSame(more, [])
    t.equal(mail?.to, anna.email)
    t.equal(mail?.subject, 'Twój dzień (3)', 'in the language of the user')
    t.equal(must(mail).text.match(/http:\/\/leadyard\.test\/l\//g)?.length, 3, 'with a link each')
    for (const { contact } of [first, second]) t.match(must(mail).text, contact.lastName)
    t.strictSame(await mailsAt(dealer, 30), [], 'once')
    t.strictSame(await mailsAt(dealer, 48), [], 'and no empty one the day after')
  })

  await t.test(
    'what comes after it waits for the next day; what was read is left out',
    async (t) => {
      const dealer = await createDealer()
      const anna = await inDigest(dealer, '17:30')
      await postLead(dealer.admin, { assignee: anna.id })
      await sendAll(db, dealer, () => now)
      t.equal((await mailsAt(dealer, 9.5)).length, 1)
      at(10)
      await postLead(dealer.admin, { assignee: anna.id })
      await sendAll(db, dealer, () => now)
      t.strictSame(await mailsAt(dealer, 11), [])
      const [last] = (await anna.call('GET', '/v1/notifications')).body.data
      await anna.call('POST', `/v1/notifications/${must(last).id}/read`)
      t.strictSame(await mailsAt(dealer, 34), [], 'nothing is left to tell')
      await postLead(dealer.admin, { assignee: anna.id })
      await sendAll(db, dealer, () => now)
      t.equal((await mailsAt(dealer, 58)).length, 1)
    }
  )

  await t.test('a standstill costs nothing and doubles nothing', async (t) => {
    const dealer = await createDealer()
    const anna = await inDigest(dealer)
    await postLead(dealer.admin, { assignee: anna.id })
    await sendAll(db, dealer, () => now)
    at(30)
    await postLead(dealer.admin, { assignee: anna.id })
    await sendAll(db, dealer, () => now)
    t.equal((await mailsAt(dealer, 75)).length, 1, 'both days in one')
    t.strictSame(await mailsAt(dealer, 76), [])
  })

  await t.test('another time of day brings no second digest of a day', async (t) => {
    const dealer = await createDealer()
    const anna = await inDigest(dealer)
    await postLead(dealer.admin, { assignee: anna.id })
    await sendAll(db, dealer, () => now)
    t.equal((await mailsAt(dealer, 24)).length, 1)
    at(25)
    await anna.call('PUT', '/v1/me/notifications', {
      ...{ kinds: { newLead: 'digest' }, digestTime: '12:00' }
    })
    await postLead(dealer.admin, { assignee: anna.id })
    await sendAll(db, dealer, () => now)
    t.strictSame(await mailsAt(dealer, 28), [])
    t.equal((await mailsAt(dealer, 52)).length, 1)
  })

  await t.test('users who left get none, nor leads that were deleted', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await inDigest(dealer), await inDigest(dealer)]
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await postLead(dealer.admin, { assignee: ben.id })
    await sendAll(db, dealer, () => now)
    await dealer.admin('PATCH', `/v1/users/${ben.id}`, { active: false })
    await db.transaction(dealer.id, (tx) =>
      tx.orm.execute(sql`update leads set status_id = (select id from statuses
        where "group" = 'deleted' and dealer_id = ${dealer.id}) where id = ${lead.id}`)
    )
    at(24)
    await watch()
    const { outcomes } = await sendAll(db, dealer, () => now)
    const digests = outcomes.filter((outcome) => outcome.startsWith('digest_mail'))
    t.strictSame(digests, ['digest_mail cancelled: digest_empty'])
  })

  await t.test('a lead of the queue is told no more once a user has it', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser({ inQueue: true }), await dealer.withUser()]
    await anna.call('PUT', '/v1/me/notifications', { kinds: { queuedLead: 'digest' } })
    const [waiting, taken] = [await postLead(dealer.admin), await postLead(dealer.admin)]
    await dealer.admin('POST', `/v1/leads/${taken.id}/assign`, { assigneeId: ben.id })
    await sendAll(db, dealer, () => now)
    const [mail] = await mailsAt(dealer, 24)
    t.match(must(mail).text, waiting.contact.lastName)
    t.notMatch(must(mail).text, taken.contact.lastName)
  })

  // Guards the constraint of one digest a day: without it, workers at once send several.
  await t.test('several workers at once send it once', async (t) => {
    const dealer = await createDealer()
    const users = []
    for (let count = 0; count < 5; count += 1) users.push(await inDigest(dealer))
    for (const { id } of users) await postLead(dealer.admin, { assignee: id })
    await sendAll(db, dealer, () => now)
    at(24)
    const command = { dealerId: dealer.id, now, mailDomain: 'leadyard.test' }
    await Promise.all(Array.from({ length: 4 }, () => sendDigests(db, command)))
    const { mails } = await sendAll(db, dealer, () => now)
    t.strictSame(mails.map(({ to }) => to).toSorted(), users.map(({ email }) => email).toSorted())
  })

  await t.test(
    'of leads that were closed or converted, and of work that was done, nothing',
    async (t) => {
      const dealer = await createDealer()
      const anna = await inDigest(dealer)
      const { data: statuses } = (await dealer.admin('GET', '/v1/statuses')).body
      for (const group of ['sold', 'lost', 'deleted', 'converted', 'working'] as const) {
        const contact = { fullName: `Was ${group}`, email: `${group}@example.com` }
        const { id } = await postLead(dealer.admin, { assignee: anna.id, contact })
        const statusId = must(statuses.find((status) => status.group === group)).id
        const moved =
          group === 'converted'
            ? await dealer.admin('POST', `/v1/leads/${id}/convert`, { planActivity: false })
            : await dealer.admin('POST', `/v1/leads/${id}/status`, { statusId, reason: 'Said so' })
        t.ok(moved.status < 300, moved.text)
      }
      const dueAt = now.toISOString()
      for (const text of ['Done', 'Left']) {
        const about = { type: 'call', userId: anna.id, dueAt, text }
        const { body } = await dealer.admin('POST', '/v1/activities', about)
        at(1.1)
        await watch()
        if (text === 'Done')
          await anna.call('PATCH', `/v1/activities/${body.id}`, { state: 'done' })
      }
      await sendAll(db, dealer, () => now)
      const [mail, ...more] = await mailsAt(dealer, 24)
      t.strictSame(more, [])
      t.equal(mail?.subject, 'Your day (2)')
      t.match(must(mail).text, 'Was working')
      t.notMatch(must(mail).text, /Was (sold|lost|deleted|converted)/)
    }
  )

  await t.test('of a lead that was converted or sold, what is still planned', async (t) => {
    const dealer = await createDealer()
    const anna = await inDigest(dealer)
    const kinds = { plannedActivity: 'digest', overdue: 'digest', feedback: 'digest' }
    await anna.call('PUT', '/v1/me/notifications', { kinds })
    const ben = await dealer.withUser()
    const statusIds = await findStatusIds(dealer.admin)
    const plan = async (leadId: string, text: string, userId: string) => {
      const dueAt = new Date(now.getTime() + HOUR_MS).toISOString()
      const about = { type: 'call', leadId, userId, dueAt, text }
      const call = userId === anna.id ? ben.call : anna.call
      const made = await call('POST', '/v1/activities', about)
      t.equal(made.status, 201, made.text)
      return made.body.id
    }
    for (const group of ['converted', 'sold', 'deleted']) {
      const contact = { fullName: `Was ${group}`, email: `still-${group}@example.com` }
      const { id } = await postLead(dealer.admin, { assignee: ben.id, contact })
      await plan(id, 'Planned', anna.id)
      const asked = await plan(id, 'Asked', ben.id).catch(() => null)
      if (group === 'converted') {
        await dealer.admin('POST', `/v1/leads/${id}/convert`, { planActivity: false })
      } else {
        const body = { statusId: must(statusIds[group]), reason: 'Said so' }
        await dealer.admin('POST', `/v1/leads/${id}/status`, body)
      }
      if (asked !== null) {
        const ended = { state: 'done', outcome: 'reached', feedback: 'Will come' }
        await ben.call('PATCH', `/v1/activities/${asked}`, ended)
      }
    }
    at(3)
    await watch()
    await sendAll(db, dealer, () => now)
    const mails = (await mailsAt(dealer, 24)).filter(({ to }) => to === anna.email)
    const [mail] = mails
    t.equal(mails.length, 1)
    t.equal(must(mail).text.match(/Was converted/g)?.length, 3, 'planned, overdue and feedback')
    t.equal(must(mail).text.match(/Was sold/g)?.length, 3)
    t.notMatch(must(mail).text, /Was deleted/)
  })

  await t.test('not that work went to others which the user has again', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await inDigest(dealer), await dealer.withUser()]
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    const dueAt = new Date(now.getTime() + 48 * HOUR_MS).toISOString()
    const about = { type: 'call', leadId: lead.id, userId: anna.id, dueAt }
    await anna.call('POST', '/v1/activities', about)
    const body = { leadIds: [lead.id], assigneeId: ben.id }
    const moved = await dealer.admin('POST', '/v1/leads/assign', body)
    t.equal(moved.status, 200, moved.text)
    const undo = `/v1/operations/${moved.body.operationId}/undo` as const
    t.equal((await dealer.admin('POST', undo)).status, 200)
    await sendAll(db, dealer, () => now)
    const mail = (await mailsAt(dealer, 24)).find(({ to }) => to === anna.email)
    t.match(must(mail).subject, 'Your day (1)')
  })
})
