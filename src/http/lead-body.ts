import type { OwnPoints } from '../domain/contacts/point-parsing.ts'
import type { CustomField } from '../domain/fields/custom-field.ts'
import { hasPoints } from '../domain/contacts/reached-by-text.ts'
import type { LeadContent, UnmappedValue } from '../domain/leads/lead.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { readLeadForm, readUnknownMembers } from '../inbound/lead-form.ts'
import type { FormField } from '../inbound/form-field.ts'
import { jsonFields } from '../inbound/json-form.ts'
import { readReachedLead } from '../inbound/lead-json.ts'
import { readUnreadable } from '../inbound/unreadable-document.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'
import type { PostedBody, UnreadableBody } from './bodies/posted-body.ts'
import { bodyObject } from './lenient-body.ts'
import type { LenientBody } from './lenient-body.ts'
import { Problem, problems } from './problems.ts'

type LeadInput = Parameters<typeof readReachedLead>[0]

/** How the body of one lead is read: as JSON or as a form. */
export interface LeadBodyReading<Body> {
  leadBody: LenientBody<Body>
  dealer: ReadingDealer
  /** Whether unknown members of this JSON body are kept instead of refused. */
  takesUnknownMembers: (body: Record<string, unknown>) => Promise<boolean>
  /** The dealer's own fields that a form can fill. */
  findCustomFields: () => Promise<readonly Pick<CustomField, 'key' | 'label'>[]>
  /** What in a text is not the customer's. */
  findOwnPoints: () => Promise<OwnPoints>
}

/** The lead of a body that is JSON or a form; throws a problem where it is none, or has no e-mail or phone. */
export async function readLeadBody<Body extends LeadInput>(
  posted: Exclude<PostedBody, { kind: 'document' }>,
  reading: LeadBodyReading<Body>
): Promise<{ body: Body; content: LeadContent }> {
  switch (posted.kind) {
    case 'form':
      return await readForm(posted.fields, reading, posted.repairs)
    case 'json':
      try {
        return await readJson(bodyObject(posted.value), reading, posted.repairs)
      } catch (error) {
        const { otherwise } = posted
        if (!(error instanceof Problem) || otherwise?.kind !== 'unreadable') throw error
        return await keepUnreadable(otherwise, reading)
      }
    case 'unreadable':
      return await keepUnreadable(posted, reading)
  }
}

/** A body that can't be read is a lead that is held, where something in it can reach the person. */
async function keepUnreadable<Body extends LeadInput>(
  { document, problem }: UnreadableBody,
  { leadBody, dealer, findOwnPoints }: LeadBodyReading<Body>
) {
  const reading = contactReading(dealer.country, await findOwnPoints())
  const content = readUnreadable(document, reading)
  if (!hasPoints(content)) throw problem
  const [, source] =
    /["']source["']\s{0,9}:\s{0,9}["']([^"'\n]{1,60})["']/.exec(document.text) ?? []
  const read = leadBody.read(
    { contact: {}, ...(leadBody.hasPlace(['source']) && { source }) },
    dealer,
    true
  )
  if ('faults' in read) throw problem
  return { body: read.body, content }
}

async function readJson<Body extends LeadInput>(
  posted: Record<string, unknown>,
  reading: LeadBodyReading<Body>,
  repairs: readonly UnmappedValue[]
) {
  const { leadBody, dealer } = reading
  const strict = leadBody.read(posted, dealer, false)
  if ('body' in strict) return await finish(strict.body, [...repairs, ...strict.unmapped], reading)
  // Only unknown members cost the question whether they may be there.
  if (!strict.hasUnknownMembers || !(await reading.takesUnknownMembers(posted))) {
    throw problems.validation(strict.faults)
  }
  // A body without our members is a form that was sent as JSON.
  if (posted.contact === undefined) return await readForm(jsonFields(posted), reading, repairs)
  const open = leadBody.read(posted, dealer, true)
  if ('faults' in open) throw problems.validation(open.faults)
  const named = readUnknownMembers(open.body, open.unmapped)
  const again = named.isRead ? leadBody.read(named.body, dealer, true) : null
  return again && 'body' in again
    ? await finish(again.body, [...repairs, ...named.unmapped, ...again.unmapped], reading)
    : await finish(open.body, [...repairs, ...open.unmapped], reading)
}

async function readForm<Body extends LeadInput>(
  fields: readonly FormField[],
  reading: LeadBodyReading<Body>,
  repairs: readonly UnmappedValue[]
) {
  const { leadBody, dealer, findCustomFields } = reading
  const form = readLeadForm(fields, {
    hasPlace: (parts) => leadBody.hasPlace(parts),
    customFields: await findCustomFields()
  })
  const read = leadBody.read({ contact: {}, ...form.body }, dealer, true)
  if ('faults' in read) throw problems.validation(read.faults)
  return await finish(read.body, [...repairs, ...read.unmapped, ...form.unmapped], reading)
}

async function finish<Body extends LeadInput>(
  body: Body,
  unmapped: readonly UnmappedValue[],
  { dealer, findOwnPoints }: Pick<LeadBodyReading<Body>, 'dealer' | 'findOwnPoints'>
): Promise<{ body: Body; content: LeadContent }> {
  const content = await readReachedLead(body, unmapped, dealer, findOwnPoints)
  if (!content) throw problems.unreachableContact()
  return { body, content }
}
