import { contactKeys, displayName } from '../leads/contact.ts'
import { compareNames } from '../leads/name-comparison.ts'
import { contentChanges } from '../leads/content-changes.ts'
import type { Contact, LeadContent } from '../leads/lead.ts'
import { fold } from '../text/fold.ts'
import { differByTyping } from '../text/typing-errors.ts'

/**
 * Whether a lead with a known `externalId` is of the same person: they share an e-mail or phone, and their
 * first names do not differ, as a family shares both. A sender corrects what was mistyped: a typing error in
 * the name is no other name, and the same first and last name is the same person by a mistyped number.
 *
 * The response to a lead that is known has the data of that lead. So a name alone is no identity where the
 * e-mails or phones of both contradict each other: two namesakes under a constant id are two people.
 */
export function isSamePerson(known: Contact, posted: Contact): boolean {
  const [keys, postedKeys] = [contactKeys(known), contactKeys(posted)]
  const { verdict } = compareNames(known, posted)
  const [name, postedName] = [displayName(known) ?? '', displayName(posted) ?? '']
  if (postedKeys.some((key) => keys.includes(key))) {
    if (differByTyping(name, postedName)) return true
    const isByEmail = agreementOf('e:', keys, postedKeys) === 'same'
    if (verdict === 'word-differs') return isByEmail
    // A company or a family has one phone, and an e-mail for each person.
    if (verdict === 'last-differs') return agreementOf('e:', keys, postedKeys) !== 'different'
    return verdict !== 'differ' && verdict !== 'first-differs'
  }
  const isFullName = fold(name).includes(' ')
  if (isFullName && (verdict === 'same' || differByTyping(name, postedName))) {
    const [email, phone] = ['e:', 'p:'].map((kind) => agreementOf(kind, keys, postedKeys))
    // A person does not mistype both.
    return (email === null || phone === null) && email !== 'different' && phone !== 'different'
  }
  // Nothing but the name can say it where the known lead has no point that can be used.
  return keys.length === 0 && fold(name) === fold(postedName)
}

/** How the e-mails (`e:`) or phones (`p:`) of two contacts compare; null: one of them has none. */
function agreementOf(
  kind: string,
  keys: readonly string[],
  others: readonly string[]
): 'same' | 'mistyped' | 'different' | null {
  const [some, more] = [keys, others].map((all) => all.filter((key) => key.startsWith(kind)))
  if (!some?.length || !more?.length) return null
  if (some.some((key) => more.includes(key))) return 'same'
  const isMistyped = some.some((key) =>
    more.some((other) => differByTyping(key.slice(2), other.slice(2)))
  )
  return isMistyped ? 'mistyped' : 'different'
}

/** The content with its `externalId` as a mere reference: the lead of another person has the id. */
export function withoutIdentity(content: LeadContent): LeadContent {
  const { externalId, references } = content
  if (externalId === null) return content
  const isListed = references.some(
    ({ id, source }) => (source === null ? id : `${source}:${id}`) === externalId
  )
  if (isListed) return { ...content, externalId: null }
  const reference = { id: externalId, source: null, sequence: null }
  return { ...content, externalId: null, references: [...references, reference] }
}

/** How long the same request from the same source counts as sent twice by a double click. */
const DOUBLE_CLICK_SECONDS = 10

/** Leads received since then may be the first click. */
export function doubleClickSince(now: Date): Date {
  return new Date(now.getTime() - DOUBLE_CLICK_SECONDS * 1000)
}

/**
 * A lead of the same source and of a person with a key of the new lead's contact, sent a moment ago, or at
 * any time under an `externalId` that was the lead of another person's already.
 */
export interface RecentLead {
  id: string
  content: LeadContent
  assigneeId: string | null
  referralLinkId: string | null
}

/** The content with its texts without blanks and in small letters: a browser may change these between two clicks. */
function withoutBlanks(content: LeadContent): LeadContent {
  return plainOf(content) as LeadContent
}

function plainOf(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\s+/g, '').toLowerCase()
  if (Array.isArray(value)) return value.map(plainOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainOf(member)]))
}

/** The lead that a double click sent before, or null: its content and its referral are the same. */
export function findDoubleClick(
  recent: readonly RecentLead[],
  posted: Omit<RecentLead, 'id'>
): RecentLead | null {
  const first = recent.find(
    ({ content, assigneeId, referralLinkId }) =>
      (posted.assigneeId === null || posted.assigneeId === assigneeId) &&
      posted.referralLinkId === referralLinkId &&
      contentChanges(withoutBlanks(content), withoutBlanks(posted.content)).length === 0
  )
  return first ?? null
}
