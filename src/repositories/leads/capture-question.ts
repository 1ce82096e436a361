import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type {
  CaptureCandidate,
  CaptureFacts,
  CapturedReferral
} from '../../domain/capture/capture-facts.ts'
import { doubleClickSince } from '../../domain/capture/same-sender.ts'
import type { RecentLead } from '../../domain/capture/same-sender.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Contact, LeadContent } from '../../domain/leads/lead.ts'
import type { Candidate, SimilarCandidate } from '../../domain/matching/matches.ts'
import type { AssignableUser } from '../../domain/routing/assignable-user.ts'
import { respondedColumn, toAutoResponseBasis } from '../auto-responses/auto-response-basis.ts'
import type { RespondedRow } from '../auto-responses/auto-response-basis.ts'
import { ASSIGNABLE_USER } from '../routing/basis.ts'
import { rememberedSince } from '../idempotency.ts'
import { captureBasisOf, readCaptureBasis } from './capture-basis.ts'
import type { CaptureBasis, CaptureSource } from './capture-basis.ts'
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
import {
  FORMS,
  SIMILAR,
  SIMILAR_CANDIDATES,
  SIMILAR_TYPES,
  similarQuestion,
  toSimilar,
  withForm
} from './similar-candidates.ts'
import type { FormsRow, SimilarRow } from './similar-candidates.ts'

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

/** Everything a capture decides from. */
export interface CaptureContext extends Omit<CaptureBasis, 'stamp' | 'sources' | 'autoResponse'> {
  source: CaptureSource | null
  namedAssignee: AssignableUser | null
  author: AssignableUser | null
  referral: CapturedReferral | null
  candidates: CaptureCandidate[]
  crowdedKeys: number
  /** Records under keys that too many share: they are listed, and decide nothing. */
  crowdedCandidates: Candidate[]
  /** Records that share nothing but other fields. */
  similar: SimilarCandidate[]
  autoResponse: CaptureFacts['autoResponse']
  /** The lead this very request made before, by its `Idempotency-Key`. */
  replay: { leadIds: string[]; requestHash: string } | null
  /** The lead of this source with this `externalId`. */
  knownLead: { id: string; content: LeadContent; isHeld: boolean } | null
  /** Leads that this one may be a double click of; none where it names itself by an id or a key. */
  recentLeads: RecentLead[]
}

/** The promoter `p` of a left join, whose link the lead came by. */
export const REFERRING_PROMOTER = `case when p.id is not null then jsonb_build_object('id', p.id,
  'name', p.name, 'email', p.email, 'locale', p.locale, 'active', p.state = 'active') end`

const TYPES = {
  statusId: 'uuid',
  recentSince: 'timestamptz',
  sourceId: 'uuid?',
  keys: 'text[]',
  ...SIMILAR_TYPES
} as const

/**
 * Leads `l` that this one may be a double click of, under the condition. They are found by their ids alone
 * (`offset 0` keeps the source out of that): by their source a generic plan would read all leads of it.
 */
const recentLeads = (condition: string) => `
  (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'content', l.content,
      'assigneeId', l.assignee_id, 'referralLinkId', l.referral_link_id) order by l.id), '[]')
    from newest n cross join lateral (select * from leads one
      where one.dealer_id = :dealerId and one.id = n.id offset 0) l
    join statuses t on t.dealer_id = :dealerId and t.id = l.status_id and t."group" <> 'deleted'
    where l.source_id = :sourceId and ${condition}) as "recentLeads"`

/**
 * What is known about the person, and the stamp of the dealer. The status is held until the lead has it: one
 * that is about to be gone is waited for, and is null then.
 */
const PERSON = `
with ${hits({ keys: ':keys' })}, ${FOUND}, ${SHARED}, ${SIMILAR},
${NEWEST_LEADS}
select
  (select d.stamp from dealers d where d.id = :dealerId) as stamp,
  (select s.id from statuses s where s.dealer_id = :dealerId and s.id = :statusId
    for key share) as "statusId",
  (select count(*)::int from hits where is_crowded) as "crowdedKeys",
  ${SHARED_CANDIDATES} as "crowdedCandidates",
  ${CANDIDATES} as candidates,
  ${FORMS} as forms,
  ${SIMILAR_CANDIDATES} as "similar",`

/** Of the many requests that name nothing but their source. It does no more than they need. */
const PLAIN = statement(
  'capture-question',
  TYPES,
  PERSON + recentLeads('l.received_at > :recentSince')
).returning<PersonRow>()

/** With all that a request can name, and what is known about earlier auto-responses. */
const WHOLE = statement(
  'capture-question-whole',
  {
    ...TYPES,
    referralCode: 'text?',
    assigneeId: 'uuid?',
    authorId: 'uuid?',
    externalId: 'text?',
    principalId: 'uuid?',
    idempotencyKey: 'text?',
    rememberedSince: 'timestamptz'
  },
  `${PERSON}
  ${respondedColumn({ keys: ':keys' })},
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = :dealerId
    and u.id = :assigneeId) as "namedAssignee",
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = :dealerId
    and u.id = :authorId) as author,
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
    from leads l where l.dealer_id = :dealerId and l.source_id = :sourceId
      and l.external_id = :externalId) as "knownLead",
  ${recentLeads(`:idempotencyKey is null
      and (l.received_at > :recentSince and :externalId is null
        or :externalId is not null and exists (select 1 from jsonb_array_elements(l.content->'references') r
          where concat_ws(':', r->>'source', r->>'id') = :externalId))`)}`
).returning<PersonRow & NamedRow>()

interface PersonRow extends Pick<
  CaptureContext,
  'crowdedKeys' | 'crowdedCandidates' | 'recentLeads'
> {
  stamp: string
  statusId: string | null
  candidates: CandidateRow[]
  similar: SimilarRow[]
  forms: FormsRow
  /** Only where it is asked for. */
  responded?: RespondedRow
}

/** What a request names, by its records. */
type NamedRow = Pick<
  CaptureContext,
  'namedAssignee' | 'author' | 'referral' | 'replay' | 'knownLead'
>

const NOTHING_NAMED: NamedRow = {
  namedAssignee: null,
  author: null,
  referral: null,
  replay: null,
  knownLead: null
}

/** How often a capture is asked about: what the dealer lays down changes by hand. */
const MAX_ROUNDS = 3

/**
 * Asks everything a capture decides from: one round trip where this process remembers what the dealer laid
 * down and none of it has changed. The contact's locks must be held by now.
 */
export async function askForCapture(
  tx: Transaction,
  question: CaptureQuestion
): Promise<CaptureContext> {
  let basis = await captureBasisOf(tx)
  for (let round = 1; ; round += 1) {
    const answer = await askWith(tx, basis, question)
    const isHeld = answer.statusId !== null
    if (isHeld && (answer.stamp === basis.stamp || round === MAX_ROUNDS)) return answer.context
    if (round === MAX_ROUNDS) throw new Error('the status of new leads is gone time and again')
    basis = await readCaptureBasis(tx)
  }
}

async function askWith(
  tx: Transaction,
  basis: CaptureBasis,
  question: CaptureQuestion
): Promise<{ stamp: string; statusId: string | null; context: CaptureContext }> {
  const { contact, now, mailFrom, sourceId, sourceKey, ...named } = question
  const { autoResponse, sources, settings } = basis
  const source =
    sources.find(({ id, key }) => (sourceId === null ? key === sourceKey : id === sourceId)) ?? null
  const person = {
    statusId: basis.newStatus.id,
    recentSince: doubleClickSince(now),
    sourceId: source?.id ?? null,
    keys: contactKeys(contact),
    ...similarQuestion({ contact, policy: settings.matchingPolicy })
  }
  const isPlain = Object.values(named).every((name) => name === null)
  const rules = mailFrom === null ? null : autoResponse
  const [row] =
    isPlain && rules === null
      ? await tx.run(PLAIN, person)
      : await tx.run(WHOLE, { ...person, ...named, rememberedSince: rememberedSince(now) })
  if (!row) throw new Error('the capture question has no answer')
  const { stamp, statusId, candidates, crowdedCandidates, similar, forms, responded, ...known } =
    row
  return {
    stamp,
    statusId,
    context: {
      ...basis,
      ...NOTHING_NAMED,
      ...known,
      source,
      candidates: candidates.map((one) => withForm(toCandidate(one), forms)),
      crowdedCandidates: crowdedCandidates.map((one) => withForm(one, forms)),
      similar: similar.map(toSimilar),
      autoResponse:
        responded && rules !== null && mailFrom !== null
          ? toAutoResponseBasis(rules, responded, settings, mailFrom)
          : null
    }
  }
}
