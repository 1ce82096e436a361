import t from 'tap'

import type { SendOutcome } from '../../src/domain/deliveries/delivery.ts'
import { deliverNow } from '../support/deliver-now.ts'
import { createTestApp } from '../support/app.ts'
import { LATER, SENT, deliveryContext } from '../support/delivery-context.ts'
import { postLead } from '../support/leads.ts'

void t.test('mails between colleagues are sent while they are true', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const prepare = async () => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ name: 'Anna', team: 'call_center' })
    const olek = await dealer.withUser({ name: 'Olek', team: 'online_sales' })
    const oda = await dealer.withUser({ name: 'Oda', team: 'online_sales' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    const offer = async (to: object) => {
      const made = await anna.call('POST', `/v1/leads/${lead.id}/handovers`, to)
      return made.body.id
    }
    /** Attempts the mails of a purpose, to the one address if any, and says what became of them. */
    const attempt = async (purpose: string, outcome: SendOutcome = SENT, at = () => new Date()) => {
      const list = `/v1/leads/${lead.id}/deliveries?purpose=${purpose}&sort=createdAt` as const
      const owed = (await dealer.admin('GET', list)).body.data as { id: string }[]
      for (const { id } of owed) {
        const context = deliveryContext(database.db, {
          send: () => Promise.resolve(outcome),
          now: at
        })
        await deliverNow(context, { dealerId: dealer.id, deliveryId: id })
      }
      const { data } = (await dealer.admin('GET', list)).body
      return (data as { state: string; reason: { code: string } | null }[]).map(
        ({ state, reason }) => `${state}: ${reason?.code ?? ''}`
      )
    }
    return { ...dealer, anna, olek, oda, lead, offer, attempt }
  }
  const ended = 'cancelled: offer_ended'

  await t.test(
    'only the user who made an offer is notified after it was accepted or declined',
    async (t) => {
      const { olek, offer, attempt } = await prepare()
      const id = await offer({ toTeam: 'online_sales' })
      t.equal((await attempt('offer_mail', LATER)).length, 2)
      await olek.call('POST', `/v1/handovers/${id}/accept`)
      t.strictSame(
        await attempt('offer_mail'),
        [ended, ended],
        'even where the message was written'
      )
      t.strictSame(await attempt('offer_response_mail'), ['sent: '])
    }
  )

  await t.test('one of a team who declines does not speak for the others', async (t) => {
    const { olek, offer, attempt } = await prepare()
    const id = await offer({ toTeam: 'online_sales' })
    await olek.call('POST', `/v1/handovers/${id}/decline`, { reason: 'Busy' })
    t.strictSame(await attempt('offer_mail'), ['sent: ', 'sent: '])
    t.strictSame(await attempt('offer_response_mail'), [])
  })

  await t.test('a withdrawn offer, and one whose time is over, is told to nobody', async (t) => {
    const { anna, olek, oda, offer, attempt } = await prepare()
    const first = await offer({ toUserId: olek.id })
    await anna.call('POST', `/v1/handovers/${first}/withdraw`)
    await offer({ toUserId: oda.id, minutes: 1 })
    const later = () => new Date(Date.now() + 61_000)
    t.strictSame(await attempt('offer_mail', SENT, later), [ended, ended])
    t.strictSame(await attempt('offer_response_mail'), [])
  })

  await t.test('nor is one who left', async (t) => {
    const { admin, olek, offer, attempt } = await prepare()
    await offer({ toUserId: olek.id })
    await admin('PATCH', `/v1/users/${olek.id}`, { active: false })
    t.strictSame(await attempt('offer_mail'), ['cancelled: user_inactive'])
  })

  await t.test(
    'what came of an appointment is told to who made it, unless they left',
    async (t) => {
      const { admin, anna, olek, lead, attempt } = await prepare()
      const report = async () => {
        const words = { type: 'appointment', leadId: lead.id, userId: olek.id }
        const made = await anna.call('POST', '/v1/activities', words)
        const done = { state: 'done', outcome: 'sold' }
        t.equal((await olek.call('PATCH', `/v1/activities/${made.body.id}`, done)).status, 200)
      }
      await report()
      t.strictSame(await attempt('feedback_mail'), ['sent: '])
      await report()
      await admin('PATCH', `/v1/users/${anna.id}`, { active: false })
      const left = 'cancelled: user_inactive'
      t.strictSame(await attempt('feedback_mail'), ['sent: ', left])
    }
  )
})
