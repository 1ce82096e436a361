import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

void t.test('a lead of a colleague’s client', async (t) => {
  const { createDealer } = await createTestApp(t)
  const prepare = async (settings: Parameters<typeof createDealer>[0] = {}) => {
    const dealer = await createDealer({ keepOwner: false, ...settings })
    const { admin, withUser } = dealer
    const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser({ name: 'Ben' })]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com', phone: '601 234 567' }
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const given = { fullName: 'R. Regular', email: 'rita@example.com' }
    const lead = await postLead(anna.call, { source: 'walk-in', contact: given })
    return { admin, anna, ben, client, lead, url: `/v1/leads/${lead.id}` as const }
  }

  await t.test('is matched with it, by name, responsible user and what agrees', async (t) => {
    const { anna, ben, client, url } = await prepare()
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 404, 'not hers')
    const [match, ...others] = (await anna.call('GET', `${url}/matches`)).body.data
    t.strictSame(others, [])
    t.hasStrict(match, {
      type: 'client',
      id: client.id,
      name: 'Rita Regular',
      responsibleUser: { id: ben.id, name: 'Ben' }
    })
    t.ok(match?.reasons.some(({ field }) => field === 'contact.email'))
  })

  await t.test('is linked at once, and the client is then seen with it', async (t) => {
    const { anna, ben, client, lead, url } = await prepare()
    const linked = await anna.call('POST', `${url}/link`, {
      clientId: client.id,
      notifyResponsible: true
    })
    t.equal(linked.status, 201)
    t.hasStrict(linked.body, { lead: { client: { id: client.id } }, client: { id: client.id } })
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 200)
    t.equal((await ben.call('GET', url)).status, 200, 'he was told')
    const undone = await anna.call('POST', `/v1/operations/${linked.body.operationId}/undo`)
    t.equal(undone.status, 200)
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 404)
    t.ok(lead.id)
  })

  await t.test(
    'is not linked to a client that does not match, nor where that is off',
    async (t) => {
      const { admin, anna, ben, client, url } = await prepare({ linkToColleaguesClient: 'no' })
      t.equal((await anna.call('GET', `${url}/matches`)).body.data.length, 1)
      const refused = await anna.call('POST', `${url}/link`, { clientId: client.id })
      t.equal(refused.status, 403)
      const contact = { fullName: 'Otto Other', email: 'otto@example.com' }
      const other = await admin('POST', '/v1/clients', { contact, responsibleUserId: ben.id })
      const unknown = await anna.call('POST', `${url}/link`, { clientId: other.body.id })
      t.equal(unknown.status, 404)
    }
  )

  await t.test('is matched with nothing where the dealer hides what is others’', async (t) => {
    const { admin, anna, client, url } = await prepare({ matchesShowColleaguesClients: false })
    t.strictSame((await anna.call('GET', `${url}/matches`)).body.data, [])
    t.equal((await anna.call('POST', `${url}/link`, { clientId: client.id })).status, 404)
    t.equal((await admin('GET', `${url}/matches`)).body.data.length, 1)
  })
})
