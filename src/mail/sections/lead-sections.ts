import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { vehicleName } from '../../domain/leads/contact.ts'
import { LEAD_FIELDS } from '../../domain/leads/field-catalogue.ts'
import { isMoney } from '../../domain/leads/lead-field.ts'
import type { Consent, Lead, LeadContent } from '../../domain/leads/lead.ts'
import type { VehicleInterest } from '../../domain/leads/vehicle.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { unreadTexts } from '../../domain/leads/unmapped.ts'
import { queueName, sourceName, statusName } from '../../wording/first-names.ts'
import { contactRows, nameForPromoter, partyRows, referenceRows } from './contact-rows.ts'
import type { Row, Section, Writing } from './rows.ts'
import { join, row, sectionOf, wordFor } from './rows.ts'
import { vehicleRows } from './vehicle-rows.ts'
import { countVehicles } from '../wording/wording.ts'

/** A lead and what became of it, as far as a mail tells of it. */
export interface MailedLead {
  id: string
  receivedAt: Date
  source: Pick<Lead['source'], 'key' | 'name'>
  statusName: string
  content: LeadContent
  isDuplicate: boolean
  assigneeName: string | null
  queueName: string | null
  promoterName: string | null
  temperature: Temperature | null
  referralCode: string | null
}

export function mailedLead(lead: Lead): MailedLead {
  const { id, receivedAt, source, content, temperature } = lead
  return {
    id,
    receivedAt,
    source,
    statusName: lead.status.name,
    content,
    temperature,
    isDuplicate: lead.duplicateOf !== null,
    assigneeName: lead.assignee?.name ?? null,
    queueName: lead.queue?.name ?? null,
    promoterName: lead.promoter?.name ?? null,
    referralCode: lead.referralLink?.code ?? null
  }
}

/** The interests of wanted vehicles. The others are of offered ones. */
const WANTED: readonly VehicleInterest[] = ['buy', 'lease', 'test-drive']

/** The cars a person is after; a car they want to get rid of is their own affair. */
export function wantedVehicleNames({ vehicles }: Pick<LeadContent, 'vehicles'>): string[] {
  return vehicles
    .filter(({ interest }) => WANTED.includes(interest))
    .map(vehicleName)
    .filter((name) => name !== '')
}

/** Everything the lead says, for those who work on it. */
export function leadSections(
  writing: Writing,
  locale: Locale,
  { settings }: Dealer,
  lead: MailedLead
): Section[] {
  const { wording } = writing
  const { content } = lead
  const titles = wording.sections
  return [
    ...sectionOf(titles.contact, contactRows(writing, content.contact, content.message)),
    ...numbered(titles.vehicle, content.vehicles, (vehicle) => vehicleRows(writing, vehicle)),
    ...sectionOf(titles.timeframe, partRows(writing, content, 'timeframe')),
    ...sectionOf(
      titles.prequalification,
      content.prequalification && !settings.mailPrequalification
        ? row(titles.prequalification, wording.financeInSystem)
        : partRows(writing, content, 'prequalification')
    ),
    ...sectionOf(titles.lead, leadRows(writing, locale, lead)),
    ...numbered(titles.consent, content.consents, (consent) => consentRows(writing, consent)),
    ...sectionOf(titles.attribution, openRows(writing, content.attribution, wording.attribution)),
    ...sectionOf(titles.customFields, openRows(writing, content.customFields)),
    ...sectionOf(titles.provider, content.provider ? partyRows(writing, content.provider) : []),
    ...sectionOf(titles.vendor, content.vendor ? partyRows(writing, content.vendor) : []),
    ...sectionOf(
      titles.unmapped,
      unreadTexts(content.unmapped).flatMap(({ path, text }) => row(path, text))
    )
  ]
}

/**
 * A promoter's view of a lead: that it came, its name, and the car.
 *
 * A promoter is an outsider. They need to recognise the person they sent and to know that the link
 * works; the name and the wanted car are enough. Contact details, message, own vehicle, finances,
 * consents and the dealer's judgement stay with the dealer: the person did not choose to tell the
 * promoter. There is no link either, as a promoter has no account.
 */
export function promoterSections({ wording, formats }: Writing, lead: MailedLead): Section[] {
  const rows = [
    ...row(wording.lead.who, nameForPromoter(lead.content.contact)),
    ...wantedVehicleNames(lead.content).flatMap((name) => row(wording.sections.vehicle, name)),
    ...row(wording.lead.receivedAt, formats.instant(lead.receivedAt)),
    ...row(wording.lead.referralCode, lead.referralCode)
  ]
  return sectionOf(wording.sections.referral, rows)
}

function leadRows({ wording, formats }: Writing, locale: Locale, lead: MailedLead): Row[] {
  const labels = wording.lead
  const { content } = lead
  const count = content.vehicles.length
  return [
    ...row(labels.receivedAt, formats.instant(lead.receivedAt)),
    ...row(labels.submittedAt, content.submittedAt && formats.given(content.submittedAt)),
    ...row(labels.type, wording.types[content.type]),
    ...row(labels.source, sourceName(lead.source, locale)),
    ...row(labels.status, statusName(lead.statusName, locale)),
    ...row(labels.temperature, lead.temperature && wording.temperatures[lead.temperature]),
    ...row(labels.assignee, lead.assigneeName),
    ...row(labels.queue, lead.queueName && queueName(lead.queueName, locale)),
    ...row(labels.promoter, lead.promoterName),
    ...row(labels.referralCode, lead.referralCode),
    ...row(labels.vehicles, count === 0 ? null : countVehicles(locale, count)),
    ...row(labels.isDuplicate, lead.isDuplicate ? wording.yes : null),
    ...row(labels.isTest, content.isTest ? wording.yes : null),
    ...row(labels.id, lead.id),
    ...row(labels.externalId, content.externalId),
    ...referenceRows(labels.reference, content.references)
  ]
}

/** A row for each field of the part. An unanswered question is not a no. */
function partRows(
  { wording, formats }: Writing,
  content: LeadContent,
  part: 'timeframe' | 'prequalification'
): Row[] {
  const labels: Record<string, string> = wording[part]
  const fields = LEAD_FIELDS.filter((field) => field.part === part)
  return fields.flatMap(({ member, kind, read }) => {
    const [value] = read({ content })
    const label = labels[member] ?? member
    if (isMoney(value)) return row(label, formats.money(value))
    if (typeof value === 'boolean') return row(label, value ? wording.yes : wording.no)
    if (typeof value !== 'string') return []
    return row(
      label,
      kind === 'choice' ? wordFor(wording.incomePeriods, value) : formats.given(value)
    )
  })
}

function consentRows({ wording, formats }: Writing, consent: Consent): Row[] {
  const labels = wording.consent
  const { channel, language, givenAt } = consent
  return [
    ...row(labels.granted, consent.granted ? wording.yes : wording.no),
    ...row(labels.purpose, consent.purpose),
    ...row(labels.channel, channel && wordFor(wording.channels, channel)),
    ...row(labels.text, consent.text),
    ...row(labels.textVersion, consent.textVersion),
    ...row(labels.language, language && formats.language(language)),
    ...row(labels.givenAt, givenAt && formats.given(givenAt)),
    ...row(labels.page, consent.page),
    ...row(labels.ip, consent.ip),
    ...row(labels.proofUrl, consent.proofUrl)
  ]
}

/** Members that the sender named: their names stand as labels, where we have none for them. */
function openRows(
  { wording, formats }: Writing,
  members: Record<string, unknown>,
  labels: Readonly<Record<string, string>> = {}
): Row[] {
  return Object.entries(members).flatMap(([key, value]) => {
    const name = wordFor(labels, key)
    if (value === null || value === undefined) return []
    if (typeof value === 'string') return row(name, value)
    if (typeof value === 'number') return row(name, formats.number(value))
    if (typeof value === 'boolean') return row(name, value ? wording.yes : wording.no)
    return row(name, JSON.stringify(value, null, 2))
  })
}

/** "Vehicle 1", "Vehicle 2", but plain "Vehicle" where there is one. */
function numbered<Item>(
  title: string,
  items: readonly Item[],
  rowsOf: (item: Item) => Row[]
): Section[] {
  return items.flatMap((item, index) =>
    sectionOf(join([title, items.length > 1 ? `${index + 1}` : null], ' '), rowsOf(item))
  )
}
