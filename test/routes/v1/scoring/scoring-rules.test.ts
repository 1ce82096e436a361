import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { RULES, publishScoringRules, runRecomputation } from '../../../support/scoring.ts'

void t.test('scoring rules', async (t) => {
  let now = new Date('2026-11-21T12:00:00Z')
  const testApp = await createTestApp(t, { now: () => now })
  const { createDealer } = testApp
  const clock = () => now
  const runOf = async (call: Caller, id: string) =>
    (await call('GET', `/v1/scoring-rules/${id}/recomputation`)).body

  void t.test('drafts are published, and rolled back to', async (t) => {
    const { admin } = await createDealer()
    const first = await publishScoringRules(admin)
    const copy = await admin('POST', '/v1/scoring-rules', {})
    t.strictSame(copy.body.rules, RULES, 'a draft begins with what holds')
    await admin('PATCH', `/v1/scoring-rules/${copy.body.id}`, { rules: { thresholds: null } })
    const second = await admin('POST', `/v1/scoring-rules/${copy.body.id}/publish`)
    t.hasStrict(second.body, { state: 'published', number: 2 })
    t.strictSame(second.body.rules, {
      attributes: [],
      engagement: {},
      movement: [],
      halfLifeDays: null,
      thresholds: null
    })
    const back = await admin('POST', `/v1/scoring-rules/${first}/roll-back`)
    t.hasStrict(back.body, { state: 'published', number: 3, rules: RULES })
    t.equal((await runOf(admin, back.body.id)).state, 'waiting', 'a roll-back recomputes too')
    const draft = await admin('POST', '/v1/scoring-rules', {})
    const none = await admin('GET', `/v1/scoring-rules/${draft.body.id}/recomputation`)
    t.equal(none.status, 404)
  })

  void t.test('422 for rules that say nothing, or ask for what comes of them', async (t) => {
    const { admin } = await createDealer()
    const refused = async (rules: object) => {
      const { status, problem } = await admin('POST', '/v1/scoring-rules', { rules })
      t.equal(status, 422)
      return problem.errors?.map(({ pointer }: { pointer: string }) => pointer)
    }
    const attribute = (criteria: object) => ({ attributes: [{ name: 'A', criteria, points: 1 }] })
    t.strictSame(await refused({ thresholds: { hot: 20, warm: 20 } }), ['/rules/thresholds/hot'])
    const still = { ...RULES.movement[0], to: 'new' }
    t.strictSame(await refused({ movement: [still] }), ['/rules/movement/0/to'])
    const itself = { not: { field: 'score', from: 5 } }
    t.strictSame(await refused(attribute(itself)), ['/rules/attributes/0/criteria'])
    const unknown = { field: 'shoeSize', equals: 42 }
    t.strictSame(await refused(attribute(unknown)), ['/rules/attributes/0/criteria/field'])
    t.strictSame(await refused({ halfLifeDays: 0 }), ['/rules/halfLifeDays'])
    await refused({ engagement: { smile: 3 } })
  })

  void t.test('publication has every open lead scored, once', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const statuses = await findStatusIds(admin)
    const plain = await postLead(admin)
    const talkative = await postLead(admin, { message: 'Is it there?' })
    const lost = await postLead(admin, { message: 'Hello?' })
    await admin('POST', `/v1/leads/${lost.id}/status`, { statusId: statuses.lost, reason: 'Gone' })
    await admin('POST', `/v1/leads/${plain.id}/engagements`, { type: 'site_visit', weight: 5 })
    const id = await publishScoringRules(admin)
    t.hasStrict(await runOf(admin, id), { state: 'waiting', percent: 0, startedAt: null })

    t.equal(await runRecomputation(testApp, dealer, id, clock), 2)
    t.hasStrict(await runOf(admin, id), {
      state: 'done',
      total: 2,
      done: 2,
      percent: 100,
      startedAt: now.toISOString(),
      finishedAt: now.toISOString()
    })
    const lead = async (of: { id: string }) => (await admin('GET', `/v1/leads/${of.id}`)).body
    t.hasStrict(await lead(plain), { score: 50, temperature: 'hot', temperatureBy: 'score' })
    t.hasStrict(await lead(talkative), { score: 3, temperature: 'cold' })
    t.hasStrict(await lead(lost), { score: null, temperature: null })

    const version = (await lead(plain)).version
    t.equal(await runRecomputation(testApp, dealer, id, clock), 0, 'it is over')
    const again = await publishScoringRules(admin)
    t.equal(await runRecomputation(testApp, dealer, again, clock), 2)
    t.equal((await lead(plain)).version, version, 'what stays the same has no new version')
    const { body: history } = await admin('GET', `/v1/leads/${plain.id}/score-history`)
    t.equal(history.data.length, 1)
    t.hasStrict(history.data[0], {
      score: 50,
      temperature: 'hot',
      parts: [{ kind: 'engagement', name: 'site_visit', points: 50 }],
      ruleSetId: id
    })
    t.equal((await historyOf(admin, plain.id, 'lead.temperature_changed')).length, 1)
  })

  void t.test('newer rules end an earlier run', async (t) => {
    const dealer = await createDealer()
    await postLead(dealer.admin, { message: 'Hello?' })
    const first = await publishScoringRules(dealer.admin)
    const second = await publishScoringRules(dealer.admin, { ...RULES, attributes: [] })
    t.equal((await runOf(dealer.admin, first)).state, 'superseded')
    t.equal(await runRecomputation(testApp, dealer, first, clock), 0)
    t.equal(await runRecomputation(testApp, dealer, second, clock), 1)
    const { body } = await dealer.admin('GET', '/v1/leads')
    t.equal(body.data[0]?.score, 0)
  })

  void t.test('movement counts when the lead makes it, and an undo takes it back', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const movement = [{ name: 'Known', from: 'new', to: 'linked', withinDays: 2, points: 15 }]
    await publishScoringRules(admin, { ...RULES, movement: [...RULES.movement, ...movement] })
    const quick = await postLead(admin)
    const slow = await postLead(admin)
    const start = now
    const move = (id: string) =>
      admin('POST', `/v1/leads/${id}/status`, { statusId: statuses.qualified })
    t.equal((await move(quick.id)).body.score, 15)
    now = new Date('2026-11-24T12:00:00Z')
    t.equal((await move(slow.id)).body.score, 0)
    now = start

    const known = await postLead(admin)
    const client = await admin('POST', '/v1/clients', {
      contact: { fullName: 'Ann Lee', email: 'ann@example.com' }
    })
    const link = await admin('POST', `/v1/leads/${known.id}/link`, { clientId: client.body.id })
    t.equal(link.body.lead.score, 15, link.text)
    // A score that fades is no change that stands in the way of an undo.
    await admin('POST', `/v1/leads/${known.id}/engagements`, { type: 'site_visit' })
    const undone = await admin('POST', `/v1/operations/${link.body.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
  })

  void t.test('a change of a lead changes its score at once', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const vehicles = [{ interest: 'buy', condition: 'used', make: 'Kia' }]
    const { body } = await admin('PATCH', `/v1/leads/${lead.id}`, { vehicles, message: 'Hi' })
    t.equal(body.score, 13)
    const { body: score } = await admin('GET', `/v1/leads/${lead.id}/score`)
    t.hasStrict(score, {
      score: 13,
      parts: [
        { kind: 'attribute', name: 'Vehicle', points: 10 },
        { kind: 'attribute', name: 'Message', points: 3 }
      ],
      coolAt: null
    })
  })
})
