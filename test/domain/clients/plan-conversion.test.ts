import t from 'tap'

import { NO_ACCOUNT_CONTENT } from '../../../src/domain/clients/account.ts'
import type { Client } from '../../../src/domain/clients/client.ts'
import { BLANK_CLIENT } from '../../../src/domain/clients/client-fields.ts'
import { planConversion } from '../../../src/domain/clients/plan-conversion.ts'
import type { ConversionBasis } from '../../../src/domain/clients/plan-conversion.ts'
import type { CustomField } from '../../../src/domain/fields/custom-field.ts'
import type { LeadFacts } from '../../../src/domain/rules/lead-fields.ts'
import { mappingParsers } from '../../../src/schemas/fields/mapping-parsers.ts'
import { contact, content, leadFacts, vehicle } from '../../support/builders.ts'

const NEW_YEAR = new Date('2026-01-01T00:00:00.000Z')

function lead(words: Parameters<typeof content>[0] = {}): LeadFacts {
  return leadFacts({ content: content(words) })
}

function plan(words: Partial<ConversionBasis> & { entries?: [string, string | null, unknown?][] }) {
  const { entries = [], ...basis } = words
  return planConversion({
    lead: lead(),
    mapping: {
      entries: entries.map(([to, from, standIn = null]) => ({
        to,
        from,
        default: standIn as string | null
      }))
    },
    clientFields: [],
    parsers: mappingParsers('PL'),
    currency: 'PLN',
    client: null,
    responsible: { userId: null, isSaid: false },
    account: null,
    opportunity: null,
    overwrite: false,
    description: undefined,
    ...basis
  })
}

function client(words: Partial<Client['content']> = {}): Client {
  return {
    id: 'a-client',
    displayName: '',
    content: { ...BLANK_CLIENT, ...words },
    source: null,
    responsibleUser: null,
    account: null,
    createdFromLeadId: null,
    version: 1,
    createdAt: NEW_YEAR,
    updatedAt: NEW_YEAR
  }
}

function defined(key: string, words: Partial<CustomField>): CustomField {
  return {
    ...{ id: key, target: 'client', key, label: key, type: 'text', options: [] },
    ...{ required: false, searchable: false, position: 0, version: 1 },
    ...{ createdAt: NEW_YEAR, updatedAt: NEW_YEAR },
    ...words
  }
}

const NEW_ACCOUNT = { account: null, name: null, given: {}, allowDuplicate: false }
const NEW_DEAL = { opportunity: null, stage: 'discovery', given: {} } as const

void t.test('a new client takes all that the lead has, by no mapping at all', (t) => {
  const words = {
    contact: contact({ firstName: 'Ada', email: 'a@example.pl', phone: '+48601234567' }),
    message: 'Hello',
    vehicles: [vehicle({ make: 'Kia' })],
    customFields: { nested: { a: [1] }, __proto__: { harm: 1 }, budget: '7' }
  }
  const { client: made, account, opportunity, faults } = plan({ lead: lead(words) })
  t.equal(made.action, 'create')
  t.strictSame(made.content, {
    contact: words.contact,
    description: 'Hello',
    vehicleInterests: words.vehicles,
    consents: [],
    customFields: { nested: { a: [1] }, budget: '7' }
  })
  t.strictSame([account, opportunity, faults], [null, null, []])
  t.end()
})

void t.test('mapped values, and defaults where the lead is blank', (t) => {
  const valueOf = (entry: [string, string | null, unknown?], facts: LeadFacts = lead()) => {
    const clientFields = [
      defined('budget', { type: 'number' }),
      defined('brands', { type: 'options', options: ['Kia', 'Opel'] }),
      defined('since', { type: 'date' }),
      defined('size', { type: 'option', options: ['7'] })
    ]
    const planned = plan({ lead: facts, entries: [entry], clientFields })
    const field = planned.client.fields.find(({ to }) => to === entry[0])
    return [field?.value, field?.isDefault, planned.faults.length]
  }
  const custom = (key: string) => `client.customFields.${key}`
  const asking = lead({
    message: ' ',
    vehicles: [
      vehicle({ make: 'Kia', year: 2020 }),
      vehicle({ make: 'Opel' }),
      vehicle({ make: 'Kia' })
    ],
    timeframe: { description: null, earliest: '2026-03-01T10:00:00+01:00', latest: null },
    customFields: { budget: ' 12.5 ', blank: '' }
  })
  t.strictSame(valueOf([custom('budget'), 'customFields.budget', 1], asking), [12.5, false, 0])
  t.strictSame(valueOf([custom('budget'), 'customFields.blank', 1], asking), [1, true, 0])
  t.strictSame(valueOf([custom('budget'), null, 0], asking), [0, true, 0], 'zero is a value')
  t.strictSame(valueOf([custom('brands'), 'vehicle.make'], asking), [['Kia', 'Opel'], false, 0])
  t.strictSame(valueOf([custom('brands'), 'vehicle.make', ['Opel']]), [['Opel'], true, 0])
  t.strictSame(valueOf([custom('since'), 'timeframe.earliest'], asking), ['2026-03-01', false, 0])
  t.strictSame(valueOf([custom('size'), 'vehicle.year'], asking), ['2020', false, 1], 'no option')
  t.strictSame(valueOf(['client.description', 'message', 'None'], asking), ['None', true, 0])
  t.strictSame(valueOf(['client.description', 'vehicle.make'], asking), ['Kia', false, 0])
  t.strictSame(valueOf(['client.description', 'vehicle.vin'], asking), [null, false, 0])
  t.end()
})

void t.test('of a client that is there only what is empty is filled', (t) => {
  const there = client({
    contact: contact({ firstName: 'ADA', language: 'pl', email: 'A@example.pl' }),
    description: 'Known',
    customFields: { budget: 1, gone: '' }
  })
  const facts = lead({
    contact: contact({
      ...{ firstName: 'Ada', lastName: 'Byron', language: 'en', companyName: 'Ltd' },
      emails: ['a@example.pl', 'b@example.pl'].map((address) => ({
        address,
        raw: address,
        valid: true
      }))
    }),
    message: 'New',
    customFields: { budget: 2, gone: 3, more: 4 }
  })
  const filled = plan({ lead: facts, client: there }).client
  t.equal(filled.action, 'fill')
  t.equal(filled.id, 'a-client')
  t.hasStrict(filled.content, {
    contact: { firstName: 'ADA', lastName: 'Byron', language: 'pl', companyName: 'Ltd' },
    description: 'Known',
    customFields: { budget: 1, gone: 3, more: 4 }
  })
  const addresses = (of: typeof filled) => of.content.contact.emails.map(({ address }) => address)
  t.strictSame(addresses(filled), ['A@example.pl', 'b@example.pl'])
  const over = plan({ lead: facts, client: there, overwrite: true }).client
  t.hasStrict(over.content, {
    contact: { firstName: 'Ada', lastName: 'Byron', language: 'en' },
    description: 'New',
    customFields: { budget: 2, gone: 3, more: 4 }
  })
  t.strictSame(addresses(over), ['A@example.pl', 'b@example.pl'], 'never removed')
  const blank = plan({ client: there, overwrite: true }).client
  t.strictSame(blank.content, there.content, 'a blank lead takes nothing away')
  t.notOk(blank.fields.some(({ applied }) => applied))
  t.end()
})

void t.test('a name is never mixed with another person’s', (t) => {
  const filled = (theirs: object, ours: object, overwrite = false) => {
    const facts = lead({ contact: contact(theirs) })
    const there = client({ contact: contact(ours) })
    const { firstName, lastName, fullName } = plan({ lead: facts, client: there, overwrite }).client
      .content.contact
    return { firstName, lastName, fullName }
  }
  const names = (firstName: string | null, lastName: string | null, fullName: string | null) => ({
    ...{ firstName, lastName, fullName }
  })
  const ada = { firstName: 'Ada', lastName: 'Byron' }
  t.strictSame(filled(ada, {}), names('Ada', 'Byron', null))
  t.strictSame(filled(ada, { fullName: 'Jan Client' }), names(null, null, 'Jan Client'))
  t.strictSame(filled(ada, { lastName: 'BYRON' }), names('Ada', 'BYRON', null))
  t.strictSame(filled(ada, { firstName: 'Eva' }), names('Eva', null, null))
  t.strictSame(filled(ada, { fullName: 'Jan Client' }, true), names('Ada', 'Byron', null))
  t.strictSame(filled({}, { fullName: 'Jan' }, true), names(null, null, 'Jan'))
  t.end()
})

void t.test('values that do not fit, and missing ones, are named', (t) => {
  const clientFields = [
    defined('budget', { type: 'number' }),
    defined('a/b~c', { required: true }),
    defined('size', { type: 'option', options: ['S'], required: true })
  ]
  const facts = lead({ customFields: { budget: 'much', size: ['XL'] } })
  t.match(plan({ lead: facts, clientFields }).faults, [
    { pointer: '/mapping/client.customFields.budget', reason: { code: 'not_number' } },
    { pointer: '/mapping/client.customFields.size', reason: { code: 'not_option' } },
    { pointer: '/mapping/client.customFields.a~1b~0c', reason: { code: 'required' } }
  ])
  const entries: [string, string | null, unknown?][] = [
    ['client.customFields.budget', null, 5],
    ['client.customFields.size', null, 'S'],
    ['client.customFields.a/b~c', 'message', 'none']
  ]
  t.strictSame(plan({ lead: facts, clientFields, entries }).faults, [])
  const there = client({ customFields: { budget: 1, size: 'S' } })
  t.strictSame(plan({ lead: facts, clientFields, client: there }).faults, [], 'nothing is taken')
  t.equal(plan({ lead: facts, clientFields, client: there, overwrite: true }).faults.length, 2)
  t.end()
})

void t.test('an account: its name by the caller, the mapping, the lead, or not at all', (t) => {
  const ltd = lead({ contact: contact({ companyName: 'Ltd' }) })
  const planned = (words: Parameters<typeof plan>[0]) => plan({ account: NEW_ACCOUNT, ...words })
  const mapped: [string, string | null, unknown?][] = [
    ['account.name', 'attribution.shop', 'Mapped'],
    ['account.taxNumber', null, '7']
  ]
  t.equal(planned({ lead: ltd }).account?.name, 'Ltd')
  t.hasStrict(planned({ lead: ltd, entries: mapped }).account, {
    ...{ name: 'Mapped', content: { ...NO_ACCOUNT_CONTENT, taxNumber: '7' } }
  })
  const said = { ...NEW_ACCOUNT, name: 'Said', given: { taxNumber: '8' } }
  t.hasStrict(planned({ lead: ltd, entries: mapped, account: said }).account, {
    ...{ name: 'Said', content: { taxNumber: '8' } }
  })
  t.match(planned({}).faults, [{ pointer: '/account/name', reason: { code: 'required' } }])
  const account = {
    ...{ id: 'an-account', name: 'Old', content: { ...NO_ACCOUNT_CONTENT, taxNumber: '1' } },
    ...{ responsibleUser: null, createdFromLeadId: null, version: 1 },
    ...{ createdAt: NEW_YEAR, updatedAt: NEW_YEAR }
  }
  const kept = plan({ lead: ltd, entries: mapped, account: { account } })
  t.hasStrict(kept.account, { action: 'fill', name: 'Old', content: { taxNumber: '1' } })
  const over = plan({ lead: ltd, entries: mapped, account: { account }, overwrite: true })
  t.hasStrict(over.account, { name: 'Old', content: { taxNumber: '7' } })
  const member = { ...client(), account: { id: 'another', name: 'Another' } }
  t.equal(plan({ account: { account }, client: client() }).joinsAccount, true)
  t.equal(plan({ account: { account }, client: member }).joinsAccount, false)
  t.equal(plan({ account: { account }, client: member, overwrite: true }).joinsAccount, true)
  t.end()
})

void t.test('an opportunity is about the vehicles that are wanted', (t) => {
  const price = (amount: string, currency = 'EUR') => ({
    ...{ amount, currency, type: null, delta: null, relativeTo: null, source: null }
  })
  const facts = lead({
    contact: contact({ fullName: 'Ada' }),
    vehicles: [
      vehicle({ interest: 'trade-in', make: 'Opel', price: price('1.00') }),
      vehicle({ make: 'Kia', model: 'Ceed', year: 2022, price: price('79900.10') }),
      vehicle({ interest: 'lease', make: 'Kia', price: price('0.2') })
    ]
  })
  const planned = (words: Parameters<typeof plan>[0]) =>
    plan({ lead: facts, opportunity: NEW_DEAL, ...words }).opportunity
  const deal = planned({})
  t.hasStrict(deal, {
    action: 'create',
    stage: 'discovery',
    content: { name: '2022 Kia Ceed', amount: { amount: '79900.30', currency: 'EUR' } }
  })
  t.strictSame(
    deal?.content.products.map((product) => [
      product.vehicle.model,
      product.price,
      product.quantity
    ]),
    [
      ['Ceed', { amount: '79900.10', currency: 'EUR' }, 1],
      [null, { amount: '0.2', currency: 'EUR' }, 1]
    ]
  )
  t.equal(planned({ lead: lead({ contact: contact({ fullName: 'Ada' }) }) })?.content.name, 'Ada')
  const entries: [string, string | null, unknown?][] = [
    ['opportunity.amount', 'vehicle.price'],
    ['opportunity.expectedClose', 'timeframe.latest', '2026-12-31'],
    ['opportunity.name', 'vehicle.model']
  ]
  t.hasStrict(planned({ entries })?.content, {
    ...{ name: 'Ceed', amount: { amount: '1.00', currency: 'EUR' }, expectedClose: '2026-12-31' }
  })
  t.hasStrict(planned({ entries: [['opportunity.amount', null, 5]] })?.content, {
    amount: { amount: '5.00', currency: 'PLN' }
  })
  const given = { name: 'Said', products: [], amount: { amount: '3', currency: 'USD' } }
  t.hasStrict(planned({ entries, opportunity: { ...NEW_DEAL, given } })?.content, given)
  t.end()
})
