import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller, TestResponse } from '../../../support/response.ts'
import { findStatusIds, postLead, postQuarantinedLead } from '../../../support/leads.ts'

void t.test('the work list has the waiting work of each user', async (t) => {
  let time = new Date('2026-11-10T12:00:00.000Z')
  const { createDealer } = await createTestApp(t, { now: () => time })
  const dealer = await createDealer({ responseLimitMinutes: 60 })
  const { admin } = dealer
  const groups = await findStatusIds(admin)
  const member = await dealer.withUser({ inQueue: true, team: 'call_center' })
  const other = await dealer.withUser()

  await postLead(admin)
  await postLead(admin, { assignee: other.id })
  const lost = await postLead(admin)
  await admin('POST', `/v1/leads/${lost.id}/status`, { statusId: groups.lost, reason: 'price' })
  await postQuarantinedLead(admin)
  await postLead(admin, { isTest: true })
  time = new Date('2026-11-10T12:30:00.000Z')
  await postLead(admin)
  await postLead(admin, { assignee: member.id, source: 'portal' })
  time = new Date('2026-11-10T13:10:00.000Z')

  const get = async (url: string, call: Caller = admin) => {
    const answer = await call('GET', url)
    t.equal(answer.status, 200, url)
    return answer.body
  }
  const placed = async (query = '', call: Caller = admin) => {
    const { rows } = await get(`/v1/reports/work-list?${query}`, call)
    return rows.map((row: TestResponse['body']) => [
      (row.queue ?? row.user).id,
      row.unassigned,
      row.overdue,
      row.dueSoon
    ])
  }
  const waiting = [dealer.defaultQueueId, 2, 1, 1]

  await t.test('by queue and user', async (t) => {
    const all = await placed()
    t.equal(all.length, 3)
    t.strictSame(all[0], waiting)
    const byUser = new Map<string, number[]>(
      all.map(([id, ...counts]: [string, ...number[]]) => [id, counts])
    )
    t.strictSame(byUser.get(other.id), [0, 1, 0])
    t.strictSame(byUser.get(member.id), [0, 0, 1])
    t.strictSame((await placed('withinMinutes=5'))[0], [dealer.defaultQueueId, 2, 1, 0])
    t.strictSame(await placed('source=portal'), [[member.id, 0, 0, 1]])
    t.strictSame(await placed('team=call_center'), [[member.id, 0, 0, 1]])
    t.strictSame(await placed(`user=${other.id}`), [[other.id, 0, 1, 0]])
    t.strictSame(await placed(`queue=${dealer.defaultQueueId}`), [waiting])
  })

  await t.test('each number is that of its leads', async (t) => {
    for (const call of [admin, member.call, other.call]) {
      const { rows } = await get('/v1/reports/work-list', call)
      t.ok(rows.length > 0)
      for (const row of rows) {
        for (const measure of ['unassigned', 'overdue', 'dueSoon']) {
          const { data } = await get(`${row.leads}&measure=${measure}`, call)
          t.equal(data.length, row[measure], measure)
        }
      }
    }
  })

  await t.test('members see their own, and what waits in their queues', async (t) => {
    t.strictSame(await placed('', member.call), [waiting, [member.id, 0, 0, 1]])
    t.strictSame(await placed('', other.call), [[other.id, 0, 1, 0]])
    const { status } = await member.call('GET', `/v1/reports/work-list?user=${other.id}`)
    t.equal(status, 403)
  })
})
