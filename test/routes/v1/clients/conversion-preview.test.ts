import t from 'tap'

import { defineFields, dump, grant, postFullLead } from '../../../program/conversion-scene.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('previews of conversions', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const preview = (call: Caller, leadId: string, body: object = {}) =>
    call('POST', `/v1/leads/${leadId}/conversion-preview`, body)

  await t.test('every field with where it comes from, and nothing is changed', async (t) => {
    const { id, admin } = await createDealer()
    await defineFields(admin)
    const lead = await postFullLead(admin, { customFields: {} })
    const stood = await dump(database.ownerUrl, id)
    const { status, body } = await preview(admin, lead.id, { account: {}, opportunity: {} })
    t.equal(status, 200)
    t.strictSame(await dump(database.ownerUrl, id), stood)
    const field = (target: 'client' | 'account' | 'opportunity', name: string) =>
      must(body[target]).fields.find(({ to }: { to: string }) => to === `${target}.${name}`)
    const filled = { current: null, isDefault: false, applied: true }
    t.strictSame(field('client', 'contact.emails'), {
      ...{ to: 'client.contact.emails', from: 'contact.email', value: [lead.contact.email] },
      ...{ ...filled, current: [] }
    })
    t.hasStrict(field('client', 'customFields.budget'), {
      ...{ ...filled, from: 'customFields.wanted', value: 1000, isDefault: true }
    })
    t.hasStrict(field('client', 'vehicleInterests'), { value: lead.vehicles, from: 'vehicles' })
    t.hasStrict(field('account', 'name'), {
      from: 'contact.companyName',
      value: lead.contact.companyName
    })
    t.hasStrict(field('account', 'taxNumber'), { value: 'none', isDefault: true })
    t.hasStrict(field('opportunity', 'name'), { from: 'vehicles', value: '2022 Kia Ceed' })
    t.hasStrict(body, {
      ...{ client: { action: 'create', id: null }, account: { action: 'create', id: null } },
      ...{ opportunity: { action: 'create', id: null }, problems: [] },
      matches: { clients: [], accounts: [], opportunities: [] }
    })
  })

  await t.test('the preview has existing records and the obstacles', async (t) => {
    const { admin } = await createDealer()
    const contact = { fullName: 'Ada Person', email: 'ada@example.com', companyName: 'Ada Ltd' }
    const client = await grant(admin, 'POST', '/v1/clients', { contact })
    const account = await grant(admin, 'POST', '/v1/accounts', { name: 'ADA LTD.' })
    const deal = { name: 'A van', clientId: client.id }
    const open = await grant(admin, 'POST', '/v1/opportunities', deal)
    const lost = { ...deal, stage: 'lost', closeReason: 'Too dear' }
    await grant(admin, 'POST', '/v1/opportunities', lost)
    const lead = await postFullLead(admin, { contact })
    const { body } = await preview(admin, lead.id, { account: {} })
    t.match(body.matches.clients, [{ type: 'client', id: client.id, band: 'sure' }])
    t.strictSame(body.matches.accounts, [{ id: account.id, name: 'ADA LTD.' }])
    t.strictSame(body.matches.opportunities, [{ id: open.id, name: 'A van', stage: 'discovery' }])
    t.match(body.problems, [{ pointer: '/allowDuplicate' }])
    const allowed = await preview(admin, lead.id, { account: {}, allowDuplicate: true })
    t.match(allowed.body.problems, [{ pointer: '/account/allowDuplicate' }])
    const into = { clientId: client.id, account: { id: account.id } }
    const filling = await preview(admin, lead.id, into)
    t.strictSame(filling.body.problems, [])
    t.hasStrict(filling.body, {
      ...{ client: { action: 'fill', id: client.id } },
      ...{ account: { action: 'fill', id: account.id } }
    })
    const name = filling.body.client.fields.find(
      ({ to }: { to: string }) => to === 'client.contact.fullName'
    )
    t.hasStrict(name, { current: 'Ada Person', applied: false })
    t.equal((await admin('POST', `/v1/leads/${lead.id}/convert`, into)).status, 201)
    const late = await preview(admin, lead.id)
    t.match(late.body.problems, [{ pointer: '', message: /has a client/ }])
    const nameless = await postFullLead(admin, { contact: { email: 'n@example.com' } })
    const { body: unnamed } = await preview(admin, nameless.id, { account: {} })
    t.match(unnamed.problems, [{ pointer: '/account/name', message: /is required/ }])
  })

  await t.test('records that the caller does not see are left out', async (t) => {
    const [ours, theirs] = [await createDealer(), await createDealer()]
    const lead = await postFullLead(ours.admin)
    const make = (call: Caller, path: string, body: object) => grant(call, 'POST', path, body)
    const client = await make(theirs.admin, '/v1/clients', { contact: { fullName: 'X' } })
    const account = await make(theirs.admin, '/v1/accounts', { name: 'X' })
    const deal = { name: 'X', clientId: client.id }
    const opportunity = await make(theirs.admin, '/v1/opportunities', deal)
    const member = await ours.withUser()
    t.equal((await preview(member.call, lead.id)).status, 404)
    t.equal((await preview(theirs.admin, lead.id)).status, 404)
    const foreign = [
      { clientId: client.id },
      { account: { id: account.id } },
      { opportunity: { id: opportunity.id } }
    ]
    for (const wish of foreign) {
      t.equal((await preview(ours.admin, lead.id, wish)).status, 404)
      t.equal((await ours.admin('POST', `/v1/leads/${lead.id}/convert`, wish)).status, 404)
    }
    t.equal((await preview(await ours.withKey(['read']), lead.id)).status, 403)
  })

  await t.test('422 for what does not fit together', async (t) => {
    const { admin } = await createDealer()
    const lead = await postFullLead(admin)
    const [one, two] = [
      await grant(admin, 'POST', '/v1/clients', { contact: { fullName: 'One' } }),
      await grant(admin, 'POST', '/v1/clients', { contact: { fullName: 'Two' } })
    ]
    const add = (words: object) =>
      grant(admin, 'POST', '/v1/opportunities', { name: 'A van', clientId: one.id, ...words })
    const open = await add({})
    const won = await add({ stage: 'won' })
    const refused: [object, string][] = [
      [{ opportunity: { id: open.id } }, '/opportunity/id'],
      [{ clientId: two.id, opportunity: { id: open.id } }, '/opportunity/id'],
      [{ clientId: one.id, opportunity: { id: won.id } }, '/opportunity/id'],
      [{ clientId: one.id, opportunity: { id: open.id, name: 'Van' } }, '/opportunity/name'],
      [{ opportunity: { stage: 'won' } }, '/opportunity/stage'],
      [{ account: { email: 'nobody' } }, '/account/email'],
      [{ account: { website: 'ftp://example.com' } }, '/account/website'],
      [{ account: { nickname: 'X' } }, '/account/nickname'],
      [{ responsibleUserId: one.id }, '/responsibleUserId'],
      [{ statusId: one.id }, '/statusId']
    ]
    for (const [wish, pointer] of refused) {
      for (const path of ['conversion-preview', 'convert']) {
        const { status, body } = await admin('POST', `/v1/leads/${lead.id}/${path}`, wish)
        t.equal(status, 422, `${path} ${pointer}`)
        t.equal(body.errors[0].pointer, pointer)
      }
    }
  })
})
