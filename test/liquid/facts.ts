import { factsIn } from '../../src/mail/write-template.ts'
import { exampleContext } from '../../src/domain/auto-responses/example-context.ts'
import type { TemplateFacts } from '../../src/domain/auto-responses/template-variables.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../src/domain/dealers/dealer.ts'
import type { Dealer } from '../../src/domain/dealers/dealer.ts'
import type { LeadContent } from '../../src/domain/leads/lead.ts'

const NOW = new Date('2026-11-21T17:03:12.345Z')

export const DEALER: Dealer = {
  id: '01938f2e-0001-7000-8000-000000000001',
  name: 'Autohaus "Nord" & Co',
  slug: 'nord',
  locale: 'en',
  timeZone: 'Europe/Warsaw',
  country: 'PL',
  currency: 'PLN',
  email: 'hello@nord.example',
  phone: '+48601234567',
  url: 'https://nord.example/?a=1&b=2',
  address: null,
  settings: DEFAULT_DEALER_SETTINGS,
  workingHours: null,
  version: 1,
  createdAt: NOW,
  updatedAt: NOW
}

/** The made-up lead of previews, with what a stranger might write instead. */
export function matterOf(words: Partial<LeadContent> = {}) {
  const context = exampleContext(DEALER, { now: NOW, publicUrl: 'https://desk.example' })
  const content = { ...context.lead.content, ...words }
  return { ...context, dealer: DEALER, lead: { ...context.lead, content } }
}

export function facts(words: Partial<LeadContent> = {}): TemplateFacts {
  return factsIn('en', matterOf(words))
}
