import { sql } from 'drizzle-orm'
import t from 'tap'

import { MEASURES } from '../../../../src/domain/reports/measure.ts'
import { leads } from '../../../../src/database/schema.ts'
import { countQuery } from '../../../../src/repositories/reports/measures.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller, TestResponse } from '../../../support/response.ts'
import { findStatusIds, postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

/** Half an hour after the dealer's clocks showed 1 November, and half an hour before, in UTC. */
const NOVEMBER = '2026-10-31T23:30:00.000Z'
const OCTOBER = '2026-10-31T22:30:00.000Z'

const PERIOD = 'from=2026-10-01&to=2026-11-30'

void t.test('the report counts the leads of each source by their outcome', async (t) => {
  let time = new Date(OCTOBER)
  const { createDealer, database } = await createTestApp(t, { now: () => time })
  const dealer = await createDealer()
  const { admin } = dealer
  const groups = await findStatusIds(admin)
  const member = await dealer.withUser({ team: 'call_center' })
  const move = async (id: string, group: string, reason?: string) => {
    const statusId = groups[group] ?? ''
    const { status } = await admin('POST', `/v1/leads/${id}/status`, { statusId, reason })
    t.equal(status, 200, `moved to ${group}`)
  }
  const act = async (leadId: string, words: object) => {
    const { status } = await admin('POST', '/v1/activities', {
      userId: dealer.ownerId,
      leadId,
      ...words
    })
    t.equal(status, 201)
  }

  const sold = await postLead(admin)
  await move(sold.id, 'sold')
  time = new Date(NOVEMBER)
  const sameCar = { vehicles: [{ make: 'Kia', model: 'Ceed' }], contact: { email: 'a@b.pl' } }
  const first = await postLead(admin, { ...sameCar, assignee: member.id })
  const again = await postLead(admin, sameCar)
  const held = await postQuarantinedLead(admin)
  const spam = await postLead(admin)
  await move(spam.id, 'deleted', 'spam')
  const unreachable = await postLead(admin)
  await act(unreachable.id, { type: 'call', state: 'done', outcome: 'wrong_number' })
  const met = await postLead(admin)
  await act(met.id, { type: 'call', state: 'done', outcome: 'wrong_number' })
  await act(met.id, { type: 'call', state: 'done', outcome: 'reached' })
  await act(met.id, { type: 'test_drive', state: 'done', outcome: 'interested' })
  await move(met.id, 'qualified')
  t.equal((await admin('POST', `/v1/leads/${met.id}/convert`, {})).status, 201)
  const missed = await postLead(admin, { source: 'portal' })
  await act(missed.id, { type: 'appointment', state: 'missed' })
  await act(missed.id, { type: 'visit', state: 'cancelled' })
  await move(missed.id, 'lost', 'price')
  await postLead(admin, { isTest: true })

  const none: Record<string, number> = Object.fromEntries(MEASURES.map((measure) => [measure, 0]))
  const website: Record<string, number> = {
    ...none,
    received: 5,
    duplicate: 1,
    invalid: 1,
    reached: 1,
    appointment: 1,
    shown: 1,
    qualified: 1,
    converted: 1,
    deleted: 1
  }
  const portal: Record<string, number> = {
    ...none,
    received: 2,
    quarantined: 1,
    invalid: 1,
    appointment: 1,
    lost: 1
  }
  const get = async (url: string, call: Caller = admin) => {
    const answer = await call('GET', url)
    t.equal(answer.status, 200, url)
    return answer.body
  }
  const rowOf = (report: TestResponse['body'], key: string, month?: string) =>
    report.rows.find(
      (row: TestResponse['body']) => row.source.key === key && (month ?? row.month) === row.month
    )

  await t.test(
    'counts each lead in the month in which the dealer’s clocks showed it',
    async (t) => {
      const november = await get('/v1/reports/sources')
      t.strictSame(november.period, {
        from: '2026-11-01',
        to: '2026-11-30',
        timeZone: 'Europe/Warsaw'
      })
      t.hasStrict(rowOf(november, 'website'), website)
      t.hasStrict(rowOf(november, 'portal'), portal)
      t.hasStrict(rowOf(november, 'webinar'), none)
      const total = MEASURES.map((measure) => [
        measure,
        (website[measure] ?? 0) + (portal[measure] ?? 0)
      ])
      t.hasStrict(november.total, Object.fromEntries(total))
      const october = await get('/v1/reports/sources?from=2026-10-01')
      t.hasStrict(october.total, { ...none, received: 1, sold: 1 })
      const both = await get(`/v1/reports/sources-by-month?${PERIOD}`)
      t.strictSame(
        both.rows.map((row: TestResponse['body']) => [row.month, row.source.key, row.received]),
        [
          ['2026-10', 'portal', 0],
          ['2026-10', 'website', 1],
          ['2026-11', 'portal', 2],
          ['2026-11', 'website', 5]
        ]
      )
    }
  )

  // Of many leads facts are told by joins; no test has as many.
  await t.test('counts alike whether facts are looked up or joined', async (t) => {
    const sourceId = sql`${leads.sourceId}`
    const count = (isMany: boolean) =>
      database.db.report(dealer.id, async (tx) => {
        const of = sql`${leads.dealerId} = ${dealer.id} and not ${leads.isTest}`
        const query = countQuery(tx, { of, keys: { sourceId }, measures: MEASURES, isMany })
        const { rows } = await tx.orm.execute<{ counts: Record<string, number> }>(query)
        return rows
          .map(({ counts }) => counts)
          .toSorted((a, b) => must(a.received) - must(b.received))
      })
    t.strictSame(await count(true), [portal, { ...website, received: 6, sold: 1 }])
    t.strictSame(await count(false), await count(true))
  })

  await t.test('each number is that of its leads', async (t) => {
    for (const report of ['sources', 'sources-by-month-detail']) {
      const { rows, total } = await get(`/v1/reports/${report}?${PERIOD}`)
      for (const row of [...rows, total]) {
        for (const measure of MEASURES) {
          const { data } = await get(`${row.leads}&measure=${measure}`)
          t.equal(data.length, row[measure], `${row.leads} ${measure}`)
        }
      }
    }
    const idsOf = async (measure: string) => {
      const { data } = await get(`/v1/reports/leads?measure=${measure}`)
      return data.map(({ id }: { id: string }) => id).toSorted()
    }
    t.strictSame(await idsOf('invalid'), [held.id, unreachable.id].toSorted())
    t.strictSame(await idsOf('appointment'), [met.id, missed.id].toSorted())
    t.strictSame(await idsOf('duplicate'), [again.id])
    t.strictSame(await idsOf('deleted'), [spam.id])
    const page = await get('/v1/reports/leads?limit=1')
    t.equal(page.data.length, 1)
    const rest = await get(`/v1/reports/leads?limit=200&cursor=${page.nextCursor}`)
    t.equal(rest.data.length, 6)
  })

  await t.test('in detail says why leads were deleted, and what a sale cost', async (t) => {
    const put = (key: string, month: string, amount: string) =>
      admin('PUT', `/v1/sources/${key}/costs/${month}`, { amount })
    const { data } = await get('/v1/sources')
    const idOf = (key: string) => data.find((source: TestResponse['body']) => source.key === key).id
    t.hasStrict((await put(idOf('website'), '2026-10', '100.01')).body, {
      month: '2026-10',
      cost: { amount: '100.01', currency: 'PLN' },
      version: 1
    })
    await put(idOf('webinar'), '2026-11', '50')
    const report = await get(`/v1/reports/sources-by-month-detail?${PERIOD}`)
    t.hasStrict(rowOf(report, 'website', '2026-11'), {
      deletedByReason: [{ reason: 'Spam', count: 1 }],
      otherReasons: 0,
      cost: null,
      costPerSale: null
    })
    t.hasStrict(rowOf(report, 'website', '2026-10'), {
      deletedByReason: [],
      costPerSale: { amount: '100.01', currency: 'PLN' }
    })
    t.hasStrict(rowOf(report, 'webinar', '2026-11'), {
      ...none,
      cost: { amount: '50.00', currency: 'PLN' },
      costPerSale: null
    })
    t.hasStrict(report.total, {
      cost: { amount: '150.01', currency: 'PLN' },
      costPerSale: { amount: '150.01', currency: 'PLN' }
    })
    const cut = await get('/v1/reports/sources-by-month-detail?from=2026-10-02&to=2026-10-31')
    t.equal(rowOf(cut, 'website', '2026-10').cost, null, 'part of a month has no cost')
    const ofTeam = await get(`/v1/reports/sources-by-month-detail?${PERIOD}&team=call_center`)
    t.equal(ofTeam.total.cost, null)
    const spamLeads = await get('/v1/reports/leads?measure=deleted&reason=Spam')
    t.equal(spamLeads.data.length, 1)
    t.equal((await get('/v1/reports/leads?measure=deleted&reason=price')).data.length, 0)
  })

  await t.test('is narrowed by source, team and user', async (t) => {
    const received = async (filter: string, call?: Caller) =>
      (await get(`/v1/reports/sources?${PERIOD}&${filter}`, call)).total.received
    t.equal(await received('source=portal'), 2)
    const { data: known } = (await admin('GET', '/v1/sources')).body
    const portal = must(known.find(({ key }: { key: string }) => key === 'portal'))
    const website: number = await received('source=website')
    for (const both of ['portal,website', `${portal.id},Website`]) {
      const report = await get(`/v1/reports/sources?${PERIOD}&source=${both}`)
      t.equal(report.total.received, 2 + website, both)
      const named = report.filters.sources.map(({ key }: { key: string }) => key)
      t.strictSame([report.filters.source, named], [null, ['portal', 'website']])
      t.equal(report.rows.length, 2)
      const leads = await get(`${report.total.leads}&limit=200`)
      t.equal(leads.data.length, 2 + website, 'and its address lists them')
    }
    // The person's second request went to whoever had the first.
    t.equal(await received('team=call_center'), 2)
    t.equal(await received('team=store_sales'), 0)
    t.equal(await received(`user=${member.id}`), 2)
    t.equal(await received(`user=${member.id}&source=portal`), 0)
    t.equal(first.assignee?.id, member.id)
  })

  await t.test('a member’s report is about their own leads', async (t) => {
    const report = await get(`/v1/reports/sources?${PERIOD}`, member.call)
    t.equal(report.total.received, 2)
    t.equal(report.filters.user.id, member.id)
    t.equal((await get(report.total.leads, member.call)).data.length, 2)
    for (const path of ['reports/sources', 'reports/sources-by-month', 'reports/leads']) {
      const url = `/v1/${path}?user=${dealer.ownerId}` as const
      t.equal((await member.call('GET', url)).status, 403, path)
    }
    t.equal((await member.call('GET', '/v1/source-costs')).status, 403)
  })

  await t.test('refuses what is no period, source or user of the dealer', async (t) => {
    const other = await createDealer()
    for (const query of [
      'from=2026-02-30',
      'from=2026-11-02&to=2026-11-01',
      'from=2020-01-01&to=2026-01-01',
      'source=unknown',
      'source=portal,unknown',
      `user=${other.ownerId}`
    ]) {
      t.equal((await admin('GET', `/v1/reports/sources?${query}`)).status, 422, query)
    }
    t.equal((await get('/v1/reports/sources', other.admin)).total.received, 0)
  })
})
