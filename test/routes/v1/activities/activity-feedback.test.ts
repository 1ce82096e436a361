import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { historyOf, postLead } from '../../../support/leads.ts'

void t.test('the outcome of an appointment is reported to the user who arranged it', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin, withUser } = await createDealer()
  const [caller, seller] = [await withUser(), await withUser()]
  const lead = await postLead(admin, { assignee: caller.id })
  const words = { type: 'appointment', leadId: lead.id, userId: seller.id }
  const { headers, body } = await caller.call('POST', '/v1/activities', words)
  const url = String(headers.location)
  const told = async () => await historyOf(admin, lead.id, 'activity.feedback')
  const change = async (as: typeof seller, to: object) => {
    t.equal((await as.call('PATCH', url, to)).status, 200)
    return (await told()).length
  }
  t.equal(await change(seller, { text: 'Room 2', feedback: 'soon' }), 0, 'it has not ended')
  t.equal(await change(seller, { state: 'done', outcome: 'interested' }), 1)
  t.equal(await change(seller, { text: 'Room 3' }), 1, 'no news')
  t.equal(await change(seller, { feedback: 'Comes again with a partner' }), 2)
  t.equal(await change(caller, { outcome: 'sold' }), 2, 'nobody is told what they did themselves')
  const [event] = await told()
  t.hasStrict(event?.data, { type: 'appointment', state: 'done', arrangerId: caller.id })
  t.strictSame(event?.subject, { type: 'activity', id: body.id })
  t.notMatch(JSON.stringify(event), 'partner', 'events keep no text of people')
  const { data } = (await admin('GET', `/v1/leads/${lead.id}/deliveries`)).body
  const mails = data.filter(({ purpose }: { purpose: string }) => purpose === 'feedback_mail')
  t.ok(mails.length > 0, 'and a mail')
  t.ok(mails.every((mail: object) => JSON.stringify(mail).includes(caller.email)))
})
