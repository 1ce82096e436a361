import t from 'tap'

import { defineFields, grant, postFullLead } from '../../../program/conversion-scene.ts'
import { sharedTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('undo of conversions', async (t) => {
  const { createDealer } = await sharedTestApp()
  const undo = (call: Caller, id: string) => call('POST', `/v1/operations/${id}/undo`)
  const statusOf = async (call: Caller, path: string) => (await call('GET', path)).status
  const convert = async (call: Caller, wish: object) => {
    const lead = await postFullLead(call)
    return await grant(call, 'POST', `/v1/leads/${lead.id}/convert`, wish)
  }

  await t.test('removes the client, account and opportunity it made', async (t) => {
    const { admin } = await createDealer()
    await defineFields(admin)
    const made = await convert(admin, { account: {}, opportunity: {} })
    const operation = await grant(admin, 'GET', `/v1/operations/${made.operationId}`)
    t.hasStrict(operation, {
      ...{ createdClientId: made.client.id, createdAccountId: must(made.account).id },
      createdOpportunityId: must(made.opportunity).id
    })
    t.equal((await undo(admin, made.operationId)).status, 200)
    t.equal(await statusOf(admin, `/v1/clients/${made.client.id}`), 404)
    t.equal(await statusOf(admin, `/v1/accounts/${must(made.account).id}`), 404)
    t.equal(await statusOf(admin, `/v1/opportunities/${must(made.opportunity).id}`), 404)
    const lead = await grant(admin, 'GET', `/v1/leads/${made.lead.id}`)
    t.hasStrict(lead, { status: { group: 'new' }, client: null })
    const again = { account: {}, opportunity: {} }
    t.equal((await admin('POST', `/v1/leads/${lead.id}/convert`, again)).status, 201)
  })

  await t.test('restores what it filled, as it stood before', async (t) => {
    const { admin } = await createDealer()
    await defineFields(admin)
    const contact = { fullName: 'Jan Client', email: 'jan@example.pl' }
    const words = { contact, customFields: { budget: 7 } }
    const client = await grant(admin, 'POST', '/v1/clients', words)
    const account = await grant(admin, 'POST', '/v1/accounts', { name: 'Fleet Ltd' })
    const deal = { name: 'A van', clientId: client.id }
    const opportunity = await grant(admin, 'POST', '/v1/opportunities', deal)
    const made = await convert(admin, {
      ...{ clientId: client.id, account: { id: account.id }, overwrite: true },
      opportunity: { id: opportunity.id }
    })
    t.equal(made.client.customFields.budget, 50_000)
    t.equal((await undo(admin, made.operationId)).status, 200)
    const bare = ({
      version: _,
      updatedAt: __,
      ...rest
    }: object & Record<'version' | 'updatedAt', unknown>) => rest
    const now = async (path: string) => bare(await grant(admin, 'GET', path))
    t.hasStrict(bare(client), await now(`/v1/clients/${client.id}`))
    t.strictSame(await now(`/v1/accounts/${account.id}`), bare(account))
    t.strictSame(await now(`/v1/opportunities/${opportunity.id}`), bare(opportunity))
    const found = await grant(admin, 'GET', `/v1/clients?q=${made.lead.contact.email}`)
    t.strictSame(found.data, [], 'it is found by the lead’s e-mail no more')
    const mixed = await convert(admin, { clientId: client.id, account: {}, opportunity: {} })
    t.equal((await undo(admin, mixed.operationId)).status, 200)
    t.hasStrict(bare(client), await now(`/v1/clients/${client.id}`))
    t.equal(await statusOf(admin, `/v1/accounts/${must(mixed.account).id}`), 404)
  })

  await t.test('409 names what was changed or is used since, and changes nothing', async (t) => {
    const { admin } = await createDealer()
    type Made = Awaited<ReturnType<typeof convert>>
    const changesAfter = async (change: (made: Made) => Promise<unknown>, wish: object = {}) => {
      const made = await convert(admin, { account: {}, opportunity: {}, ...wish })
      await change(made)
      const { status, problem } = await undo(admin, made.operationId)
      t.equal(status, 409)
      t.equal(await statusOf(admin, `/v1/accounts/${must(made.account).id}`), 200)
      t.equal(await statusOf(admin, `/v1/opportunities/${must(made.opportunity).id}`), 200)
      return problem.changes
    }
    const add = (path: string, body: object) => grant(admin, 'POST', path, body)
    const patch = async (path: string, body: object) => {
      t.equal((await admin('PATCH', path, body)).status, 200)
    }
    t.strictSame(
      await changesAfter(({ account }) =>
        patch(`/v1/accounts/${must(account).id}`, { description: 'Hm' })
      ),
      ['account']
    )
    t.strictSame(
      await changesAfter(({ opportunity }) =>
        patch(`/v1/opportunities/${must(opportunity).id}`, { stage: 'offer' })
      ),
      ['opportunity']
    )
    t.strictSame(
      await changesAfter(({ account }) =>
        add('/v1/clients', { contact: { fullName: 'X' }, accountId: must(account).id })
      ),
      ['account-clients']
    )
    t.strictSame(
      await changesAfter(({ client }) =>
        add('/v1/opportunities', { name: 'X', clientId: client.id })
      ),
      ['client-opportunities', 'account-opportunities']
    )
    t.strictSame(
      await changesAfter(({ opportunity }) =>
        add('/v1/activities', { type: 'note', opportunityId: must(opportunity).id })
      ),
      ['client-activities', 'opportunity-activities']
    )
    const client = await add('/v1/clients', { contact: { fullName: 'There' } })
    t.strictSame(
      await changesAfter(() => patch(`/v1/clients/${client.id}`, { description: 'Hm' }), {
        clientId: client.id
      }),
      ['client']
    )
  })
})
