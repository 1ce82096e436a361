import t from 'tap'

import { expireOffers } from '../../../../src/use-cases/qualification/expire-offers.ts'
import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'
import { moveTo } from '../../../support/sales.ts'

void t.test('offers end with what they are for', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const prepare = async () => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ name: 'Anna', team: 'call_center' })
    const olek = await dealer.withUser({ name: 'Olek', team: 'online_sales' })
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await sendAll(database.db, dealer)
    const offer = async (body: object = { toUserId: olek.id }) => {
      const made = await anna.call('POST', `/v1/leads/${lead.id}/handovers`, body)
      t.equal(made.status, 201, made.text)
      return made.body.id
    }
    const stateOf = async (id: string) =>
      (await dealer.admin('GET', `/v1/handovers/${id}`)).body.state
    return { ...dealer, anna, olek, lead, offer, stateOf }
  }
  type Scene = Awaited<ReturnType<typeof prepare>>

  const WAYS: Record<string, (scene: Scene) => Promise<unknown>> = {
    lost: ({ anna, lead }) => moveTo(anna.call, lead.id, 'lost'),
    sold: ({ anna, lead }) => moveTo(anna.call, lead.id, 'sold'),
    deleted: ({ anna, lead }) => moveTo(anna.call, lead.id, 'deleted'),
    converted: ({ anna, lead }) =>
      anna.call('POST', `/v1/leads/${lead.id}/convert`, { planActivity: false }),
    'lost with others': async ({ anna, lead }) => {
      const statusId = (await findStatusIds(anna.call)).lost
      const body = { leadIds: [lead.id], statusId, reason: 'Bought a bicycle' }
      return await anna.call('POST', '/v1/leads/status', body)
    }
  }
  for (const [way, end] of Object.entries(WAYS)) {
    await t.test(way, async (t) => {
      for (const to of ['user', 'team']) {
        const scene = await prepare()
        const { admin, olek, lead, offer, stateOf } = scene
        const id = await offer(to === 'user' ? undefined : { toTeam: 'online_sales' })
        await end(scene)
        t.equal(await stateOf(id), 'withdrawn', to)
        t.equal((await historyOf(admin, lead.id, 'handover.withdrawn')).length, 1)
        const { mails } = await sendAll(database.db, scene)
        t.notOk(
          mails.some(({ subject }) => subject.includes('offered')),
          'no mail of it any more'
        )
        t.equal((await olek.call('POST', `/v1/handovers/${id}/accept`)).status, 409)
      }
    })
  }

  await t.test('a status that means the end for all its leads', async (t) => {
    const { id: dealerId, admin, anna, lead, offer, stateOf } = await prepare()
    const words = { name: 'On hold', group: 'working' }
    const status = (await admin('POST', '/v1/statuses', words)).body
    await anna.call('POST', `/v1/leads/${lead.id}/status`, { statusId: status.id })
    const id = await offer()
    const { lost } = await findStatusIds(admin)
    const path = `/v1/statuses/${status.id}?replacementId=${must(lost)}` as const
    t.equal((await admin('DELETE', path)).status, 204)
    await expireOffers(database.db, { dealerId, now: new Date(), mailDomain: 'leadyard.test' })
    t.equal(await stateOf(id), 'withdrawn')
  })

  await t.test('a converted lead is offered to who can work on it', async (t) => {
    const { admin, anna, olek, lead, withUser } = await prepare()
    const granted = await withUser({ grants: ['conversions.view'] })
    await anna.call('POST', `/v1/leads/${lead.id}/convert`, {})
    const offer = (body: object) => anna.call('POST', `/v1/leads/${lead.id}/handovers`, body)
    const refused = await offer({ toUserId: olek.id })
    t.equal(refused.status, 422)
    t.hasStrict(refused.body, { errors: [{ pointer: '/toUserId', code: 'no-converted-leads' }] })
    const toTeam = await offer({ toTeam: 'online_sales' })
    t.hasStrict(toTeam.body, { errors: [{ pointer: '/toTeam', code: 'converted-to-team' }] })
    const made = await offer({ toUserId: granted.id })
    t.equal(made.status, 201, made.text)
    await admin('PATCH', `/v1/users/${granted.id}`, { grants: [] })
    const late = await granted.call('POST', `/v1/handovers/${made.body.id}/accept`)
    t.equal(late.status, 403, 'the grant is gone')
    await admin('PATCH', `/v1/users/${granted.id}`, { grants: ['conversions.view'] })
    t.equal((await granted.call('POST', `/v1/handovers/${made.body.id}/accept`)).status, 200)
    const patched = await granted.call('PATCH', `/v1/leads/${lead.id}`, { message: 'On it' })
    t.equal(patched.status, 200)
  })

  await t.test('the user who got it is deactivated, and who made it is told', async (t) => {
    const scene = await prepare()
    const { admin, anna, olek, lead, offer, stateOf, withUser } = scene
    const id = await offer()
    await admin('PATCH', `/v1/users/${olek.id}`, { active: false })
    t.equal(await stateOf(id), 'withdrawn')
    const { mails } = await sendAll(database.db, scene)
    const mail = must(mails.find(({ to }) => to === anna.email))
    t.match(mail.subject, 'Your offer has no recipient any more')
    t.match(mail.text, 'To: Olek')
    const { data } = (await anna.call('GET', '/v1/notifications')).body
    t.ok(data.some(({ kind, leadId }) => kind === 'offerResponse' && leadId === lead.id))
    const next = await withUser()
    await offer({ toUserId: next.id })
  })
})
