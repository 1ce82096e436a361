import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'

void t.test('leads that wait in a queue', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { db } = database
  const owed = async ({ admin }: TestDealer, leadId: string) => {
    const { data } = (await admin('GET', `/v1/leads/${leadId}/deliveries`)).body
    return data.map(({ purpose, target }) => `${purpose} ${target.address}`).toSorted()
  }

  await t.test('a new dealer’s owner hears of them, and can open them', async (t) => {
    const dealer = await createDealer()
    const lead = await postLead(dealer.admin)
    t.strictSame(await owed(dealer, lead.id), [`queue_mail owner@${dealer.slug}.test`])
    const { data } = (await dealer.admin('GET', `/v1/leads/${lead.id}/decisions`)).body
    const decision = must(data.find(({ step }) => step === 'announced'))
    t.hasStrict(decision, { outcome: 'enqueued', facts: { purposes: ['queue_mail'] } })
    const { mails, outcomes } = await sendAll(db, dealer)
    t.strictSame(outcomes, ['queue_mail sent: '])
    t.match(mails[0]?.subject, 'New lead without an assignee: Ada Person')
    t.match(mails[0]?.text, /http:\/\/leadyard\.test\/l\//)
  })

  await t.test('where a mailbox hears of leads, the owner is not told beside', async (t) => {
    const dealer = await createDealer({ leadAddress: 'leads@dealer.test' })
    const lead = await postLead(dealer.admin)
    t.strictSame(await owed(dealer, lead.id), ['dealer_mail leads@dealer.test'])
  })

  await t.test('members hear of them, by their settings; those who are away do not', async (t) => {
    const dealer = await createDealer({ leadAddress: 'leads@dealer.test' })
    const absences = [{ from: '2020-01-01T00:00:00.000Z', until: null }]
    const [anna, ben, carl] = [
      await dealer.withUser({ inQueue: true }),
      await dealer.withUser({ inQueue: true }),
      await dealer.withUser({ inQueue: true, routing: { absences } })
    ]
    await ben.call('PUT', '/v1/me/notifications', { kinds: { queuedLead: 'digest' } })
    const lead = await postLead(dealer.admin)
    const mailed = ['dealer_mail leads@dealer.test', `queue_mail ${anna.email}`]
    t.strictSame(await owed(dealer, lead.id), mailed)
    const [waiting] = (await ben.call('GET', '/v1/notifications')).body.data
    t.hasStrict(waiting, { kind: 'queuedLead', mode: 'digest', leadId: lead.id })
    t.strictSame((await carl.call('GET', '/v1/notifications')).body.data, [])
    await anna.call('POST', `/v1/leads/${lead.id}/claim`)
    t.ok((await sendAll(db, dealer)).outcomes.includes('queue_mail cancelled: lead_assigned'))
  })

  await t.test('a lead that is put back is told, but not to the user who does it', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [
      await dealer.withUser({ inQueue: true }),
      await dealer.withUser({ inQueue: true })
    ]
    const lead = await postLead(dealer.admin, { assignee: anna.id })
    await anna.call('POST', `/v1/leads/${lead.id}/unclaim`)
    t.strictSame(await owed(dealer, lead.id), [
      `assignee_mail ${anna.email}`,
      `queue_mail ${ben.email}`
    ])
  })

  await t.test('many at once come with the digest', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser({ inQueue: true })]
    const leads = []
    for (let count = 0; count < 11; count += 1) {
      leads.push(await postLead(dealer.admin, { assignee: anna.id }))
    }
    const leadIds = leads.map(({ id }) => id)
    const to = { queueId: dealer.defaultQueueId }
    t.equal((await dealer.admin('POST', '/v1/leads/assign', { leadIds, ...to })).status, 200)
    const { data } = (await ben.call('GET', '/v1/notifications')).body
    t.equal(data.length, 11)
    t.ok(data.every(({ mode }) => mode === 'digest'))
  })

  await t.test('held leads are told when they are released, tests never', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ inQueue: true })
    const held = await postQuarantinedLead(dealer.admin)
    const test = await postLead(dealer.admin, { isTest: true })
    t.strictSame([await owed(dealer, held.id), await owed(dealer, test.id)], [[], []])
    await dealer.admin('POST', `/v1/leads/${held.id}/release`)
    t.strictSame(await owed(dealer, held.id), [`queue_mail ${anna.email}`])
  })
})
