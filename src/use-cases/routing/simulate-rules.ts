import type { Database, Transaction } from '../../database/client.ts'
import { dayStart } from '../../domain/clock/time-zone.ts'
import { planCapture } from '../../domain/capture/capture.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import type { DecisionCode } from '../../domain/reasons/decision-reasons.ts'
import type { AssignmentEntry } from '../../domain/routing/assignment-rules.ts'
import { planInTurn } from '../../domain/routing/plan-in-turn.ts'
import type { RoutingBasis, TeamUser } from '../../domain/routing/route.ts'
import { Simulation } from '../../domain/capture/simulation.ts'
import type { SimulatedLead } from '../../domain/capture/simulation.ts'
import type { KnownRecord, ReceivedLead } from '../../domain/capture/simulation.ts'
import { askForCapture } from '../../repositories/leads/capture-question.ts'
import {
  countLeadsBefore,
  countReceivedLeads,
  findSimulationFacts,
  readTurn
} from '../../repositories/routing/simulation.ts'
import type { Period, SimulationFacts } from '../../repositories/routing/simulation.ts'
import { findKnownPeople, findReceivedLeads } from '../../repositories/routing/simulated-leads.ts'
import type { KnownRow, ReceivedRow } from '../../repositories/routing/simulated-leads.ts'
import { Turns } from '../../turns.ts'
import type { CaptureRefusal } from '../leads/capture-leads.ts'

/** How many leads one simulation goes through. */
export const MAX_SIMULATED_LEADS = 10_000

/** Beyond this many they are not counted any more. */
const MAX_COUNTED = 1_000_000

/** How many are read, and then decided, at a time. */
const BATCH = 200

/** Rules to try; `entries` of a version, or of none. Null: there are none, and all leads are queued. */
export type TriedRules = { id: string; number: number; entries: AssignmentEntry[] } | null

/** One lead that has not come: where it would go if it came now. Nothing is written, no turn taken. */
export async function simulateLead(
  db: Database,
  dealerId: string,
  tried: {
    rules: TriedRules
    content: LeadContent
    sourceKey: string | null
    referralCode: string | null
    assigneeId: string | null
    now: Date
  }
): Promise<SimulatedLead | { refusal: CaptureRefusal }> {
  const { rules, content, referralCode, assigneeId, now } = tried
  return await db.transaction(dealerId, async (tx) => {
    const context = await askForCapture(tx, {
      sourceKey: tried.sourceKey,
      sourceId: null,
      referralCode,
      assigneeId,
      authorId: null,
      externalId: null,
      principalId: null,
      idempotencyKey: null,
      contact: content.contact,
      now,
      mailFrom: null
    })
    const { source } = context
    if (!source) return { refusal: 'unknown-source' }
    if (!source.active) return { refusal: 'inactive-source' }
    if (referralCode !== null && context.referral?.active !== true) {
      return { refusal: 'unknown-referral' }
    }
    if (assigneeId !== null && !context.namedAssignee) return { refusal: 'unknown-assignee' }
    const routing = basisOf(await findSimulationFacts(tx), rules)
    const facts = { ...context, content, source, routing, receivedAt: now, decidedAt: now }
    const { plan } = await planInTurn(
      (turns) => planCapture(facts, turns),
      (question) => readTurn(tx, question, dayStart(now, routing.timeZone))
    )
    return { leadId: null, receivedAt: now, plan, actual: null }
  })
}

/**
 * The leads of a past period, in the order in which they came, as if the rules had been published
 * just before the first. Each batch is read in a transaction of its own, which ends before the batch
 * is decided. Of decided leads only the keys for matching stay in memory.
 */
export async function simulatePeriod(
  db: Database,
  dealerId: string,
  { rules, period }: { rules: TriedRules; period: Period }
): Promise<{ leads: SimulatedLead[] } | { tooMany: number }> {
  const begun = await begin(db, dealerId, period)
  if ('tooMany' in begun) return begun
  const { facts, before } = begun
  const users = new Map(facts.users.map((user) => [user.id, user]))
  const simulation = new Simulation({
    routing: basisOf(facts, rules),
    settings: facts.settings,
    scoring: facts.scoring,
    fallbackAssignee: users.get(facts.settings.fallbackAssigneeId ?? '') ?? null,
    users,
    before
  })
  const leads: SimulatedLead[] = []
  const turns = new Turns()
  let after: Page['after'] = null
  for (;;) {
    const page: Page = { after, limit: BATCH }
    const batch: Batch = await db.transaction(dealerId, (tx) => readBatch(tx, period, page))
    for (const row of batch.rows) {
      const known = contactKeys(row.content.contact).flatMap((key) => batch.known.get(key) ?? [])
      const plan = simulation.place(
        received(row, users),
        distinct(known).map((record) => remembered(record, users))
      )
      leads.push({ leadId: row.id, receivedAt: row.receivedAt, plan, actual: row.actual })
      await turns.giveWay()
    }
    const last = batch.rows.at(-1)
    if (!last || batch.rows.length < BATCH) return { leads }
    after = { at: last.receivedAt, id: last.id }
  }
}

interface Begun {
  facts: SimulationFacts
  before: ConstructorParameters<typeof Simulation>[0]['before']
}

async function begin(
  db: Database,
  dealerId: string,
  period: Period
): Promise<Begun | { tooMany: number }> {
  return await db.transaction(dealerId, async (tx): Promise<Begun | { tooMany: number }> => {
    const count = await countReceivedLeads(tx, period, MAX_COUNTED)
    if (count > MAX_SIMULATED_LEADS) return { tooMany: count }
    const facts = await findSimulationFacts(tx)
    const since = dayStart(period.from, facts.timeZone)
    const before = await countLeadsBefore(tx, { dayStart: since, from: period.from })
    return { facts, before: { since, ...before } }
  })
}

interface Page {
  after: { at: Date; id: string } | null
  limit: number
}

interface Batch {
  rows: ReceivedRow[]
  /** The known records of each key. */
  known: Map<string, KnownRow[]>
}

async function readBatch(tx: Transaction, period: Period, page: Page): Promise<Batch> {
  const rows = await findReceivedLeads(tx, period, page)
  const keys = [...new Set(rows.flatMap(({ content }) => contactKeys(content.contact)))]
  const known = new Map<string, KnownRow[]>()
  for (const row of await findKnownPeople(tx, keys, period.from)) {
    known.set(row.key, [...(known.get(row.key) ?? []), row])
  }
  return { rows, known }
}

/** The rules with whom they may name, as a capture looks them up. */
function basisOf(facts: SimulationFacts, rules: TriedRules): RoutingBasis {
  const { users, queues, timeZone, workingHours } = facts
  const named = new Set(
    (rules?.entries ?? []).flatMap(({ target }) => (target.type === 'user' ? target.userId : []))
  )
  const mayBeAsked = ({ id, team }: TeamUser) => team !== null || named.has(id)
  return { rules, users: users.filter(mayBeAsked), queues, timeZone, workingHours }
}

/** One record can share several keys with a person. */
function distinct(rows: readonly KnownRow[]): KnownRow[] {
  return [...new Map(rows.map((row) => [row.candidate.id, row])).values()]
}

function remembered(
  { candidate, ownerId, since, moves }: KnownRow,
  users: ReadonlyMap<string, TeamUser>
): KnownRecord {
  const owner = users.get(ownerId ?? '') ?? null
  return { candidate: { ...candidate, owner }, since, moves }
}

function received(row: ReceivedRow, users: ReadonlyMap<string, TeamUser>): ReceivedLead {
  const { id, content, receivedAt, source, referral, routed, moves } = row
  const hadIt = (code: DecisionCode) => {
    const userId = routed?.code === code ? routed.assigneeId : null
    return users.get(userId ?? '') ?? null
  }
  return {
    id,
    content,
    receivedAt,
    source,
    moves,
    namedAssignee: hadIt('named_by_sender'),
    author: hadIt('entered_by_user'),
    referral: referral && { ...referral, user: users.get(referral.userId ?? '') ?? null }
  }
}
