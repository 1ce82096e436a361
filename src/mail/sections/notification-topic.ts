import type { Activity } from '../../domain/activities/activity.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import type { NamedHandover } from '../../domain/qualification/handover.ts'

/** The kinds that tell of an activity. */
export const ACTIVITY_KINDS = [
  'plannedActivity',
  'movedActivity',
  'cancelledActivity',
  'reminder',
  'overdue'
] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** What happened to a sale. */
export type SaleNews = 'recorded' | 'cancelled'

/** A promoter as their user and those who approve see them. */
export interface ToldPromoter extends Pick<Promoter, 'name' | 'phone' | 'state'> {
  /** Null: no address, or the name is the address. */
  email: string | null
  /** The user under whom they signed up. Null: the dealer itself. */
  userName: string | null
}

/** A record that a mail lists; `url`: where its reader opens it. */
export interface LinkedName {
  name: string
  url: string | null
}

/** Work of a user, or that went with a client: the first of each kind, and how many there are. */
export interface WorkLists {
  count: number
  /** The latest of the leads. */
  leads: readonly { name: string | null; receivedAt: Date; url: string | null }[]
  activities: number
  /** The most urgent of the planned activities. */
  planned: readonly (Pick<Activity, 'type' | 'dueAt'> & {
    person: string | null
    url: string | null
  })[]
  /** The latest of the open opportunities. */
  opportunities: readonly LinkedName[]
  opportunityCount: number
}

/** The open work of a user, with the latest of their clients. */
export interface OpenWorkLists extends WorkLists {
  clients: readonly LinkedName[]
  clientCount: number
}

/** What a notification tells, as it is now. */
export type NotificationTopic =
  | {
      kind: ActivityKind
      activity: Activity
      /** Who planned it; of one that was moved, who has it now. */
      userName: string | null
      clientName: string | null
      /** How to reach the client; null: the reader does not see that. */
      clientContact: Contact | null
    }
  | { kind: 'takenBackLead' | 'movedLead' }
  | { kind: 'leadSale'; state: SaleNews }
  | {
      kind: 'newClient' | 'movedClient'
      clientName: string
      /** How to reach the client; null: the reader does not see that. */
      clientContact: Contact | null
      /** Who has it now; null: no user, or the reader. */
      userName: string | null
      /** What went with it. */
      moved: WorkLists
    }
  | { kind: 'responseWarning' | 'responseOverdue'; respondBy: Date | null }
  | { kind: 'offerEnding'; handover: NamedHandover }
  | { kind: 'pendingPromoter' | 'promoterResponse'; promoter: ToldPromoter }
  | {
      kind: 'failedMail'
      delivery: Pick<Delivery, 'purpose' | 'target' | 'reason' | 'updatedAt'>
    }
  | { kind: 'quietSource'; source: { key: string; name: string }; lastLeadAt: Date | null }
  | (OpenWorkLists & { kind: 'openLeads'; userName: string })
