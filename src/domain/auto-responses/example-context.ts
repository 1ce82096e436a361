import type { Dealer } from '../dealers/dealer.ts'
import { EMPTY_CONTACT, EMPTY_LEAD, EMPTY_VEHICLE } from '../leads/empty-lead.ts'
import type { LeadContent } from '../leads/lead.ts'
import type { Vehicle } from '../leads/vehicle.ts'
import type { TemplateContext } from './template-facts.ts'

/** A made-up lead: for previews, and for trying templates out. */
export function exampleContext(
  dealer: Dealer,
  { now, publicUrl }: { now: Date; publicUrl: string }
): TemplateContext {
  return {
    dealer,
    lead: {
      id: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e',
      content: exampleContent(dealer),
      source: { name: 'Website' },
      receivedAt: now,
      assignee: { name: 'Anna Nowak' }
    },
    unsubscribeUrl: `${publicUrl}/u/example`
  }
}

function exampleContent({ currency }: Dealer): LeadContent {
  const email = 'ada.lovelace@example.com'
  const phone = '+48601234567'
  return {
    ...EMPTY_LEAD,
    contact: {
      ...EMPTY_CONTACT,
      firstName: 'Ada',
      lastName: 'Lovelace',
      companyName: 'Analytical Engines',
      emails: [{ address: email, raw: email, valid: true }],
      phones: [{ number: phone, raw: phone, valid: true, type: 'mobile', time: null }]
    },
    message: 'Is the blue one still there?\nI could come on Friday.',
    vehicles: [wantedVehicle(currency), { ...EMPTY_VEHICLE, condition: 'used', ...TRADED_IN }],
    timeframe: { description: 'this month', earliest: null, latest: null }
  }
}

function wantedVehicle(currency: string): Vehicle {
  return {
    ...EMPTY_VEHICLE,
    condition: 'used',
    year: 2022,
    make: 'Kia',
    model: 'Ceed',
    trim: 'GT Line',
    vin: 'U5YH5F19GPL123456',
    plate: 'KR 1AB23',
    stockNumber: 'U1234',
    odometer: { value: 41_000, unit: 'km', status: null },
    price: {
      amount: '79900.00',
      currency,
      type: 'asking',
      delta: null,
      relativeTo: null,
      source: null
    }
  }
}

const TRADED_IN: Partial<Vehicle> = {
  interest: 'trade-in',
  year: 2014,
  make: 'Opel',
  model: 'Astra'
}
