import type { DecodedDocument } from '../adf/adf-decoding.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../domain/leads/empty-lead.ts'
import type { EmailAddress, LeadContent, PhoneNumber } from '../domain/leads/lead.ts'
import { readEmail, readPhone } from '../schemas/leads/contact-point.ts'

/** How much of the text is shown in the lead; its payload has all of it. */
const MAX_SHOWN = 10_000
const MAX_SEARCHED = 100_000
const MAX_CANDIDATES = 50
const MAX_FOUND = 5

/**
 * A document that no format reads as a lead that is held: its text, and the e-mail addresses and phones in it,
 * by which a person can act.
 */
export function readUnreadable({ text, repairs }: DecodedDocument, country: string): LeadContent {
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').trim()
  const searched = plain.slice(0, MAX_SEARCHED)
  const shown = Array.from(plain.slice(0, MAX_SHOWN))
    .join('')
    .replace(/[\ud800-\udbff]$/, '')
  return {
    ...EMPTY_LEAD,
    contact: {
      ...EMPTY_CONTACT,
      emails: findEmails(searched, readEmail),
      phones: findPhones(searched, (raw) => readPhone(raw, country))
    },
    unmapped: [...repairs, { path: 'document', text: shown, code: 'unreadable_document' }]
  }
}

/** Around each `@`: no search goes over the text twice. */
function findEmails(text: string, read: (raw: string) => EmailAddress): EmailAddress[] {
  const found = new Map<string, EmailAddress>()
  let at = text.indexOf('@')
  for (let tries = 0; at !== -1 && tries < MAX_CANDIDATES && found.size < MAX_FOUND; tries += 1) {
    const [local = ''] =
      /[\w.!#$%'*+^`{|}~-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at)) ?? []
    const [domain = ''] =
      /^[\p{L}\p{N}]+(?:[.-][\p{L}\p{N}]+)*/u.exec(text.slice(at + 1, at + 255)) ?? []
    const email = read(`${local}@${domain}`)
    if (email.valid) found.set(email.address.toLowerCase(), email)
    at = text.indexOf('@', at + 1)
  }
  return Array.from(found.values())
}

/** Numbers that are phones beyond doubt: others may be dates, prices or ids. */
function findPhones(text: string, read: (raw: string) => PhoneNumber): PhoneNumber[] {
  const candidates = text.match(/\+?\d[\d ()./-]{6,20}\d/g) ?? []
  const phones = candidates.slice(0, MAX_CANDIDATES).map(read)
  const valid = new Map(phones.filter((phone) => phone.valid).map((phone) => [phone.number, phone]))
  return Array.from(valid.values()).slice(0, MAX_FOUND)
}
