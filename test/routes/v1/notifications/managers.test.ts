import t from 'tap'

import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

const START = Date.UTC(2026, 10, 23, 9)
const HOUR = 60

void t.test('what owners and admins are told', async (t) => {
  let now = new Date(START)
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const { db } = database
  t.beforeEach(() => {
    now = new Date(START)
  })
  const later = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
    await watchTime(db, { now: () => now, mailDomain: 'leadyard.test' })
  }
  const quiet = async (call: Caller) =>
    (await call('GET', '/v1/notifications')).body.data.filter(({ kind }) => kind === 'quietSource')

  await t.test('a source that goes quiet is told once for each silence', async (t) => {
    const dealer = await createDealer()
    const [boss, member] = [await dealer.withUser({ role: 'admin' }), await dealer.withUser()]
    const post = () => postLead(dealer.admin, { source: 'portal', assignee: member.id })
    for (let count = 0; count < 10; count += 1) {
      await post()
      await later(20 * HOUR)
    }
    await post()
    t.strictSame(await quiet(boss.call), [], 'its pauses are of twenty hours')
    await later(39 * HOUR)
    t.strictSame(await quiet(boss.call), [])
    await later(1 * HOUR)
    await later(30 * HOUR)
    const [told, ...more] = await quiet(boss.call)
    t.strictSame(more, [], 'once')
    const { id } = must(
      (await dealer.admin('GET', '/v1/sources')).body.data.find(({ key }) => key === 'portal')
    )
    t.strictSame(told?.subject, { type: 'source', id })
    t.strictSame(await quiet(member.call), [])
    const { mails } = await sendAll(db, dealer, () => now)
    const mail = must(mails.find(({ subject }) => subject === 'A source has gone quiet: Portal'))
    t.match(mail.text, /Open the last lead: http:\/\/leadyard\.test\/l\//)

    await post()
    await later(1 * HOUR)
    t.equal((await quiet(boss.call)).length, 1)
    await later(24 * 7 * HOUR)
    t.equal((await quiet(boss.call)).length, 2, 'the next silence is another')
  })

  await t.test('a source has its own limit, and none while it is inactive', async (t) => {
    const dealer = await createDealer()
    const boss = await dealer.withUser({ role: 'admin' })
    const { body: source } = await dealer.admin('POST', '/v1/sources', {
      ...{ key: 'fair', name: 'Fair', kind: 'trade_fair' }
    })
    t.equal(source.quietAfterHours, null)
    await postLead(dealer.admin, { source: 'fair' })
    await later(100 * HOUR)
    t.strictSame(await quiet(boss.call), [], 'one lead is no usual traffic')
    const url = `/v1/sources/${source.id}` as const
    await dealer.admin('PATCH', url, { quietAfterHours: 72, active: false })
    await later(1)
    t.strictSame(await quiet(boss.call), [])
    t.equal((await dealer.admin('PATCH', url, { active: true })).body.quietAfterHours, 72)
    await later(1)
    t.equal((await quiet(boss.call)).length, 1)
  })

  await t.test('the open leads of a user who is deactivated', async (t) => {
    const dealer = await createDealer()
    const [boss, gone, idle] = [
      await dealer.withUser({ role: 'admin' }),
      await dealer.withUser({ name: 'Gosia Gone' }),
      await dealer.withUser()
    ]
    const leads = []
    for (let count = 0; count < 22; count += 1) {
      leads.push(await postLead(dealer.admin, { assignee: gone.id }))
    }
    await postLead(dealer.admin, { assignee: gone.id, isTest: true })
    await sendAll(db, dealer, () => now)
    await dealer.admin('PATCH', `/v1/users/${idle.id}`, { active: false })
    await dealer.admin('PATCH', `/v1/users/${gone.id}`, { name: 'Gosia Gone', active: true })
    t.strictSame((await boss.call('GET', '/v1/notifications')).body.data, [], 'nothing to tell')
    await dealer.admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    await dealer.admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    const { data } = (await boss.call('GET', '/v1/notifications')).body
    t.equal(data.length, 1, 'told when it happens')
    t.hasStrict(data[0], { kind: 'openLeads', facts: { count: 22 } })
    t.strictSame(data[0]?.subject, { type: 'user', id: gone.id })
    const { mails } = await sendAll(db, dealer, () => now)
    const mail = must(mails.find(({ to }) => to === boss.email))
    t.equal(mail.subject, 'A deactivated user has open work: Gosia Gone')
    t.equal(
      mail.text.match(/http:\/\/leadyard\.test\/l\//g)?.length,
      20,
      'the latest, each with its link'
    )
    t.match(mail.text, 'More: 2')
  })
})
