import { readFileSync } from 'node:fs'
import t from 'tap'
import { EMPTY_CONTACT } from '../../../src/domain/leads/empty-lead.ts'
import { unreadTexts } from '../../../src/domain/leads/unmapped.ts'
import type {
  Contact,
  LeadContent,
  Prequalification,
  UnmappedValue
} from '../../../src/domain/leads/lead.ts'
import type { Vehicle } from '../../../src/domain/leads/vehicle.ts'
import {
  content,
  dealer,
  documents,
  lead,
  read,
  readOne,
  render,
  validate
} from '../../adf/documents.ts'

const golden = new URL('golden.xml', import.meta.url)

const car: Vehicle = {
  interest: 'buy',
  condition: 'used',
  references: [{ id: 'V-9', source: null, sequence: null }],
  year: 2022,
  make: 'Kia',
  model: 'Forte "GT" <5>',
  trim: 'EX',
  vin: '3KPF24AD1NE000001',
  plate: null,
  stockNumber: 'U1042',
  doors: '4',
  bodyStyle: 'Sedan',
  transmission: 'A',
  odometer: { value: 41200, unit: 'km', status: 'original' },
  state: 'good',
  colors: [{ interior: null, exterior: 'red', preference: null }],
  image: { url: 'https://cars.example/?a=1&b=2', width: 640, height: null, altText: 'a "car"' },
  price: {
    amount: '18995',
    currency: 'CAD',
    type: 'asking',
    delta: null,
    relativeTo: null,
    source: null
  },
  priceComments: 'plus tax',
  options: [
    { name: 'Tow bar', manufacturerCode: 'T1', stockNumber: null, weighting: -100, price: null }
  ],
  finance: { method: 'lease', amounts: [], balance: null },
  comments: 'keyless'
}

const hostile: Contact = {
  ...EMPTY_CONTACT,
  firstName: `<&"'>`,
  lastName: 'Żółć ]]> 🚗',
  nameSuffix: 'Jr.',
  companyName: 'Smith & Sons',
  emails: [
    { address: 'helene@example.test', raw: 'helene@example.test', valid: true },
    { address: 'not an address', raw: 'not an address', valid: false }
  ],
  phones: [
    {
      number: '+15145550142',
      raw: '514-555-0142 x12',
      valid: true,
      type: 'mobile',
      time: 'evening'
    },
    { number: 'ask Ann', raw: 'ask Ann', valid: false, type: 'work', time: null }
  ],
  preferredChannel: 'sms',
  preferredTime: 'morning',
  language: 'fr-CA',
  address: {
    street: [],
    apartment: 'G-17',
    city: 'Laval',
    region: 'QC',
    postalCode: 'H7A 0A1',
    country: 'CA',
    type: 'home'
  }
}

const prequalification: Prequalification = {
  employmentStatus: 'employed',
  employer: 'Telus',
  jobTitle: null,
  employedSince: null,
  income: { amount: '4000', currency: 'CAD' },
  incomePeriod: 'month',
  otherIncome: null,
  housingStatus: null,
  housingCost: null,
  creditEstimate: null,
  downPayment: null,
  monthlyBudget: null,
  timeframe: null,
  hasTradeIn: false,
  creditCheckConsent: true
}

const full: LeadContent = content({
  type: 'prequalification',
  externalId: 'form-77',
  submittedAt: '2026-03-02T08:15:30.250-05:00',
  contact: hostile,
  message: 'Is it still there?\r\nSecond line & <b>more</b> &lt;typed&gt;',
  vehicles: [car],
  timeframe: { description: 'Within 1 month', earliest: null, latest: null },
  prequalification,
  consents: [
    {
      purpose: 'marketing',
      channel: 'email',
      granted: true,
      text: 'Write to me.',
      textVersion: '3',
      language: 'en',
      page: 'https://cars.example/form',
      ip: null,
      givenAt: '2026-03-02T13:15:30Z',
      proofUrl: null
    }
  ],
  attribution: { utm_source: 'spring' },
  customFields: { size: 42, colours: ['red'], note: 'two\nlines' },
  references: [{ id: '38889', source: 'Cobalt', sequence: '4' }],
  unmapped: [{ path: 'prospect/vehicle[1]/partner-score', text: '97' }]
})

void t.test('the whole document', (t) => {
  const text = render(lead({ content: full }), { includePrequalification: true })
  t.equal(text, readFileSync(golden, 'utf8'))
  validate(text)
  t.end()
})

void t.test('what the finance desk needs is written only where that is allowed', (t) => {
  t.notMatch(render(lead({ content: full })), /Telus|4000/)
  t.end()
})

void t.test('a document read and written again says the same', (t) => {
  for (const [name, text] of Object.entries(documents)) {
    for (const before of read(text)) {
      const document = render(lead({ content: before }))
      validate(document)
      const after = readOne(document)
      t.equal(after.message, before.message, `${name}: message`)
      t.strictSame(after.vehicles, before.vehicles.map(written), `${name}: vehicles`)
      t.strictSame(person(after), person(before), `${name}: person`)
      t.strictSame(after.timeframe, before.timeframe, `${name}: timeframe`)
      const entry = ({ path, text }: UnmappedValue) => `${path}: ${text}`
      const kept = after.unmapped.map(entry)
      const lost = unreadTexts(before.unmapped).filter((value) => !kept.includes(entry(value)))
      t.strictSame(lost, [], `${name}: unmapped`)
    }
  }
  t.end()
})

void t.test('a placeholder contact is written for a lead without a name', (t) => {
  const nobody = dealer({ email: null, phone: null, url: null })
  const text = render(lead({ dealer: nobody }))
  validate(text)
  const back = readOne(text)
  t.strictSame(back.contact, EMPTY_CONTACT, 'and is nobody again when read')
  t.strictSame(back.vehicles, [])
  t.equal(back.vendor?.name, 'Northside Motors')

  const company = content({ contact: { ...EMPTY_CONTACT, companyName: 'Kowal & Sons' } })
  t.equal(readOne(render(lead({ content: company }))).contact.companyName, 'Kowal & Sons')
  t.end()
})

void t.test('ids of earlier systems come first, ours last and once', (t) => {
  const once = readOne(render(lead({ content: full })))
  t.strictSame(once.references, [
    { id: 'form-77', source: 'Our website', sequence: '1' },
    { id: '38889', source: 'Cobalt', sequence: '4' },
    { id: '0197-lead', source: 'Leadyard', sequence: '5' }
  ])
  const twice = readOne(render(lead({ content: once })))
  t.strictSame(twice.references, once.references)
  t.equal(twice.externalId, 'Our website:form-77')
  t.end()
})

/** A colour's place stands in for the preference ADF demands. */
function written(vehicle: Vehicle): Vehicle {
  return {
    ...vehicle,
    colors: vehicle.colors.map((colors, index) => ({
      ...colors,
      preference: colors.preference ?? index + 1
    }))
  }
}

/** What was written of a number is its normal form. */
function person({ contact }: LeadContent) {
  return {
    ...contact,
    emails: contact.emails.map(({ address, valid }) => ({ address, valid })),
    phones: contact.phones.map(({ number, type, time }) => ({ number, type, time }))
  }
}

void t.test('a referred lead names the promoter and the referral code in its comments', (t) => {
  const referred = render(
    lead({ promoterName: 'Ewa <Lis>', referralCode: 'k7Q2mX', content: content() })
  )
  validate(referred)
  t.match(referred, 'Promoter: Ewa &lt;Lis&gt;')
  t.match(referred, 'Referral code: k7Q2mX')
  t.notMatch(render(lead()), 'Referral code')
  t.end()
})

void t.test('the currency of an amount is written only where the sender named it', (t) => {
  const document = (attribute: string) =>
    `<adf><prospect><vehicle><make>Kia</make><price${attribute}>79900</price><option>
    <optionname>Roof</optionname><price${attribute}>500</price></option><finance><method>lease</method>
    <amount${attribute}>400</amount><balance${attribute}>9000</balance></finance></vehicle></prospect></adf>`
  for (const [attribute, count] of [
    ['', 0],
    [' currency="EUR"', 4]
  ] as const) {
    const before = readOne(document(attribute))
    t.equal(before.vehicles[0]?.price?.currency, count === 0 ? 'CAD' : 'EUR')
    const written = render(lead({ content: before }))
    validate(written)
    t.equal(written.split('currency=').length - 1, count)
    t.strictSame(readOne(written).vehicles, before.vehicles)
  }
  t.end()
})
