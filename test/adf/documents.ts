import { readFileSync, readdirSync } from 'node:fs'
import { DtdValidator, XmlDocument, XmlDtd } from 'libxml2-wasm'
import type { ProspectReading } from '../../src/domain/adf/read-prospects.ts'
import { readProspects } from '../../src/domain/adf/read-prospects.ts'
import type { AdfLead, ProspectWriting } from '../../src/domain/adf/write-prospect.ts'
import { writeProspect } from '../../src/domain/adf/write-prospect.ts'
import type { Dealer } from '../../src/domain/dealers/dealer.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../src/domain/dealers/dealer.ts'
import type { LeadContent } from '../../src/domain/leads/lead.ts'
import { readAdf } from '../../src/adf/read-adf.ts'
import { serialiseAdf } from '../../src/adf/adf-xml.ts'
import { contactReading } from '../../src/schemas/leads/contact-point.ts'
import { content } from '../support/builders.ts'

export { content }

export const reading: ProspectReading = {
  ...contactReading('CA'),
  defaultCurrency: 'CAD',
  times: { timeZone: 'America/Toronto', country: 'CA' }
}

const folder = new URL('documents/', import.meta.url)

/** The documents of this folder by name, as text. */
export const documents = Object.fromEntries(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])
)

export function read(text: string): LeadContent[] {
  const document = readAdf({ text, repairs: [] })
  if (!document) throw new Error('the document has no prospect')
  return readProspects(document, reading)
}

export function readOne(text: string): LeadContent {
  const [first] = read(text)
  if (!first) throw new Error('the document has no prospect')
  return first
}

export function render(lead: AdfLead, writing?: ProspectWriting): string {
  return serialiseAdf([writeProspect(lead, writing)])
}

const strict = XmlDtd.fromString(readFileSync(new URL('strict.dtd', import.meta.url), 'utf8'))

/** Throws unless the text is well-formed and valid by the strict DTD, for a real parser. */
export function validate(text: string): void {
  const document = XmlDocument.fromString(text)
  try {
    new DtdValidator(strict).validate(document)
  } finally {
    document.dispose()
  }
}

export function dealer(part: Partial<Dealer> = {}): Dealer {
  return {
    id: '0197-dealer',
    name: 'Northside Motors',
    slug: 'northside',
    locale: 'en',
    timeZone: 'America/Toronto',
    country: 'CA',
    currency: 'CAD',
    email: 'sales@northside.example',
    phone: '+15145550100',
    url: 'https://northside.example',
    address: null,
    settings: DEFAULT_DEALER_SETTINGS,
    workingHours: null,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...part
  }
}

export function lead(part: Partial<AdfLead> = {}): AdfLead {
  return {
    id: '0197-lead',
    receivedAt: new Date('2026-03-02T13:15:30Z'),
    sourceName: 'Our website',
    sourceKey: 'website',
    promoterName: null,
    referralCode: null,
    content: content(),
    dealer: dealer(),
    ...part
  }
}
