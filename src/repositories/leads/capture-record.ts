import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { ParameterTypes, Statement, Values } from '../../database/statement.ts'
import type { CapturePlan } from '../../domain/capture/capture.ts'
import type { CapturedReferral } from '../../domain/capture/capture-facts.ts'
import { recordKeys } from '../../domain/search/record-keys.ts'
import { recognisableName, vehicleKey } from '../../domain/leads/contact.ts'
import type { PlannedDelivery } from '../../domain/deliveries/delivery.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { groupParticipants } from '../../domain/leads/participant.ts'
import type {
  GroupedParticipant,
  Participant,
  Participation
} from '../../domain/leads/participant.ts'
import { respondedPersonsUpsert } from '../auto-responses/auto-response-basis.ts'
import { addressed, deliveriesInsert, isSent } from '../deliveries/deliveries.ts'
import { eventRow, eventsInsert } from '../events/record-events.ts'
import { replayUpsert } from '../idempotency.ts'
import { notificationRows, notificationsInsert } from '../notifications/notifications.ts'
import { turnsUpsert } from '../routing/turns.ts'
import type { CapturedField } from './capture-basis.ts'
import { decisionRow, decisionsInsert } from './decisions.ts'
import { newParticipantsInsert } from './participants.ts'
import { PERSON_TYPES, personInsert, personValues } from './person-keys.ts'

/** The writing statement of a capture. */
interface CaptureRecord {
  leadId: string
  content: LeadContent
  sourceId: string
  statusId: string
  referral: CapturedReferral | null
  plan: CapturePlan
  /** The dealer's own fields of leads. */
  customFields: readonly CapturedField[]
  payloadId: string
  /** Null where the payload stands already, for the second lead of one document. */
  payload: { contentType: string; body: string } | null
  actor: Actor
  receivedAt: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The `Idempotency-Key` under which a repeat finds this lead, or null. */
  remember: { principalId: string; key: string; requestHash: string } | null
  /** Whether its statement is the last of the transaction. */
  isLast: boolean
}

const TYPES = {
  payloadId: 'uuid',
  contentType: 'text?',
  body: 'text?',
  leadId: 'uuid',
  type: 'text',
  sourceId: 'uuid',
  externalId: 'text?',
  statusId: 'uuid',
  assigneeId: 'uuid?',
  assignedAt: 'timestamptz?',
  queueId: 'uuid?',
  promoterId: 'uuid?',
  referralLinkId: 'uuid?',
  duplicateOf: 'uuid?',
  quarantineReason: 'text?',
  isTest: 'boolean',
  displayName: 'text?',
  vehicleKey: 'text?',
  content: 'jsonb',
  temperature: 'text?',
  score: 'integer?',
  coolAt: 'timestamptz?',
  respondBy: 'timestamptz?',
  clockDueAt: 'timestamptz?',
  turns: 'jsonb',
  keys: 'text[]',
  ...PERSON_TYPES,
  events: 'jsonb',
  actorType: 'text',
  actorId: 'uuid?',
  decisions: 'jsonb',
  deliveries: 'jsonb',
  notifications: 'jsonb',
  participants: 'jsonb',
  receivedAt: 'timestamptz'
} as const

const RECORD = `
with payload as (
  insert into payloads (dealer_id, id, content_type, body, created_at)
  select :dealerId, :payloadId, :contentType, :body, :receivedAt where :body is not null
), lead as (
  insert into leads (dealer_id, id, type, source_id, external_id, status_id, status_changed_at,
    assignee_id, assigned_at, first_assigned_at, queue_id, home_queue_id, promoter_id,
    referral_link_id, duplicate_of_id, quarantine_reason, is_test, display_name, vehicle_key,
    content, payload_id, created_by, received_at, updated_at, temperature, temperature_by, score,
    cool_at, respond_by, clock_due_at)
  values (:dealerId, :leadId, :type, :sourceId, :externalId, :statusId, :receivedAt,
    :assigneeId, :assignedAt, :assignedAt, :queueId, :queueId, :promoterId,
    :referralLinkId, :duplicateOf, :quarantineReason, :isTest, :displayName, :vehicleKey,
    :content, :payloadId, :actorId, :receivedAt, :receivedAt, :temperature,
    case when :temperature is not null then 'score' end, :score, :coolAt, :respondBy, :clockDueAt)
), turned as (${turnsUpsert({ turns: ':turns' })}
), keys as (
  insert into match_keys (dealer_id, key, record_type, record_id)
  select :dealerId, k, 'lead', :leadId from unnest(:keys) k
), ${personInsert({ id: ':leadId', type: 'lead' })}, happened as (${eventsInsert({
  events: ':events',
  actorType: ':actorType',
  actorId: ':actorId',
  at: ':receivedAt'
})}
), decided as (${decisionsInsert({ decisions: ':decisions', at: ':receivedAt' })}
), involved as (${newParticipantsInsert()}
), owed as (${deliveriesInsert({ deliveries: ':deliveries', at: ':receivedAt' })}
), told as (${notificationsInsert({ notifications: ':notifications', at: ':receivedAt' })}
)`

const REMEMBER = `, remembered as (${replayUpsert({ replays: ':replays', at: ':receivedAt' })}
)`

const REMEMBER_AUTO_RESPONDED = `, answered as (${respondedPersonsUpsert({
  keys: ':keys',
  at: 'coalesce(:autoResponseAt, :receivedAt)',
  leadId: ':leadId'
})}
)`

// What is owed is the queue of the worker as well.
const DONE = ' select'

// The first is for the many requests without a key: it does no more than they need.
const PLAIN = statement('capture-record', TYPES, RECORD + DONE)
const ONCE = statement(
  'capture-record-once',
  { ...TYPES, replays: 'jsonb' },
  RECORD + REMEMBER + DONE
)
const AUTO_RESPONDED = statement(
  'capture-record-auto-response',
  { ...TYPES, replays: 'jsonb', autoResponseAt: 'timestamptz?' },
  RECORD + REMEMBER + REMEMBER_AUTO_RESPONDED + DONE
)

/** Writes the lead and all that goes with it: payload, keys, history, decisions, what is owed. */
export async function recordCapture(tx: Transaction, record: CaptureRecord): Promise<void> {
  const { leadId, plan, mailDomain } = record
  const address = (delivery: PlannedDelivery) => addressed({ leadId, ...delivery }, mailDomain)
  const planned = plan.deliveries.map(address)
  const notifications = notificationRows(planned)
  const deliveries = planned.filter(isSent)
  const values = { ...leadValues(record), deliveries, notifications }
  const replays = record.remember ? [replayOf(leadId, record.remember)] : []
  const run = <Types extends ParameterTypes>(one: Statement<Types, never>, all: Values<Types>) =>
    record.isLast ? tx.runLast(one, all) : tx.run(one, all)
  if (plan.autoResponse) {
    const autoResponse = address(plan.autoResponse)
    await run(AUTO_RESPONDED, {
      ...values,
      deliveries: [...deliveries, autoResponse],
      replays,
      autoResponseAt: plan.autoResponse.dueAt
    })
  } else if (record.remember) {
    await run(ONCE, { ...values, replays })
  } else {
    await run(PLAIN, values)
  }
}

function leadValues(
  record: CaptureRecord
): Omit<Values<typeof TYPES>, 'deliveries' | 'notifications'> {
  const { content, plan, referral, actor } = record
  return {
    payloadId: record.payloadId,
    contentType: record.payload?.contentType ?? null,
    body: record.payload?.body ?? null,
    leadId: record.leadId,
    type: content.type,
    sourceId: record.sourceId,
    externalId: content.externalId,
    statusId: record.statusId,
    assigneeId: plan.assignee?.id ?? null,
    assignedAt: plan.assignee ? record.receivedAt : null,
    queueId: plan.queue?.id ?? null,
    promoterId: referral?.promoter?.id ?? null,
    referralLinkId: referral?.id ?? null,
    duplicateOf: plan.duplicateOf,
    quarantineReason: plan.quarantineReason,
    isTest: content.isTest,
    displayName: recognisableName(content.contact),
    vehicleKey: vehicleKey(content.vehicles),
    content,
    temperature: plan.temperature,
    score: plan.score,
    coolAt: plan.coolAt,
    respondBy: plan.respondBy,
    clockDueAt: plan.clockDueAt,
    turns: plan.turn ? [plan.turn] : [],
    keys: recordKeys(
      content,
      record.customFields.filter((field) => field.searchable)
    ),
    ...personValues(content.contact),
    events: [createdEvent(record)],
    actorType: actor.type,
    actorId: actor.id,
    decisions: plan.decisions.map((decision) => decisionRow(record.leadId, decision)),
    participants: participantsOf(record),
    receivedAt: record.receivedAt
  }
}

/** The users who see the lead beside its assignee. */
function participantsOf({ actor, referral, plan }: CaptureRecord): GroupedParticipant[] {
  const told = plan.deliveries.map(({ userId }) => ({ userId, reason: 'told' as const }))
  return groupParticipants([
    ...namedUser(actor.type === 'user' ? actor.id : null, 'author'),
    ...namedUser(referral?.user?.id, 'referral'),
    ...namedUser(referral?.promoterUserId, 'promoter'),
    ...told.flatMap(({ userId, reason }) => namedUser(userId, reason))
  ])
}

function namedUser(userId: string | null | undefined, reason: Participation): Participant[] {
  return typeof userId === 'string' ? [{ userId, reason }] : []
}

function replayOf(leadId: string, key: NonNullable<CaptureRecord['remember']>) {
  return { ...key, operation: 'createLead', response: [leadId] }
}

function createdEvent({ leadId, plan, sourceId, content }: CaptureRecord) {
  return eventRow({
    type: 'lead.created',
    subject: { type: 'lead', id: leadId },
    leadId,
    data: {
      type: content.type,
      sourceId,
      assigneeId: plan.assignee?.id ?? null,
      queueId: plan.queue?.id ?? null,
      duplicateOf: plan.duplicateOf,
      quarantineReason: plan.quarantineReason,
      isTest: content.isTest
    }
  })
}
