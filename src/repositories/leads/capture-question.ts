import type { Transaction } from '../../database/client.ts'
import type {
  CaptureCandidate,
  CaptureFacts,
  CapturedReferral
} from '../../domain/capture/capture-facts.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { SourceKind } from '../../domain/dealers/source.ts'
import type { Contact, Reference } from '../../domain/leads/lead.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/leads/matching.ts'
import type { AssignableUser } from '../../domain/routing/assignable-user.ts'
import type { RoutingBasis } from '../../domain/routing/route.ts'
import type { StatusGroup } from '../../domain/leads/status.ts'
import { ANSWERING, toAnswering } from '../auto-responses/auto-response-basis.ts'
import type { AnsweringRow } from '../auto-responses/auto-response-basis.ts'
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
