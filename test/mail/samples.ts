import type { MailedLead } from '../../src/mail/sections/lead-sections.ts'
import type { Dealer, DealerSettings, Locale } from '../../src/domain/dealers/dealer.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../src/domain/dealers/dealer.ts'
import type { Contact, LeadContent } from '../../src/domain/leads/lead.ts'
import type { Vehicle } from '../../src/domain/leads/vehicle.ts'
import { contact, content, vehicle } from '../support/builders.ts'

export { contact, content, vehicle }

export const LEAD_URL = 'https://desk.example/leads/0193a7c2-0000-7000-8000-000000000001'

export function dealer(
  settings: Partial<DealerSettings> = {},
  members: Partial<Omit<Dealer, 'settings'>> = {}
): Dealer {
  return {
    id: '0193a7c2-0000-7000-8000-0000000000d1',
    name: 'Auto Północ',
    slug: 'auto-polnoc',
    locale: 'pl',
    timeZone: 'Europe/Warsaw',
    country: 'PL',
    currency: 'PLN',
    email: null,
    phone: null,
    url: null,
    address: null,
    settings: { ...DEFAULT_DEALER_SETTINGS, ...settings },
    workingHours: null,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...members
  }
}

export function mailedLead(
  leadContent: LeadContent,
  members: Partial<MailedLead> = {}
): MailedLead {
  return {
    id: '0193a7c2-0000-7000-8000-000000000001',
    receivedAt: new Date('2026-11-21T17:03:12Z'),
    source: { key: 'website', name: 'Website' },
    statusName: 'new',
    content: leadContent,
    isDuplicate: false,
    assigneeName: 'Anna Nowak',
    queueName: null,
    promoterName: null,
    temperature: null,
    referralCode: null,
    ...members
  }
}

/** A lead as a dealer's website sends it, with most of what people fill in. */
export function plausibleLead(locale: Locale): MailedLead {
  const currency = locale === 'pl' ? 'PLN' : 'EUR'
  return mailedLead(
    content({
      submittedAt: '2026-11-21T18:03:11+01:00',
      contact: contact({
        firstName: 'Łukasz',
        lastName: "O'Żółć <Jr>",
        emails: [{ address: 'lukasz@example.pl', raw: 'Lukasz@EXAMPLE.pl', valid: true }],
        phones: [
          {
            number: '+48601234567',
            raw: '601 234 567',
            valid: true,
            type: 'mobile',
            time: 'evening'
          },
          { number: '12-cala', raw: '12-cala', valid: false, type: 'work', time: null }
        ],
        preferredChannel: 'phone',
        preferredTime: 'evening',
        language: 'pl',
        address: {
          street: ['ul. Długa 7'],
          apartment: 'm. 3',
          city: 'Kraków',
          region: null,
          postalCode: '31-146',
          country: 'PL',
          type: 'home'
        }
      }),
      message: 'Is the blue one still there?\nSee https://dealer.example/ceed & call me.',
      vehicles: [
        vehicle({
          year: 2022,
          make: 'Kia',
          model: 'Ceed',
          trim: 'GT Line',
          stockNumber: 'U1234',
          odometer: { value: 41000, unit: 'km', status: 'original' },
          price: {
            amount: '79900.00',
            currency,
            type: 'asking',
            delta: null,
            relativeTo: null,
            source: null
          }
        }),
        vehicle({ interest: 'trade-in', year: 2014, make: 'Opel', model: 'Astra' })
      ],
      timeframe: { description: 'this month', earliest: '2026-11-23', latest: '2026-12-15' },
      prequalification: {
        employmentStatus: 'employed',
        employer: null,
        jobTitle: null,
        employedSince: null,
        income: { amount: '9000', currency },
        incomePeriod: 'month',
        otherIncome: null,
        housingStatus: null,
        housingCost: null,
        creditEstimate: null,
        downPayment: null,
        monthlyBudget: null,
        timeframe: null,
        hasTradeIn: true,
        creditCheckConsent: false
      },
      consents: [
        {
          purpose: 'marketing',
          channel: 'email',
          granted: true,
          text: 'Yes, write to me',
          textVersion: null,
          language: 'en',
          page: null,
          ip: null,
          givenAt: '2026-11-21T18:03:00+01:00',
          proofUrl: null
        }
      ],
      attribution: { utmSource: 'google', landingPage: 'https://dealer.example/ceed' },
      customFields: { showroom: 'North', seats: 5 }
    }),
    { isDuplicate: true, promoterName: 'Piotr Lis', referralCode: 'k7Q2mX', temperature: 'hot' }
  )
}

/** A value that nothing else in a mail could contain. */
const mark = (name: string) => `mark-${name}-x`

let amounts = 100
const money = () => ({ amount: `${++amounts}.25`, currency: 'EUR' })

const markedContact = (owner: string): Contact => ({
  firstName: mark(`${owner}-first`),
  middleName: mark(`${owner}-middle`),
  lastName: mark(`${owner}-last`),
  nameSuffix: mark(`${owner}-suffix`),
  fullName: mark(`${owner}-full`),
  companyName: mark(`${owner}-company`),
  emails: ['one', 'two'].map((n) => ({
    address: `${mark(`${owner}-email-${n}`)}@example.com`,
    raw: mark(`${owner}-email-raw-${n}`),
    valid: n === 'one'
  })),
  phones: ['one', 'two'].map((n) => ({
    number: mark(`${owner}-phone-${n}`),
    raw: mark(`${owner}-phone-raw-${n}`),
    valid: n === 'one',
    type: 'mobile',
    time: 'evening'
  })),
  preferredChannel: 'whatsapp',
  preferredTime: 'morning',
  language: mark(`${owner}-language`),
  address: {
    street: [mark(`${owner}-street-1`), mark(`${owner}-street-2`)],
    apartment: mark(`${owner}-apartment`),
    city: mark(`${owner}-city`),
    region: mark(`${owner}-region`),
    postalCode: mark(`${owner}-postal-code`),
    country: mark(`${owner}-country`),
    type: 'delivery'
  }
})

const references = (owner: string) =>
  ['one', 'two'].map((n) => ({
    id: mark(`${owner}-reference-${n}`),
    source: mark(`${owner}-reference-source-${n}`),
    sequence: mark(`${owner}-reference-sequence-${n}`)
  }))

const markedVehicle = (owner: string): Vehicle => ({
  interest: 'test-drive',
  condition: 'used',
  references: references(owner),
  year: 1987,
  make: mark(`${owner}-make`),
  model: mark(`${owner}-model`),
  trim: mark(`${owner}-trim`),
  vin: mark(`${owner}-vin`),
  plate: mark(`${owner}-plate`),
  stockNumber: mark(`${owner}-stock`),
  doors: mark(`${owner}-doors`),
  bodyStyle: mark(`${owner}-body`),
  transmission: mark(`${owner}-transmission`),
  odometer: { value: 41234, unit: 'mi', status: 'replaced' },
  state: mark(`${owner}-state`),
  colors: ['one', 'two'].map((n) => ({
    interior: mark(`${owner}-interior-${n}`),
    exterior: mark(`${owner}-exterior-${n}`),
    preference: 77
  })),
  image: {
    url: `https://pictures.example/${mark(`${owner}-image`)}`,
    width: 641,
    height: 481,
    altText: mark(`${owner}-alt`)
  },
  price: {
    ...money(),
    type: 'appraisal',
    delta: 'relative',
    relativeTo: 'invoice',
    source: mark(`${owner}-price-source`)
  },
  priceComments: mark(`${owner}-price-comments`),
  options: ['one', 'two'].map((n) => ({
    name: mark(`${owner}-option-${n}`),
    manufacturerCode: mark(`${owner}-option-code-${n}`),
    stockNumber: mark(`${owner}-option-stock-${n}`),
    weighting: -65,
    price: {
      ...money(),
      type: 'msrp',
      delta: 'absolute',
      relativeTo: 'msrp',
      source: mark(`${owner}-option-price-source-${n}`)
    }
  })),
  finance: {
    method: mark(`${owner}-finance-method`),
    amounts: [
      { ...money(), type: 'total', limit: 'maximum' },
      { ...money(), type: 'downpayment', limit: 'minimum' },
      { ...money(), type: 'monthly', limit: 'exact' }
    ],
    balance: { ...money(), type: 'residual' }
  },
  comments: mark(`${owner}-comments`)
})

const party = (owner: string) => ({
  references: references(owner),
  name: mark(`${owner}-name`),
  service: mark(`${owner}-service`),
  url: mark(`${owner}-url`),
  email: mark(`${owner}-email`),
  phone: mark(`${owner}-phone`),
  contact: markedContact(`${owner}-contact`)
})

/** A lead with every member filled, each with a text of its own. */
export const markedContent: LeadContent = {
  type: 'prequalification',
  externalId: mark('external-id'),
  submittedAt: mark('submitted-at'),
  contact: markedContact('contact'),
  message: mark('message'),
  vehicles: [markedVehicle('first'), markedVehicle('second')],
  timeframe: {
    description: mark('timeframe'),
    earliest: mark('earliest'),
    latest: mark('latest')
  },
  prequalification: {
    employmentStatus: mark('employment'),
    employer: mark('employer'),
    jobTitle: mark('job-title'),
    employedSince: mark('employed-since'),
    income: money(),
    incomePeriod: 'fortnight',
    otherIncome: money(),
    housingStatus: mark('housing'),
    housingCost: money(),
    creditEstimate: mark('credit'),
    downPayment: money(),
    monthlyBudget: money(),
    timeframe: mark('finance-timeframe'),
    hasTradeIn: true,
    creditCheckConsent: false
  },
  consents: ['one', 'two'].map((n) => ({
    purpose: mark(`purpose-${n}`),
    channel: mark(`channel-${n}`),
    granted: n === 'one',
    text: mark(`consent-text-${n}`),
    textVersion: mark(`consent-version-${n}`),
    language: mark(`consent-language-${n}`),
    page: mark(`consent-page-${n}`),
    ip: mark(`consent-ip-${n}`),
    givenAt: mark(`consent-time-${n}`),
    proofUrl: mark(`consent-proof-${n}`)
  })),
  attribution: { [mark('utm-key')]: mark('utm-value') },
  customFields: {
    [mark('custom-key')]: mark('custom-value'),
    nested: { [mark('nested-key')]: [mark('nested-value')] },
    count: 31337,
    agreed: true
  },
  references: references('lead'),
  vendor: party('vendor'),
  provider: party('provider'),
  unmapped: [{ path: mark('unmapped-path'), text: mark('unmapped-text') }],
  isTest: true
}
