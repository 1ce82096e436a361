import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { checkLists } from '../../../support/reports.ts'
import { findSaleStatusIds, moveTo, salesOf, signUp } from '../../../support/sales.ts'

const FORM = {
  questions: [{ kind: 'need', text: 'Why?', weight: 1, clues: [{ text: 'Asks', strength: 1 }] }],
  qualifiesFrom: 1,
  notYetFrom: 0,
  followUpDays: 1,
  routes: false
}

void t.test('numbers of one name are one number, in every report', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  await admin('PUT', '/v1/qualification-forms/inquiry', FORM)
  const anna = await withUser({ name: 'Anna', team: 'online_sales' })
  const ben = await withUser({ name: 'Ben', team: 'online_sales', role: 'admin' })
  const { qualified, sold } = await findStatusIds(admin)
  const { Cancelled: statusId } = await findSaleStatusIds(admin)
  const { code } = await signUp(admin)
  const lead = async (words: object = {}) =>
    (await postLead(admin, { assignee: anna.id, ...words })).id
  const move = (id: string, to: string | undefined) =>
    anna.call('POST', `/v1/leads/${id}/status`, { statusId: must(to) })

  const assessed = await lead()
  await anna.call('POST', `/v1/leads/${assessed}/qualifications`, {
    clues: [],
    result: 'qualified',
    note: 'wants one'
  })
  await move(await lead(), qualified)
  const both = await lead({ referralCode: code })
  await move(both, qualified)
  await move(both, sold)
  const undone = await lead()
  const bulk = { leadIds: [undone], statusId: must(qualified) }
  const { body: moved } = await anna.call('POST', '/v1/leads/status', bulk)
  await anna.call('POST', `/v1/operations/${moved.operationId}/undo`)
  const cancelled = await lead({ referralCode: code })
  await move(cancelled, sold)
  const [sale] = await salesOf(admin, cancelled)
  await admin('PATCH', `/v1/sales/${must(sale).id}`, { statusId })
  const working = await lead()
  await move(working, sold)
  await moveTo(anna.call, working, 'working')
  const linked = await lead({ referralCode: code })
  await anna.call('POST', `/v1/leads/${linked}/convert`, {})
  await admin('POST', `/v1/leads/${linked}/assign`, { assigneeId: ben.id })
  t.equal((await ben.call('POST', `/v1/leads/${linked}/unlink`)).status, 201)

  const { total, rows: sources } = (await admin('GET', '/v1/reports/sources')).body
  const { rows: team } = (await admin('GET', '/v1/reports/team')).body
  const sumOf = (measure: 'qualified' | 'sales') => team.reduce((sum, row) => sum + row[measure], 0)

  await t.test('as counted by hand', async (t) => {
    t.hasStrict(total, { received: 7, qualified: 3, sold: 1, converted: 0 })
    await checkLists(t, admin, must(sources[0]), { '&measure=qualified': 3, '&measure=sold': 1 })
    const rowOf = (id: string) => must(team.find(({ user }) => user.id === id))
    t.hasStrict(rowOf(anna.id), {
      handled: 6,
      assessed: 3,
      qualified: 3,
      qualifiedSold: 1,
      sales: 1
    })
    t.hasStrict(rowOf(ben.id), { handled: 0, qualified: 0 }, 'an unlink is no work')
    for (const row of team) {
      const { handled, assessed, qualified } = row
      await checkLists(t, admin, row, {
        '&measure=handled': handled,
        '&measure=assessed': assessed,
        '&measure=qualified': qualified
      })
    }
  })

  await t.test('of users and of sources', (t) => {
    t.equal(sumOf('qualified'), total.qualified)
    t.equal(sumOf('sales'), total.sold)
    t.end()
  })

  await t.test('of users and their pay', async (t) => {
    const { rows } = (await admin('GET', '/v1/reports/incentives')).body
    t.equal(rows.length, team.length)
    for (const { user, lines } of rows) {
      const row: Record<string, unknown> = must(team.find((one) => one.user.id === user.id))
      for (const { measure, count } of lines) t.equal(count, row[measure], measure)
    }
  })

  await t.test('of sources, months, the funnel, times and promoters', async (t) => {
    const months = (await admin('GET', '/v1/reports/sources-by-month')).body
    for (const measure of ['received', 'duplicate', 'converted', 'sold'] as const) {
      const inMonths = months.rows.reduce((sum, row) => sum + row[measure], 0)
      t.equal(inMonths, total[measure], measure)
    }
    const { steps } = (await admin('GET', '/v1/reports/funnel')).body
    for (const name of ['received', 'sold'] as const) {
      const entered = steps.find(({ step }) => step === name)?.entered
      t.equal(entered, total[name], `${name} of the funnel`)
    }
    const times = (await admin('GET', '/v1/reports/response-times')).body
    t.equal(times.total.received, total.received)
    const promoters = (await admin('GET', '/v1/reports/promoters')).body.rows
    const links = (await admin('GET', '/v1/reports/referral-links')).body.rows
    const brought = { received: 3, converted: 0, sold: 1 }
    t.hasStrict([promoters, links], [[brought], [brought]])
  })
})
