import type { Database, Transaction } from '../../database/client.ts'
import { planCapture } from '../../domain/capture/capture.ts'
import type { DirectedLead } from '../../domain/capture/directed-lead.ts'
import { findDoubleClick, isSamePerson, withoutIdentity } from '../../domain/capture/same-sender.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { CustomFieldFault, ValueParsers } from '../../domain/fields/custom-field.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { contentChanges, newChanges } from '../../domain/leads/content-changes.ts'
import { withoutSecrets } from '../../domain/leads/secret-values.ts'
import { newId } from '../../ids.ts'
import { askForCapture } from '../../repositories/leads/capture-question.ts'
import { recordCapture } from '../../repositories/leads/capture-record.ts'
import { findLead } from '../../repositories/leads/leads.ts'
import type { CaptureContext } from '../../repositories/leads/capture-question.ts'
import { describeNew } from './steps/describe-new-lead.ts'
import { describeRepeat, repeatedFor, shownMatches } from './steps/describe-repeat.ts'
import type { Captured, Viewer } from './steps/describe-repeat.ts'
import { namedRecords } from './steps/named-records.ts'
import { recordResend } from './steps/record-resend.ts'
import { releaseMended } from './steps/release-mended.ts'
import { settleCustomFields } from './steps/settle-custom-fields.ts'
import { decideInTurn } from '../routing/steps/decide-in-turn.ts'
import { idempotencyLock, storeResponse } from '../../repositories/idempotency.ts'

/** Leads as received, with all that decides what becomes of them. */
interface Capture {
  dealerId: string
  actor: Actor
  viewer: Viewer
  /** One, or one for each prospect of a document: all are stored, or none. */
  leads: readonly DirectedLead[]
  payload: { contentType: string; body: string }
  /** Whether there is no lead without an active link of this code. */
  isReferralRequired: boolean
  idempotency: { principalId: string; key: string; requestHash: string } | null
  receivedAt: Date
  /** How to check the dealer's own fields; null where the sender can't correct them. */
  fieldParsers: ValueParsers | null
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The address our mails are from. */
  mailFrom: string
}

export type CaptureRefusal =
  | 'unknown-source'
  | 'inactive-source'
  | 'unknown-referral'
  | 'unknown-assignee'
  | 'key-reused'
  | 'faulty-fields'

interface CaptureRefused {
  refusal: CaptureRefusal
  /** The faults of the dealer's own fields, where they are the reason. */
  faults: CustomFieldFault[]
  /** The place of the lead among those of the capture. */
  at: number
}

/**
 * Records leads: settles whether each is the same one again, whose it is and who hears of it, and
 * writes it with all that follows from it. All of it commits, or none.
 *
 * Round trips of one lead: begin with tenant and locks, one question, one record, commit; and one more
 * where the assignment rules take turns, to hold the turn.
 */
export async function captureLeads(
  db: Database,
  given: Capture
): Promise<{ captured: Captured[] } | CaptureRefused> {
  const capture = withoutSecrets(given)
  try {
    return await db.transaction(
      capture.dealerId,
      async (tx) => ({ captured: await captureAll(tx, capture) }),
      locksOf(capture)
    )
  } catch (error) {
    if (error instanceof Refused) return error.refused
    throw error
  }
}

/** Thrown so that a document whose third prospect is refused leaves no first and second. */
class Refused extends Error {
  readonly refused: CaptureRefused
  constructor(refusal: CaptureRefusal, at = 0, faults: CustomFieldFault[] = []) {
    super(refusal)
    this.refused = { refusal, faults, at }
  }
}

/**
 * What must not happen twice at once: leads of one person, of one `externalId`, under one key. The
 * second of two waits for the first, and then finds it stored.
 */
function locksOf({ leads, idempotency }: Capture): string[] {
  const key = idempotency ? [idempotencyLock(idempotency)] : []
  return leads.reduce<string[]>((locks, { content: { contact, externalId } }) => {
    locks.push(...contactKeys(contact))
    if (externalId !== null) locks.push(`external ${externalId}`)
    return locks
  }, key)
}

async function captureAll(tx: Transaction, capture: Capture): Promise<Captured[]> {
  const payload = { ...capture.payload, id: newId(), isKept: false }
  const all: Captured[] = []
  for (const [at, lead] of capture.leads.entries()) {
    const { content, source } = lead
    const context = await askForCapture(tx, {
      sourceKey: 'key' in source ? source.key : null,
      sourceId: 'id' in source ? source.id : null,
      referralCode: lead.referralCode,
      assigneeId: lead.assigneeId,
      authorId: authorOf(capture),
      externalId: content.externalId,
      principalId: capture.idempotency?.principalId ?? null,
      idempotencyKey: capture.idempotency?.key ?? null,
      contact: content.contact,
      now: capture.receivedAt,
      mailFrom: capture.mailFrom
    })
    if (context.replay) return await replay(tx, capture, context.replay)
    const { knownLead } = context
    if (knownLead && isSamePerson(knownLead.content.contact, content.contact)) {
      all.push(await captureAgain(tx, capture, { lead, at, context, payload, knownLead }))
      continue
    }
    const own = { ...lead, content: knownLead ? withoutIdentity(content) : content }
    all.push(await captureNew(tx, capture, { lead: own, at, context, payload }))
  }
  await remember(tx, capture, all)
  return all
}

/** One lead of a capture. */
interface Posted {
  lead: DirectedLead
  /** Its place in the capture. */
  at: number
  context: CaptureContext
  /** `isKept`: an earlier lead of the same document has stored it. */
  payload: Capture['payload'] & { id: string; isKept: boolean }
}

async function captureAgain(
  tx: Transaction,
  capture: Capture,
  {
    lead: { content },
    context,
    payload,
    knownLead
  }: Posted & { knownLead: NonNullable<CaptureContext['knownLead']> }
): Promise<Captured> {
  const { fieldParsers, actor, receivedAt, mailDomain } = capture
  const { id: leadId, content: known } = knownLead
  const read = fieldParsers
    ? settleCustomFields(context.customFields, content, fieldParsers)
    : { content }
  // The first lead had the required fields.
  const again = 'content' in read ? read.content : { ...content, customFields: {} }
  if (newChanges(contentChanges(known, again), []).length > 0) {
    // A held lead without work on it is completed by the caller who sends it again.
    const fills = knownLead.isHeld || (await mayFill(tx, capture.viewer, leadId))
    const resend = { leadId, content: again, payload, actor, now: receivedAt, mailDomain, fills }
    payload.isKept = (await recordResend(tx, resend)) || payload.isKept
  }
  if (knownLead.isHeld) {
    await releaseMended(tx, [{ leadId, again }], { ...capture, now: receivedAt })
  }
  return await repeatedFor(tx, capture.viewer, leadId, receivedAt)
}

/** A sender that is a machine completes its own lead; a user completes only a lead that they see. */
async function mayFill(tx: Transaction, viewer: Viewer, leadId: string): Promise<boolean> {
  return viewer?.kind !== 'user' || (await findLead(tx, viewer, leadId)) !== null
}

async function captureNew(tx: Transaction, capture: Capture, one: Posted): Promise<Captured> {
  const { payload } = one
  const source = acceptedSource(capture, one)
  const named = namedRecords(one)
  const { context } = named
  const content = settled(capture, one, named)
  const double = findDoubleClick(context.recentLeads, {
    content,
    assigneeId: context.namedAssignee?.id ?? null,
    referralLinkId: context.referral?.id ?? null
  })
  const { actor, receivedAt, viewer } = capture
  if (double) return await repeatedFor(tx, viewer, double.id, receivedAt)
  const isIdReused = context.knownLead !== null
  const facts = { ...context, content, receivedAt, decidedAt: receivedAt, source, isIdReused }
  const when = { at: receivedAt, timeZone: context.routing.timeZone }
  const { plan } = await decideInTurn(tx, when, (turns) => planCapture(facts, turns))
  const leadId = newId()
  const matches = await shownMatches(tx, viewer, plan.sharing)
  await recordCapture(tx, {
    leadId,
    content,
    sourceId: source.id,
    statusId: context.newStatus.id,
    referral: context.referral,
    plan,
    customFields: context.customFields,
    payloadId: payload.id,
    payload: payload.isKept ? null : payload,
    actor,
    receivedAt,
    mailDomain: capture.mailDomain,
    remember: isAlone(capture) ? capture.idempotency : null,
    isLast: isAlone(capture)
  })
  payload.isKept = true
  return {
    lead: describeNew(leadId, { content, context, plan, source, receivedAt }),
    outcome: plan.quarantineReason === null ? 'created' : 'quarantined',
    matches,
    isSeen: viewer !== null
  }
}

/** The user who enters the leads, or null: a machine posts them. */
function authorOf({ actor }: Capture): string | null {
  return actor.type === 'user' ? actor.id : null
}

/** The content with the dealer's own fields read, where the sender can correct them. */
function settled(
  { fieldParsers }: Capture,
  { at }: Posted,
  { content, context }: { content: LeadContent; context: CaptureContext }
): LeadContent {
  if (!fieldParsers) return content
  const read = settleCustomFields(context.customFields, content, fieldParsers)
  if ('faults' in read) throw new Refused('faulty-fields', at, read.faults)
  return read.content
}

type AcceptedSource = NonNullable<CaptureContext['source']>

function acceptedSource({ isReferralRequired }: Capture, { context, at }: Posted): AcceptedSource {
  const { source, referral } = context
  if (!source) throw new Refused('unknown-source', at)
  if (!source.active) throw new Refused('inactive-source', at)
  if (isReferralRequired && referral?.active !== true) throw new Refused('unknown-referral', at)
  return source
}

async function replay(
  tx: Transaction,
  { idempotency, viewer }: Capture,
  before: NonNullable<CaptureContext['replay']>
): Promise<Captured[]> {
  if (before.requestHash !== idempotency?.requestHash) throw new Refused('key-reused')
  const all: Captured[] = []
  for (const leadId of before.leadIds) {
    all.push(await describeRepeat(tx, viewer, leadId))
  }
  return all
}

/** Whether the lead is written together with the key it came under: no round trip of its own. */
function isAlone({ leads }: Capture): boolean {
  return leads.length === 1
}

/** Stores the response to a document, or to a known lead, under its key. */
async function remember(
  tx: Transaction,
  capture: Capture,
  all: readonly Captured[]
): Promise<void> {
  const { idempotency, receivedAt } = capture
  const isWritten = isAlone(capture) && all[0]?.outcome !== 'repeated'
  if (!idempotency || isWritten) return
  const { requestHash } = idempotency
  const leadIds = all.map(({ lead }) => lead.id)
  await storeResponse(
    tx,
    idempotency,
    { operation: 'createLead', requestHash, response: leadIds },
    receivedAt
  )
}
