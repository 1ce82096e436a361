import type { Consent, LeadContent, Party, Prequalification } from '../leads/lead.ts'
import { unreadTexts } from '../leads/unmapped.ts'
import { NOTE_LABELS } from './note-labels.ts'
import type { Note } from './notes.ts'
import { contactNotes } from './write-contact.ts'
import { presentText } from './xml.ts'

/** Everything a lead says that ADF has no element for, as lines a salesperson can read. */
export function leadNotes(content: LeadContent, includePrequalification: boolean): Note[] {
  const { timeframe, prequalification } = content
  const hasDate = timeframe?.earliest ?? timeframe?.latest ?? null
  return present([
    ['Request', content.type === 'prequalification' ? 'Prequalification' : null],
    ['Test lead', content.isTest ? 'yes' : null],
    ...contactNotes(content.contact, contactLabel).map(toEntry),
    [NOTE_LABELS.timeframe, hasDate === null ? (timeframe?.description ?? null) : null],
    ...(includePrequalification && prequalification ? describe(prequalification) : []),
    ...content.consents.map(describeConsent),
    ...Object.entries(content.attribution),
    ...Object.entries(content.customFields).map(([key, value]) => [key, asText(value)] as const),
    ...partyNotes('vendor', content.vendor).map(toEntry),
    ...partyNotes('provider', content.provider).map(toEntry),
    ...unreadTexts(content.unmapped).map(({ path, text }) => [path, text] as const)
  ])
}

/** The promoter and the code of the referral link through which the lead came. */
export function referralNotes({
  promoterName,
  referralCode
}: {
  promoterName: string | null
  referralCode: string | null
}): Note[] {
  return present([
    ['Promoter', promoterName],
    ['Referral code', referralCode]
  ])
}

type Entry = readonly [label: string, text: string | null]

/** An unmapped element may have been empty: then its place alone is the news. */
function present(entries: Entry[]): Note[] {
  return entries.flatMap(([label, text]) => {
    if (text === null) return []
    return [{ label: presentText(label) ?? 'Note', text: presentText(text) ?? '' }]
  })
}

const toEntry = ({ label, text }: Note): Entry => [label, text]

function contactLabel(key: keyof typeof NOTE_LABELS | 'phone'): string {
  return key === 'phone' ? 'Phone' : NOTE_LABELS[key]
}

/** Lines about a vendor or provider are named after the element they came from. */
function partyNotes(name: 'vendor' | 'provider', party: Party | null): Note[] {
  if (!party) return []
  const notes = party.contact
    ? contactNotes(party.contact, (key) => `prospect/${name}/contact/${key.toLowerCase()}`)
    : []
  if (name === 'provider') return notes
  const entries: Entry[] = [
    ['prospect/vendor/service', party.service],
    ['prospect/vendor/email', party.contact ? party.email : null],
    ['prospect/vendor/phone', party.contact ? party.phone : null]
  ]
  return [...notes, ...present(entries)]
}

const PREQUALIFICATION_LABELS: Record<keyof Prequalification, string> = {
  employmentStatus: 'Employment',
  employer: 'Employer',
  jobTitle: 'Job title',
  employedSince: 'Employed since',
  income: 'Income',
  incomePeriod: 'Income per',
  otherIncome: 'Other income',
  housingStatus: 'Housing',
  housingCost: 'Housing cost',
  creditEstimate: 'Credit estimate',
  downPayment: 'Down payment',
  monthlyBudget: 'Monthly budget',
  timeframe: 'Purchase timeframe',
  hasTradeIn: 'Has a trade-in',
  creditCheckConsent: 'Consents to credit check'
}

function describe(prequalification: Prequalification): Entry[] {
  const keys = Object.keys(PREQUALIFICATION_LABELS) as (keyof Prequalification)[]
  return keys.map((key) => {
    const value = prequalification[key]
    if (value === null || typeof value === 'string') return [PREQUALIFICATION_LABELS[key], value]
    const text =
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value.amount} ${value.currency}`
    return [PREQUALIFICATION_LABELS[key], text]
  })
}

function describeConsent(consent: Consent): Entry {
  const topic = [consent.purpose, consent.channel].filter((part) => part !== null).join(', ')
  const parts = [
    consent.granted ? 'granted' : 'refused',
    consent.givenAt,
    consent.text === null ? null : `"${consent.text}"`,
    consent.textVersion === null ? null : `version ${consent.textVersion}`,
    consent.language,
    consent.page,
    consent.ip,
    consent.proofUrl
  ]
  return [`Consent (${topic})`, parts.filter((part) => part !== null).join('; ')]
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
