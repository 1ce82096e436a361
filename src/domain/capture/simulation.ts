import { dayStart } from '../clock/time-zone.ts'
import { planCapture } from './capture.ts'
import type { CapturePlan } from './capture.ts'
import type { CaptureCandidate, CaptureFacts } from './capture-facts.ts'
import { contactKeys } from '../leads/contact.ts'
import type { LeadContent } from '../leads/lead.ts'
import { MAX_RECORDS_PER_KEY } from '../matching/matches.ts'
import { GROUPS } from '../leads/status-groups.ts'
import type { StatusGroup } from '../leads/status-groups.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import type { TurnQuestion } from '../routing/route.ts'
import { FIRST_TURN } from '../routing/turns.ts'
import type { TurnState } from '../routing/turns.ts'
import { leadCandidate } from './lead-candidate.ts'
import type { EarlierLead } from './lead-candidate.ts'
import { planInKnownTurn } from '../routing/plan-in-turn.ts'

/** When a lead came into a status group, oldest first. */
export type Moves = readonly { group: StatusGroup; at: Date }[]

/** A lead as it came, with what was known of it then. */
export interface ReceivedLead {
  id: string
  content: LeadContent
  receivedAt: Date
  source: CaptureFacts['source']
  referral: CaptureFacts['referral']
  namedAssignee: AssignableUser | null
  author: AssignableUser | null
  moves: Moves
}

/** A client, or a lead from before the period. */
export interface KnownRecord {
  candidate: CaptureCandidate
  /** Of clients: since when there is one. */
  since: Date
  moves: Moves
}

/** The facts that do not change during the simulation. */
interface SimulationBasis {
  routing: CaptureFacts['routing']
  settings: CaptureFacts['settings']
  scoring: CaptureFacts['scoring']
  fallbackAssignee: AssignableUser | null
  /** Everybody who can have a lead, by id. */
  users: ReadonlyMap<string, AssignableUser>
  /** The leads of each user before the first lead: assigned on that day, and open. */
  before: { since: Date; today: Record<string, number>; open: Record<string, number> }
}

interface AssignedLead extends EarlierLead {
  assigneeId: string | null
  moves: Moves
}

/**
 * Leads of a past period, one after the other, under rules as if they had been published just before
 * the first. Each is planned as a capture plans it; turns, full days and who has whom go by what the
 * simulation decided for those before it.
 */
export class Simulation {
  readonly #basis: SimulationBasis
  readonly #turns = new Map<string, Pick<TurnState, 'lastUserId' | 'credits'>>()
  readonly #assignedByKey = new Map<string, AssignedLead[]>()
  readonly #assignedByUser = new Map<string, AssignedLead[]>()

  constructor(basis: SimulationBasis) {
    this.#basis = basis
  }

  /** Captures the next lead. `known` are records from before the period that share a key with it. */
  place(lead: ReceivedLead, known: readonly KnownRecord[]): CapturePlan {
    const { settings, scoring, fallbackAssignee, routing } = this.#basis
    const { receivedAt } = lead
    const facts: CaptureFacts = {
      content: lead.content,
      receivedAt,
      decidedAt: receivedAt,
      settings,
      source: lead.source,
      namedAssignee: lead.namedAssignee,
      fallbackAssignee,
      author: lead.author,
      referral: lead.referral,
      ...this.#candidatesOf(lead, known),
      routing,
      scoring,
      queueRecipients: [],
      autoResponse: null
    }
    const { plan } = planInKnownTurn(
      (turns) => planCapture(facts, turns),
      (question) => this.#turnOf(question, receivedAt)
    )
    this.#remember(lead, plan)
    return plan
  }

  #turnOf({ entryId, userIds, limitedIds, countsOpen }: TurnQuestion, at: Date): TurnState {
    const since = dayStart(at, this.#basis.routing.timeZone)
    const counted = (ids: readonly string[], count: (id: string) => number) =>
      Object.fromEntries(ids.map((id) => [id, count(id)]))
    return {
      ...FIRST_TURN,
      ...this.#turns.get(entryId),
      today: counted(limitedIds, (id) => this.#givenSince(id, since)),
      open: countsOpen ? counted(userIds, (id) => this.#openOf(id, at)) : {}
    }
  }

  #givenSince(userId: string, since: Date): number {
    const { before } = this.#basis
    const placed = this.#assignedByUser.get(userId) ?? []
    const first = placed.findLastIndex(({ receivedAt }) => receivedAt < since) + 1
    const earlier = since <= before.since ? (before.today[userId] ?? 0) : 0
    return placed.length - first + earlier
  }

  #openOf(userId: string, at: Date): number {
    const placed = this.#assignedByUser.get(userId) ?? []
    const open = placed.filter(({ moves }) => GROUPS[groupAt(moves, at)].isBusy)
    return open.length + (this.#basis.before.open[userId] ?? 0)
  }

  /** Clients and earlier leads that share an e-mail or phone, as they were at that moment. */
  #candidatesOf(
    { content, receivedAt }: ReceivedLead,
    known: readonly KnownRecord[]
  ): Pick<CaptureFacts, 'candidates' | 'crowdedKeys'> {
    const keys = contactKeys(content.contact)
    const placed = keys.map((key) => this.#assignedByKey.get(key) ?? [])
    const isCrowded = (index: number) => (placed[index]?.length ?? 0) > MAX_RECORDS_PER_KEY
    const found = new Set(placed.flatMap((leads, index) => (isCrowded(index) ? [] : leads)))
    const candidates = [
      ...[...found].map((lead) => this.#candidateOf(lead, receivedAt)),
      ...known
        .filter(({ since }) => since <= receivedAt)
        .map((record) => recall(record, receivedAt))
    ]
    return {
      candidates: candidates.filter(({ lead }) => lead?.statusGroup !== 'deleted'),
      crowdedKeys: keys.filter((_, index) => isCrowded(index)).length
    }
  }

  #candidateOf(placed: AssignedLead, at: Date): CaptureCandidate {
    const { assigneeId, moves } = placed
    return leadCandidate(placed, {
      owner: assigneeId === null ? null : (this.#basis.users.get(assigneeId) ?? null),
      statusGroup: groupAt(moves, at)
    })
  }

  #remember({ id, content, receivedAt, source, moves }: ReceivedLead, plan: CapturePlan): void {
    if (plan.turn) this.#turns.set(plan.turn.entryId, plan.turn)
    const assigneeId = plan.assignee?.id ?? null
    const { contact, vehicles, isTest } = content
    const placed: AssignedLead = {
      id,
      // Not the whole: a period has many leads.
      content: { contact, vehicles, isTest },
      receivedAt,
      sourceId: source.id,
      assigneeId,
      duplicateOf: plan.duplicateOf,
      isQuarantined: plan.quarantineReason !== null,
      moves
    }
    for (const key of contactKeys(contact)) append(this.#assignedByKey, key, placed)
    if (assigneeId !== null) append(this.#assignedByUser, assigneeId, placed)
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

function recall({ candidate, moves }: KnownRecord, at: Date): CaptureCandidate {
  const { lead } = candidate
  return { ...candidate, lead: lead && { ...lead, statusGroup: groupAt(moves, at) } }
}

/** A lead's group at a moment; `new` until its first move. */
function groupAt(moves: Moves, at: Date): StatusGroup {
  return moves.findLast((move) => move.at <= at)?.group ?? 'new'
}

/** The planned assignment of a lead, with its actual assignment for a stored lead. */
export interface SimulatedLead {
  leadId: string | null
  receivedAt: Date
  plan: CapturePlan
  actual: { assigneeId: string | null; queueId: string | null } | null
}
