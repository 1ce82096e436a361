import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must, only } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

// Guards `maskingFor`: the link opens the lead as its recipient.
void t.test('the link of a message is shown to its recipient alone', async (t) => {
  const { app, createDealer, database } = await createTestApp(t)
  const dealer = await createDealer({ leadAddress: 'leads@dealer.test' })
  const anna = await dealer.withUser()
  const cleo = await dealer.withUser()
  const boss = await dealer.withUser({ role: 'admin' })
  const lead = await postLead(dealer.admin, { assignee: anna.id })
  const { mails } = await sendAll(database.db, dealer)
  const linkIn = (text: string) => /http:\/\/leadyard\.test\/l\/([\w*.-]+)/.exec(text)?.[1]
  const sent = must(linkIn(must(mails.find(({ to }) => to === anna.email)).text))
  const { data } = (await dealer.admin('GET', `/v1/leads/${lead.id}/deliveries`)).body
  const deliveryOf = (purpose: string) =>
    only(data.filter((delivery) => delivery.purpose === purpose))
  /** The links of the message, with its soft line breaks joined. */
  const shownTo = async (call: Caller, purpose: string) => {
    const { status, text } = await call('GET', `/v1/deliveries/${deliveryOf(purpose).id}/message`)
    t.equal(status, 200)
    return linkIn(text.replaceAll('=\r\n', '').replaceAll('=3D', '='))
  }

  t.equal(await shownTo(anna.call, 'assignee_mail'), sent, 'its recipient')
  t.equal(await shownTo(anna.call, 'dealer_mail'), '***', 'the link of a mailbox')
  const open = async () => (await app.inject({ method: 'GET', url: `/l/${sent}` })).statusCode
  t.equal(await open(), 200)
  await dealer.admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: cleo.id })
  t.equal((await cleo.call('GET', `/v1/leads/${lead.id}`)).status, 200)
  for (const purpose of ['assignee_mail', 'dealer_mail']) {
    t.equal(await shownTo(cleo.call, purpose), '***', `${purpose} to another member`)
    for (const call of [boss.call, dealer.admin]) {
      t.equal(await shownTo(call, purpose), '***', `${purpose} to who sees all leads`)
    }
  }
  await dealer.admin('PATCH', `/v1/users/${anna.id}`, { active: false })
  t.equal(await open(), 404, 'it opens as its recipient, who left')
})
