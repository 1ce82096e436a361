import { sql } from 'drizzle-orm'
import t from 'tap'

import { watchResponses } from '../../../../src/use-cases/clock/watch-responses.ts'
import { createTestApp, sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import {
  openConnections,
  postLead,
  postQuarantinedLead,
  findStatusIds
} from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const LIMITS = { responseLimitMinutes: 30, responseWarningMinutes: 20 }

/** Publishes a rule that gives overdue leads to online sales in turn. */
async function passOn(admin: Caller) {
  const target = { type: 'team', team: 'online_sales' }
  const entries = [{ name: 'Overdue', on: 'overdue', target }]
  const { body } = await admin('POST', '/v1/assignment-rules', { rules: { entries } })
  const { status, text } = await admin('POST', `/v1/assignment-rules/${body.id}/publish`)
  if (status !== 200) throw new Error(text)
}

async function idsOfGroup(admin: Caller, group: string): Promise<string> {
  const statuses = await findStatusIds(admin)
  return must(statuses[group])
}

function fail(error: unknown): never {
  throw error
}

void t.test('a warning comes before the limit', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const patch = (settings: object) => admin('PATCH', '/v1/dealer', { settings })
  for (const warning of [5, 1]) {
    const late = await patch({ responseLimitMinutes: 1, responseWarningMinutes: warning })
    t.equal(late.status, 422)
    t.equal(late.problem.errors?.[0]?.pointer, '/settings/responseWarningMinutes')
  }
  t.equal((await patch({ responseWarningMinutes: 5 })).status, 200, 'there is no limit yet')
  t.equal((await patch({ responseLimitMinutes: 5 })).status, 422, 'together with what is stored')
  t.equal((await patch({ responseLimitMinutes: 6 })).status, 200)
})

void t.test('the response limit', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { db } = database

  const watchAt = async (dealerId: string, now: Date, failed: (error: unknown) => void = fail) =>
    await watchResponses(db, { dealerId, now, mailDomain: 'leadyard.test', failed })
  await t.test('ends without a warning or breach where it was turned off', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin } = dealer
    const lead = await postLead(admin)
    const off = { settings: { responseLimitMinutes: null, responseWarningMinutes: null } }
    t.equal((await admin('PATCH', '/v1/dealer', off)).status, 200)
    for (const minutes of [21, 31]) {
      await watchAt(dealer.id, new Date(Date.now() + minutes * 60_000))
    }
    const { data } = (await admin('GET', `/v1/leads/${lead.id}/history`)).body
    t.notOk(data.some(({ type }) => type.startsWith('lead.response_')))
    t.equal((await admin('GET', `/v1/leads/${lead.id}/clock`)).body.respondBy, null)
  })

  /** Looks so many minutes after the limits of this lead were set. */
  const watching =
    ({ id }: TestDealer, lead: { receivedAt: string }) =>
    (minutes: number) =>
      watchAt(id, new Date(Date.parse(lead.receivedAt) + minutes * 60_000 + 5_000))
  const eventsOf = async (admin: Caller, leadId: string) =>
    (await admin('GET', `/v1/leads/${leadId}/history?sort=createdAt`)).body.data
      .filter(({ type }: { type: string }) => type.startsWith('lead.response_'))
      .map(({ type, data }: { type: string; data: object }) => ({ type, ...data }))
  const clockOf = async (admin: Caller, leadId: string) =>
    (await admin('GET', `/v1/leads/${leadId}/clock`)).body
  const overdueIds = async (admin: Caller, is = true) =>
    (await admin('GET', `/v1/leads?overdue=${String(is)}`)).body.data.map(
      ({ id }: { id: string }) => id
    )
  /** Sets the limits of a lead so many minutes back, as if it had come so much earlier. */
  const setBack = async (dealerId: string, leadId: string, minutes: number) => {
    await db.transaction(dealerId, (tx) =>
      tx.orm
        .execute(sql`update leads set respond_by = respond_by - ${minutes} * interval '1 minute',
        clock_due_at = clock_due_at - ${minutes} * interval '1 minute' where id = ${leadId}`)
    )
  }

  await t.test('shows no lead as overdue from the moment it is turned off', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin } = dealer
    const lead = await postLead(admin)
    const watch = watching(dealer, lead)
    await watch(20)
    await watch(30)
    await setBack(dealer.id, lead.id, 60)
    const worked = async () =>
      (await admin('GET', '/v1/reports/work-list')).body.rows.map(({ overdue }) => overdue)
    t.hasStrict(await clockOf(admin, lead.id), { overdue: true })
    t.strictSame(await overdueIds(admin), [lead.id])
    t.strictSame(await worked(), [1])
    const off = { settings: { responseLimitMinutes: null, responseWarningMinutes: null } }
    t.equal((await admin('PATCH', '/v1/dealer', off)).status, 200)
    t.hasStrict(await clockOf(admin, lead.id), { overdue: false, respondBy: null })
    t.strictSame([await overdueIds(admin), await overdueIds(admin, false)], [[], [lead.id]])
    t.strictSame(await worked(), [0])
  })

  await t.test('warns, then tells; without a rule the lead stays and shows', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin } = dealer
    const lead = await postLead(admin)
    const watch = watching(dealer, lead)
    const { respondBy } = await clockOf(admin, lead.id)
    const wait = Date.parse(must(respondBy)) - Date.parse(lead.receivedAt)
    t.ok(wait >= 30 * 60_000 && wait < 30 * 60_000 + 5_000, 'thirty minutes')

    t.equal(await watch(19), 0)
    t.strictSame(await eventsOf(admin, lead.id), [])
    t.equal(await watch(20), 1)
    const words = { assigneeId: null, queueId: dealer.defaultQueueId, respondBy }
    const warning = { type: 'lead.response_warning', ...words, escalations: 0 }
    t.strictSame(await eventsOf(admin, lead.id), [warning])
    t.equal(await watch(29), 0, 'once')
    t.equal(await watch(30), 1)
    const breach = { type: 'lead.response_overdue', ...words, escalations: 1 }
    t.strictSame(await eventsOf(admin, lead.id), [warning, breach])
    t.equal(await watch(600), 0, 'once')

    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.version, lead.version)
    t.hasStrict(await clockOf(admin, lead.id), { overdue: false, escalations: 1 })
    t.strictSame([await overdueIds(admin), await overdueIds(admin, false)], [[], [lead.id]])
    await setBack(dealer.id, lead.id, 60)
    t.hasStrict(await clockOf(admin, lead.id), { overdue: true })
    t.strictSame([await overdueIds(admin), await overdueIds(admin, false)], [[lead.id], []])
  })

  await t.test('goes on by the rules, with as much time again, five times', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin, withUser } = dealer
    await withUser({ team: 'online_sales' })
    await withUser({ team: 'online_sales' })
    await withUser({ team: 'online_sales', routing: { active: false } })
    await passOn(admin)
    const lead = await postLead(admin)
    let now = Date.parse(lead.receivedAt)
    const owners: string[] = []
    for (let escalation = 1; escalation <= 5; escalation += 1) {
      now += 31 * 60_000
      t.equal(await watchAt(dealer.id, new Date(now)), 1)
      const clock = await clockOf(admin, lead.id)
      t.hasStrict(clock, {
        escalations: escalation,
        respondBy: new Date(now + 30 * 60_000).toISOString()
      })
      owners.push(must((await admin('GET', `/v1/leads/${lead.id}`)).body.assignee).id)
    }
    t.equal(new Set(owners).size, 2)
    t.ok(
      owners.every((owner, index) => owner !== owners[index - 1]),
      'never to the one who had it'
    )
    t.equal(await watchAt(dealer.id, new Date(now + 20 * 60_000)), 1, 'warned each time')
    t.equal(await watchAt(dealer.id, new Date(now + 31 * 60_000)), 1)
    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.assignee?.id, owners.at(-1))
    t.equal(await watchAt(dealer.id, new Date(now + 900 * 60_000)), 0, 'then it stays')
    const types = (await eventsOf(admin, lead.id)).map(({ type }: { type: string }) => type)
    t.equal(types.filter((type: string) => type === 'lead.response_overdue').length, 6)
    t.equal(types.filter((type: string) => type === 'lead.response_warning').length, 1)
    const { data } = (await admin('GET', `/v1/leads/${lead.id}/decisions`)).body
    t.equal(data.filter(({ step }: { step: string }) => step === 'routed').length, 6)
  })

  await t.test('ends when a person turned to the other, and goes on if they did not', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin, withUser } = dealer
    const user = await withUser({ role: 'admin' })
    const lead = await postLead(admin)
    const { respondBy } = await clockOf(admin, lead.id)
    await setBack(dealer.id, lead.id, 60)
    t.strictSame(await overdueIds(admin), [lead.id])
    const call = { leadId: lead.id, type: 'call', state: 'done', outcome: 'no_answer' }
    const created = await user.call('POST', '/v1/activities', call)
    t.hasStrict(await clockOf(admin, lead.id), { respondBy: null, overdue: false })
    t.strictSame(await overdueIds(admin), [])
    t.equal(await watching(dealer, lead)(600), 0)
    t.strictSame(await eventsOf(admin, lead.id), [])
    await user.call('PATCH', `/v1/activities/${created.body.id}`, { state: 'planned' })
    const clock = await clockOf(admin, lead.id)
    t.equal(clock.attempted, null)
    const away = Math.abs(Date.parse(must(clock.respondBy)) - Date.parse(must(respondBy)))
    t.ok(away < 5_000, 'as if nobody had said so')
    t.equal(await watching(dealer, lead)(600), 1)
  })

  await t.test('watches nobody’s test, held, closed or unlimited lead', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin } = dealer
    const test = await postLead(admin, { isTest: true })
    const held = await postQuarantinedLead(admin)
    const closed = await postLead(admin)
    const [lost, working] = [await idsOfGroup(admin, 'lost'), await idsOfGroup(admin, 'working')]
    await setBack(dealer.id, closed.id, 60)
    const reason = { statusId: lost, reason: 'Bought elsewhere' }
    t.equal((await admin('POST', `/v1/leads/${closed.id}/status`, reason)).status, 200)
    await admin('POST', `/v1/leads/${closed.id}/status`, { statusId: working })
    t.strictSame(await overdueIds(admin), [], 'not even when it opens again')
    for (const lead of [test, held, closed]) {
      t.hasStrict(await clockOf(admin, lead.id), { respondBy: null, overdue: false })
    }
    t.equal(await watching(dealer, closed)(6_000), 0)

    const late = await postLead(admin)
    await db.transaction(dealer.id, (tx) =>
      tx.orm.execute(sql`update leads set status_id = ${lost} where id = ${late.id}`)
    )
    await setBack(dealer.id, late.id, 60)
    t.strictSame(await overdueIds(admin), [], 'closed by whatever means')
    t.hasStrict(await clockOf(admin, late.id), { overdue: false, running: null })
    t.equal(await watching(dealer, late)(30), 1)
    t.strictSame(await eventsOf(admin, late.id), [])
    t.equal(await watching(dealer, late)(30), 0, 'looked at no more')

    const easy = await createDealer()
    const lead = await postLead(easy.admin)
    t.equal((await clockOf(easy.admin, lead.id)).respondBy, null)
    t.equal(await watching(easy, lead)(60_000), 0)
  })

  await t.test('counts working time of the queue', async (t) => {
    const dealer = await createDealer(LIMITS)
    const { admin, defaultQueueId } = dealer
    const closed = { week: {}, holidays: [] }
    await admin('PATCH', '/v1/dealer', { workingHours: closed })
    const never = await postLead(admin)
    t.equal((await clockOf(admin, never.id)).respondBy, null, 'nobody ever works')
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
    const hour = new Date(Date.now() + 2 * 3_600_000).toISOString().slice(11, 13)
    await admin('PATCH', `/v1/queues/${defaultQueueId}`, {
      workingHours: {
        timeZone: 'UTC',
        week: Object.fromEntries(
          days.map((day) => [day, [{ from: `${hour}:00`, to: `${hour}:59` }]])
        )
      }
    })
    const lead = await postLead(admin)
    const { respondBy } = await clockOf(admin, lead.id)
    t.equal(respondBy?.slice(11), `${hour}:30:00.000Z`)
  })

  // Guards `skip locked` and the single transaction: without them two workers tell it twice.
  await t.test('many at once, by several workers: each once', async (t) => {
    const dealer = await createDealer({ responseLimitMinutes: 30 })
    const { admin, withUser } = dealer
    for (const name of ['Ala', 'Ola', 'Ula', 'Iza']) await withUser({ name, team: 'online_sales' })
    await passOn(admin)
    const leads = []
    for (let i = 0; i < 60; i += 1) leads.push(await postLead(admin))
    await openConnections(admin)
    const now = new Date(Date.now() + 31 * 60_000)
    const counts = await Promise.all(Array.from({ length: 4 }, () => watchAt(dealer.id, now)))
    let rest = 0
    for (let more = 1; more > 0; rest += more) more = await watchAt(dealer.id, now)
    t.equal(
      counts.reduce((sum, count) => sum + count, rest),
      60
    )
    const { rows } = await db.transaction(dealer.id, (tx) =>
      tx.orm.execute(sql`select count(*)::int as n, count(distinct subject_id)::int as each
        from events where type = 'lead.response_overdue'`)
    )
    t.strictSame({ ...rows[0] }, { n: 60, each: 60 })
    const shares = await db.transaction(dealer.id, (tx) =>
      tx.orm.execute(sql`select count(*)::int as n from leads group by assignee_id`)
    )
    t.strictSame(
      shares.rows.map(({ n }) => n),
      [15, 15, 15, 15]
    )
  })

  // Guards the savepoint around each lead: without it one that fails holds up all the others for ever.
  await t.test('one that can’t be dealt with does not hold up the others', async (t) => {
    const { admin, id: dealerId } = await createDealer({ responseLimitMinutes: 30 })
    const [poison, sound] = [await postLead(admin), await postLead(admin)]
    await asClient(database.ownerUrl, (client) =>
      client.query(`
        create function refuse() returns trigger language plpgsql as
          $$ begin raise exception 'not this one'; end $$;
        create trigger refuse before insert on events for each row
          when (new.type = 'lead.response_overdue' and new.lead_id = '${poison.id}')
          execute function refuse()`)
    )
    const failures: unknown[] = []
    const later = (minutes: number) => new Date(Date.parse(sound.receivedAt) + minutes * 60_000)
    t.equal(await watchAt(dealerId, later(31), (error) => failures.push(error)), 2)
    t.equal(failures.length, 1)
    t.hasStrict(await clockOf(admin, sound.id), { escalations: 1 })
    t.hasStrict(await clockOf(admin, poison.id), { escalations: 0 })

    t.equal(await watchAt(dealerId, later(32)), 0, 'it is left for a while')
    await asClient(database.ownerUrl, (client) => client.query('drop trigger refuse on events'))
    t.equal(await watchAt(dealerId, later(47)), 1)
    t.hasStrict(await clockOf(admin, poison.id), { escalations: 1 })
  })
})
