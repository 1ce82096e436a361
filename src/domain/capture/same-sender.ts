import { contactKeys, displayName } from '../leads/contact.ts'
import { compareNames } from '../leads/name-comparison.ts'
import { contentChanges } from '../leads/content-changes.ts'
import type { Contact, LeadContent } from '../leads/lead.ts'
import { fold } from '../text/fold.ts'
import { differByTyping } from '../text/typing-errors.ts'

/**
 * Whether a lead with a known `externalId` is of the same person: they share an e-mail or phone, and their
 * first names do not differ, as a family shares both. A sender corrects what was mistyped: a typing error in
 * the name is no other name, and the same first and last name is the same person by another number.
 */
export function isSamePerson(known: Contact, posted: Contact): boolean {
  const keys = new Set(contactKeys(known))
  const { verdict } = compareNames(known, posted)
  const [name, postedName] = [displayName(known) ?? '', displayName(posted) ?? '']
  if (contactKeys(posted).some((key) => keys.has(key))) {
    const isOther =
      verdict === 'differ' || verdict === 'first-differs' || verdict === 'word-differs'
    const isByEmail = verdict === 'word-differs' && sharesEmail(known, posted)
    return !isOther || isByEmail || differByTyping(name, postedName)
  }
  const isFullName = fold(name).includes(' ')
  if (isFullName && (verdict === 'same' || differByTyping(name, postedName))) return true
  // Nothing but the name can say it where one has no point that can be used.
  const isUnreached = keys.size === 0 || contactKeys(posted).length === 0
  return isUnreached && fold(name) === fold(postedName)
}

function sharesEmail(known: Contact, posted: Contact): boolean {
  const keys = new Set(contactKeys({ ...known, phones: [] }))
  return contactKeys({ ...posted, phones: [] }).some((key) => keys.has(key))
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
