import t from 'tap'

import { openDealer } from './qualification-scene.ts'
import type { Call } from './conversion-scene.ts'
import {
  TABLES,
  defineFields,
  dump,
  grant,
  postFullLead,
  whileFailing
} from './conversion-scene.ts'
import { must } from '../support/must.ts'

// The real program: each way of converting a lead, and what is left where it fails.

const fieldsOf = (target: { fields: { to: string; applied: boolean }[] }) =>
  Object.fromEntries(target.fields.map((field) => [field.to, field]))

void t.test('each way of converting', async (t) => {
  const { program, dealer, database, ...scene } = await openDealer(t)
  const owner: Call = scene.owner
  await defineFields(owner)
  const convert = (leadId: string, body: object) =>
    owner('POST', `/v1/leads/${leadId}/convert`, body)
  const preview = (leadId: string, body: object) =>
    grant(owner, 'POST', `/v1/leads/${leadId}/conversion-preview`, body)
  const read = (path: string) => grant(owner, 'GET', path)

  await t.test('none of the optional ones', async (t) => {
    const lead = await postFullLead(owner)
    const { status, body } = await convert(lead.id, {})
    t.equal(status, 201)
    t.strictSame([body.account, body.opportunity, body.client.account], [null, null, null])
    t.hasStrict(body.lead, { status: { group: 'converted' }, client: { id: body.client.id } })
    t.hasStrict(body.client, {
      contact: lead.contact,
      description: lead.message,
      vehicleInterests: lead.vehicles,
      customFields: {
        ...{ budget: 50_000, brands: ['Kia', 'Opel'], region: 'Lesser Poland' },
        ...{ wanted: '50000', tax: 'PL52602502' }
      }
    })
    const { data } = await read(`/v1/clients/${body.client.id}/consents`)
    t.match(data, [{ purpose: 'marketing', channel: 'email', granted: true }])
  })

  await t.test('a new client, account and opportunity; previewed the same', async (t) => {
    const lead = await postFullLead(owner)
    const wish = { account: {}, opportunity: { stage: 'offer' } }
    const stood = await dump(database.ownerUrl, dealer.id)
    const shown = await preview(lead.id, wish)
    t.strictSame(await dump(database.ownerUrl, dealer.id), stood, 'a preview changes nothing')
    t.strictSame(shown.problems, [])
    const { status, body } = await convert(lead.id, wish)
    t.equal(status, 201)
    const { client, account, opportunity } = body
    t.hasStrict(account, { name: lead.contact.companyName, taxNumber: 'PL52602502' })
    t.strictSame(client.account, { id: must(account).id, name: must(account).name })
    t.hasStrict(opportunity, {
      ...{ clientId: client.id, accountId: must(account).id, leadId: lead.id, stage: 'offer' },
      ...{ name: '2022 Kia Ceed', expectedClose: '2026-12-15', description: lead.message },
      amount: { amount: '79900.00', currency: 'PLN' }
    })
    t.match(must(opportunity).products, [{ vehicle: { model: 'Ceed' }, quantity: 1 }])
    t.strictSame(await read(`/v1/accounts/${must(account).id}`), account)
    t.strictSame(await read(`/v1/opportunities/${must(opportunity).id}`), opportunity)
    t.strictSame(await read(`/v1/clients/${client.id}`), client)
    t.hasStrict(await read(`/v1/conversions/${body.conversionId}`), {
      ...{ clientId: client.id, accountId: must(account).id, opportunityId: must(opportunity).id }
    })
    const planned = { ...fieldsOf(shown.client), ...fieldsOf(must(shown.account)) }
    t.hasStrict(planned['client.customFields.budget'], {
      ...{ from: 'customFields.wanted', value: 50_000, isDefault: false, applied: true }
    })
    t.hasStrict(planned['account.name'], { from: 'contact.companyName', value: must(account).name })
    for (const { to, value, applied } of must(shown.opportunity).fields) {
      const made = new Map(Object.entries(must(opportunity))).get(to.slice('opportunity.'.length))
      if (applied) t.strictSame(made, value, to)
    }
  })

  await t.test('blank fields take the dealer’s defaults', async (t) => {
    const lead = await postFullLead(owner, {
      ...{ contact: { email: 'blank@example.pl' }, message: null, customFields: {} },
      ...{ vehicles: [], timeframe: null }
    })
    const { status, body } = await convert(lead.id, { account: { name: 'Ltd' }, opportunity: {} })
    t.equal(status, 201)
    t.hasStrict(body.client, {
      ...{ contact: { language: 'pl' }, customFields: { budget: 1000, region: 'unknown' } }
    })
    t.equal('brands' in body.client.customFields, false)
    t.hasStrict(body.account, { name: 'Ltd', taxNumber: 'none' })
    t.hasStrict(body.opportunity, {
      ...{ name: 'blank@example.pl', expectedClose: '2027-01-31', products: [], amount: null }
    })
  })

  await t.test('an existing client, account and opportunity are filled', async (t) => {
    const client = await grant(owner, 'POST', '/v1/clients', {
      contact: { fullName: 'Jan Client', language: 'de', email: 'jan@example.pl' },
      customFields: { budget: 7 }
    })
    const account = await grant(owner, 'POST', '/v1/accounts', { name: 'Fleet Ltd' })
    const deal = { name: 'A van', clientId: client.id, expectedClose: '2026-11-30' }
    const opportunity = await grant(owner, 'POST', '/v1/opportunities', deal)
    const into = {
      ...{ clientId: client.id, account: { id: account.id } },
      opportunity: { id: opportunity.id }
    }
    const one = await postFullLead(owner)
    const { status, body } = await convert(one.id, into)
    t.equal(status, 201)
    t.hasStrict(body.client, {
      id: client.id,
      name: 'Jan Client',
      contact: {
        ...{ language: 'de', email: 'jan@example.pl', otherEmails: [one.contact.email] },
        ...{ phone: one.contact.phone, companyName: one.contact.companyName, firstName: null }
      },
      customFields: { budget: 7, region: 'Lesser Poland' },
      account: { id: account.id, name: 'Fleet Ltd' }
    })
    t.hasStrict(body.account, { id: account.id, name: 'Fleet Ltd', taxNumber: 'PL52602502' })
    t.hasStrict(body.opportunity, {
      ...{ id: opportunity.id, name: 'A van', expectedClose: '2026-11-30', accountId: account.id },
      description: one.message
    })
    t.equal(must(body.opportunity).products.length, 1)
    const two = await postFullLead(owner)
    const over = (await convert(two.id, { ...into, overwrite: true })).body
    t.hasStrict(over.client, {
      contact: {
        ...{ firstName: 'Łukasz', fullName: null, language: 'en', email: 'jan@example.pl' },
        otherEmails: [one.contact.email, two.contact.email]
      },
      customFields: { budget: 50_000 }
    })
    t.hasStrict(over.opportunity, { name: 'A van', expectedClose: '2026-12-15' })
    t.equal(must(over.account).name, 'Fleet Ltd', 'it keeps the name it is known by')
  })

  await t.test(
    'a value that does not fit is named by its field, and nothing is created',
    async (t) => {
      const lead = await postFullLead(owner, {
        ...{ customFields: { wanted: 'much' }, vehicles: [{ make: 'Fiat' }] }
      })
      const stood = await dump(database.ownerUrl, dealer.id)
      const { status, problem } = await convert(lead.id, { opportunity: {} })
      t.equal(status, 422)
      t.match(problem.errors, [
        { pointer: '/mapping/client.customFields.budget', message: 'must be a number' },
        { pointer: '/mapping/client.customFields.brands', message: /options/ }
      ])
      t.strictSame(await dump(database.ownerUrl, dealer.id), stood)
      t.strictSame((await preview(lead.id, {})).problems, must(problem.errors))
    }
  )

  await t.test('a failure at any step leaves nothing behind', async (t) => {
    const account = await grant(owner, 'POST', '/v1/accounts', { name: 'There Ltd' })
    const client = await grant(owner, 'POST', '/v1/clients', {
      ...{ contact: { fullName: 'Ina There' }, customFields: { budget: 1 } }
    })
    const deal = { name: 'A van', clientId: client.id }
    const opportunity = await grant(owner, 'POST', '/v1/opportunities', deal)
    const making = await postFullLead(owner)
    const filling = await postFullLead(owner)
    const ways: [string, object][] = [
      [making.id, { account: {}, opportunity: {} }],
      [
        filling.id,
        {
          ...{ clientId: client.id, account: { id: account.id } },
          opportunity: { id: opportunity.id }
        }
      ]
    ]
    const stood = await dump(database.ownerUrl, dealer.id)
    for (const [leadId, wish] of ways) {
      for (const table of TABLES) {
        const failed = await whileFailing(database.ownerUrl, table, () => convert(leadId, wish))
        t.ok(failed.status >= 500, `${table} answers ${failed.status}`)
        t.strictSame(await dump(database.ownerUrl, dealer.id), stood, table)
      }
      t.equal((await convert(leadId, wish)).status, 201, 'then it goes on')
      Object.assign(stood, await dump(database.ownerUrl, dealer.id))
    }
  })

  await t.test('twice, and twenty at the same moment: one set', async (t) => {
    const lead = await postFullLead(owner)
    const wish = { account: {}, opportunity: {} }
    const answers = await Promise.all(Array.from({ length: 20 }, () => convert(lead.id, wish)))
    const statuses = answers.map(({ status }) => status).toSorted()
    t.strictSame(statuses, [201, ...Array(19).fill(409)])
    t.equal((await convert(lead.id, wish)).problem.type, 'urn:leadyard:problem:lead-not-open')
    const set = await read(`/v1/opportunities?lead=${lead.id}`)
    t.equal(set.data.length, 1)
    const named = await read(`/v1/accounts?q=${encodeURIComponent(must(lead.contact.companyName))}`)
    t.equal(named.data.length, 1)
    const { firstName, lastName, email } = lead.contact
    const others = await Promise.all(
      Array.from({ length: 10 }, () =>
        postFullLead(owner, { contact: { firstName, lastName, email } })
      )
    )
    const again = await Promise.all(others.map(({ id }) => convert(id, {})))
    t.ok(
      again.every(({ status, problem }) => status === 409 && problem.type.includes('client-exists'))
    )
    const person = { fullName: 'Twin Person', email: 'twin@example.pl', companyName: 'Twin Ltd' }
    const twins = await Promise.all(
      Array.from({ length: 10 }, () => postFullLead(owner, { contact: person }))
    )
    const made = await Promise.all(twins.map(({ id }) => convert(id, wish)))
    t.strictSame(made.map(({ status }) => status).toSorted(), [201, ...Array(9).fill(409)])
    t.equal((await read('/v1/accounts?q=Twin%20Ltd')).data.length, 1)
    t.equal((await read('/v1/clients?q=twin@example.pl')).data.length, 1)
  })
  t.equal(await program.stop(), 0)
})
