import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const PLN = (amount: string) => ({ amount, currency: 'PLN' })

void t.test('opportunities', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('201 adds a deal, which can then be read, won, lost and reopened', async (t) => {
    const { admin, client } = await withClient(createDealer)
    const created = await admin('POST', '/v1/opportunities', {
      name: ' Ceed ',
      clientId: client.id,
      products: [
        { vehicle: { make: 'Kia', model: 'Ceed' }, price: PLN('79900.10'), quantity: 3 },
        { vehicle: { make: 'Kia', model: 'Rio' }, price: PLN('0.2') }
      ],
      expectedClose: '2026-12-15'
    })
    t.equal(created.status, 201)
    t.hasStrict(created.body, {
      name: 'Ceed',
      clientId: client.id,
      accountId: must(client.account).id,
      leadId: null,
      stage: 'discovery',
      amount: PLN('239700.50'),
      expectedClose: '2026-12-15',
      closedAt: null
    })
    t.equal(created.body.products[1]?.quantity, 1)
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)

    const patch = async (body: object, headers = {}) => await admin('PATCH', url, body, headers)
    const nameless = await patch({ stage: 'lost' })
    t.equal(nameless.body.type, 'urn:leadyard:problem:reason-required')
    t.equal(nameless.body.errors[0].pointer, '/closeReason')
    const lost = await patch({ stage: 'lost', closeReason: 'Too dear.' }, { 'if-match': '"1"' })
    t.hasStrict(lost.body, { stage: 'lost', closeReason: 'Too dear.', version: 2 })
    t.equal(lost.body.closedAt, lost.body.updatedAt)
    const reopened = await patch({ stage: 'negotiation' })
    t.hasStrict(reopened.body, { closeReason: null, closedAt: null })
    const won = await patch({ stage: 'won', amount: PLN('230000') })
    t.hasStrict(won.body, { closeReason: null, amount: PLN('230000.00') })
    t.ok(won.body.closedAt)
    t.hasStrict((await patch({ products: [] })).body.amount, PLN('230000.00'))
    t.equal((await patch({ amount: null })).body.amount, null)
    t.match((await patch({ amount: '230000' })).body.errors, [
      {
        pointer: '/amount',
        message: 'must be an object or empty, such as {"amount":"79900.00","currency":"PLN"}'
      }
    ])
    t.equal((await patch({}, { 'if-match': '"1"' })).status, 412)
    const { data } = (await admin('GET', '/v1/events')).body
    const event = data.find(({ type }: { type: string }) => type === 'opportunity.updated')
    t.equal(event?.clientId, client.id)
  })

  await t.test(
    'an opportunity belongs to the lead’s client and the client’s account',
    async (t) => {
      const { admin, client } = await withClient(createDealer)
      const lead = await postLead(admin)
      const name = 'Deal'
      const post = (body: object) => admin('POST', '/v1/opportunities', { name, ...body })
      const pointerOf = async (body: object) => {
        const answer = await post(body)
        t.equal(answer.status, 422)
        return answer.problem.errors?.[0]?.pointer
      }
      t.equal(await pointerOf({}), '/clientId')
      t.equal(await pointerOf({ leadId: lead.id }), '/clientId', 'the lead has no client')
      t.equal(await pointerOf({ leadId: lead.id, clientId: client.id }), '/leadId')
      await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: client.id })
      const made = (await post({ leadId: lead.id })).body
      t.hasStrict(made, {
        clientId: client.id,
        leadId: lead.id,
        accountId: must(client.account).id
      })
      const without = (await post({ leadId: lead.id, clientId: client.id, accountId: null })).body
      t.equal(without.accountId, null)
      const history = (await admin('GET', `/v1/leads/${lead.id}/history`)).body.data
      t.ok(history.some(({ type }: { type: string }) => type === 'opportunity.created'))
      for (const unknown of [{ clientId: newId() }, { leadId: newId() }]) {
        t.equal((await post(unknown)).status, 404)
      }
      t.equal((await post({ clientId: client.id, accountId: newId() })).status, 404)
    }
  )

  await t.test('422 names what is wrong', async (t) => {
    const { admin, client } = await withClient(createDealer)
    const pointerOf = async (body: object) => {
      const all = { name: 'Deal', clientId: client.id, ...body }
      const answer = await admin('POST', '/v1/opportunities', all)
      t.equal(answer.status, 422)
      return answer.problem.errors?.[0]?.pointer
    }
    const vehicle = { make: 'Kia' }
    t.equal(await pointerOf({ name: ' ' }), '/name')
    t.equal(await pointerOf({ stage: 'sold' }), '/stage')
    t.equal(await pointerOf({ closeReason: 'Because' }), '/closeReason')
    t.equal(await pointerOf({ responsibleUserId: newId() }), '/responsibleUserId')
    t.equal(await pointerOf({ amount: PLN('1.234') }), '/amount/amount')
    t.equal(await pointerOf({ amount: { amount: '1', currency: 'XQQ' } }), '/amount/currency')
    t.equal(await pointerOf({ expectedClose: '2026-02-30' }), '/expectedClose')
    t.equal(await pointerOf({ expectedClose: '0000-01-01' }), '/expectedClose')
    t.equal(await pointerOf({ products: Array(21).fill({ vehicle }) }), '/products')
    const none = { vehicle, quantity: 0 }
    t.equal(await pointerOf({ products: [none] }), '/products/0/quantity')
    t.equal(
      await pointerOf({ products: [{ vehicle, price: { amount: '1', currency: 'XQQ' } }] }),
      '/products/0/price/currency'
    )
  })

  await t.test('filters narrow', async (t) => {
    const { admin, client, withUser } = await withClient(createDealer)
    const anna = await withUser()
    const other = (await admin('POST', '/v1/clients', { contact: { fullName: 'Eva' } })).body
    const lead = await postLead(admin)
    await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: other.id })
    const add = async (words: object) =>
      (await admin('POST', '/v1/opportunities', { name: 'Deal', ...words })).body.id
    const ofClient = await add({ clientId: client.id, stage: 'offer' })
    const ofLead = await add({ leadId: lead.id, stage: 'won' })
    const hers = await add({ clientId: other.id, responsibleUserId: anna.id })
    const ids = async (query: string) =>
      (await admin('GET', `/v1/opportunities?${query}`)).body.data.map(
        ({ id }: { id: string }) => id
      )
    t.strictSame(await ids(''), [hers, ofLead, ofClient])
    t.strictSame(await ids('sort=createdAt&limit=2'), [ofClient, ofLead])
    t.strictSame(await ids(`client=${client.id}`), [ofClient])
    t.strictSame(await ids(`account=${must(client.account).id}`), [ofClient])
    t.strictSame(await ids(`lead=${lead.id}`), [ofLead])
    t.strictSame(await ids('stage=offer'), [ofClient])
    t.strictSame(await ids(`responsible=${anna.id}`), [hers])
    t.strictSame(await ids('open=true'), [hers, ofClient])
    t.strictSame(await ids('open=false'), [ofLead])
    t.strictSame(await ids('createdTo=2020-01-01T00:00:00Z'), [])
    t.equal((await ids('createdFrom=2020-01-01T00:00:00Z')).length, 3)
  })

  await t.test('a member sees their own deals and those of clients they see', async (t) => {
    const { admin, client, withUser } = await withClient(createDealer)
    const [ben, eva] = [await withUser(), await withUser()]
    const add = async (words: object) =>
      (await admin('POST', '/v1/opportunities', { name: 'Deal', ...words })).body.id
    const contact = { fullName: 'Ada' }
    const bens = (await ben.call('POST', '/v1/clients', { contact })).body
    const ofClient = await add({ clientId: bens.id })
    const own = await add({ clientId: client.id, responsibleUserId: ben.id })
    const hidden = await add({ clientId: client.id, responsibleUserId: eva.id })
    const list = (await ben.call('GET', '/v1/opportunities')).body.data
    t.strictSame(
      list.map(({ id }: { id: string }) => id),
      [own, ofClient]
    )
    t.equal((await ben.call('GET', `/v1/opportunities/${hidden}`)).status, 404)
    t.equal((await ben.call('PATCH', `/v1/opportunities/${hidden}`, {})).status, 404)
    const body = { name: 'Deal', clientId: client.id }
    t.equal((await ben.call('POST', '/v1/opportunities', body)).status, 404)

    await t.test('and the activities about them', async (t) => {
      const about = async (as: Caller, words: object) =>
        await as('POST', '/v1/activities', { type: 'call', ...words })
      const made = (await about(admin, { opportunityId: own })).body
      t.hasStrict(made, { opportunityId: own, clientId: client.id, leadId: null })
      t.equal((await ben.call('GET', `/v1/activities/${made.id}`)).status, 200)
      const hers = (await about(admin, { opportunityId: hidden })).body
      t.equal((await ben.call('GET', `/v1/activities/${hers.id}`)).status, 404)
      t.equal((await about(ben.call, { opportunityId: hidden })).status, 404)
      t.equal((await about(ben.call, { opportunityId: own })).status, 201)
      const wrong = await about(admin, { opportunityId: own, clientId: bens.id })
      t.equal(wrong.problem.errors?.[0]?.pointer, '/opportunityId')
      t.equal((await about(admin, { opportunityId: newId() })).status, 404)
      const listed = (await admin('GET', `/v1/activities?opportunity=${hidden}`)).body.data
      t.strictSame(
        listed.map(({ id }: { id: string }) => id),
        [hers.id]
      )
    })
  })
})

/** A dealer with a client who belongs to an account. */
async function withClient(createDealer: () => Promise<TestDealer>) {
  const dealer = await createDealer()
  const account = (await dealer.admin('POST', '/v1/accounts', { name: 'Lis' })).body
  const words = { contact: { fullName: 'Ada Lis' }, accountId: account.id }
  const client = (await dealer.admin('POST', '/v1/clients', words)).body
  return { ...dealer, client }
}
