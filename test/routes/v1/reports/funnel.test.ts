import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestResponse } from '../../../support/response.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { checkLists, readForms } from '../../../support/reports.ts'
import { findSaleStatusIds, salesOf, sell } from '../../../support/sales.ts'
import { only, must } from '../../../support/must.ts'

/** Ten in the evening of 31 October in UTC is eleven by the dealer's clocks. */
const START = Date.parse('2026-10-31T22:00:00Z')
const MINUTE_MS = 60_000
const HOUR = 3600

void t.test('the funnel leaves out a bulk move that was undone, and its undo', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const groups = await findStatusIds(admin)
  const leadIds = [(await postLead(admin)).id, (await postLead(admin)).id]
  const moved = await admin('POST', '/v1/leads/status', { leadIds, statusId: groups.working })
  t.equal((await admin('POST', `/v1/operations/${moved.body.operationId}/undo`)).status, 200)
  await admin('POST', `/v1/leads/${leadIds[0]}/status`, { statusId: groups.working })
  const { report } = await readForms(t, admin, '/v1/reports/funnel')
  const ended = report.groups.map(({ group, ended: { count } }: TestResponse['body']) => [
    group,
    count
  ])
  t.strictSame(
    ended.filter(([, count]: number[]) => count !== 0),
    [['new', 1]]
  )
})

void t.test('the funnel', async (t) => {
  let time = new Date(START)
  const after = (minutes: number) => {
    time = new Date(START + minutes * MINUTE_MS)
  }
  const { createDealer } = await createTestApp(t, { now: () => time })
  const { admin, withUser } = await createDealer()
  const anna = await withUser({ name: 'Anna' })
  const groups = await findStatusIds(admin)
  const post = async (url: string, body: object = {}) => {
    const answer = await admin('POST', url, body)
    t.ok(answer.status < 300, `${url} ${answer.text}`)
    return answer.body
  }
  const move = (leadId: string, statusId: string | undefined) =>
    post(`/v1/leads/${leadId}/status`, { statusId, reason: 'as it is' })
  const undo = (operationId: string) => post(`/v1/operations/${operationId}/undo`)

  const called = await post('/v1/statuses', { name: 'Called', group: 'working' })
  const good = await postLead(admin, { assignee: anna.id })
  const lost = await postLead(admin, { source: 'portal' })
  const mistaken = await postLead(admin)
  const unsold = await postLead(admin)
  await postLead(admin, { isTest: true })
  after(30)
  await move(lost.id, groups.lost)
  after(60)
  await move(good.id, called.id)
  const conversion = await post(`/v1/leads/${mistaken.id}/convert`)
  await move(unsold.id, groups.sold)
  // By now it is November: what became of October's leads counts for October.
  after(120)
  await postLead(admin)
  await undo(conversion.operationId)
  await undo(only(await salesOf(admin, unsold.id)).operationId)
  after(180)
  await post(`/v1/leads/${good.id}/convert`)
  const deleted = await admin('DELETE', `/v1/statuses/${called.id}`)
  t.equal(deleted.status, 204, deleted.text)
  after(240)

  const funnel = '/v1/reports/funnel?from=2026-10-01&to=2026-10-31'
  const spread = (...seconds: number[]) => ({
    count: seconds.length,
    mean: seconds.reduce((sum, one) => sum + one, 0) / seconds.length
  })
  const { report, csv } = await readForms(t, admin, funnel)
  const groupOf = (name: string) =>
    report.groups.find(({ group }: TestResponse['body']) => group === name)

  await t.test('counts how far leads came; what was undone is left out', (t) => {
    t.strictSame(
      report.steps.map(({ step, entered, ofReceived, ofStepBefore }: TestResponse['body']) => [
        step,
        entered,
        ofReceived,
        ofStepBefore
      ]),
      [
        ['received', 4, 100, null],
        ['worked', 1, 25, 25],
        ['qualified', 1, 25, 100],
        ['client', 1, 25, 100],
        ['sold', 0, 0, 0]
      ]
    )
    const entered = report.groups.map(({ group, entered, standing }: TestResponse['body']) => [
      group,
      entered,
      standing
    ])
    t.strictSame(
      entered.filter(([, count]: number[]) => count !== 0),
      [
        ['new', 4, 2],
        ['working', 1, 0],
        ['converted', 1, 1],
        ['lost', 1, 1]
      ]
    )
    t.equal(entered.length, 10, 'all groups, also those that none has been in')
    t.end()
  })

  await t.test('says how long leads stood where', (t) => {
    t.hasStrict(groupOf('new')?.ended, {
      ...spread(HOUR / 2, HOUR),
      median: 0.75 * HOUR,
      p90: 0.95 * HOUR
    })
    t.hasStrict(groupOf('new')?.lasting, spread(2 * HOUR, 2 * HOUR))
    t.hasStrict(groupOf('working')?.ended, { ...spread(2 * HOUR), median: 2 * HOUR, p90: 2 * HOUR })
    t.strictSame(groupOf('working')?.lasting, { count: 0, mean: null, median: null, p90: null })
    t.hasStrict(groupOf('converted')?.lasting, spread(HOUR))
    t.hasStrict(groupOf('lost')?.lasting, spread(3.5 * HOUR))
    t.end()
  })

  await t.test('tells statuses by name, also one that the dealer deleted', (t) => {
    const names = report.statuses.map(({ status }: TestResponse['body']) => status.name)
    t.equal(names.length, 4)
    const { status, entered, standing, ended } = must(report.statuses.at(-1))
    t.strictSame(status, { id: called.id, name: 'Called', group: 'working', isDeleted: true })
    t.strictSame([entered, standing], [1, 0])
    t.hasStrict(ended, spread(2 * HOUR))
    t.end()
  })

  await t.test('each number is that of its list', async (t) => {
    for (const step of report.steps) await checkLists(t, admin, step, { '': step.entered })
    for (const place of [...report.groups, ...report.statuses]) {
      const { entered, standing } = place
      await checkLists(t, admin, place, { '': entered, '&standing=true': standing })
    }
  })

  await t.test('as a table by group, status or step', async (t) => {
    t.equal(csv.length, 1 + 10)
    t.ok(csv.some((line) => line.startsWith('working,working,1,25,,0,1,7200,7200,7200,0,')))
    const steps = await readForms(t, admin, `${funnel}&by=step`)
    t.ok(steps.csv.includes('client,Client,1,25,100,,0,,,,0,,,'), steps.csv.join('\n'))
    const statuses = await readForms(t, admin, `${funnel}&by=status`)
    t.equal(statuses.csv.length, 1 + 4)
  })

  await t.test('members see their own, and filters narrow', async (t) => {
    const own = (await anna.call('GET', funnel)).body
    t.equal(own.steps[0]?.entered, 1)
    t.equal(own.steps[3]?.entered, 1)
    await checkLists(t, anna.call, must(own.steps[3]), { '': 1 })
    const portal = (await admin('GET', `${funnel}&source=portal`)).body
    t.equal(portal.steps[0]?.entered, 1)
    const november = (await admin('GET', '/v1/reports/funnel?from=2026-11-01')).body
    t.equal(november.steps[0]?.entered, 1)
    const nothing = (await admin('GET', '/v1/reports/funnel?from=2026-08-01')).body
    t.strictSame(nothing.steps[1], { ...nothing.steps[1], entered: 0, ofReceived: null })
  })
})

void t.test('a cancelled sale is not counted as sold, by any way there', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const { Cancelled: statusId } = await findSaleStatusIds(admin)
  const [, cancelled, converted] = [await sell(admin), await sell(admin), await sell(admin)]
  await admin('POST', `/v1/leads/${converted.lead.id}/convert`, {})
  for (const { sale } of [cancelled, converted]) {
    t.equal((await admin('PATCH', `/v1/sales/${sale.id}`, { statusId })).status, 200)
  }
  const { body: report } = await admin('GET', '/v1/reports/funnel')
  t.strictSame(
    report.steps.map(({ step, entered }) => [step, entered]),
    [
      ['received', 3],
      ['worked', 3],
      ['qualified', 2],
      ['client', 2],
      ['sold', 1]
    ]
  )
  for (const step of report.steps) await checkLists(t, admin, step, { '': step.entered })
})
