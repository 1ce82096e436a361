import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type {
  CaptureCandidate,
  CaptureFacts,
  CapturedReferral
} from '../../domain/capture/capture-facts.ts'
import { doubleClickSince } from '../../domain/capture/same-sender.ts'
import type { RecentLead } from '../../domain/capture/same-sender.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { SourceKind } from '../../domain/dealers/source.ts'
import type { Contact, LeadContent, Reference } from '../../domain/leads/lead.ts'
import type { Candidate } from '../../domain/leads/matching.ts'
import type { AssignableUser } from '../../domain/routing/assignable-user.ts'
import type { RoutingBasis } from '../../domain/routing/route.ts'
import { autoResponseColumn, toAutoResponseBasis } from '../auto-responses/auto-response-basis.ts'
import type { AutoResponseRow } from '../auto-responses/auto-response-basis.ts'
import {
  ASSIGNABLE_USER,
  PUBLISHED_RULES,
  ROUTING_COLUMNS,
  toRoutingBasis
} from '../routing/basis.ts'
import type { RoutingRow } from '../routing/basis.ts'
import { rememberedSince } from '../idempotency.ts'
import { queueRecipientsColumn } from '../notifications/recipients.ts'
import {
  CANDIDATES,
  FOUND,
  NEWEST_LEADS,
  SHARED,
  SHARED_CANDIDATES,
  hits,
  toCandidate
} from './match-candidates.ts'
import type { CandidateRow } from './match-candidates.ts'

/** The reading statement of a capture. */
interface CaptureQuestion {
  sourceKey: string | null
  sourceId: string | null
  referralCode: string | null
  assigneeId: string | null
  /** The user who enters it. */
  authorId: string | null
  externalId: string | null
  principalId: string | null
  idempotencyKey: string | null
  contact: Contact
  now: Date
  /** The sender address of our mails; null where no auto-response is sent, as in simulations. */
  mailFrom: string | null
}

export interface CaptureContext {
  settings: DealerSettings
  source: (Reference & { key: string; kind: SourceKind; active: boolean }) | null
  newStatus: Reference
  namedAssignee: AssignableUser | null
  fallbackAssignee: AssignableUser | null
  author: AssignableUser | null
  referral: CapturedReferral | null
  candidates: CaptureCandidate[]
  crowdedKeys: number
  /** Records under keys that too many share: they are listed, and decide nothing. */
  crowdedCandidates: Candidate[]
  routing: RoutingBasis
  queueRecipients: CaptureFacts['queueRecipients']
  scoring: CaptureFacts['scoring']
  /** The custom fields of leads, with their definitions. */
  customFields: CapturedField[]
  autoResponse: CaptureFacts['autoResponse']
  /** The lead this very request made before, by its `Idempotency-Key`. */
  replay: { leadIds: string[]; requestHash: string } | null
  /** The lead of this source with this `externalId`. */
  knownLead: { id: string; content: LeadContent; isHeld: boolean } | null
  /** Leads that this one may be a double click of; none where it names itself by an id or a key. */
  recentLeads: RecentLead[]
}

export type CapturedField = Pick<
  CustomField,
  'key' | 'type' | 'options' | 'required' | 'searchable'
>

/** The promoter `p` of a left join, whose link the lead came by. */
export const REFERRING_PROMOTER = `case when p.id is not null then jsonb_build_object('id', p.id,
  'name', p.name, 'email', p.email, 'locale', p.locale, 'active', p.state = 'active') end`

/**
 * Everything a capture decides from, in one round trip. The status is held until the lead has it: one
 * that is about to be gone is waited for, and the next one taken.
 */
const QUESTION = statement(
  'capture-question',
  {
    sourceKey: 'text?',
    sourceId: 'uuid?',
    referralCode: 'text?',
    assigneeId: 'uuid?',
    authorId: 'uuid?',
    externalId: 'text?',
    principalId: 'uuid?',
    idempotencyKey: 'text?',
    rememberedSince: 'timestamptz',
    recentSince: 'timestamptz',
    keys: 'text[]'
  },
  `
with dealer as materialized (
  select settings, time_zone, working_hours from dealers where id = :dealerId
), ${PUBLISHED_RULES}, ${hits({ keys: ':keys' })}, ${FOUND}, ${SHARED},
${NEWEST_LEADS}
select
  (select settings from dealer) as settings,
  (select jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name, 'kind', s.kind,
      'active', s.active)
    from sources s where s.dealer_id = :dealerId
      and (s.id = :sourceId or (:sourceId is null and s.key = :sourceKey))) as source,
  (select jsonb_build_object('id', s.id, 'name', s.name) from statuses s
    where s.dealer_id = :dealerId and s."group" = 'new' order by s.position, s.id limit 1
    for key share) as "newStatus",
  (select time_zone from dealer) as "timeZone",
  (select working_hours from dealer) as "workingHours",
  ${ROUTING_COLUMNS},
  ${queueRecipientsColumn(`m.queue_id in (select q.id from queues q where q.dealer_id = :dealerId
    and (q.is_default or q.id in (select queue_id from targets)))`)},
  ${autoResponseColumn({ keys: ':keys' })},
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = :dealerId
    and u.id = :assigneeId) as "namedAssignee",
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = :dealerId
    and u.id = :authorId) as author,
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = :dealerId
    and u.id = (select (settings->>'fallbackAssigneeId')::uuid from dealer)) as "fallbackAssignee",
  (select jsonb_build_object('id', r.id, 'code', r.code, 'active', r.active,
      'user', case when u.id is not null then ${ASSIGNABLE_USER} end,
      'promoterUserId', p.user_id, 'promoter', ${REFERRING_PROMOTER})
    from referral_links r
    left join promoters p on p.dealer_id = r.dealer_id and p.id = r.promoter_id
    left join users u on u.dealer_id = r.dealer_id and u.id = coalesce(r.user_id, p.user_id)
    where r.dealer_id = :dealerId and r.code = :referralCode) as referral,
  (select jsonb_build_object('leadIds', i.response, 'requestHash', i.request_hash)
    from idempotency_keys i where i.dealer_id = :dealerId and i.principal_id = :principalId
      and i.key = :idempotencyKey and i.created_at > :rememberedSince) as replay,
  (select jsonb_build_object('id', l.id, 'content', l.content,
      'isHeld', l.quarantine_reason is not null)
    from leads l join sources s on s.dealer_id = l.dealer_id and s.id = l.source_id
    where l.dealer_id = :dealerId and l.external_id = :externalId
      and (s.id = :sourceId or (:sourceId is null and s.key = :sourceKey))) as "knownLead",
  (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'content', l.content,
      'assigneeId', l.assignee_id, 'referralLinkId', l.referral_link_id) order by l.id), '[]')
    from newest n join leads l on l.dealer_id = :dealerId and l.id = n.id
    join sources s on s.dealer_id = l.dealer_id and s.id = l.source_id
    join statuses t on t.dealer_id = l.dealer_id and t.id = l.status_id and t."group" <> 'deleted'
    where :idempotencyKey is null
      and (l.received_at > :recentSince and :externalId is null
        or :externalId is not null and exists (select 1 from jsonb_array_elements(l.content->'references') r
          where concat_ws(':', r->>'source', r->>'id') = :externalId))
      and (s.id = :sourceId or (:sourceId is null and s.key = :sourceKey))) as "recentLeads",
  (select coalesce(jsonb_agg(jsonb_build_object('key', f.key, 'type', f.type, 'options', f.options,
      'required', f.required, 'searchable', f.searchable) order by f.position, f.id), '[]')
    from custom_fields f where f.dealer_id = :dealerId and f.target = 'lead') as "customFields",
  (select count(*)::int from hits where is_crowded) as "crowdedKeys",
  ${SHARED_CANDIDATES} as "crowdedCandidates",
  ${CANDIDATES} as candidates`
).returning<ContextRow>()

interface ContextRow
  extends Omit<CaptureContext, 'candidates' | 'routing' | 'autoResponse'>, RoutingRow {
  autoResponse: AutoResponseRow
  candidates: CandidateRow[]
}

/** Asks everything a capture decides from. The contact's locks must be held by now. */
export async function askForCapture(
  tx: Transaction,
  question: CaptureQuestion
): Promise<CaptureContext> {
  const { contact, now, mailFrom, ...rest } = question
  const [row] = await tx.run(QUESTION, {
    ...rest,
    rememberedSince: rememberedSince(now),
    recentSince: doubleClickSince(now),
    keys: contactKeys(contact)
  })
  if (!row) throw new Error('the capture question has no answer')
  const autoResponse =
    mailFrom === null ? null : toAutoResponseBasis(row.autoResponse, row.settings, mailFrom)
  const candidates = row.candidates.map(toCandidate)
  return { ...row, candidates, routing: toRoutingBasis(row), autoResponse }
}
