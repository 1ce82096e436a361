/** The lead that the contract shows: posted as the first, answered as the second. */

export const NEW_LEAD_EXAMPLE = {
  type: 'inquiry',
  source: 'website',
  externalId: 'form-20261121-0042',
  submittedAt: '2026-11-21T18:03:11+01:00',
  contact: {
    firstName: 'Łukasz',
    lastName: 'Żółć',
    email: 'Lukasz@Example.pl',
    phone: '601 234 567',
    otherPhones: [{ number: '+48 22 123 45 67', type: 'work' }],
    preferredChannel: 'phone',
    preferredTime: 'evening',
    language: 'pl',
    address: {
      street: ['ul. Długa 7'],
      city: 'Kraków',
      postalCode: '31-146',
      country: 'PL'
    }
  },
  message: 'Is the blue one still there?',
  vehicles: [
    {
      interest: 'buy',
      condition: 'used',
      year: 2022,
      make: 'Kia',
      model: 'Ceed',
      trim: 'GT Line',
      stockNumber: 'U1234',
      odometer: { value: 41000, unit: 'km' },
      price: { amount: '79900.00', currency: 'PLN' }
    }
  ],
  consents: [
    {
      purpose: 'marketing',
      channel: 'email',
      granted: true,
      text: 'Yes, write to me',
      language: 'en'
    }
  ],
  attribution: { landingPage: 'https://dealer.example/ceed', utmSource: 'google' },
  customFields: {},
  isTest: false
} as const

export const LEAD_EXAMPLE = {
  id: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e',
  type: 'inquiry',
  source: { id: '01938f2e-0001-7000-8000-000000000001', key: 'website', name: 'Website' },
  externalId: 'form-20261121-0042',
  submittedAt: '2026-11-21T18:03:11+01:00',
  contact: {
    firstName: 'Łukasz',
    middleName: null,
    lastName: 'Żółć',
    nameSuffix: null,
    fullName: null,
    companyName: null,
    email: 'Lukasz@example.pl',
    emailValid: true,
    otherEmails: [],
    phone: '+48601234567',
    phoneRaw: '601 234 567',
    phoneValid: true,
    phoneType: 'voice',
    otherPhones: [
      { number: '+48221234567', raw: '+48 22 123 45 67', valid: true, type: 'work', time: null }
    ],
    preferredChannel: 'phone',
    preferredTime: 'evening',
    language: 'pl',
    address: {
      street: ['ul. Długa 7'],
      apartment: null,
      city: 'Kraków',
      region: null,
      postalCode: '31-146',
      country: 'PL',
      type: null
    }
  },
  message: 'Is the blue one still there?',
  vehicles: [
    {
      interest: 'buy',
      condition: 'used',
      references: [],
      year: 2022,
      make: 'Kia',
      model: 'Ceed',
      trim: 'GT Line',
      vin: null,
      stockNumber: 'U1234',
      doors: null,
      bodyStyle: null,
      transmission: null,
      odometer: { value: 41000, unit: 'km', status: null },
      state: null,
      colors: [],
      image: null,
      price: {
        amount: '79900.00',
        currency: 'PLN',
        type: null,
        delta: null,
        relativeTo: null,
        source: null
      },
      priceComments: null,
      options: [],
      finance: null,
      comments: null
    }
  ],
  timeframe: null,
  prequalification: null,
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
      givenAt: null,
      proofUrl: null
    }
  ],
  attribution: { landingPage: 'https://dealer.example/ceed', utmSource: 'google' },
  customFields: {},
  references: [],
  vendor: null,
  provider: null,
  unmapped: [],
  isTest: false,
  status: { id: '01938f2e-0002-7000-8000-000000000002', name: 'new', group: 'new' },
  assignee: null,
  queue: { id: '01938f2e-0003-7000-8000-000000000003', name: 'Default' },
  promoter: null,
  referralLink: null,
  client: null,
  duplicateOf: null,
  quarantined: false,
  quarantineReason: null,
  temperature: null,
  temperatureBy: null,
  score: null,
  nextAction: null,
  version: 1,
  receivedAt: '2026-11-21T17:03:12.345Z',
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const
