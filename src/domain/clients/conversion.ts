import type { Actor } from '../events/event.ts'

/** The record of a lead that became a client; it stays when the conversion is undone. */
export interface Conversion {
  id: string
  leadId: string
  clientId: string
  operationId: string
  activityId: string | null
  /** The company and the deal it made or filled. */
  accountId: string | null
  opportunityId: string | null
  actor: Actor
  undoneAt: Date | null
  createdAt: Date
}
