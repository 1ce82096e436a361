import type { NotificationKind } from '../../domain/notifications/kinds.ts'
import type { PromoterState } from '../../domain/promoters/promoter.ts'

/** The kinds that have mails of their own, beside those that announce leads and offers. */
export type TopicKind = Exclude<
  NotificationKind,
  | 'newLead'
  | 'queuedLead'
  | 'linkedClient'
  | 'offer'
  | 'offerResponse'
  | 'linkRequest'
  | 'linkResponse'
  | 'feedback'
>

/** Our own text in notifications, in one language. */
export interface NotificationWording {
  intros: Record<TopicKind, string>
  sections: Record<
    | 'activity'
    | 'response'
    | 'offer'
    | 'source'
    | 'user'
    | 'leads'
    | 'movedLeads'
    | 'promoter'
    | 'mail'
    | 'lead',
    string
  >
  rows: Record<
    | 'type'
    | 'plannedBy'
    | 'nowWith'
    | 'dueAt'
    | 'text'
    | 'sale'
    | 'client'
    | 'respondBy'
    | 'assignee'
    | 'queue'
    | 'from'
    | 'message'
    | 'expiresAt'
    | 'source'
    | 'lastLeadAt'
    | 'user'
    | 'openLeads'
    | 'plannedActivities'
    | 'clients'
    | 'openOpportunities'
    | 'email'
    | 'phone'
    | 'promoterUser'
    | 'promoterState'
    | 'recipient'
    | 'told'
    | 'failedAt'
    | 'reason'
    | 'more',
    string
  >
  saleStates: Record<'recorded' | 'cancelled', string>
  openClient: string
  openLastLead: string
  openPromoter: string
  openWork: string
  promoterStates: Record<PromoterState, string>
  /** What mails tell that no setting of a user is for. */
  otherMails: Record<'digest_mail' | 'dealer_mail' | 'test_mail' | 'dealer_adf', string>
  digest: {
    /** `{count}` is the number of notifications. */
    subject: string
    intro: string
    /** What there is beside, in the list. */
    more: string
    count: string
  }
}
