import t from 'tap'

import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import { deliverNow } from '../../../support/deliver-now.ts'
import { REFUSED, contextOf } from '../../../support/delivery-context.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must, only } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

const DAY_MS = 86_400_000

void t.test('owners and admins are told of a mail that failed', async (t) => {
  let now = new Date('2026-11-23T09:00:00Z')
  const { createDealer, database } = await createTestApp(t, { now: () => now })
  const scene = async (settings = {}) => {
    const dealer = await createDealer(settings)
    const boss = await dealer.withUser({ role: 'admin', name: 'Boss' })
    const anna = await dealer.withUser({ name: 'Anna' })
    /** Attempts all that is owed now; the mail server refuses it. */
    const refuse = async () => {
      const { data } = (await dealer.admin('GET', '/v1/deliveries?state=pending&limit=200')).body
      for (const { id } of data) {
        const { context } = contextOf(database.db, REFUSED)
        const at = { ...context, now: () => now }
        await deliverNow(at, { dealerId: dealer.id, deliveryId: id })
      }
    }
    return { ...dealer, boss, anna, refuse }
  }
  const toldOf = async (call: Caller) =>
    (await call('GET', '/v1/notifications')).body.data.filter(({ kind }) => kind === 'failedMail')

  await t.test('which mail, to whom, and why, once a day and address', async (t) => {
    const dealer = await scene()
    const { admin, boss, anna, refuse } = dealer
    for (let count = 0; count < 3; count += 1) await postLead(admin, { assignee: anna.id })
    await refuse()
    const [told, ...others] = await toldOf(boss.call)
    t.strictSame(others, [])
    t.hasStrict(told, { subject: { type: 'delivery' }, user: { id: anna.id, name: 'Anna' } })
    const delivery = await boss.call('GET', must(told).path as '/v1/deliveries/{id}')
    t.hasStrict(delivery.body, { state: 'failed', purpose: 'assignee_mail', userId: anna.id })
    t.strictSame(await toldOf(anna.call), [], 'members are not told')
    const { mails } = await sendAll(database.db, dealer, () => now)
    const mail = only(mails.filter(({ to }) => to === boss.email))
    t.equal(mail.subject, 'A mail did not arrive: Anna')
    t.match(mail.text, anna.email)
    t.match(mail.text, 'New lead for you')
    t.match(mail.text, '550 No such mailbox')
    t.match(mail.text, /http:\/\/leadyard\.test\/l\//)
    now = new Date(now.getTime() + DAY_MS)
    await postLead(admin, { assignee: anna.id })
    await refuse()
    t.equal((await toldOf(boss.call)).length, 2, 'the next day again')
  })

  await t.test('a mail to the dealer’s address, too; none to a customer', async (t) => {
    const { admin, boss, refuse } = await scene({ leadAddress: 'leads@dealer.test' })
    await postLead(admin)
    await refuse()
    const told = await toldOf(boss.call)
    t.equal(told.length, 1)
    t.equal(told[0]?.user, null)
  })

  // Guards against a mail about a mail about a mail.
  await t.test('the mail that tells it is told of no more', async (t) => {
    const dealer = await scene()
    const { admin, boss, anna, refuse } = dealer
    await postLead(admin, { assignee: anna.id })
    await refuse()
    await refuse()
    await refuse()
    t.equal((await toldOf(boss.call)).length, 1)
    const { data } = (await admin('GET', '/v1/deliveries?purpose=failed_mail&limit=200')).body
    t.ok(data.length > 0)
    t.ok(data.every(({ state }) => state === 'failed'))
  })

  // Guards against two managers whose dead addresses are told of to each other every day.
  await t.test('nor is a digest that tells of such mails only', async (t) => {
    const { admin, boss, anna, withUser, refuse } = await scene()
    const chief = await withUser({ role: 'admin' })
    await boss.call('PUT', '/v1/me/notifications', { kinds: { failedMail: 'digest' } })
    const digest = async () => {
      now = new Date(now.getTime() + DAY_MS)
      await watchTime(database.db, { now: () => now, mailDomain: 'leadyard.test' })
      await refuse()
      const { data } = (await admin('GET', '/v1/deliveries?purpose=digest_mail')).body
      return data.map(({ state }) => state)
    }
    await postLead(admin, { assignee: anna.id })
    await refuse()
    t.strictSame(await digest(), ['failed'])
    t.equal((await toldOf(chief.call)).length, 1, 'of Anna')
    await boss.call('PUT', '/v1/me/notifications', {
      kinds: { failedMail: 'digest', newLead: 'digest' }
    })
    await postLead(admin, { assignee: boss.id })
    await postLead(admin, { assignee: anna.id })
    await refuse()
    t.strictSame(await digest(), ['failed', 'failed'])
    t.equal((await toldOf(chief.call)).length, 3, 'of Anna again, and of a digest with a lead')
  })

  await t.test('who does not get mails at all finds that in the list', async (t) => {
    const { admin, boss, refuse } = await scene()
    await postLead(admin, { assignee: boss.id })
    await refuse()
    t.hasStrict(only(await toldOf(boss.call)), { mode: 'off' })
    const { data } = (await admin('GET', '/v1/deliveries?purpose=failed_mail')).body
    t.ok(data.every(({ target }) => target.address !== boss.email))
  })

  await t.test('what was sent again since is not told', async (t) => {
    const dealer = await scene()
    const { admin, boss, anna, refuse } = dealer
    const lead = await postLead(admin, { assignee: anna.id })
    await refuse()
    const path = `/v1/leads/${lead.id}/deliveries?purpose=assignee_mail` as const
    const { id } = only((await admin('GET', path)).body.data)
    await admin('POST', `/v1/deliveries/${id}/retry`)
    const { outcomes, mails } = await sendAll(database.db, dealer, () => now)
    t.ok(outcomes.includes('failed_mail cancelled: notification_removed'))
    t.notOk(mails.some(({ to }) => to === boss.email))
  })
})
