import t from 'tap'

import { expireOffers } from '../../../../src/use-cases/qualification/expire-offers.ts'
import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, historyOf, openConnections, postLead } from '../../../support/leads.ts'

void t.test('handovers', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const offer = (call: Caller, leadId: string, body: object) =>
    call('POST', `/v1/leads/${leadId}/handovers`, body)
  const respond = (call: Caller, id: string, action: string, body?: object) =>
    call('POST', `/v1/handovers/${id}/${action}`, body)
  const prepare = async () => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ name: 'Anna', team: 'call_center' })
    const olek = await dealer.withUser({ name: 'Olek', team: 'online_sales' })
    const oda = await dealer.withUser({ name: 'Oda', team: 'online_sales' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    return { ...dealer, anna, olek, oda, lead }
  }

  await t.test(
    'an accepted offer assigns the lead, and the earlier assignee continues to see it',
    async (t) => {
      const { admin, anna, olek, lead } = await prepare()
      t.equal((await olek.call('GET', `/v1/leads/${lead.id}`)).status, 404)
      const made = await offer(anna.call, lead.id, { toUserId: olek.id, message: 'Hot' })
      t.equal(made.status, 201, made.text)
      t.hasStrict(made.body, { state: 'offered', message: 'Hot', lead: { id: lead.id } })
      t.equal((await olek.call('GET', '/v1/leads')).body.data.length, 1, 'offered: seen')
      t.equal((await olek.call('GET', '/v1/handovers?to=me')).body.data.length, 1)
      const assign = await olek.call('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: olek.id })
      t.equal(assign.status, 403, 'seen, but not theirs to change')
      t.equal(
        (await respond(admin, made.body.id, 'accept')).status,
        403,
        'only a recipient accepts'
      )
      t.equal((await respond(anna.call, made.body.id, 'accept')).status, 403)

      const accepted = await respond(olek.call, made.body.id, 'accept')
      t.equal(accepted.status, 200, accepted.text)
      t.equal(accepted.body.state, 'accepted')
      const seen = await anna.call('GET', `/v1/leads/${lead.id}`)
      t.equal(seen.body.assignee?.id, olek.id)
      t.equal((await anna.call('GET', '/v1/leads')).body.data[0]?.id, lead.id)
      const statuses = await findStatusIds(admin)
      const move = await anna.call('POST', `/v1/leads/${lead.id}/status`, {
        statusId: statuses.working
      })
      t.equal(move.status, 403)
      const note = await anna.call('POST', '/v1/activities', { type: 'note', leadId: lead.id })
      t.equal(note.status, 201, 'a visible lead takes notes')
      t.equal((await respond(olek.call, made.body.id, 'accept')).status, 409)
      const mails = await admin('GET', `/v1/leads/${lead.id}/deliveries?sort=createdAt`)
      const purposes = mails.body.data.map(({ purpose }: { purpose: string }) => purpose)
      t.strictSame(purposes.slice(-2), ['offer_mail', 'offer_response_mail'])
      t.equal((await historyOf(admin, lead.id, 'handover.accepted')).length, 1)
    }
  )

  // Without the locks in `changeOffer` both find the offer open.
  await t.test('an offer to a team that two members accept at once goes to one', async (t) => {
    const { admin, anna, olek, oda, lead } = await prepare()
    const made = await offer(anna.call, lead.id, { toTeam: 'online_sales' })
    t.equal(made.status, 201, made.text)
    await openConnections(admin)
    const responses = await Promise.all(
      [olek, oda].map(({ call }) => respond(call, made.body.id, 'accept'))
    )
    t.strictSame(responses.map(({ status }) => status).toSorted(), [200, 409])
    t.equal((await historyOf(admin, lead.id, 'lead.assigned')).length, 1)
  })

  await t.test('an offer to a user ends when declined, an offer to a team does not', async (t) => {
    const { admin, anna, olek, oda, lead } = await prepare()
    const first = await offer(anna.call, lead.id, { toUserId: olek.id })
    t.equal((await respond(olek.call, first.body.id, 'decline', { reason: ' ' })).status, 422)
    const declined = await respond(olek.call, first.body.id, 'decline', { reason: 'Too far' })
    t.hasStrict(declined.body, { state: 'declined', reason: 'Too far' })
    t.equal((await olek.call('GET', `/v1/leads/${lead.id}`)).status, 200, 'he was told of it')
    t.strictSame((await olek.call('GET', '/v1/leads')).body.data, [], 'and it is no work of his')
    t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).body.assignee?.id, anna.id)
    const second = await offer(anna.call, lead.id, { toTeam: 'online_sales' })
    const still = await respond(oda.call, second.body.id, 'decline', { reason: 'Busy' })
    t.equal(still.body.state, 'offered')
    t.equal((await respond(olek.call, second.body.id, 'accept')).status, 200)
    t.equal((await historyOf(admin, lead.id, 'handover.declined')).length, 2)
  })

  await t.test(
    'an expired offer leaves the lead with its assignee and can’t be accepted',
    async (t) => {
      const { id: dealerId, admin, anna, olek, lead } = await prepare()
      const made = await offer(anna.call, lead.id, { toUserId: olek.id, minutes: 1 })
      const now = new Date(Date.now() + 61_000)
      const watch = { dealerId, now, mailDomain: 'leadyard.test' }
      t.equal(await expireOffers(database.db, { ...watch, now: new Date() }), 0)
      t.equal(await expireOffers(database.db, watch), 1)
      t.equal(await expireOffers(database.db, watch), 0)
      t.equal((await anna.call('GET', `/v1/handovers/${made.body.id}`)).body.state, 'expired')
      t.equal((await respond(olek.call, made.body.id, 'accept')).status, 409)
      t.equal((await historyOf(admin, lead.id, 'handover.expired')).length, 1)
    }
  )

  await t.test(
    'an offer is withdrawn by its maker, and by another assignment of the lead',
    async (t) => {
      const { admin, anna, olek, oda, lead } = await prepare()
      const first = await offer(anna.call, lead.id, { toUserId: olek.id })
      t.equal((await offer(anna.call, lead.id, { toUserId: oda.id })).status, 409, 'one at a time')
      t.equal((await respond(olek.call, first.body.id, 'withdraw')).status, 403)
      t.equal((await respond(anna.call, first.body.id, 'withdraw')).body.state, 'withdrawn')
      const second = await offer(anna.call, lead.id, { toUserId: olek.id })
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: oda.id })
      const ended = await admin('GET', `/v1/handovers/${second.body.id}`)
      t.equal(ended.body.state, 'withdrawn')
      t.equal((await respond(olek.call, second.body.id, 'accept')).status, 409)
      t.equal((await admin('GET', '/v1/handovers?state=withdrawn')).body.data.length, 2)
    }
  )

  await t.test('an unfit recipient answers 422, and a hidden lead 404', async (t) => {
    const { admin, anna, olek, withUser, lead } = await prepare()
    const gone = await withUser({ routing: { active: false } })
    for (const toUserId of [newId(), gone.id, anna.id]) {
      t.equal((await offer(anna.call, lead.id, { toUserId })).status, 422)
    }
    t.equal((await offer(anna.call, lead.id, { toTeam: 'store_sales' })).status, 422, 'empty team')
    t.equal((await offer(anna.call, lead.id, {})).status, 422)
    t.equal((await offer(olek.call, lead.id, { toUserId: anna.id })).status, 404)
    const statuses = await findStatusIds(admin)
    await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.lost, reason: 'x' })
    t.equal((await offer(anna.call, lead.id, { toUserId: olek.id })).status, 409)
  })
})
