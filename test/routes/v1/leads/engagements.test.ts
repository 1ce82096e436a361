import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import { historyOf, openConnections, postLead } from '../../../support/leads.ts'
import { publishScoringRules } from '../../../support/scoring.ts'

void t.test('engagements of a lead', async (t) => {
  let now = new Date('2026-11-21T12:00:00Z')
  const { createDealer } = await createTestApp(t, { now: () => now })
  const hours = (count: number) => new Date(now.getTime() - count * 3_600_000).toISOString()

  void t.test('201 keeps it, scores the lead anew and tells of it', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    const before = (await admin('GET', url)).body
    const answer = await admin('POST', `${url}/engagements`, {
      type: 'site_visit',
      weight: 2.5,
      page: 'https://dealer.test/kia'
    })
    t.equal(answer.status, 201)
    t.equal(answer.headers.location, `${url}/engagements`)
    t.hasStrict(answer.body, {
      leadId: lead.id,
      type: 'site_visit',
      weight: 2.5,
      page: 'https://dealer.test/kia',
      occurredAt: now.toISOString()
    })

    const after = await admin('GET', url)
    t.hasStrict(after.body, { score: 25, temperature: 'warm', temperatureBy: 'score' })
    t.not(after.headers.etag, `"${before.version}"`, 'what it shows has another version')
    const [engaged] = await historyOf(admin, lead.id, 'lead.engaged')
    t.strictSame(engaged?.data, { engagementId: answer.body.id, type: 'site_visit', weight: 2.5 })
    const [warmer] = await historyOf(admin, lead.id, 'lead.temperature_changed')
    t.hasStrict(warmer?.data, { to: 'warm', by: 'score' })
    const { body: decisions } = await admin('GET', `${url}/decisions?sort=-createdAt`)
    t.hasStrict(decisions.data[0], { step: 'scored', outcome: 'scored', facts: { score: 25 } })
  })

  void t.test('201 without scoring rules: there is no score', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    t.equal((await admin('POST', `${url}/engagements`, { type: 'page_view' })).status, 201)
    const { body } = await admin('GET', url)
    t.hasStrict(body, { score: null, temperature: null, version: lead.version })
  })

  void t.test('eight visits in four days outrank one', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const [eager, curious] = [await postLead(admin), await postLead(admin)]
    for (let visit = 0; visit < 8; visit += 1) {
      const body = { type: 'site_visit', occurredAt: hours(visit * 12) }
      await admin('POST', `/v1/leads/${eager.id}/engagements`, body)
    }
    await admin('POST', `/v1/leads/${curious.id}/engagements`, { type: 'site_visit' })
    const scores = await Promise.all(
      [eager, curious].map(async ({ id }) => (await admin('GET', `/v1/leads/${id}`)).body)
    )
    t.hasStrict(scores[0], { score: 68, temperature: 'hot' })
    t.hasStrict(scores[1], { score: 10, temperature: 'cold' })
    const hot = await admin('GET', '/v1/leads?temperature=hot')
    t.strictSame(
      hot.body.data.map(({ id }: { id: string }) => id),
      [eager.id]
    )
  })

  // Guards the lock of the lead: without it two at once each count without the other.
  void t.test('of many at once each counts', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    await openConnections(admin)
    const url = `/v1/leads/${lead.id}/engagements` as const
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => admin('POST', url, { type: 'site_visit' }))
    )
    t.ok(answers.every(({ status }) => status === 201))
    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.score, 100)
  })

  void t.test('201 once under one idempotency key', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}/engagements` as const
    const post = () => admin('POST', url, { type: 'site_visit' }, { 'idempotency-key': 'v1' })
    const [first, second] = [await post(), await post()]
    t.equal(first.body.id, second.body.id)
    t.equal((await admin('GET', url)).body.data.length, 1)
    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.score, 10)
  })

  void t.test('lists pages by when they happened', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}/engagements` as const
    for (const ago of [3, 1, 2]) {
      await admin('POST', url, { type: 'page_view', weight: ago, occurredAt: hours(ago) })
    }
    const first = await admin('GET', `${url}?limit=2`)
    const second = await admin('GET', `${url}?limit=2&cursor=${first.body.nextCursor}`)
    const weights = [...first.body.data, ...second.body.data].map(({ weight }) => weight)
    t.strictSame(weights, [1, 2, 3])
    t.equal(second.body.nextCursor, null)
  })

  void t.test('a score fades, and its temperature is told', async (t) => {
    const { admin } = await createDealer()
    await publishScoringRules(admin)
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    await admin('POST', `${url}/engagements`, { type: 'site_visit', weight: 4 })
    t.hasStrict((await admin('GET', `${url}/score`)).body, {
      score: 40,
      temperature: 'warm',
      parts: [{ kind: 'engagement', name: 'site_visit', points: 40 }]
    })
    const start = now
    now = new Date('2026-11-28T12:00:00Z')
    t.equal((await admin('GET', `${url}/score`)).body.score, 20, 'half after a week')
    now = start
  })

  void t.test('422 for a time in the future, and for what is no type', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}/engagements` as const
    const future = await admin('POST', url, { type: 'page_view', occurredAt: hours(-1) })
    t.equal(future.status, 422)
    t.strictSame(future.problem.errors, [{ pointer: '/occurredAt', message: 'is in the future' }])
    const ancient = { type: 'page_view', occurredAt: '0000-01-01T00:00:00Z' }
    t.equal((await admin('POST', url, ancient)).status, 422)
    t.equal((await admin('POST', url, { type: 'smile' })).status, 422)
    t.equal((await admin('POST', url, { type: 'page_view', weight: 101 })).status, 422)
    const slightly = { type: 'page_view', occurredAt: hours(-0.05) }
    t.equal((await admin('POST', url, slightly)).body.occurredAt, now.toISOString())
  })

  void t.test('404 for a lead that one does not see', async (t) => {
    const dealer = await createDealer()
    const lead = await postLead(dealer.admin, { assignee: dealer.ownerId })
    const member = await dealer.withUser()
    const stranger = await createDealer()
    for (const call of [member.call, stranger.admin]) {
      for (const id of [lead.id, newId()]) {
        const url = `/v1/leads/${id}/engagements` as const
        t.equal((await call('POST', url, { type: 'page_view' })).status, 404)
        t.equal((await call('GET', url)).status, 404)
        t.equal((await call('GET', `/v1/leads/${id}/score`)).status, 404)
        t.equal((await call('GET', `/v1/leads/${id}/score-history`)).status, 404)
      }
    }
  })
})
