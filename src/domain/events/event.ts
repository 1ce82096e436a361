/** Everything that can happen, in the past tense. The list only grows: integrators switch on it. */
export const EVENT_TYPES = [
  'lead.created',
  'lead.updated',
  'lead.resent',
  'lead.status_changed',
  'lead.assigned',
  'lead.linked',
  'lead.converted',
  'lead.unlinked',
  'lead.moved',
  'lead.released',
  'lead.engaged',
  'lead.qualified',
  'lead.temperature_changed',
  'lead.response_warning',
  'lead.response_overdue',
  'lead.removed',
  'handover.offered',
  'handover.accepted',
  'handover.declined',
  'handover.expired',
  'handover.withdrawn',
  'link_request.asked',
  'link_request.accepted',
  'link_request.declined',
  'link_request.expired',
  'link_request.withdrawn',
  'client.created',
  'client.updated',
  'client.removed',
  'client.merged',
  'account.created',
  'account.updated',
  'account.removed',
  'opportunity.created',
  'opportunity.updated',
  'opportunity.removed',
  'consent.recorded',
  'sale.recorded',
  'sale.updated',
  'sale.undone',
  'reward.updated',
  'activity.created',
  'activity.updated',
  'activity.removed',
  'activity.reminder',
  'activity.overdue',
  'activity.feedback',
  'delivery.sent',
  'delivery.failed',
  'delivery.cancelled',
  'delivery.retried',
  'operation.undone',
  'import.created',
  'import.updated',
  'import.started',
  'import.finished',
  'import.cancelled',
  'import.failed',
  'import.undone',
  'import.deleted',
  'data.exported',
  'promoter.created',
  'promoter.updated',
  'promoter.invited',
  'promoter.joined',
  'referral_link.created',
  'referral_link.updated',
  'user.created',
  'user.updated',
  'api_key.created',
  'api_key.updated',
  'api_key.rotated',
  'api_key.revoked',
  'source.created',
  'source.updated',
  'status.created',
  'status.updated',
  'status.deleted',
  'status_reason.created',
  'status_reason.updated',
  'sale_status.created',
  'sale_status.updated',
  'sale_status.deleted',
  'reward_programme.created',
  'reward_programme.updated',
  'custom_field.created',
  'custom_field.updated',
  'custom_field.deleted',
  'field_mapping.updated',
  'template.created',
  'template.updated',
  'template.deleted',
  'source_cost.updated',
  'source_cost.deleted',
  'incentive_rates.updated',
  'suppression.added',
  'suppression.removed',
  'rule_set.created',
  'rule_set.updated',
  'rule_set.published',
  'rule_set.deleted',
  'qualification_form.updated',
  'team.updated',
  'queue.created',
  'queue.updated',
  'queue.member_added',
  'queue.member_removed',
  'dealer.created',
  'dealer.updated'
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Events that give a lead another status; their data says from which to which. */
export const STATUS_MOVE_EVENTS = [
  'lead.status_changed',
  'lead.linked',
  'lead.converted',
  'lead.unlinked'
] as const satisfies readonly EventType[]

/** The same and their undoing: all events after which a lead may be in another status group. */
export const MOVE_EVENTS = [
  ...STATUS_MOVE_EVENTS,
  'operation.undone'
] as const satisfies readonly EventType[]

/** Moves that are work on the lead: an unlink corrects a link. */
export const WORK_MOVE_EVENTS: readonly (typeof STATUS_MOVE_EVENTS)[number][] =
  STATUS_MOVE_EVENTS.filter((type) => type !== 'lead.unlinked')

/** The subjects of events. */
export const EVENT_SUBJECTS = [
  'account',
  'activity',
  'api_key',
  'client',
  'consent',
  'custom_field',
  'dealer',
  'delivery',
  'export',
  'handover',
  'import',
  'lead',
  'link_request',
  'operation',
  'opportunity',
  'promoter',
  'queue',
  'referral_link',
  'reward',
  'reward_programme',
  'rule_set',
  'sale',
  'sale_status',
  'source',
  'status',
  'status_reason',
  'suppression',
  'template',
  'user'
] as const
export type EventSubject = (typeof EVENT_SUBJECTS)[number]

export const ACTOR_TYPES = ['user', 'key', 'operator', 'system', 'public'] as const
export type ActorType = (typeof ACTOR_TYPES)[number]

/** The actor. `id` is null for the operator, the system and the public. */
export interface Actor {
  type: ActorType
  id: string | null
}

/** The caller of a request as history names it. */
export function actorOf(
  principal: { kind: 'user' | 'key'; id: string } | { kind: 'operator' }
): Actor {
  return principal.kind === 'operator'
    ? { type: 'operator', id: null }
    : { type: principal.kind, id: principal.id }
}

export const SYSTEM_ACTOR: Actor = { type: 'system', id: null }

/** People without an account: who signs up, follows a link, or shows that a mail reached them. */
export const PUBLIC_ACTOR: Actor = { type: 'public', id: null }

/** An append-only record of one thing that happened. */
export interface DomainEvent {
  id: string
  type: EventType
  subjectType: EventSubject
  subjectId: string
  leadId: string | null
  clientId: string | null
  actor: Actor
  data: Record<string, unknown>
  createdAt: Date
}
