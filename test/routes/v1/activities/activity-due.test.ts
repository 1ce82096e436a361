import { sql } from 'drizzle-orm'
import t from 'tap'

import { watchTime } from '../../../../src/worker/watch.ts'
import { watchActivities } from '../../../../src/use-cases/activities/watch-activities.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { historyOf, postLead } from '../../../support/leads.ts'

const START = Date.UTC(2026, 10, 23, 12)
const at = (hour: number) => new Date(START + (hour - 12) * 3_600_000)
const iso = (hour: number) => at(hour).toISOString()

void t.test('activities and time', async (t) => {
  let clock = at(12)
  const { createDealer, database } = await createTestApp(t, { now: () => clock })
  const add = async (call: Caller, words: object) => {
    const { body, status } = await call('POST', '/v1/activities', { type: 'call', ...words })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body
  }
  t.beforeEach(() => {
    clock = at(12)
  })

  await t.test('overdue=true has what is planned and was due', async (t) => {
    const { admin } = await createDealer()
    const late = await add(admin, { dueAt: iso(11) })
    const later = await add(admin, { dueAt: iso(10) })
    await add(admin, { dueAt: iso(12) })
    await add(admin, { dueAt: iso(11), state: 'done' })
    await add(admin, { dueAt: iso(11), state: 'missed' })
    await add(admin, {})
    const ids = async (query: string) =>
      (await admin('GET', `/v1/activities?${query}`)).body.data.map(({ id }: { id: string }) => id)
    t.strictSame(await ids('overdue=true'), [later.id, late.id])
    t.strictSame(await ids('overdue=true&sort=dueAt'), [later.id, late.id])
    t.strictSame(await ids('overdue=true&sort=-dueAt'), [late.id, later.id])
    t.strictSame(await ids('overdue=true&state=done'), [])
    t.equal((await ids('overdue=false')).length, 6)
    t.equal((await admin('GET', '/v1/activities?overdue=yes')).status, 422)
  })

  await t.test('a lead shows what is planned next', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser()
    const lead = await postLead(admin)
    const other = await postLead(admin)
    t.equal(lead.nextAction, null)
    const next = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body.nextAction
    const about = { leadId: lead.id }
    await add(admin, { ...about, type: 'note', state: 'done', dueAt: iso(1) })
    t.equal(await next(), null, 'nothing is planned')
    const someday = await add(admin, { ...about, type: 'visit' })
    t.equal((await next())?.id, someday.id)
    await add(admin, { ...about, dueAt: iso(15) })
    const first = await add(admin, { ...about, type: 'email', dueAt: iso(14), userId: anna.id })
    const shown = { id: first.id, type: 'email', dueAt: iso(14), userId: anna.id }
    t.strictSame(await next(), shown)
    const listed = (await admin('GET', '/v1/leads')).body.data
    t.strictSame(
      listed.map(({ id, nextAction }: { id: string; nextAction: unknown }) => [id, nextAction]),
      [
        [other.id, null],
        [lead.id, shown]
      ]
    )
    await admin('PATCH', `/v1/activities/${first.id}`, { state: 'done' })
    t.equal((await next())?.dueAt, iso(15))
  })

  await t.test('reminders and overdue ones are told, each once', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const lead = await postLead(admin)
    const activity = await add(admin, { leadId: lead.id, remindAt: iso(14), dueAt: iso(15) })
    const url = `/v1/activities/${activity.id}` as const
    const watch = async (hour: number) => {
      clock = at(hour)
      await watchTime(database.db, { now: () => clock, mailDomain: 'leadyard.test' })
      const [reminders, overdue] = [
        await historyOf(admin, lead.id, 'activity.reminder'),
        await historyOf(admin, lead.id, 'activity.overdue')
      ]
      return [reminders.length, overdue.length]
    }
    t.strictSame(await watch(13.9), [0, 0])
    t.strictSame(await watch(14), [1, 0])
    t.strictSame(await watch(14.5), [1, 0])
    t.strictSame(await watch(15), [1, 1])
    t.strictSame(await watch(16), [1, 1])
    const [event] = await historyOf(admin, lead.id, 'activity.overdue')
    t.hasStrict(event, {
      subject: { type: 'activity', id: activity.id },
      data: { type: 'call', userId: null, dueAt: iso(15) }
    })
    t.equal(event?.actor.type, 'system')
    t.equal((await admin('GET', url)).body.version, 1, 'nothing of it has changed')
    await admin('PATCH', url, { text: 'Still to be done' })
    t.strictSame(await watch(17), [1, 1], 'other changes do not tell it again')
    await admin('PATCH', url, { remindAt: iso(18), dueAt: iso(19) })
    t.strictSame(await watch(18), [2, 1])
    await admin('PATCH', url, { state: 'done' })
    t.strictSame(await watch(20), [2, 1], 'what is done is told of no more')

    const missed = await add(admin, { leadId: lead.id, remindAt: iso(21), dueAt: iso(22) })
    t.strictSame(await watch(30), [3, 2], 'after a standstill both come')
    const left = await database.db.transaction(dealerId, (tx) =>
      tx.orm.execute(sql`select watch_at from activities where id = ${missed.id}`)
    )
    t.equal(left.rows[0]?.watch_at, null)
  })

  // Guards `skip locked` and the single transaction: without them two workers tell it twice.
  await t.test('many at once, by several workers: each once', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const lead = await postLead(admin)
    for (let i = 0; i < 130; i += 1) await add(admin, { leadId: lead.id, dueAt: iso(13) })
    const watch = { dealerId, now: at(14), mailDomain: 'leadyard.test' }
    const counts = await Promise.all(
      Array.from({ length: 4 }, () => watchActivities(database.db, watch))
    )
    const rest = await watchActivities(database.db, watch)
    t.equal(
      counts.reduce((sum, count) => sum + count, rest),
      130
    )
    t.equal(await watchActivities(database.db, watch), 0)
    const told = await database.db.transaction(dealerId, (tx) =>
      tx.orm.execute(sql`select count(*)::int as n, count(distinct subject_id)::int as each
        from events where type = 'activity.overdue'`)
    )
    t.strictSame({ ...told.rows[0] }, { n: 130, each: 130 })
  })
})
