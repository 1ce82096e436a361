import t from 'tap'

import type { CustomField } from '../../../src/domain/fields/custom-field.ts'
import type { FieldMappingEntry } from '../../../src/domain/fields/field-mapping.ts'
import { findMappingFaults } from '../../../src/domain/fields/mapping-faults.ts'
import { fieldMessageOf } from '../../../src/wording/reasons.ts'
import { mappingParsers } from '../../../src/schemas/fields/mapping-parsers.ts'

type Definition = Pick<CustomField, 'target' | 'key' | 'type' | 'options'>

const DEFINITIONS: Definition[] = [
  { target: 'client', key: 'budget', type: 'number', options: [] },
  { target: 'client', key: 'size', type: 'option', options: ['S', 'L'] },
  { target: 'client', key: 'brands', type: 'options', options: ['Kia', 'Opel'] },
  { target: 'client', key: 'since', type: 'date', options: [] },
  { target: 'client', key: 'vip', type: 'boolean', options: [] },
  { target: 'lead', key: 'price', type: 'number', options: [] },
  { target: 'lead', key: 'wish', type: 'text', options: [] }
]

const entry = (to: string, from: string | null, standIn: unknown = null): FieldMappingEntry => ({
  to,
  from,
  default: standIn as FieldMappingEntry['default']
})

const faultsOf = (...entries: FieldMappingEntry[]) =>
  findMappingFaults(entries, DEFINITIONS, mappingParsers('PL'))

void t.test('a mapping that can be', (t) => {
  const good = [
    entry('client.description', 'vehicle.model', 'No word'),
    entry('client.contact.companyName', 'attribution.company'),
    entry('client.contact.language', null, 'pt-BR'),
    entry('client.contact.preferredChannel', 'contact.preferredChannel', 'whatsapp'),
    entry('client.customFields.budget', 'vehicle.price', 20_000.5),
    entry('client.customFields.size', 'customFields.wish', 'S'),
    entry('client.customFields.brands', 'vehicle.make', ['Kia', 'Opel']),
    entry('client.customFields.since', 'timeframe.earliest', '2026-02-28'),
    entry('client.customFields.vip', 'isTest', false),
    entry('client.customFields.of.nobody', 'isTest', [] as string[]),
    entry('account.name', 'customFields.anything'),
    entry('account.email', 'contact.email', 'office@example.pl'),
    entry('account.phone', 'contact.phone', '22 123 45 67'),
    entry('account.website', 'attribution.landingPage', 'https://example.pl'),
    entry('account.taxNumber', 'vehicle.year'),
    entry('opportunity.amount', 'vehicle.price', 10),
    entry('opportunity.expectedClose', 'timeframe.latest')
  ]
  t.strictSame(faultsOf(...good), [])
  t.end()
})

void t.test('each fault by its entry and its field', (t) => {
  const refused: [FieldMappingEntry, string, RegExp][] = [
    [entry('client.firstName', 'contact.firstName'), 'to', /client\.firstName/],
    [entry('client.contact.firstName', 'contact.firstName'), 'to', /client\.contact\.firstName/],
    [
      entry('client.customFields.', 'contact.firstName'),
      'to',
      /no field.*Known names: .*account\.name/
    ],
    [entry('constructor', 'contact.firstName'), 'to', /constructor/],
    [entry('account.name', 'nickname'), 'from', /nickname\. Known names: .*contact\.email/],
    [entry('account.name', 'toString'), 'from', /toString/],
    [entry('account.name', 'isTest'), 'from', /account\.name/],
    [entry('client.customFields.budget', 'message'), 'from', /client\.customFields\.budget/],
    [entry('client.customFields.budget', 'customFields.wish'), 'from', /another type/],
    [entry('client.customFields.vip', 'vehicle.price'), 'from', /another type/],
    [entry('opportunity.expectedClose', 'vehicle.year'), 'from', /another type/],
    [entry('client.customFields.budget', null, '12'), 'default', /number.*budget/],
    [entry('client.customFields.size', null, 'M'), 'default', /options.*size/],
    [
      entry('client.customFields.brands', null, ['Kia', 'Kia']),
      'default',
      /options, each of them once/
    ],
    [entry('client.customFields.since', null, '2026-02-30'), 'default', /day/],
    [entry('client.contact.language', null, 'po polsku'), 'default', /language/],
    [entry('client.contact.preferredChannel', null, 'fax'), 'default', /options/],
    [entry('account.email', null, 'office@'), 'default', /e-mail/],
    [entry('account.website', null, 'javascript:alert(1)'), 'default', /URL/],
    [entry('account.name', null, 'x'.repeat(201)), 'default', /200/],
    [entry('account.name', null, ['a']), 'default', /text/],
    [entry('opportunity.amount', null, 1e12), 'default', /12 digits/]
  ]
  const first = entry('client.description', 'message')
  for (const [wrong, member, message] of refused) {
    const [fault, ...others] = faultsOf(first, wrong)
    t.equal(fault?.pointer, `/entries/1/${member}`, wrong.to)
    t.match(
      fault &&
        ('reason' in fault ? `${fieldMessageOf(fault.reason)} ${fault.target}` : fault.message),
      message
    )
    t.strictSame(others, [])
  }
  const twice = faultsOf(first, entry('account.name', 'contact.companyName'), first)
  t.match(twice, [{ pointer: '/entries/2/to', message: /second time/ }])
  t.end()
})
