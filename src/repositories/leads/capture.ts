import type { Transaction } from '../../database/client.ts'
import type { PlannedDelivery } from '../../domain/leads/announcement.ts'
import type { CapturePlan } from '../../domain/leads/capture.ts'
import type {
  CaptureCandidate,
  CaptureFacts,
  CapturedReferral
} from '../../domain/leads/capture-facts.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { fieldKeys } from '../../domain/fields/search-keys.ts'
import { contactKeys, displayName, nameKeys, vehicleKey } from '../../domain/leads/contact.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { SourceKind } from '../../domain/dealers/source.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import type { Contact, LeadContent, Reference } from '../../domain/leads/lead.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/leads/matching.ts'
import type { AssignableUser } from '../../domain/routing/assignable-user.ts'
import type { RoutingBasis } from '../../domain/routing/route.ts'
import type { StatusGroup } from '../../domain/leads/status.ts'
import { newId } from '../../ids.ts'
import { ANSWER, ANSWERING, ENQUEUE_ANSWER, toAnswering } from '../answers/answering.ts'
import type { AnsweringRow } from '../answers/answering.ts'
import {
  ASSIGNABLE_USER,
  PUBLISHED_RULES,
  ROUTING_COLUMNS,
  toRoutingBasis
} from '../routing/basis.ts'
import type { RoutingRow } from '../routing/basis.ts'

/** What a capture asks the database, in one question. */
export interface CaptureQuestion {
  sourceKey: string | null
  sourceId: string | null
  referralCode: string | null
  assigneeId: string | null
  externalId: string | null
  principalId: string | null
  idempotencyKey: string | null
  contact: Contact
  now: Date
  /** The address our mails are from; null, as in simulations: nobody is answered. */
  mailFrom: string | null
}

export interface CaptureAnswer {
  settings: DealerSettings
  source: (Reference & { key: string; kind: SourceKind; active: boolean }) | null
  newStatus: Reference
  namedAssignee: AssignableUser | null
  fallbackAssignee: AssignableUser | null
  referral: CapturedReferral | null
  candidates: CaptureCandidate[]
  crowdedKeys: number
  routing: RoutingBasis
  scoring: CaptureFacts['scoring']
  /** What the dealer's own fields of leads may hold, and whether they are searched. */
  customFields: CapturedField[]
  answering: CaptureFacts['answering']
  /** The lead this very request made before, by its `Idempotency-Key`. */
  replay: { leadIds: string[]; requestHash: string } | null
  /** The lead of this source with this `externalId`. */
  knownLeadId: string | null
}

export type CapturedField = Pick<
  CustomField,
  'key' | 'type' | 'options' | 'required' | 'searchable'
>

/** How many candidates are looked at: the newest, where one person has very many leads. */
const MAX_CANDIDATES = 100

/**
 * Everything a capture decides from, in one round trip. Candidates come key by key from the primary
 * key of `match_keys`, each stopping one row after it has shown to be too crowded. Clients and leads
 * are counted apart: a person's hundredth lead must not hide that they are a client. The status is
 * held until the lead has it: one that is about to be gone is waited for, and the next one taken.
 */
const QUESTION = `
with dealer as materialized (
  select settings, time_zone, working_hours from dealers where id = $1
), ${PUBLISHED_RULES}, hits as materialized (
  select k.key, t.type as record_type, h.ids, coalesce(cardinality(h.ids), 0) as records
  from unnest($9::text[]) as k(key) cross join (values ('client'), ('lead')) as t(type)
  cross join lateral (
    select array_agg(m.record_id) as ids from (select record_id from match_keys
      where dealer_id = $1 and key = k.key and record_type = t.type
      limit ${MAX_RECORDS_PER_KEY + 1}) m
  ) h
), found as materialized (
  select distinct record_type, record_id
  from hits cross join lateral unnest(ids) as r(record_id)
  where records <= ${MAX_RECORDS_PER_KEY}
  order by record_type, record_id desc limit ${MAX_CANDIDATES}
)
select
  (select settings from dealer) as settings,
  (select jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name, 'kind', s.kind,
      'active', s.active)
    from sources s where s.dealer_id = $1 and (s.id = $3 or ($3 is null and s.key = $2))) as source,
  (select jsonb_build_object('id', s.id, 'name', s.name) from statuses s
    where s.dealer_id = $1 and s."group" = 'new' order by s.position, s.id limit 1
    for key share) as "newStatus",
  (select time_zone from dealer) as "timeZone",
  (select working_hours from dealer) as "workingHours",
  ${ROUTING_COLUMNS},
  ${ANSWERING},
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = $1 and u.id = $5) as "namedAssignee",
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = $1
    and u.id = (select (settings->>'fallbackAssigneeId')::uuid from dealer)) as "fallbackAssignee",
  (select jsonb_build_object('id', r.id, 'code', r.code, 'active', r.active,
      'user', case when u.id is not null then ${ASSIGNABLE_USER} end,
      'promoter', case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name,
        'email', p.email, 'locale', p.locale, 'active', p.state = 'active') end)
    from referral_links r
    left join promoters p on p.dealer_id = r.dealer_id and p.id = r.promoter_id
    left join users u on u.dealer_id = r.dealer_id and u.id = coalesce(r.user_id, p.user_id)
    where r.dealer_id = $1 and r.code = $4) as referral,
  (select jsonb_build_object('leadIds', i.response, 'requestHash', i.request_hash)
    from idempotency_keys i where i.dealer_id = $1 and i.principal_id = $7 and i.key = $8
      and i.created_at > $10::timestamptz - interval '24 hours') as replay,
  (select l.id from leads l join sources s on s.dealer_id = l.dealer_id and s.id = l.source_id
    where l.dealer_id = $1 and l.external_id = $6
      and (s.id = $3 or ($3 is null and s.key = $2))) as "knownLeadId",
  (select coalesce(jsonb_agg(jsonb_build_object('key', f.key, 'type', f.type, 'options', f.options,
      'required', f.required, 'searchable', f.searchable) order by f.position, f.id), '[]')
    from custom_fields f where f.dealer_id = $1 and f.target = 'lead') as "customFields",
  (select count(*)::int from hits where records > ${MAX_RECORDS_PER_KEY}) as "crowdedKeys",
  (select coalesce(jsonb_agg(c.candidate), '[]') from (
    select jsonb_build_object('type', 'lead', 'id', l.id, 'name', l.display_name,
      'contact', l.content->'contact', 'owner', case when u.id is not null then ${ASSIGNABLE_USER} end,
      'lead', jsonb_build_object('statusGroup', s."group", 'sourceId', l.source_id,
        'vehicleKey', l.vehicle_key, 'receivedAt', l.received_at, 'duplicateOf', l.duplicate_of_id,
        'quarantined', l.quarantine_reason is not null, 'isTest', l.is_test)) as candidate
    from found f
    join leads l on l.dealer_id = $1 and l.id = f.record_id
    join statuses s on s.dealer_id = $1 and s.id = l.status_id and s."group" <> 'deleted'
    left join users u on u.dealer_id = $1 and u.id = l.assignee_id
    where f.record_type = 'lead'
    union all
    select jsonb_build_object('type', 'client', 'id', c.id, 'name', c.display_name,
      'contact', c.content->'contact', 'owner', case when u.id is not null then ${ASSIGNABLE_USER} end,
      'lead', null)
    from found f
    join clients c on c.dealer_id = $1 and c.id = f.record_id
    left join users u on u.dealer_id = $1 and u.id = c.responsible_user_id
    where f.record_type = 'client'
  ) c) as candidates`

interface AnswerRow
  extends Omit<CaptureAnswer, 'candidates' | 'routing' | 'answering'>, RoutingRow {
  answering: AnsweringRow
  candidates: (Omit<CaptureCandidate, 'lead'> & {
    lead: {
      statusGroup: StatusGroup
      sourceId: string
      vehicleKey: string | null
      receivedAt: string
      duplicateOf: string | null
      quarantined: boolean
      isTest: boolean
    } | null
  })[]
}

/** Asks everything a capture decides from. The contact's locks must be held by now. */
export async function askForCapture(
  tx: Transaction,
  question: CaptureQuestion
): Promise<CaptureAnswer> {
  const [row] = await tx.query<AnswerRow>('capture-question', QUESTION, [
    tx.dealerId,
    question.sourceKey,
    question.sourceId,
    question.referralCode,
    question.assigneeId,
    question.externalId,
    question.principalId,
    question.idempotencyKey,
    contactKeys(question.contact),
    question.now
  ])
  if (!row) throw new Error('the capture question has no answer')
  const candidates = row.candidates.map((candidate) => ({
    ...candidate,
    lead: candidate.lead && {
      ...candidate.lead,
      receivedAt: new Date(candidate.lead.receivedAt)
    }
  }))
  const { mailFrom } = question
  const answering = mailFrom === null ? null : toAnswering(row.answering, row.settings, mailFrom)
  return { ...row, candidates, routing: toRoutingBasis(row), answering }
}

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
    recordKeys(record),
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

/** What the lead can be found by. */
function recordKeys({ content, customFields }: CaptureRecord): string[] {
  const searchable = customFields.filter((field) => field.searchable)
  const { contact } = content
  return [
    ...contactKeys(contact),
    ...nameKeys(contact),
    ...fieldKeys(searchable, content.customFields)
  ]
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
