import type { Actor } from '../events/event.ts'
import { holdsScope } from '../access/permissions.ts'
import type { TenantPrincipal } from '../access/permissions.ts'
import type { AccountContent } from '../clients/account.ts'
import type { LeftStates } from './left-states.ts'
import type { FillableClient } from '../clients/client.ts'
import type { FillableOpportunity, OpportunityStage } from '../clients/opportunity.ts'

export const OPERATION_KINDS = [
  'link',
  'conversion',
  'unlink',
  'move',
  'assignment',
  'status',
  'sale',
  'merge',
  'import'
] as const
type OperationKind = (typeof OPERATION_KINDS)[number]

/** `undoing`: of an import, whose rows are being undone. */
export const OPERATION_STATES = ['done', 'undoing', 'undone'] as const
type OperationState = (typeof OPERATION_STATES)[number]

/** Where a lead stood before, so that undoing can put it back there. */
export interface LeadSnapshot {
  statusId: string
  clientId: string | null
  assigneeId: string | null
  queueId: string | null
}

/** The records that an operation took from a client along with the lead. */
export interface Detached {
  clientId: string
  /** Activities about the lead, which went with it. */
  activityIds: string[]
  /** Whether the client named the lead as the one it was made from. */
  wasOrigin: boolean
  /** The consents given with it or about it; missing in older operations. */
  consentIds?: string[]
}

/** A record that a call made, with the version it left. */
export interface Made {
  id: string
  version: number
}

/** A record as it was before a conversion filled it, and the version that left. */
export interface Filled<Before> {
  id: string
  before: Before
  versionAfter: number
}

/** What operations record beside the versions that they left. */
interface Recorded {
  /** Written with the operation; missing in older ones. */
  states?: LeftStates
}

/** A lead before a call changed it, and the versions that left, by which later changes show. */
export interface RecordedClientOperation extends Recorded {
  lead: { id: string; before: LeadSnapshot; versionAfter: number }
  /** The client it made, if it made one. */
  createdClient: Made | null
  /** The follow-up it planned, if it planned one. */
  createdActivity: Made | null
  /** The records that an unlink or a move took from the client before. */
  detached: Detached | null
  /** Planned activities of the lead that went to the client with it; missing in older operations. */
  attachedIds?: string[]
  /** Who was responsible for the client that the lead got, and may undo that, too. */
  responsibleUserId?: string | null
  /** Other records that a conversion made or filled; missing in older operations. */
  createdAccount?: Made | null
  createdOpportunity?: Made | null
  filledClient?: Filled<FillableClient> | null
  filledAccount?: Filled<AccountContent> | null
  filledOpportunity?: Filled<FillableOpportunity> | null
  /** The leads that went to the responsible user of their client; missing where none did. */
  handedOver?: ReassignedLeads | null
}

/** Whose a lead was and where it waited. Times are RFC 3339 in UTC. */
export interface LeadAssignment {
  assigneeId: string | null
  assignedAt: string | null
  firstAssignedAt: string | null
  queueId: string | null
  homeQueueId: string | null
}

/** A record that went from one user to another; null: none. */
export interface Reassigned {
  id: string
  fromId: string | null
  toId: string | null
}

/** Leads that had another assignment before, by their ids, and what went with them. */
export interface ReassignedLeads {
  leads: { id: string; before: LeadAssignment; versionAfter: number }[]
  /** The planned activities that went with them; missing in older operations. */
  followUps?: Reassigned[]
  /** The open opportunities that went with their client; missing in older operations. */
  opportunities?: Reassigned[]
}

/** The changes of a bulk assignment. */
interface RecordedAssignment extends Recorded, ReassignedLeads {}

/** The changes of a bulk move: the leads that had another status before. Times are RFC 3339 in UTC. */
interface RecordedStatuses extends Recorded {
  leads: {
    id: string
    before: {
      statusId: string
      statusChangedAt: string
      statusReasonId: string | null
      statusReasonText: string | null
      respondBy: string | null
      clockDueAt: string | null
    }
    versionAfter: number
  }[]
  /** Those that went to the responsible user of their client; missing where none did. */
  handedOver?: ReassignedLeads | null
}

/** The records of a move into group `sold`, and the earlier status of the lead. */
interface RecordedSale extends Recorded {
  lead: {
    id: string
    before: Pick<LeadSnapshot, 'statusId'>
    /** Changes of the client since are counted in: they leave the sale as it is. */
    versionAfter: number
    hasNewClient?: boolean
  }
  sale: Made
  /** The opportunity that was won by it, and how it stood before; missing where none was. */
  opportunity?: WonOpportunity
  /** Where the lead waited before its seller took it up; missing where it had an assignee. */
  waited?: LeadAssignment
}

/** An opportunity that ended in a sale. */
export interface WonOpportunity {
  id: string
  /** Null: it was won when it was created. */
  before: { stage: OpportunityStage; closeReason: string | null; closedAt: string | null } | null
  /** The version before, where the change was that of the stage alone; null: other members changed too. */
  versionBefore: number | null
  versionAfter: number
}

/** A record that moved from one client to another, with its version after the move. */
export interface RecordedMerge extends Recorded {
  survivor: {
    id: string
    before: FillableClient
    /** What the merge made of it; missing in older operations. */
    after?: FillableClient
    versionAfter: number
  }
  merged: { id: string; versionAfter: number }
  /** Clients that were merged into it before; their ids lead to the survivor since. */
  earlierIds: string[]
  leads: Made[]
  activities: Made[]
  opportunities: Made[]
  sales: Made[]
  /** The leads that went to the responsible user of the survivor; missing where none did. */
  handedOver?: ReassignedLeads | null
}

/** The records that an import made and changed are listed with its rows. */
interface RecordedImport {
  importId: string
}

interface OperationBase {
  id: string
  state: OperationState
  actor: Actor
  undoneAt: Date | null
  createdAt: Date
}

/** A call about one lead that can be undone as one. */
export interface ClientOperation extends OperationBase {
  kind: Exclude<OperationKind, 'assignment' | 'status' | 'sale' | 'merge' | 'import'>
  leadId: string
  recorded: RecordedClientOperation
}

/** A bulk assignment of leads. */
export interface AssignmentOperation extends OperationBase {
  kind: 'assignment'
  leadId: null
  recorded: RecordedAssignment
}

/** A bulk move of leads to a status. */
export interface StatusOperation extends OperationBase {
  kind: 'status'
  leadId: null
  recorded: RecordedStatuses
}

/** A sale, recorded as its lead entered group `sold`. */
export interface SaleOperation extends OperationBase {
  kind: 'sale'
  leadId: string
  recorded: RecordedSale
}

/** Two clients that became one. */
export interface MergeOperation extends OperationBase {
  kind: 'merge'
  leadId: null
  recorded: RecordedMerge
}

/** A list of leads or clients that came in as one file. */
export interface ImportOperation extends OperationBase {
  kind: 'import'
  leadId: null
  recorded: RecordedImport
}

/** A change that can be undone as one. */
export type Operation =
  | ClientOperation
  | AssignmentOperation
  | StatusOperation
  | SaleOperation
  | MergeOperation
  | ImportOperation

/** The later changes that can prevent the undo of an operation. */
export const UNDO_OBSTACLES = [
  'lead',
  'assignee',
  'status',
  'client',
  'client-leads',
  'client-activities',
  'client-opportunities',
  'client-sales',
  'account',
  'account-clients',
  'account-opportunities',
  'opportunity',
  'opportunity-activities',
  'opportunity-sales',
  'activity',
  'sale',
  'reward',
  'import'
] as const
export type UndoObstacle = (typeof UNDO_OBSTACLES)[number]

/**
 * Whether a caller who sees an operation may undo it: always their own, and one that gave a lead to a
 * client of theirs; another's if they may take leads from clients.
 */
export function mayUndo(principal: TenantPrincipal, operation: Operation): boolean {
  if (isTheirsToUndo(principal, operation)) return true
  if (principal.kind === 'key') return holdsScope(principal.scopes, 'admin')
  return principal.role !== 'member' || principal.grants.includes('leads.unlink')
}

/** Whether an operation is the caller's to undo, apart from their role and grants. */
export function isTheirsToUndo(principal: TenantPrincipal, operation: Operation): boolean {
  const { actor, recorded } = operation
  if (actor.type === principal.kind && actor.id === principal.id) return true
  return 'responsibleUserId' in recorded && recorded.responsibleUserId === principal.id
}
