import type { Transaction } from '../../database/client.ts'
import type { PlannedDelivery } from '../../domain/capture/announcement.ts'
import type { CapturePlan } from '../../domain/capture/capture.ts'
import type { CapturedReferral } from '../../domain/capture/capture-facts.ts'
import { recordKeys } from '../../domain/fields/search-keys.ts'
import { displayName, vehicleKey } from '../../domain/leads/contact.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { ANSWER, ENQUEUE_ANSWER } from '../auto-responses/auto-response-basis.ts'
import type { CapturedField } from './capture-question.ts'

/** What a capture writes, in one statement. */
export interface CaptureRecord {
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
}

const RECORD = `
with payload as (
  insert into payloads (dealer_id, id, content_type, body, created_at)
  select $1, $2, $3, $4, $5 where $4::text is not null
), lead as (
  insert into leads (dealer_id, id, type, source_id, external_id, status_id, status_changed_at,
    assignee_id, queue_id, promoter_id, referral_link_id, duplicate_of_id, quarantine_reason,
    is_test, display_name, vehicle_key, content, payload_id, created_by, received_at, updated_at,
    home_queue_id, assigned_at, first_assigned_at, temperature, temperature_by, score, cool_at,
    respond_by, clock_due_at)
  values ($1, $6, $7, $8, $9, $10, $5, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $2, $26,
    $5, $5, $12, $29::timestamptz, $29::timestamptz, $30::text,
    case when $30::text is not null then 'score' end, $31, $32, $33, $34)
), turned as (
  insert into assignment_turns as t (dealer_id, entry_id, last_user_id, credits, turns)
  select $1, r."entryId", r."lastUserId", r.credits, 1
  from jsonb_to_record($35::jsonb) as r("entryId" uuid, "lastUserId" uuid, credits jsonb)
  where $35::jsonb is not null
  on conflict (dealer_id, entry_id) do update
    set last_user_id = excluded.last_user_id, credits = excluded.credits, turns = t.turns + 1
), keys as (
  insert into match_keys (dealer_id, key, record_type, record_id)
  select $1, k, 'lead', $6 from unnest($21::text[]) k
), event as (
  insert into events (dealer_id, id, type, subject_type, subject_id, lead_id, actor_type, actor_id,
    data, created_at)
  values ($1, $22, 'lead.created', 'lead', $6, $6, $23, $26, $24, $5)
), decided as (
  insert into decisions (dealer_id, lead_id, id, step, outcome, reason, considered, created_at)
  select $1, $6, d.id, d.step, d.outcome, d.reason, d.considered, $5
  from jsonb_to_recordset($25::jsonb)
    as d(id uuid, step text, outcome text, reason text, considered jsonb)
)`

const OWE = `, owed as (
  insert into deliveries (dealer_id, id, lead_id, purpose, recipient_name, recipient_address, state,
    message_id, attempts, next_attempt_at, created_at, updated_at)
  select $1, d.id, $6, d.purpose, d."recipientName", d."recipientAddress", 'pending',
    d."messageId", 0, $5, $5, $5
  from jsonb_to_recordset($27::jsonb)
    as d(id uuid, purpose text, "recipientName" text, "recipientAddress" text, "messageId" text)
)`

const REMEMBER = `, remembered as (
  insert into idempotency_keys
    (dealer_id, principal_id, key, operation, request_hash, response_status, response, created_at)
  select $1, r."principalId", r.key, 'createLead', r."requestHash", 201,
    jsonb_build_array($6::text), $5
  from jsonb_to_record($36::jsonb) as r("principalId" uuid, key text, "requestHash" text)
  where $36::jsonb is not null
  -- Over an answer that is too old to count: a newer one would have been found.
  on conflict (dealer_id, principal_id, key) do update set operation = excluded.operation,
    request_hash = excluded.request_hash, response_status = excluded.response_status,
    response = excluded.response, created_at = excluded.created_at
)`

const ENQUEUE = ' select directory.enqueue_deliveries($28::uuid[], null)'

const RECORD_ANSWER = RECORD + OWE + REMEMBER + ANSWER + ENQUEUE + ENQUEUE_ANSWER

/** Writes the lead and all that goes with it: payload, keys, history, decisions, what is owed. */
export async function recordCapture(tx: Transaction, record: CaptureRecord): Promise<void> {
  const { content, plan, referral, actor } = record
  const address = (delivery: PlannedDelivery) => {
    const id = newId()
    return { id, messageId: `<${id}@${record.mailDomain}>`, ...delivery }
  }
  const owed = plan.deliveries.map(address)
  const values = [
    tx.dealerId,
    record.payloadId,
    record.payload?.contentType ?? null,
    record.payload?.body ?? null,
    record.receivedAt,
    record.leadId,
    content.type,
    record.sourceId,
    content.externalId,
    record.statusId,
    plan.assignee?.id ?? null,
    plan.queue?.id ?? null,
    referral?.promoter?.id ?? null,
    referral?.id ?? null,
    plan.duplicateOf,
    plan.quarantineReason,
    content.isTest,
    displayName(content.contact),
    vehicleKey(content.vehicles),
    content,
    recordKeys(
      content,
      record.customFields.filter((field) => field.searchable)
    ),
    newId(),
    actor.type,
    createdEventData(record),
    JSON.stringify(plan.decisions.map((decision) => ({ id: newId(), ...decision }))),
    actor.id,
    JSON.stringify(owed),
    owed.map(({ id }) => id),
    plan.assignee ? record.receivedAt : null,
    plan.temperature,
    plan.score,
    plan.coolAt,
    plan.respondBy,
    plan.clockDueAt,
    plan.turn ? JSON.stringify(plan.turn) : null
  ]
  // Three statements, each prepared once: the first for the many requests without a key.
  const remember = record.remember && JSON.stringify(record.remember)
  if (plan.answer) {
    const answer = JSON.stringify(address(plan.answer))
    await tx.query('capture-record-answer', RECORD_ANSWER, [...values, remember, answer])
  } else if (remember === null) {
    await tx.query('capture-record', RECORD + OWE + ENQUEUE, values)
  } else {
    await tx.query('capture-record-once', RECORD + OWE + REMEMBER + ENQUEUE, [...values, remember])
  }
}

function createdEventData({ plan, sourceId, content }: CaptureRecord): Record<string, unknown> {
  return {
    type: content.type,
    sourceId,
    assigneeId: plan.assignee?.id ?? null,
    queueId: plan.queue?.id ?? null,
    duplicateOf: plan.duplicateOf,
    quarantineReason: plan.quarantineReason,
    isTest: content.isTest
  }
}
