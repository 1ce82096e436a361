import t from 'tap'

import { KINDS, NOTIFICATION_KINDS, allModes } from '../../../../src/domain/notifications/kinds.ts'
import type { ChosenModes } from '../../../../src/domain/notifications/kinds.ts'
import { STAFF_MAIL_PURPOSES } from '../../../../src/domain/deliveries/delivery.ts'
import { deliverNow } from '../../../support/deliver-now.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { deliveryContext } from '../../../support/delivery-context.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

/** Settings as they are read, with these choices. */
const chosen = (kinds: ChosenModes, digestTime = '08:00') => ({
  kinds: allModes(kinds),
  digestTime
})
const MINE = '/v1/me/notifications'

void t.test('every mail about somebody’s own work has a name to turn it off by', (t) => {
  const purposes = KINDS.map((kind) => NOTIFICATION_KINDS[kind].purpose)
  t.strictSame(purposes.toSorted(), [...STAFF_MAIL_PURPOSES].toSorted())
  t.end()
})

void t.test('notification settings', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  /** Attempts all mails about a lead, and says by purpose and address what became of each. */
  const attempt = async (dealer: TestDealer, leadId: string) => {
    const list = `/v1/leads/${leadId}/deliveries` as const
    const owed = (await dealer.admin('GET', list)).body.data as { id: string }[]
    for (const { id } of owed) {
      await deliverNow(deliveryContext(database.db), { dealerId: dealer.id, deliveryId: id })
    }
    const { data } = (await dealer.admin('GET', list)).body
    return (data as { purpose: string; state: string; reason: { code: string } | null }[])
      .map(({ purpose, state, reason }) => `${purpose} ${state}: ${reason?.code ?? ''}`)
      .toSorted()
  }

  await t.test('users decide for themselves, under the version of the user', async (t) => {
    const { withUser, admin } = await createDealer()
    const { call, id } = await withUser()
    const before = await call('GET', MINE)
    t.strictSame(before.body, chosen({}), 'at first they are told in the usual ways')
    const wanted = chosen({ newLead: 'off', feedback: 'digest' }, '17:45')
    const written = await call('PUT', MINE, wanted, { 'if-match': String(before.headers.etag) })
    t.equal(written.status, 200)
    t.strictSame(written.body, wanted)
    t.strictSame((await call('GET', MINE)).body, wanted)
    t.equal((await call('GET', MINE)).headers.etag, written.headers.etag)
    t.equal((await call('PUT', MINE, {}, { 'if-match': '"1"' })).status, 412)
    for (const body of [
      { kinds: { sms: 'now' } },
      { kinds: { offer: true } },
      { digestTime: '24:00' }
    ]) {
      t.equal((await call('PUT', MINE, body)).status, 422)
    }
    const some = await call('PUT', MINE, { kinds: { offer: 'off' } })
    t.strictSame(some.body, chosen({ offer: 'off' }), 'what is left out has its default')
    t.equal((await admin('GET', MINE)).status, 403, 'a key gets no mail')
    const { data } = (await admin('GET', '/v1/events?type=user.updated')).body
    t.hasStrict(data[0], { subject: { type: 'user', id }, data: { fields: ['notifications'] } })
    t.notOk('notificationModes' in (await call('PATCH', '/v1/me', { name: 'N' })).body)
  })

  await t.test('admins decide for members, owners for everybody', async (t) => {
    const { admin, ownerId, withUser } = await createDealer()
    const other = await createDealer()
    const member = await withUser()
    const boss = await withUser({ role: 'admin' })
    const owner = await withUser({ role: 'owner' })
    const url = `/v1/users/${member.id}/notifications` as const
    const none = chosen(Object.fromEntries(KINDS.map((kind) => [kind, 'off'])))
    t.strictSame((await boss.call('PUT', url, none)).body, none)
    t.strictSame((await member.call('GET', MINE)).body, none)
    t.strictSame((await admin('GET', url)).body, none)
    t.equal((await boss.call('PUT', `/v1/users/${ownerId}/notifications`, none)).status, 403)
    t.equal((await owner.call('PUT', `/v1/users/${boss.id}/notifications`, none)).status, 200)
    t.equal((await member.call('GET', url)).status, 403)
    t.equal((await other.admin('GET', url)).status, 404)
    t.equal((await other.admin('PUT', url, {})).status, 404)
  })

  await t.test('a delivery that its user turned off is cancelled with the reason', async (t) => {
    const dealer = await createDealer({ leadAddress: 'desk@dealer.test' })
    const anna = await dealer.withUser({ team: 'call_center' })
    const olek = await dealer.withUser({ team: 'online_sales' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await anna.call('PUT', MINE, { kinds: { newLead: 'off' } })
    t.strictSame(await attempt(dealer, lead.id), [
      'assignee_mail cancelled: user_muted_mails',
      'dealer_mail sent: '
    ])
    await olek.call('PUT', MINE, { kinds: { offer: 'off' } })
    await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: olek.id })
    const { data } = (await olek.call('GET', '/v1/handovers')).body
    t.equal(data.length, 1, 'the offer is there all the same')
    t.equal((await olek.call('POST', `/v1/handovers/${must(data[0]).id}/accept`)).status, 200)
    const states = await attempt(dealer, lead.id)
    t.ok(states.some((state) => state.startsWith('offer_mail cancelled')))
    t.ok(states.includes('offer_response_mail sent: '), 'what they did not turn off comes')
  })

  await t.test('an offer is made without mail where the user turned that off', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const olek = await dealer.withUser()
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await olek.call('PUT', MINE, { kinds: { offer: 'off', newLead: 'off' } })
    await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: olek.id })
    t.strictSame(await attempt(dealer, lead.id), [
      'assignee_mail sent: ',
      'offer_mail cancelled: user_muted_mails'
    ])
  })
})
