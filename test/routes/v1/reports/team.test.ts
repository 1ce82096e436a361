import t from 'tap'

import { NO_TEAM_COUNTS, TEAM_MEASURES } from '../../../../src/domain/reports/team.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller, TestResponse } from '../../../support/response.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { checkLists, readForms } from '../../../support/reports.ts'
import { salesOf } from '../../../support/sales.ts'
import { first, must } from '../../../support/must.ts'

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const OFFICE = {
  week: Object.fromEntries(WEEK.map((day) => [day, [{ from: '09:00', to: '17:00' }]]))
}
const FORM = {
  questions: [{ kind: 'need', text: 'Why?', weight: 1, clues: [{ text: 'Asks', strength: 1 }] }],
  qualifiesFrom: 1,
  notYetFrom: 0,
  followUpDays: 1,
  routes: false
}
const OCTOBER = 'from=2026-10-01&to=2026-10-31'

void t.test('the team and what it earned', async (t) => {
  let time = new Date('2026-09-30T12:00:00Z')
  const { createDealer } = await createTestApp(t, { now: () => time })
  const dealer = await createDealer()
  const { admin, withUser } = dealer
  await admin('PATCH', '/v1/dealer', { workingHours: OFFICE })
  await admin('PUT', '/v1/qualification-forms/inquiry', FORM)
  const caller = await withUser({ name: 'Anna', team: 'call_center' })
  const online = await withUser({ name: 'Bruno', team: 'online_sales' })
  const seller = await withUser({ name: 'Celina', team: 'store_sales' })
  const groups = await findStatusIds(admin)
  const ask = async (call: Caller, method: 'POST' | 'PATCH', url: string, body: object = {}) => {
    const answer = await call(method, url, body)
    t.ok(answer.status < 300, `${url} ${answer.text}`)
    return answer.body
  }
  const sell = (leadId: string) =>
    ask(seller.call, 'POST', `/v1/leads/${leadId}/status`, { statusId: groups.sold })

  const early = await postLead(admin, { assignee: caller.id })
  // The last half hour of October, by the dealer's clocks.
  time = new Date('2026-10-31T22:30:00Z')
  await ask(caller.call, 'POST', '/v1/activities', {
    type: 'call',
    state: 'done',
    leadId: early.id,
    userId: caller.id
  })
  const shared = await postLead(admin, { assignee: caller.id })
  const direct = await postLead(admin, { assignee: seller.id })
  const declined = await postLead(admin, { assignee: caller.id })
  const missed = await postLead(admin, { assignee: online.id, source: 'portal' })
  await postLead(admin, { assignee: caller.id, isTest: true })
  time = new Date('2026-11-02T09:00:00Z')
  const clues: object[] = []
  await ask(caller.call, 'POST', `/v1/leads/${shared.id}/qualifications`, {
    clues,
    result: 'qualified',
    note: 'wants one'
  })
  await ask(caller.call, 'POST', `/v1/leads/${declined.id}/qualifications`, {
    clues,
    result: 'unqualified',
    reason: 'no money',
    note: 'none'
  })
  const refused = await ask(caller.call, 'POST', `/v1/leads/${declined.id}/handovers`, {
    toUserId: seller.id
  })
  await ask(seller.call, 'POST', `/v1/handovers/${refused.id}/decline`, { reason: 'no' })
  const appointment = await ask(caller.call, 'POST', '/v1/activities', {
    type: 'appointment',
    leadId: shared.id,
    userId: seller.id
  })
  await ask(online.call, 'POST', '/v1/activities', {
    type: 'visit',
    state: 'missed',
    leadId: missed.id,
    userId: online.id
  })
  const offer = await ask(caller.call, 'POST', `/v1/leads/${shared.id}/handovers`, {
    toUserId: seller.id
  })
  await ask(seller.call, 'POST', `/v1/handovers/${offer.id}/accept`)
  await ask(seller.call, 'PATCH', `/v1/activities/${appointment.id}`, { state: 'done' })
  await sell(shared.id)
  await sell(direct.id)

  const team = `/v1/reports/team?${OCTOBER}` as const
  const rowsOf = async (url: string, call = admin) =>
    (await call('GET', url)).body.rows as TestResponse['body'][]
  const countsOf = (row: TestResponse['body']) =>
    Object.fromEntries(TEAM_MEASURES.map((measure) => [measure, row[measure]]))
  const annas = {
    ...NO_TEAM_COUNTS,
    handled: 2,
    worked: 1,
    assessed: 2,
    qualified: 1,
    qualifiedShown: 1,
    qualifiedSold: 1,
    handedOver: 1,
    declined: 1,
    appointmentsMade: 1,
    appointmentsShown: 1,
    storeSales: 1
  }

  await t.test('numbers are those counted by hand, each that of its list', async (t) => {
    const { report, csv } = await readForms(t, admin, team)
    t.equal(report.workingDays, 22, 'Mondays to Fridays of October')
    t.equal(csv.length, 5)
    const expected: [string, object][] = [
      ['Anna', annas],
      ['Bruno', { ...NO_TEAM_COUNTS, appointmentsMade: 1 }],
      ['Celina', { ...NO_TEAM_COUNTS, handled: 2, sales: 2, directSales: 1 }],
      ['Olga Owner', NO_TEAM_COUNTS]
    ]
    t.strictSame(
      report.rows.map((row: TestResponse['body']) => [row.user.name, countsOf(row)]),
      expected
    )
    t.hasStrict(report.rows[0], {
      team: 'call_center',
      activities: 1,
      activitiesPerDay: 0.05,
      activitiesPerLead: 1,
      shownPercent: 100,
      soldPercent: 100
    })
    t.hasStrict(report.rows[1], { activitiesPerLead: null, shownPercent: null })
    for (const row of report.rows) {
      const counts = Object.entries(countsOf(row)).map(([name, count]) => [
        `&measure=${name}`,
        count
      ])
      await checkLists(t, admin, row, Object.fromEntries(counts))
    }
  })

  await t.test('work in November counts for November, about leads of any age', async (t) => {
    const [anna, , celina] = await rowsOf('/v1/reports/team?from=2026-11-01&to=2026-11-30')
    t.strictSame(countsOf(anna), NO_TEAM_COUNTS)
    t.strictSame(countsOf(celina), { ...NO_TEAM_COUNTS, worked: 1 })
    await checkLists(t, admin, celina, { '&measure=worked': 1 })
  })

  await t.test('team and user choose rows, the source narrows them', async (t) => {
    const stores = await rowsOf(`${team}&team=store_sales`)
    t.strictSame(
      stores.map(({ user }) => user.name),
      ['Celina']
    )
    const portal = await rowsOf(`${team}&source=portal`)
    t.strictSame(
      portal.map(({ appointmentsMade }) => appointmentsMade),
      [0, 1, 0, 0]
    )
  })

  await t.test('a member sees their own row, of leads they see', async (t) => {
    const [row, ...others] = await rowsOf(team, caller.call)
    t.strictSame(others, [])
    t.strictSame(countsOf(row), annas)
    await checkLists(t, caller.call, row, { '&measure=storeSales': 1, '&measure=handled': 2 })
    t.equal((await caller.call('GET', `${team}&user=${seller.id}`)).status, 403)
    // What they assessed stays in their numbers, whoever has it now.
    await ask(admin, 'POST', `/v1/leads/${declined.id}/assign`, { assigneeId: online.id })
    const [rest] = await rowsOf(team, caller.call)
    t.hasStrict(rest, { handled: 2, assessed: 2, declined: 1 })
    await checkLists(t, caller.call, rest, { '&measure=assessed': 2 })
    const [all] = await rowsOf(team)
    t.hasStrict(all, { handled: 2, assessed: 2, declined: 1 }, 'the work stays theirs')
    await ask(admin, 'POST', `/v1/leads/${declined.id}/assign`, { assigneeId: caller.id })
  })

  await t.test('rates are the dealer’s, each named once', async (t) => {
    const before = await admin('GET', '/v1/incentive-rates')
    t.hasStrict(before.body, { rates: [], version: 0, updatedAt: null })
    const rates = [
      { measure: 'handled', amount: '0.1' },
      { measure: 'qualified', amount: '12.35' },
      { measure: 'appointmentsShown', amount: '25' },
      { measure: 'directSales', amount: '150.00' },
      { measure: 'storeSales', amount: '99.99' }
    ]
    const write = (body: object, tag = String(before.headers.etag)) =>
      admin('PUT', '/v1/incentive-rates', body, { 'if-match': tag })
    const twice = await write({ rates: [rates[0], rates[1], rates[0]] })
    t.equal(twice.problem.errors?.[0]?.pointer, '/rates/2/measure')
    t.equal((await write({ rates: [{ measure: 'handled', amount: '0.001' }] })).status, 422)
    t.hasStrict((await write({ rates })).body, { rates, version: 1 })
    t.equal((await write({ rates: [] })).status, 412, 'somebody wrote meanwhile')
    const { body } = await admin('GET', '/v1/events?type=incentive_rates.updated')
    t.strictSame(body.data[0]?.data, { rates, version: 1 })
    t.equal((await caller.call('PUT', '/v1/incentive-rates', { rates })).status, 403)
  })

  await t.test('incentives are counts times rates, to the cent', async (t) => {
    const { report, csv } = await readForms(t, admin, `/v1/reports/incentives?${OCTOBER}`)
    const money = (amount: string) => ({ amount, currency: 'PLN' })
    t.strictSame(
      report.rows.map(({ user, total }: TestResponse['body']) => [user.name, total.amount]),
      [
        ['Anna', '137.54'],
        ['Bruno', '0.00'],
        ['Celina', '150.20'],
        ['Olga Owner', '0.00']
      ]
    )
    t.strictSame(report.total, money('287.74'))
    const row = first(report.rows)
    const { lines } = row
    t.strictSame(lines[0], {
      measure: 'handled',
      count: 2,
      rate: money('0.10'),
      amount: money('0.20')
    })
    t.equal(csv.length, 5)
    for (const { measure, count } of lines) {
      await checkLists(t, admin, row, { [`&measure=${measure}`]: count })
    }
  })

  await t.test('what was undone is not handled', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const { working } = await findStatusIds(admin)
    const undo = async (operationId: string) => {
      await ask(anna.call, 'POST', `/v1/operations/${operationId}/undo`)
    }
    const [kept, converted, moved] = [
      await postLead(admin, { assignee: anna.id }),
      await postLead(admin, { assignee: anna.id }),
      await postLead(admin, { assignee: anna.id })
    ]
    await ask(anna.call, 'POST', `/v1/leads/${kept.id}/status`, { statusId: working })
    const url = `/v1/leads/${converted.id}/convert`
    await undo((await ask(anna.call, 'POST', url)).operationId)
    const body = { leadIds: [moved.id], statusId: working }
    await undo((await ask(anna.call, 'POST', '/v1/leads/status', body)).operationId)
    const { rows } = (await admin('GET', '/v1/reports/team?from=2026-10-01&to=2026-12-31')).body
    t.hasStrict(
      rows.find(({ user }) => user.id === anna.id),
      { handled: 1 }
    )
  })

  await t.test('a sale that is undone is nobody’s', async (t) => {
    const [sale] = await salesOf(admin, direct.id)
    await ask(admin, 'POST', `/v1/operations/${must(sale).operationId}/undo`)
    const celina = (await rowsOf(team))[2]
    t.hasStrict(celina, { sales: 1, directSales: 0 })
    await checkLists(t, admin, celina, { '&measure=sales': 1, '&measure=directSales': 0 })
  })
})
