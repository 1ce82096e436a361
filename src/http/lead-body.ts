import { setImmediate } from 'node:timers/promises'

import type { OwnPoints } from '../domain/contacts/point-parsing.ts'
import type { CustomField } from '../domain/fields/custom-field.ts'
import { boundedValues } from '../domain/text/bounded-values.ts'
import { hasPoints } from '../domain/contacts/reached-by-text.ts'
import type { LeadContent, UnmappedValue } from '../domain/leads/lead.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { readLeadForm } from '../inbound/lead-form.ts'
import { readUnknownMembers } from '../inbound/unknown-members.ts'
import type { FormField } from '../inbound/form-field.ts'
import { jsonFields } from '../inbound/json-form.ts'
import { readReachedLead } from '../inbound/lead-json.ts'
import { MAX_LEADS, TOO_MANY_LEADS } from '../inbound/format.ts'
import type { LeadItem } from '../inbound/several-leads.ts'
import { readCrowd, readUnreadable } from '../inbound/unreadable-document.ts'
import { contactReading } from '../schemas/leads/contact-point.ts'
import { isMended } from './bodies/body-of-text.ts'
import type { PostedBody, UnreadableBody } from './bodies/body-kinds.ts'
import { readFlatContact, withWrittenMembers } from './flat-body.ts'
import { bodyObject } from './lenient-body.ts'
import type { LenientBody } from './lenient-body.ts'
import { withMeantMembers } from './meant-members.ts'
import { Problem, problems } from './problems.ts'
import type { FieldError } from './problems.ts'

type LeadInput = Parameters<typeof readReachedLead>[0]

/** How the body of one lead is read: as JSON or as a form. */
export interface LeadBodyReading<Body> {
  leadBody: LenientBody<Body>
  dealer: ReadingDealer
  /** Whether unknown members of this JSON body are kept instead of refused. */
  takesUnknownMembers: (body: Record<string, unknown>) => Promise<boolean>
  /** The dealer's own fields that a form can fill. */
  findCustomFields: () => Promise<readonly Pick<CustomField, 'key' | 'label'>[]>
  /** The number of leads of one body that are read; more are held as one document. */
  maxLeads?: number
  /** What in a text is not the customer's. */
  findOwnPoints: () => Promise<OwnPoints>
}

/** One lead of a body, as posted and as read. */
export interface ReadLead<Body> {
  body: Body
  content: LeadContent
}

/**
 * The leads of a body that is JSON or a form: one, or each of a list. Throws a problem where one is none, or has no
 * e-mail or phone.
 */
export async function readLeadBodies<Body extends LeadInput>(
  posted: Exclude<PostedBody, { kind: 'document' }>,
  reading: LeadBodyReading<Body>
): Promise<ReadLead<Body>[]> {
  if (posted.kind !== 'several') return [await readLeadBody(posted, reading)]
  const { items, repairs, document, areForms = false } = posted
  if (items.length > (reading.maxLeads ?? MAX_LEADS)) {
    const [read] = readHeld(readCrowd(document), {}, reading)
    if (!read) throw problems.invalidDocument(TOO_MANY_LEADS)
    return [read]
  }
  const all: ReadLead<Body>[] = []
  for (const item of items) {
    // Other requests have their turn between two leads.
    await setImmediate()
    const { value, pointer } = item
    if (areForms) {
      all.push(await readForm(jsonFields(value), { ...reading, base: pointer }, repairs))
      continue
    }
    const own = repairs.filter((repair) => !isOfOther(repair, item, items))
    const document = { text: JSON.stringify(value), repairs: [] }
    const otherwise = isMended(repairs)
      ? { kind: 'unreadable' as const, document, problem: null }
      : null
    const one = { kind: 'json', value, repairs: own, pointer, otherwise } as const
    all.push(await readLeadBody(one, reading))
  }
  return all
}

/** Whether something was repaired within another lead of the body. */
function isOfOther({ path }: UnmappedValue, item: LeadItem, items: readonly LeadItem[]): boolean {
  return items.some(
    (other) => other !== item && (path === other.pointer || path.startsWith(`${other.pointer}/`))
  )
}

async function readLeadBody<Body extends LeadInput>(
  posted: Exclude<PostedBody, { kind: 'document' | 'several' }>,
  reading: LeadBodyReading<Body>
): Promise<ReadLead<Body>> {
  switch (posted.kind) {
    case 'form':
      return await readForm(posted.fields, reading, posted.repairs)
    case 'json':
      try {
        return await readBounded(posted, reading)
      } catch (error) {
        const { otherwise } = posted
        if (!(error instanceof Problem)) throw error
        const problem = withBase(error, posted.pointer)
        if (otherwise?.kind !== 'unreadable') throw problem
        return await keepUnreadable(
          { ...otherwise, problem: otherwise.problem ?? problem },
          reading
        )
      }
    case 'unreadable':
      return await keepUnreadable(posted, reading)
  }
}

/** The problem of a lead by where it stands in the body. */
function withBase(problem: Problem, base: string): Problem {
  const { errors } = problem.extras
  if (base === '' || !errors) return problem
  return problems.validation(errors.map((error) => ({ ...error, pointer: base + error.pointer })))
}

/** A body that can't be read is a lead that is held, where something in it can reach the person. */
async function keepUnreadable<Body extends LeadInput>(
  { document, problem }: UnreadableBody,
  reading: LeadBodyReading<Body>
) {
  const ownPoints = await reading.findOwnPoints()
  const content = readUnreadable(document, contactReading(reading.dealer.country, ownPoints))
  if (!hasPoints(content)) throw problem ?? problems.unreachableContact()
  const [, source] =
    /["']source["']\s{0,9}:\s{0,9}["']([^"'\n]{1,60})["']/.exec(document.text) ?? []
  const [read] = readHeld(content, reading.leadBody.hasPlace(['source']) ? { source } : {}, reading)
  if (!read) throw problem ?? problems.unreachableContact()
  return read
}

/** A lead that is held with what its body says of its capture; none where that can't be read. */
function readHeld<Body extends LeadInput>(
  content: LeadContent,
  directions: { source?: string | undefined },
  { leadBody, dealer }: LeadBodyReading<Body>
): ReadLead<Body>[] {
  const read = leadBody.read({ contact: {}, ...directions }, dealer, true)
  return 'faults' in read ? [] : [{ body: read.body, content }]
}

/** A body with more values than a person's is held: its text tells who it is of. */
async function readBounded<Body extends LeadInput>(
  posted: Extract<PostedBody, { kind: 'json' }>,
  reading: LeadBodyReading<Body>
): Promise<ReadLead<Body>> {
  const bounded = boundedValues(posted.value)
  const told = (bounded?.leftOut ?? []).map(({ pointer, count }) => ({
    path: posted.pointer + pointer,
    text: `+${count}`,
    code: 'surplus_item' as const
  }))
  const repairs = [...posted.repairs, ...told]
  const hold = async (problem: Problem) => {
    const document = { text: JSON.stringify(posted.value), repairs: [...posted.repairs] }
    return await keepUnreadable({ kind: 'unreadable', document, problem }, reading)
  }
  if (!bounded) return await hold(TOO_MANY_VALUES)
  try {
    return await readJson({ ...posted, value: bounded.value, repairs }, reading)
  } catch (error) {
    // What was left out may be what the lead lacks.
    if (error instanceof Problem && told.length > 0) return await hold(error)
    throw error
  }
}

const TOO_MANY_VALUES = problems.invalidDocument('The body has too many values.')

async function readJson<Body extends LeadInput>(
  { value, pointer, repairs: told }: Extract<PostedBody, { kind: 'json' }>,
  given: LeadBodyReading<Body>
): Promise<ReadLead<Body>> {
  const { posted, repairs } = withWrittenMembers(bodyObject(value), told)
  const { leadBody, dealer } = given
  const reading = { ...given, base: pointer }
  const strict = leadBody.read(posted, dealer, false)
  if ('body' in strict) return await finish(strict, reading, repairs)
  // Only unknown members cost the question whether they may be there.
  const mayBeOpen =
    isMended(repairs) || (strict.hasUnknownMembers && (await given.takesUnknownMembers(posted)))
  if (!mayBeOpen) return await readFlat(posted, reading, { faults: strict.faults, repairs })
  // A body without our members is a form that was sent as JSON.
  if (posted.contact === undefined) return await readForm(jsonFields(posted), reading, repairs)
  const open = leadBody.read(posted, dealer, true)
  if ('faults' in open) throw problems.validation(open.faults)
  const named = readUnknownMembers(open.body, open.unmapped)
  const again = named.isRead ? leadBody.read(named.body, dealer, true) : null
  return again && 'body' in again
    ? await finish({ ...again, unmapped: [...named.unmapped, ...again.unmapped] }, reading, repairs)
    : await finish(open, reading, repairs)
}

/**
 * A body without `contact` whose unknown members are called like the person's name, e-mail or phone, as forms call
 * them. Throws its faults where a member is called otherwise, or none is an e-mail or phone.
 */
async function readFlat<Body extends LeadInput>(
  posted: Record<string, unknown>,
  reading: ItemReading<Body>,
  { faults, repairs }: { faults: readonly FieldError[]; repairs: readonly UnmappedValue[] }
): Promise<ReadLead<Body>> {
  const { leadBody } = reading
  const found = posted.contact === undefined ? readFlatContact(posted, leadBody) : null
  const isRead = faults.every(
    ({ pointer }) => pointer === '/contact' || found?.isMoved(pointer) === true
  )
  if (!found || !isRead) throw problems.validation(withMeantMembers([...faults], leadBody))
  const told = found.moved.map((value) => ({ ...value, path: (reading.base ?? '') + value.path }))
  return await readForm(jsonFields(posted), reading, [...repairs, ...told])
}

/** With the pointer of the lead in the body. */
type ItemReading<Body> = LeadBodyReading<Body> & {
  base?: string
  /** Where a form had the values of the body. */
  sentAt?: ReadonlyMap<string, string>
}

/** A form with more fields, as a program may make of a text, is read up to these. */
const MAX_FIELDS = 400

async function readForm<Body extends LeadInput>(
  given: readonly FormField[],
  reading: ItemReading<Body>,
  told: readonly UnmappedValue[]
) {
  const { leadBody, dealer, findCustomFields } = reading
  const fields = given.slice(0, MAX_FIELDS)
  const surplus = given.length - fields.length
  const left = { path: reading.base ?? '', text: `+${surplus}`, code: 'surplus_item' as const }
  const repairs = surplus > 0 ? [...told, left] : told
  const form = readLeadForm(fields, {
    hasPlace: (parts) => leadBody.hasPlace(parts),
    customFields: await findCustomFields()
  })
  const read = leadBody.read({ contact: {}, ...form.body }, dealer, true)
  if ('faults' in read) throw problems.validation(read.faults)
  const unmapped = [...read.unmapped, ...form.unmapped]
  return await finish({ ...read, unmapped }, { ...reading, sentAt: form.sentAt }, repairs)
}

interface FinishedBody<Body> {
  body: Body
  unmapped: readonly UnmappedValue[]
  /** Where values of the body were sent. */
  sentAt: ReadonlyMap<string, string>
}

/** `repairs` are those of the whole body. */
async function finish<Body extends LeadInput>(
  { body, unmapped, sentAt: moved }: FinishedBody<Body>,
  { dealer, findOwnPoints, base = '', sentAt }: ItemReading<Body>,
  repairs: readonly UnmappedValue[]
): Promise<ReadLead<Body>> {
  const all = [...repairs, ...unmapped]
  const content = await readReachedLead(body, all, dealer, findOwnPoints)
  if (!content) throw problems.unreachableContact()
  const told = content.unmapped.map((value) =>
    repairs.includes(value)
      ? value
      : { ...value, path: base + sentPath(sentPath(value.path, moved), sentAt) }
  )
  return { body, content: { ...content, unmapped: told } }
}

/** The pointer of what the sender sent: that of the value, or of the nearest one that holds it. */
function sentPath(path: string, sentAt: ReadonlyMap<string, string> = new Map()): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const sent = sentAt.get(path.slice(0, end))
    if (sent !== undefined) return sent
  }
  return path
}
