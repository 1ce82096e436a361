import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { ContentChange } from '../../domain/leads/content-changes.ts'
import { nameForPromoter } from '../sections/contact-rows.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import { createFormats } from '../sections/formats.ts'
import { inertLine, shorten } from '../inert-text.ts'
import type { MailedLead } from '../sections/lead-sections.ts'
import { leadSections, promoterSections, wantedVehicleNames } from '../sections/lead-sections.ts'
import { newsSection } from '../sections/news-section.ts'
import { naming } from '../sections/naming.ts'
import type { MailDocument } from '../sections/render-sections.ts'
import { renderHtml, renderText } from '../sections/render-sections.ts'
import type { MailAudience, Wording } from '../wording/wording-terms.ts'
import { wordingFor } from '../wording/wording.ts'

export interface LeadMailInput {
  audience: MailAudience
  locale: Locale
  dealer: Dealer
  lead: MailedLead
  /** The new values of a lead that came again. */
  news?: readonly ContentChange[]
  /** Where the dealer's staff opens the lead. Promoters get no link. */
  leadUrl: string
}

export interface LeadMail {
  subject: string
  text: string
  html: string
}

/** Long enough to say who and what, short enough for any list of mails. */
const SUBJECT_LIMIT = 140
const NAME_LIMIT = 60

/** Writes the mail that tells one recipient of a new lead, with all that they may know of it. */
export function composeLeadMail({
  audience,
  locale,
  dealer,
  lead,
  news = [],
  leadUrl
}: LeadMailInput): LeadMail {
  const wording = wordingFor(locale)
  const writing = { wording, formats: createFormats(locale, dealer) }
  const isPromoter = audience === 'promoter'
  const subject = subjectFor(audience, wording, lead)
  const document: MailDocument = {
    locale,
    title: subject,
    paragraphs: paragraphsFor(audience, wording, dealer, lead),
    sections: isPromoter
      ? promoterSections(writing, lead)
      : [...newsSection(writing, dealer, news), ...leadSections(writing, locale, dealer, lead)],
    link: isPromoter ? null : { label: wording.openLead, url: leadUrl },
    footer: naming(dealer, wording.footer)
  }
  return { subject, text: renderText(document), html: renderHtml(document) }
}

/** A subject begins with our own words, so that no lead can write one of its own. */
function subjectFor(audience: MailAudience, wording: Wording, lead: MailedLead): string {
  const { content, isDuplicate } = lead
  const isRepeat = isDuplicate && audience !== 'promoter'
  const [vehicle, ...others] = wantedVehicleNames(content)
  // A promoter does not learn the person's address.
  const nameOf = audience === 'promoter' ? nameForPromoter : recognisableName
  const about = [nameOf(content.contact) ?? wording.nameless, vehicle]
    .filter((part) => part !== undefined)
    .map((part) => shorten(inertLine(part), NAME_LIMIT))
  const words = [
    ...(isTest(audience, lead) ? [wording.prefixes.test] : []),
    ...(isRepeat ? [wording.prefixes.duplicate] : []),
    `${wording.subjects[audience]}: ${about.join(', ')}`,
    ...(others.length > 0 ? [`(+${others.length})`] : [])
  ]
  return shorten(words.join(' '), SUBJECT_LIMIT)
}

function paragraphsFor(
  audience: MailAudience,
  wording: Wording,
  dealer: Dealer,
  lead: MailedLead
): string[] {
  const isForStaff = audience !== 'promoter'
  return [
    naming(dealer, wording.intros[audience]),
    ...(isForStaff && isTest(audience, lead) ? [wording.testNote] : []),
    ...(isForStaff && lead.isDuplicate ? [wording.duplicateNote] : [])
  ]
}

function isTest(audience: MailAudience, { content }: MailedLead): boolean {
  return audience === 'test' || content.isTest
}
