import { planCapture } from '../capture/capture.ts'
import type { CaptureCandidate, CaptureFacts } from '../capture/capture-facts.ts'
import { decided } from '../leads/decision.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import type { LeadContent } from '../leads/lead.ts'
import { because } from '../reasons/reasons.ts'
import type { QuarantineCode } from '../reasons/decision-reasons.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import type { RoutingBasis, TurnQuestion } from '../routing/route.ts'
import type { TurnState, TurnTaken } from '../routing/turns.ts'
import type { Temperature } from '../leads/temperature.ts'
import type { ImportPlacement } from './import.ts'

/** The facts for all rows of a batch. */
type BatchFacts = Pick<
  CaptureFacts,
  'settings' | 'namedAssignee' | 'fallbackAssignee' | 'routing' | 'scoring'
> & { source: CaptureFacts['source'] | null }

interface ImportedLeadFacts {
  context: BatchFacts
  content: LeadContent
  placement: ImportPlacement
  candidates: readonly CaptureCandidate[]
  crowdedKeys: number
  /** The lead of another person has the `externalId` of the row. */
  isIdReused: boolean
  importId: string
  now: Date
}

interface PlannedLead {
  lead: {
    assigneeId: string | null
    queueId: string | null
    duplicateOf: string | null
    quarantineReason: QuarantineCode | null
    temperature: Temperature | null
    score: number | null
    coolAt: Date | null
    receivedAt: Date
    decisions: PlannedDecision[]
  }
  owner: AssignableUser | null
  turn: TurnTaken | null
}

/**
 * Plans a row that becomes a lead like any captured lead, but without notifications, auto-response
 * and response deadline: a list is no enquiry. The lead was received when its person sent it, if the
 * file gives a time in the past.
 */
export function planImportedLead(
  facts: ImportedLeadFacts,
  turns: ReadonlyMap<string, TurnState>
): { ask: TurnQuestion } | PlannedLead {
  const { context, content, placement, now, importId } = facts
  const { source, settings } = context
  if (!source) throw new Error('an import of leads has no source')
  const sentAt = content.submittedAt === null ? now : new Date(content.submittedAt)
  const receivedAt = sentAt < now ? sentAt : now
  const verdict = planCapture(
    {
      content,
      receivedAt,
      decidedAt: now,
      settings: placement.type === 'queue' ? { ...settings, keepOwner: false } : settings,
      source,
      namedAssignee: context.namedAssignee,
      fallbackAssignee: context.fallbackAssignee,
      author: null,
      referral: null,
      candidates: facts.candidates,
      crowdedKeys: facts.crowdedKeys,
      queueRecipients: [],
      isListed: true,
      isIdReused: facts.isIdReused,
      routing: routingOf(placement, context.routing),
      scoring: context.scoring,
      autoResponse: null
    },
    turns
  )
  if ('ask' in verdict) return verdict
  const { plan } = verdict
  return {
    lead: {
      assigneeId: plan.assignee?.id ?? null,
      queueId: plan.queue?.id ?? null,
      duplicateOf: plan.duplicateOf,
      quarantineReason: plan.quarantineReason,
      temperature: plan.temperature,
      score: plan.score,
      coolAt: plan.coolAt,
      receivedAt,
      decisions: plan.decisions.map((decision) =>
        decision.step === 'announced' ? notAnnounced(importId) : decision
      )
    },
    owner: ownerOf(plan.assignee?.id ?? null, facts),
    turn: plan.turn
  }
}

/** Into one queue: no rule is asked. */
function routingOf(placement: ImportPlacement, routing: RoutingBasis): RoutingBasis {
  if (placement.type !== 'queue') return routing
  const { queueId } = placement
  if (queueId === null) return { ...routing, rules: null }
  const known = routing.queues.find(({ id }) => id === queueId)
  const queue = known ?? { id: queueId, name: '', workingHours: null }
  return { ...routing, rules: null, queues: [{ ...queue, isDefault: true }] }
}

function notAnnounced(importId: string): PlannedDecision {
  return decided('announced', 'none', because('imported'), { purposes: [], importId })
}

/** The lead's assignee as later rows must know it: named, known, or chosen by the rules. */
function ownerOf(
  id: string | null,
  { context, candidates }: ImportedLeadFacts
): AssignableUser | null {
  if (id === null) return null
  const known = [context.namedAssignee, context.fallbackAssignee, ...context.routing.users]
  const owners = candidates.map(({ owner }) => owner)
  return [...known, ...owners].find((user) => user?.id === id) ?? null
}
