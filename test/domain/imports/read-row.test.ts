import t from 'tap'

import { mergeLead } from '../../../src/domain/imports/merge-content.ts'
import {
  CONSENTS_PART,
  IMPORT_FIELDS,
  PHONE_CODES_PART,
  REQUEST_TIME_PART
} from '../../../src/domain/imports/import-fields.ts'
import { readRow } from '../../../src/domain/imports/read-row.ts'
import { planRows } from '../../../src/domain/imports/row-plan.ts'
import { EMPTY_PREQUALIFICATION } from '../../../src/domain/leads/empty-lead.ts'
import type { Lead, LeadContent } from '../../../src/domain/leads/lead.ts'
import { leadColumns } from '../../../src/schemas/exports/lead-columns.ts'
import { rowParsers } from '../../../src/schemas/imports/row-parsers.ts'
import { contact, content, vehicle } from '../../support/builders.ts'

const READING = rowParsers({ country: 'PL', currency: 'PLN', timeZone: 'Europe/Warsaw' })
const PLN = (amount: string) => ({ amount, currency: 'PLN' })
const email = (address: string) => ({ address, raw: address, valid: true })
const phone = (number: string) =>
  ({ number, raw: number, valid: true, type: 'voice', time: null }) as const

/** A lead with a value for every field that a column fills. */
const FULL: LeadContent = content({
  type: 'prequalification',
  externalId: 'form-7',
  submittedAt: '2026-11-21T17:03:11.000Z',
  message: 'Is the blue one\nstill there?',
  contact: contact({
    firstName: 'Łucja',
    middleName: 'Ewa',
    lastName: 'Żak',
    nameSuffix: 'jr',
    fullName: 'Łucja Ewa Żak',
    companyName: 'Żak & Co',
    emails: [email('l@example.pl'), email('ewa@example.pl'), email('office@example.pl')],
    phones: [phone('+48601234567'), phone('+48221234567'), phone('+48221234568')],
    preferredChannel: 'phone',
    preferredTime: 'evening',
    language: 'pl',
    address: {
      street: ['ul. Długa 7'],
      apartment: '3',
      city: 'Kraków',
      region: 'małopolskie',
      postalCode: '31-146',
      country: 'PL',
      type: 'home'
    }
  }),
  vehicles: [
    vehicle({
      interest: 'trade-in',
      condition: 'used',
      year: 2014,
      make: 'Opel',
      model: 'Astra',
      trim: 'GT',
      vin: 'W0L0AHL3572012345',
      plate: 'KR 1AB23',
      stockNumber: 'U1',
      doors: '5',
      bodyStyle: 'estate',
      transmission: 'manual',
      odometer: { value: 141_000, unit: 'km', status: null },
      state: 'good',
      price: { ...PLN('9900.00'), type: null, delta: null, relativeTo: null, source: null },
      priceComments: 'or so',
      comments: 'one owner'
    })
  ],
  timeframe: { description: 'soon', earliest: '2026-11-23', latest: '2026-12-15' },
  prequalification: {
    employmentStatus: 'employed',
    employer: 'Nord',
    jobTitle: 'baker',
    employedSince: '2019',
    income: PLN('8000.00'),
    incomePeriod: 'month',
    otherIncome: PLN('100'),
    housingStatus: 'rents',
    housingCost: PLN('2000'),
    creditEstimate: 'good',
    downPayment: PLN('5000'),
    monthlyBudget: PLN('900'),
    timeframe: 'this year',
    hasTradeIn: true,
    creditCheckConsent: false
  },
  attribution: Object.fromEntries(
    ['landingPage', 'referrer', 'utmSource', 'utmMedium', 'utmCampaign', 'utmTerm', 'utmContent']
      .concat('gclid', 'fbclid')
      .map((key) => [key, `its ${key}`])
  ),
  customFields: {}
})

/** Reads a row of these cells, each by its field. */
function read(cells: Record<string, string>, target: 'leads' | 'clients' = 'leads') {
  const names = Object.keys(cells)
  const mapping = names.map((name) => ({ column: name, field: name }))
  const plan = planRows(
    {
      target,
      columns: names.map((name) => ({ name, dates: null })),
      settings: { mapping, dateOrder: 'auto' }
    },
    { definitions: [], parsers: READING }
  )
  return readRow(plan, {
    number: 1,
    line: 2,
    cells: Object.values(cells),
    fault: null,
    repair: null
  })
}

void t.test('codes that a spreadsheet took for numbers are codes', (t) => {
  const { content } = read({
    'contact.email': 'eva@row.example',
    externalId: '1001.0',
    'contact.address.postalCode': '4607.0',
    'vehicle.stockNumber': '123.0'
  })
  t.equal(content.externalId, '1001')
  t.equal(content.contact.address?.postalCode, '4607')
  t.equal(content.vehicles[0]?.stockNumber, '123')
  t.end()
})

void t.test('two surnames are one name, in any order of their columns', (t) => {
  const cells = { 'Segundo apellido': 'Gil', 'Primer apellido': 'Paz', Mail: 'eva@row.example' }
  const names = Object.keys(cells)
  const fields = ['contact.lastName', 'contact.lastName', 'contact.email']
  const mapping = names.map((column, at) => ({ column, field: fields[at] ?? null }))
  const columns = names.map((name) => ({ name, dates: null }))
  const plan = planRows(
    { target: 'leads', columns, settings: { mapping, dateOrder: 'auto' } },
    { definitions: [], parsers: READING }
  )
  const row = { number: 1, line: 2, cells: Object.values(cells), fault: null, repair: null }
  t.equal(readRow(plan, row).content.contact.lastName, 'Paz Gil')
  t.end()
})

void t.test('what was exported comes in again as it was, by every field of imports', async (t) => {
  const lead = { content: FULL } as Lead
  const partsOfOthers = ['contact.workAddress', PHONE_CODES_PART, CONSENTS_PART, REQUEST_TIME_PART]
  const stored = IMPORT_FIELDS.leads.filter(({ part }) => !partsOfOthers.includes(part))
  const known = new Set(stored.map(({ path }) => path))
  const cells = leadColumns([])
    .filter(({ name }) => known.has(name))
    .map(({ name, cellOf }): [string, string] => [name, String(cellOf(lead) ?? '')])
  t.strictSame(cells.map(([name]) => name).toSorted(), [...known].toSorted(), 'each is exported')
  t.strictSame(
    cells.filter(([, text]) => text === ''),
    [],
    'each has a value'
  )
  // Columns may stand in any order: the main e-mail and phone are the main ones all the same.
  for (const order of [cells, cells.toReversed()]) {
    const { content: back, problems } = read(Object.fromEntries(order))
    t.strictSame(problems, [])
    t.strictSame(back, FULL)
  }
})

void t.test('what is wrong is named by its column', async (t) => {
  const cells = {
    'contact.email': 'a@example.pl',
    'contact.language': 'po polsku',
    'vehicle.year': '221',
    'vehicle.odometer': 'many',
    'timeframe.latest': 'soon',
    'prequalification.hasTradeIn': 'maybe',
    'prequalification.income': 'enough',
    'contact.firstName': 'x'.repeat(201)
  }
  const { problems, notices, content: kept } = read(cells)
  t.strictSame(problems, [], 'it costs no row of a person with an e-mail')
  const wrong = Object.keys(cells).slice(1)
  t.strictSame(
    notices.map(({ column }) => column),
    wrong
  )
  t.strictSame(
    kept.unmapped.map(({ path, code }) => [path, code]),
    wrong.map((path) => [
      path,
      path === 'contact.firstName' ? 'shortened_text' : 'unreadable_value'
    ])
  )
  const unreachable = read({ ...cells, 'contact.email': '' })
  t.strictSame(
    unreachable.problems.map(({ code }) => code).slice(0, 2),
    ['unreachable', 'not_language'],
    'of a bad row all is told'
  )
})

void t.test('a row changes every part of a lead that it speaks of', async (t) => {
  const merged = mergeLead(content({ isTest: true }), FULL, false)
  t.strictSame(merged, { ...FULL, type: 'inquiry', isTest: true }, 'what is empty is filled')
  const housing = { ...EMPTY_PREQUALIFICATION, housingStatus: 'owns' }
  const row = content({ message: ' ', prequalification: housing, attribution: { gclid: 'other' } })
  t.strictSame(mergeLead(FULL, row, false), FULL, 'what is there stays')
  t.strictSame(mergeLead(FULL, row, true), {
    ...FULL,
    prequalification: { ...FULL.prequalification, housingStatus: 'owns' },
    attribution: { ...FULL.attribution, gclid: 'other' }
  })
})

void t.test('a contact that can’t be read is kept, and told without costing the row', async (t) => {
  const long = '1'.repeat(61)
  const {
    content: kept,
    problems,
    notices
  } = read({
    'contact.email': 'ann@',
    'contact.phone': '12',
    'contact.otherEmails': 'b@; nobody',
    'contact.firstName': 'null',
    message: 'N/A'
  })
  t.strictSame(problems, [])
  t.strictSame(
    notices.map(({ column, code }) => [column, code]),
    [['contact.phone', 'lead_quarantined']]
  )
  t.strictSame(
    kept.contact.emails.map(({ address, valid }) => [address, valid]),
    [
      ['ann@', false],
      ['b@', false],
      ['nobody', false]
    ]
  )
  t.equal(kept.contact.firstName, null)
  t.equal(kept.message, null, 'a word for none is no message')
  t.strictSame(kept.unmapped, [
    { path: 'message', text: 'N/A', code: 'absent_value' },
    { path: 'contact.firstName', text: 'null', code: 'absent_value' },
    { path: 'contact.email', text: 'ann@', code: 'unreadable_value' },
    { path: 'contact.otherEmails', text: 'b@', code: 'unreadable_value' },
    { path: 'contact.otherEmails', text: 'nobody', code: 'unreadable_value' },
    { path: 'contact.phone', text: '12', code: 'unreadable_value' }
  ])
  const client = read({ 'contact.email': 'jan.c7', 'contact.phone': '12' }, 'clients')
  t.strictSame(client.problems, [], 'a client keeps them too')
  t.strictSame(
    client.notices.map(({ column, code }) => [column, code]),
    [
      ['contact.phone', 'not_phone'],
      ['contact.email', 'not_email']
    ]
  )
  t.hasStrict(client.content.contact.emails, [{ address: 'jan.c7', valid: false }])
  t.equal(read({ 'contact.firstName': 'Ann' }, 'clients').problems[0]?.code, 'unreachable')
  const dialled = read({ 'contact.otherPhones': long })
  t.strictSame([dialled.problems, dialled.notices], [[], []], 'a number that people can dial')
  t.equal(read({ 'contact.firstName': 'Ann' }).problems[0]?.code, 'unreachable')
})

void t.test('cells of spreadsheets', async (t) => {
  const { content: lead, notices } = read({
    'contact.email': 'a@example.pl',
    'contact.phone': 'n/a',
    'vehicle.make': 'Kia',
    'vehicle.year': '2019.0',
    'vehicle.price': '12 990'
  })
  t.strictSame(notices, [])
  t.hasStrict(lead.vehicles[0], {
    year: 2019,
    condition: null,
    price: { amount: '12990', currency: 'PLN', currencyAssumed: true }
  })
  t.hasStrict(lead.contact, { phones: [] })
  const named = read({ 'contact.email': 'a@example.pl', 'vehicle.price': '12 990 €' })
  t.strictSame(named.content.vehicles[0]?.price?.currencyAssumed, undefined)
  const absent = read({ 'contact.phone': 'n/a', 'contact.email': '-' })
  t.strictSame(
    absent.problems.map(({ code }) => code),
    ['unreachable'],
    'a word for none is no wrong phone'
  )
})
