export const OPERATION_KINDS = ['link', 'conversion', 'unlink', 'move'] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]

export const OPERATION_STATES = ['done', 'undone'] as const
export type OperationState = (typeof OPERATION_STATES)[number]

/** Where a lead stood before, so that undoing can put it back there. */
export interface LeadPlace {
  statusId: string
  clientId: string | null
  assigneeId: string | null
  queueId: string | null
}

/** What an operation changed: how it was, and the versions it left, by which later changes show. */
export interface RecordedState {
  lead: { id: string; before: LeadPlace; versionAfter: number }
  /** The client it made, if it made one. */
  createdClient: { id: string; version: number } | null
  /** The follow-up it planned, if it planned one. */
  createdActivity: { id: string; version: number } | null
}

/** A change that can be taken back as one. */
export interface Operation {
  id: string
  kind: OperationKind
  state: OperationState
  leadId: string | null
  recorded: RecordedState
  undoneAt: Date | null
  createdAt: Date
}
