import t from 'tap'

import { coolLeads } from '../../../../src/use-cases/scoring/cool-leads.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { historyOf, postLead } from '../../../support/leads.ts'
import { publishScoringRules } from '../../../support/scoring.ts'
import { must } from '../../../support/must.ts'

const START = new Date('2026-11-21T12:00:00Z')
const DAY = 86_400_000

void t.test('the temperature of a lead', async (t) => {
  let now = START
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  /** Lets days pass, and does what comes due with them. */
  const pass = async (dealerId: string, days: number) => {
    now = new Date(now.getTime() + days * DAY)
    return await coolLeads(database.db, { dealerId, now })
  }
  const read = async (call: Caller, { id }: { id: string }) =>
    (await call('GET', `/v1/leads/${id}`)).body
  const changes = async (call: Caller, { id }: { id: string }) =>
    (await historyOf(call, id, 'lead.temperature_changed')).map(({ data }) => data).toReversed()

  await t.test('that a person set cools by a step at a time', async (t) => {
    const { admin, id: dealerId } = await createDealer({ temperatureHoldDays: 10 })
    const lead = await postLead(admin)
    const set = await admin('PATCH', `/v1/leads/${lead.id}`, { temperature: 'hot' })
    t.hasStrict(set.body, { temperature: 'hot', temperatureBy: 'user' })
    t.equal(await pass(dealerId, 9.9), 0)
    t.equal((await read(admin, lead)).temperature, 'hot')
    t.equal(await pass(dealerId, 0.1), 1)
    const warm = await read(admin, lead)
    t.hasStrict(warm, { temperature: 'warm', temperatureBy: 'user' })
    t.not(warm.version, set.body.version, 'it shows in the version')
    t.equal(await pass(dealerId, 10), 1)
    t.equal((await read(admin, lead)).temperature, 'cold')
    t.equal(await pass(dealerId, 10), 1)
    t.hasStrict(await read(admin, lead), { temperature: 'cold', temperatureBy: null })
    t.equal(await pass(dealerId, 99), 0, 'it stays')
    t.strictSame(await changes(admin, lead), [
      { from: null, to: 'hot', by: 'user' },
      { from: 'hot', to: 'warm', by: 'time' },
      { from: 'warm', to: 'cold', by: 'time' }
    ])
  })

  await t.test('that a person set holds whatever the score, and then no longer', async (t) => {
    const { admin, id: dealerId } = await createDealer({ temperatureHoldDays: 1 })
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const visit = (weight: number) =>
      admin('POST', `/v1/leads/${lead.id}/engagements`, { type: 'site_visit', weight })
    await admin('PATCH', `/v1/leads/${lead.id}`, { temperature: 'cold' })
    await visit(80)
    t.hasStrict(await read(admin, lead), {
      score: 800,
      temperature: 'cold',
      temperatureBy: 'user'
    })
    t.equal(await pass(dealerId, 1), 1)
    t.hasStrict(await read(admin, lead), { temperature: 'hot', temperatureBy: 'score' })
    t.strictSame((await changes(admin, lead)).at(-1), { from: 'cold', to: 'hot', by: 'score' })
  })

  await t.test('null gives it back to the score', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const set = (temperature: string | null) =>
      admin('PATCH', `/v1/leads/${lead.id}`, { temperature })
    t.equal((await set('hot')).body.temperature, 'hot')
    t.hasStrict((await set(null)).body, { temperature: 'cold', temperatureBy: 'score' })
    const elsewhere = await createDealer()
    const other = await postLead(elsewhere.admin)
    const url = `/v1/leads/${other.id}` as const
    await elsewhere.admin('PATCH', url, { temperature: 'hot' })
    const { body } = await elsewhere.admin('PATCH', url, { temperature: null })
    t.hasStrict(body, { temperature: null, temperatureBy: null }, 'without rules nobody’s')
    t.strictSame(await changes(elsewhere.admin, other), [
      { from: null, to: 'hot', by: 'user' },
      { from: 'hot', to: null, by: 'user' }
    ])
  })

  await t.test('by the score changes as the score fades', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const body = { type: 'site_visit', weight: 6 }
    await admin('POST', `/v1/leads/${lead.id}/engagements`, body)
    t.hasStrict(await read(admin, lead), { score: 60, temperature: 'hot' })
    const { coolAt } = (await admin('GET', `/v1/leads/${lead.id}/score`)).body
    const days = (Date.parse(must(coolAt)) - now.getTime()) / DAY
    t.ok(days > 1.9 && days < 2, '60 are 49.5 after 7 · log2(60 / 49.5) = 1.94 days')
    t.equal(await pass(dealerId, days - 0.01), 0)
    t.equal(await pass(dealerId, 0.01), 1)
    t.hasStrict(await read(admin, lead), { score: 49, temperature: 'warm', temperatureBy: 'score' })
    let looks = 0
    for (let week = 0; week < 20; week += 1) looks += await pass(dealerId, 7)
    t.hasStrict(await read(admin, lead), { score: 0, temperature: 'cold' })
    t.ok(looks < 20, `${looks} looks, and none once nothing fades any more`)
    t.equal((await admin('GET', `/v1/leads/${lead.id}/score`)).body.coolAt, null)
  })

  await t.test('two watchers at once cool a lead once', async (t) => {
    const { admin, id: dealerId } = await createDealer({ temperatureHoldDays: 1 })
    const lead = await postLead(admin)
    await admin('PATCH', `/v1/leads/${lead.id}`, { temperature: 'hot' })
    now = new Date(now.getTime() + DAY)
    const watch = { dealerId, now }
    const counts = await Promise.all(Array.from({ length: 4 }, () => coolLeads(database.db, watch)))
    t.equal(
      counts.reduce((sum, count) => sum + count, 0),
      1
    )
    t.equal((await read(admin, lead)).temperature, 'warm')
  })
})
