import t from 'tap'

import { readRow } from '../../../src/domain/imports/read-row.ts'
import { planRows } from '../../../src/domain/imports/row-plan.ts'
import type { LeadContent } from '../../../src/domain/leads/lead.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestDealer } from '../../support/app.ts'
import { adf } from '../../../src/inbound/adf.ts'
import { rowParsers } from '../../../src/schemas/imports/row-parsers.ts'
import { must } from '../../support/must.ts'

const DEALER = {
  country: 'PL',
  currency: 'PLN',
  locale: 'pl',
  timeZone: 'Europe/Warsaw'
} as const

/** The members of a lead by the names of columns and of fields of a form. */
const FIELDS = {
  year: 'vehicle.year',
  price: 'vehicle.price',
  odometer: 'vehicle.odometer',
  country: 'contact.address.country',
  condition: 'vehicle.condition',
  interest: 'vehicle.interest',
  city: 'contact.address.city',
  postalCode: 'contact.address.postalCode',
  street: 'contact.address.street',
  stockNumber: 'vehicle.stockNumber',
  submittedAt: 'submittedAt'
}

/** The parts of an address by the elements of ADF. */
const ADDRESS: Partial<Record<string, string>> = {
  country: 'country',
  city: 'city',
  postalCode: 'postalcode',
  street: 'street'
}

type Kind = keyof typeof FIELDS

const TEXTS: Record<Kind, readonly string[]> = {
  year: [
    '2019',
    '2 020',
    "'19",
    '2019/2020',
    'MY2022',
    '05/2019',
    '2022.0',
    'soon',
    '1700',
    '03/17',
    '03.17',
    '17',
    'MY22',
    '19/20'
  ],
  price: [
    '$20,000',
    '20.000,00 zł',
    '€ 20 000',
    '20k',
    '120 tys. zł',
    '79900',
    '1.200,- zł',
    '20000 ono',
    '79900 80000',
    '2019 15000',
    '£500',
    '$20,000 CAD',
    'od 79 900 zł',
    'from $20,000',
    'ab 7.900 €',
    'ok. 20 tys. zł',
    'Cena: 20 000',
    'call us',
    '79900 netto',
    'brutto 79900',
    'VB 15.990 €',
    '15.990 € VB',
    '15’990',
    '12,34,567',
    'Rs. 12,34,567/-',
    '₹ 5 lakh',
    '¥1,200,000',
    '£8,995 ono',
    '12000 dólares',
    '1.5 millones',
    '-79900',
    '15.990 €¹',
    '15 990,- zł*',
    'USD 15,990.00*',
    '15.990 € 1)',
    '15990 (1)'
  ],
  odometer: [
    '42.5',
    '42,500 km',
    '120 tys. km',
    '85k',
    '85k miles',
    '120 000',
    'low',
    '120 tkm',
    '120 mil',
    '85 000 mil',
    '85’000 km',
    '85 000 км',
    'ok. 85 000',
    'km 85000',
    'unter 100.000 km',
    '85.000 km (abgelesen)',
    '85.000 km²',
    '85.000 km*'
  ],
  country: [
    'Poland',
    'Polska',
    'Polen',
    'Polonia',
    'POL',
    'pl',
    'Deutschland',
    'UK',
    'D',
    'PL - Polska',
    'Atlantis',
    '+48',
    'EE.UU.',
    'EE. UU.',
    'EEUU'
  ],
  condition: ['new', 'Nowy', 'pre-owned', 'usado', 'Gebraucht'],
  interest: ['buy', 'kupno', 'test drive', 'Probefahrt', 'part exchange'],
  city: ['Łódź', ' Nowy  Sącz ', 'N/A', 'brak', '-', 'null', '12'],
  postalCode: ['31-146', '31146', 'SW1A 1AA', 'brak', 'n/a', '4607.0', '08001.0'],
  stockNumber: ['123.0', '0042.0', 'A-12.0', 'U 7', '{{stock}}'],
  street: ['ul. Długa 7', 'brak', '-', 'C/ Mayor, 3'],
  submittedAt: [
    '2026-11-20T14:05:00+01:00',
    '2026-11-20 14:05',
    '20.11.2026 14:05',
    '26-11-05',
    '25-11-30',
    'Nov 20, 2026 2:05 PM',
    '1764000000',
    '1764000000000',
    '1764000000.123',
    '/Date(1764000000000)/',
    '/Date(1764000000123+0100)/',
    '1764000000123456',
    '2026-11-20 24:00',
    '2026-11-20T24:00:00Z',
    '2026-11-20 24:01',
    '2026-11-20 14:05:10.123',
    '2026-11-20T14:05:10.123456+01:00',
    'ISODate("2026-11-20T14:05:10.123Z")',
    '{"$date":"2026-11-20T14:05:10.123Z"}',
    '{"$date":{"$numberLong":"1764000000123"}}',
    '{"date":"2026-11-20 10:00:00.000000","timezone_type":3,"timezone":"Europe/London"}',
    '{"seconds":1764000000,"nanoseconds":5000000}',
    '{"_seconds":1764000000,"_nanoseconds":5000000}',
    '{"sec":1764000000,"usec":5000}',
    '{"$timestamp":{"t":1764000000,"i":1}}',
    '2026-03-01T12:30:60Z',
    '2026-03-01T10:00:00 02:00',
    '2026-W10-2',
    '2026-W10-2T10:00:00Z',
    '2026-061',
    '2026-11-20',
    '12:30',
    'last week',
    '9999-12-31',
    '0001-01-01T00:00:00Z',
    'Fri Nov 20 2026 15:45:00 GMT+0100 (Central European Standard Time)',
    '2026-11-20t15:45:00Z',
    '20.11.2026 15.45',
    '20261120154500',
    '2026-11-20T15:45:00+01:00[Europe/Warsaw]',
    '2026-11-20 15:45:00 America/New_York',
    '="2026-11-20"',
    '2026年11月20日',
    '٢٠/١١/٢٠٢٦',
    'dn. 20.11.2026'
  ]
}

const isOfAddress = (kind: Kind): kind is Kind & ('country' | 'city' | 'postalCode' | 'street') =>
  kind in ADDRESS

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const valueOf = (
  { contact, vehicles, submittedAt }: Pick<LeadContent, 'contact' | 'vehicles' | 'submittedAt'>,
  kind: Kind
) => {
  if (kind === 'submittedAt') return submittedAt === null ? null : Date.parse(submittedAt)
  if (isOfAddress(kind)) return contact.address?.[kind] ?? (kind === 'street' ? [] : null)
  const value = vehicles[0]?.[kind] ?? null
  if (kind === 'price' && value !== null && typeof value === 'object') {
    const { amount, currency, currencyAssumed = false } = must(vehicles[0]?.price)
    return { amount, currency, currencyAssumed }
  }
  return value
}

function fromAdf(kind: Kind, text: string): LeadContent {
  const value = escaped(text)
  const attribute = { condition: `status="${value}"`, interest: `interest="${value}"` }
  const isAttribute = kind === 'condition' || kind === 'interest'
  const part = ADDRESS[kind]
  const isVehicle = !isAttribute && part === undefined && kind !== 'submittedAt'
  const element = isVehicle ? `<${kind}>${value}</${kind}>` : ''
  const address = part === undefined ? '' : `<address><${part}>${value}</${part}></address>`
  const time = kind === 'submittedAt' ? `<requestdate>${value}</requestdate>` : ''
  const document = `<adf><prospect>${time}<vehicle ${isAttribute ? attribute[kind] : ''}><make>Kia</make>${element}</vehicle>
    <customer><contact><email>a@b.example</email>${address}</contact></customer></prospect></adf>`
  const parsed = adf.parse(adf.decode(Buffer.from(document), 'utf-8', DEALER), DEALER)
  return must('fault' in parsed ? undefined : parsed.contents[0])
}

const COLUMNS = ['email', 'make', ...Object.keys(FIELDS)]

const PLAN = planRows(
  {
    target: 'leads',
    columns: COLUMNS.map((name) => ({ name, dates: null })),
    settings: {
      dateOrder: 'auto',
      mapping: [
        { column: 'email', field: 'contact.email' },
        { column: 'make', field: 'vehicle.make' },
        ...Object.entries(FIELDS).map(([column, field]) => ({ column, field }))
      ]
    }
  },
  { definitions: [], parsers: rowParsers(DEALER) }
)

function fromList(kind: Kind, text: string): LeadContent {
  const given: Record<string, string> = { email: 'a@b.example', make: 'Kia', [kind]: text }
  const cells = COLUMNS.map((name) => given[name] ?? '')
  return readRow(PLAN, { number: 1, line: 2, cells, fault: null, repair: null }).content
}

let sent = 0

async function post({ admin }: TestDealer, body: object, type: string) {
  const {
    status,
    body: lead,
    text
  } = await admin('POST', '/v1/leads', body, { 'content-type': type })
  if (status !== 201) throw new Error(text)
  return lead
}

async function fromJson(dealer: TestDealer, kind: Kind, text: string) {
  sent += 1
  const address = isOfAddress(kind) ? { [kind]: text } : undefined
  const isTime = kind === 'submittedAt'
  const vehicle = { make: 'Kia', ...(address || isTime ? {} : { [kind]: text }) }
  const contact = { email: `v${sent}@values.example`, address }
  const body = { source: 'website', contact, vehicles: [vehicle], ...(isTime && { [kind]: text }) }
  return await post(dealer, body, 'application/json')
}

async function fromForm(dealer: TestDealer, kind: Kind, text: string) {
  sent += 1
  const form = new URLSearchParams({ email: `v${sent}@values.example`, make: 'Kia', [kind]: text })
  const body = form.toString() as unknown as object
  return await post(dealer, body, 'application/x-www-form-urlencoded')
}

void t.test('the same text is the same value on every path', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  await dealer.admin('PATCH', '/v1/dealer', { country: 'PL', currency: 'PLN' })
  for (const [kind, texts] of Object.entries(TEXTS) as [Kind, readonly string[]][]) {
    for (const text of texts) {
      const list = valueOf(fromList(kind, text), kind)
      const paths = {
        adf: valueOf(fromAdf(kind, text), kind),
        json: valueOf((await fromJson(dealer, kind, text)) as never, kind),
        form: valueOf((await fromForm(dealer, kind, text)) as never, kind)
      }
      for (const [path, value] of Object.entries(paths)) {
        t.strictSame(value, list, `${kind} ${text}: ${path} as the list`)
      }
    }
  }
})
