import type { Contact, LeadContent } from '../../src/domain/leads/lead.ts'
import type { Vehicle } from '../../src/domain/leads/vehicle.ts'
import type { LeadFacts } from '../../src/domain/rules/lead-fields.ts'
import { EMPTY_CONTACT, EMPTY_LEAD, EMPTY_VEHICLE } from '../../src/domain/leads/empty-lead.ts'

/** Plausible values: a test names only the members it is about. */

export function contact(
  words: Partial<Contact> & { email?: string; phone?: string } = {}
): Contact {
  const { email, phone, ...rest } = words
  return {
    ...EMPTY_CONTACT,
    emails: email === undefined ? [] : [{ address: email, raw: email, valid: true }],
    phones:
      phone === undefined
        ? []
        : [{ number: phone, raw: phone, valid: true, type: 'voice', time: null }],
    ...rest
  }
}

export function vehicle(words: Partial<Vehicle> = {}): Vehicle {
  return { ...EMPTY_VEHICLE, condition: 'used', ...words }
}

export function content(words: Partial<LeadContent> = {}): LeadContent {
  return { ...EMPTY_LEAD, ...words }
}

/** A lead as rules see it when it comes in. */
export function leadFacts(words: Partial<LeadFacts> = {}): LeadFacts {
  return {
    content: content(),
    source: { key: 'website', kind: 'website' },
    status: { group: 'new' },
    temperature: null,
    score: null,
    promoter: null,
    referralLink: null,
    client: null,
    duplicateOf: null,
    qualification: null,
    local: { time: '12:00', weekday: 'saturday' },
    ...words
  }
}
