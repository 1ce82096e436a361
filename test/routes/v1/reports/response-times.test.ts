import t from 'tap'

import { RESPONSE_MEASURES } from '../../../../src/domain/reports/response-times.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestResponse } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { checkLists, readForms } from '../../../support/reports.ts'

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const OFFICE = {
  week: Object.fromEntries(WEEK.map((day) => [day, [{ from: '09:00', to: '17:00' }]]))
}

/** Of one duration, or of two. */
const spread = (a: number, b = a) => ({
  mean: (a + b) / 2,
  median: (a + b) / 2,
  p90: Math.min(a, b) + 0.9 * Math.abs(a - b)
})

void t.test('response times', async (t) => {
  let time = new Date('2026-10-30T15:30:00Z')
  const at = (text: string) => {
    time = new Date(text)
  }
  const { createDealer } = await createTestApp(t, { now: () => time })
  const { admin, withUser } = await createDealer()
  await admin('PATCH', '/v1/dealer', { workingHours: OFFICE })
  const anna = await withUser({ name: 'Anna' })
  const act = async (words: object) => {
    const answer = await admin('POST', '/v1/activities', {
      state: 'done',
      userId: anna.id,
      ...words
    })
    t.equal(answer.status, 201, answer.text)
  }
  const get = async (url: string) => (await admin('GET', url)).body

  // A Friday at half past four, by the dealer's clocks, and the first half hour of November: a Sunday.
  const first = await postLead(admin, { assignee: anna.id })
  const second = await postLead(admin, { source: 'portal' })
  await postLead(admin, { isTest: true })
  at('2026-10-31T23:30:00Z')
  const third = await postLead(admin, { assignee: anna.id })
  at('2026-11-02T08:10:00Z')
  await act({ leadId: third.id, type: 'call', outcome: 'no_answer' })
  at('2026-11-02T08:30:00Z')
  await act({ leadId: first.id, type: 'call', outcome: 'reached' })
  at('2026-11-02T09:00:00Z')
  const { body: converted } = await admin('POST', `/v1/leads/${first.id}/convert`, {})
  const mistake = await admin('POST', `/v1/leads/${third.id}/convert`, {})
  at('2026-11-02T11:00:00Z')
  await admin('POST', `/v1/leads/${second.id}/link`, { clientId: converted.client.id })
  at('2026-11-02T15:30:00Z')
  await act({ clientId: converted.client.id, type: 'call', outcome: 'reached' })
  at('2026-11-03T09:00:00Z')
  await act({ leadId: first.id, type: 'email', outcome: 'sent' })
  at('2026-11-04T09:00:00Z')
  await act({ leadId: first.id, type: 'test_drive' })
  await act({ leadId: first.id, type: 'call', outcome: 'reached' })

  const october = '/v1/reports/response-times?from=2026-10-01'
  const november = '/v1/reports/response-times?from=2026-11-01'
  const nothing = { mean: null, median: null, p90: null }
  const none = { count: 0, seconds: nothing, workingSeconds: nothing }

  await t.test('are those counted by hand, by the dealer’s clocks and hours', async (t) => {
    const { report, csv } = await readForms(t, admin, october)
    t.strictSame(report.rows, [])
    t.hasStrict(report.total, {
      received: 2,
      leadToContact: { count: 1, seconds: spread(234_000), workingSeconds: spread(3600) },
      leadToReached: { count: 1, seconds: spread(234_000), workingSeconds: spread(3600) },
      leadToClient: {
        count: 2,
        seconds: spread(235_800, 243_000),
        workingSeconds: spread(5400, 12_600)
      },
      // Two leads, one client: counted once, from the lead that got it first.
      clientToCall: { count: 1, seconds: spread(23_400), workingSeconds: spread(23_400) },
      clientToMail: { count: 1, seconds: spread(86_400), workingSeconds: spread(28_800) },
      clientToMeeting: { count: 1, seconds: spread(172_800), workingSeconds: spread(57_600) }
    })
    t.equal(csv.length, 1 + RESPONSE_MEASURES.length)
    t.match(csv[0], /^key,name,measure,count,mean,median,p90,workingMean,workingMedian,workingP90$/)
    t.ok(csv.includes(',All,Lead to first contact,1,234000,234000,234000,3600,3600,3600'))
  })

  await t.test('a conversion that was undone gave no client', async (t) => {
    const before = await get(november)
    t.equal(before.total.leadToClient.count, 1)
    t.equal(before.total.leadToContact.count, 1)
    const undone = await admin('POST', `/v1/operations/${mistake.body.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    const { total } = await get(november)
    t.strictSame(total.leadToClient, none)
    t.hasStrict(total.leadToContact, {
      count: 1,
      seconds: spread(117_600),
      workingSeconds: spread(600)
    })
    t.strictSame(total.leadToReached, none, 'nobody answered')
  })

  await t.test('times are in minutes on request, in CSV, NDJSON and drawings', async (t) => {
    const url = '/v1/reports/response-times?from=2026-11-01&to=2026-11-30'
    const read = async (query: string, accept: string) =>
      (await admin('GET', `${url}${query}`, undefined, { accept })).text
    const cells = (text: string) =>
      text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','))
    const [seconds, minutes] = [
      cells(await read('', 'text/csv')),
      cells(await read('&times=minutes', 'text/csv'))
    ]
    const at = must(seconds[0]).indexOf('median')
    t.equal(minutes[0]?.[at], 'medianMinutes')
    const row = seconds.findIndex((cell, index) => index > 0 && Number(cell[at]) > 0)
    t.equal(Number(minutes[row]?.[at]), Math.round((Number(seconds[row]?.[at]) / 60) * 100) / 100)
    t.match(await read('&times=minutes', 'application/x-ndjson'), /"workingP90Minutes":/)
    t.match(await read('&times=minutes', 'image/svg+xml'), /Time \(minutes\)/)
    t.equal((await admin('GET', `${url}&times=hours`)).status, 422)
  })

  await t.test('by source, user and month, each number that of its list', async (t) => {
    const both = '/v1/reports/response-times?from=2026-10-01&to=2026-11-30'
    const named = {
      source: ['Portal', 'Website'],
      user: ['Anna', 'Unassigned'],
      month: ['2026-10', '2026-11']
    }
    for (const [by, names] of Object.entries(named)) {
      const { report } = await readForms(t, admin, `${both}&by=${by}`)
      t.strictSame(
        report.rows.map(({ name }: TestResponse['body']) => name),
        names
      )
      for (const row of [...report.rows, report.total]) {
        const counts = RESPONSE_MEASURES.map((measure) => [
          `&measure=${measure}`,
          row[measure].count
        ])
        await checkLists(t, admin, row, { '': row.received, ...Object.fromEntries(counts) })
      }
      const counts: number[] = report.rows.map(
        (row: TestResponse['body']) => row.leadToClient.count
      )
      const sum = counts.reduce((total, count) => total + count, 0)
      t.equal(sum, report.total.leadToClient.count)
    }
  })

  await t.test('members see their own, and narrow them', async (t) => {
    const own = (await anna.call('GET', october)).body
    t.equal(own.total.received, 1)
    t.equal(own.total.leadToClient.count, 1)
    await checkLists(t, anna.call, own.total, { '&measure=leadToClient': 1 })
    t.equal((await get(`${october}&source=portal`)).total.received, 1)
    t.equal((await get(`${october}&team=call_center`)).total.received, 0)
  })

  await t.test('without hours all time is working time', async (t) => {
    await admin('PATCH', '/v1/dealer', { workingHours: null })
    const { leadToClient } = (await get(october)).total
    t.strictSame(leadToClient.workingSeconds, leadToClient.seconds)
  })
})
