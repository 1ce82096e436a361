import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller, TestResponse } from '../../../support/response.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'

void t.test('the reports count what promoters and their links brought', async (t) => {
  let time = new Date('2026-11-10T12:00:00.000Z')
  const { app, createDealer } = await createTestApp(t, { now: () => time })
  const dealer = await createDealer({ landingPage: 'https://dealer.example' })
  const { admin } = dealer
  const make = async (url: string, body: object) => {
    const answer = await admin('POST', url, body)
    t.equal(answer.status, 201, url)
    return answer.body
  }
  const { sold } = await findStatusIds(admin)
  const member = await dealer.withUser()
  await make('/v1/reward-programmes', { name: 'Winter', pointsPerSale: 500, active: true })
  const pia = await make('/v1/promoters', { name: 'Pia', userId: member.id })
  const idle = await make('/v1/promoters', { name: 'Ida' })
  const flyer = await make('/v1/referral-links', { promoterId: pia.id, label: 'Flyer' })
  const card = await make('/v1/referral-links', { promoterId: pia.id })
  const own = await make('/v1/referral-links', { userId: dealer.ownerId })
  for (let visit = 0; visit < 3; visit += 1) {
    await app.inject({ method: 'GET', url: `/r/${flyer.code}` })
  }
  const buyer = await postLead(admin, { referralCode: flyer.code })
  await admin('POST', `/v1/leads/${buyer.id}/status`, { statusId: sold })
  await postLead(admin, { referralCode: card.code })
  await postLead(admin, { referralCode: own.code })
  time = new Date('2026-12-01T00:00:00.000Z')
  await postLead(admin, { referralCode: card.code })

  const get = async (url: string, call: Caller = admin) => {
    const answer = await call('GET', url)
    t.equal(answer.status, 200, url)
    return answer.body
  }
  const november = 'from=2026-11-01'

  await t.test('by promoter', async (t) => {
    const { rows } = await get(`/v1/reports/promoters?${november}`)
    t.hasStrict(rows[0], {
      promoter: { id: pia.id, name: 'Pia' },
      user: { id: member.id },
      visits: 3,
      received: 2,
      duplicate: 0,
      converted: 0,
      sold: 1
    })
    t.hasStrict(rows[1], { promoter: { id: idle.id }, visits: 0, received: 0, sold: 0 })
    t.equal(rows.length, 2)
    const points = Object.values<number>(rows[0].points)
    t.equal(
      points.reduce((sum, number) => sum + number, 0),
      500,
      'one sale’s reward'
    )
    t.equal((await get(rows[0].leads)).data.length, 2)
    const bought = await get(`${rows[0].leads}&measure=sold`)
    t.strictSame(
      bought.data.map(({ id }: { id: string }) => id),
      [buyer.id]
    )
  })

  await t.test('by link', async (t) => {
    const { rows } = await get(`/v1/reports/referral-links?${november}`)
    const byId = new Map(rows.map((row: TestResponse['body']) => [row.referralLink.id, row]))
    t.hasStrict(byId.get(flyer.id), { label: 'Flyer', visits: 3, received: 1, sold: 1 })
    t.hasStrict(byId.get(card.id), { promoter: { id: pia.id }, received: 1, sold: 0 })
    t.hasStrict(byId.get(own.id), { promoter: null, user: { id: dealer.ownerId }, received: 1 })
    for (const row of rows) t.equal((await get(row.leads)).data.length, row.received)
    const december = await get('/v1/reports/referral-links?from=2026-12-01')
    const total = december.rows.reduce(
      (sum: number, row: { received: number }) => sum + row.received,
      0
    )
    t.equal(total, 1, 'by the dealer’s clocks it was December already')
  })

  await t.test(
    'a member sees whom they signed up, and of their leads those they have',
    async (t) => {
      const { rows } = await get(`/v1/reports/promoters?${november}`, member.call)
      t.strictSame(
        rows.map((row: TestResponse['body']) => row.promoter.id),
        [pia.id]
      )
      t.equal((await get(rows[0].leads, member.call)).data.length, rows[0].received)
      const stranger = await dealer.withUser()
      t.strictSame((await get('/v1/reports/promoters', stranger.call)).rows, [])
      t.strictSame((await get('/v1/reports/referral-links', stranger.call)).rows, [])
    }
  )
})
