import type { AutoResponseBasis } from '../auto-responses/auto-response-basis.ts'
import type { DealerSettings, Locale } from '../dealers/dealer.ts'
import type { SourceKind } from '../dealers/source.ts'
import type { QueueRecipient } from '../notifications/queue-recipients.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import type { RoutingBasis } from '../routing/route.ts'
import type { ScoringRules } from '../scoring/scoring-rules.ts'
import type { LeadContent, Reference } from '../leads/lead.ts'
import type { Candidate, SimilarCandidate } from '../matching/matches.ts'
import type { StatusGroup } from '../leads/status-groups.ts'

/** A stored client or lead that shares an e-mail or phone with the new lead's person. */
export interface CaptureCandidate extends Candidate {
  /** The lead's assignee, or the client's responsible user. */
  owner: AssignableUser | null
  /** Of leads only. */
  lead: {
    statusGroup: StatusGroup
    sourceId: string
    vehicleKey: string | null
    receivedAt: Date
    duplicateOf: string | null
    quarantined: boolean
    isTest: boolean
  } | null
}

export interface CapturedReferral {
  id: string
  code: string
  active: boolean
  user: AssignableUser | null
  /** The team member who signed its promoter up. */
  promoterUserId: string | null
  promoter: (Reference & { email: string | null; active: boolean; locale: Locale | null }) | null
}

/** Everything a capture decides from. */
export interface CaptureFacts {
  content: LeadContent
  receivedAt: Date
  settings: DealerSettings
  source: { id: string; key: string; kind: SourceKind }
  /** The user named by the sender, or null. */
  namedAssignee: AssignableUser | null
  fallbackAssignee: AssignableUser | null
  /** The user who entered it, or null: a machine posted it, or it comes from a list. */
  author: AssignableUser | null
  referral: CapturedReferral | null
  candidates: readonly CaptureCandidate[]
  /** Keys left out because too many records share them. */
  crowdedKeys: number
  /** Records under such keys, where they are listed. */
  crowdedCandidates?: readonly Candidate[]
  /** Records that share no e-mail or phone, and other fields: they decide nothing. */
  similar?: readonly SimilarCandidate[]
  /** A held lead was reviewed and released; `namedAssignee` is its assignee by then. */
  isReleased?: boolean
  /** The lead comes from an imported list, so it may be older than leads received before the list. */
  isListed?: boolean
  /** The lead of another person of this source has its `externalId`. */
  isIdReused?: boolean
  /** The moment of deciding: of a held lead, that of its release. */
  decidedAt: Date
  /** The assignment rules that hold, and whom and what they may name. */
  routing: RoutingBasis
  /** Who may hear of it where it comes into a queue. */
  queueRecipients: readonly QueueRecipient[]
  /** The scoring rules that hold, or null: leads have no score. */
  scoring: { id: string; rules: ScoringRules } | null
  /** The auto-response rules. Null when none are published. */
  autoResponse: AutoResponseBasis | null
}
