import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { CaptureCandidate, CaptureFacts } from '../../domain/capture/capture-facts.ts'
import type { Moves } from '../../domain/capture/simulation.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { DecisionCode } from '../../domain/reasons/decision-reasons.ts'
import { isMove } from '../events/moves.ts'
import { REFERRING_PROMOTER } from '../leads/capture-question.ts'
import { candidateClient, candidateLead, hits, toCandidate } from '../leads/match-candidates.ts'
import type { CandidateRow } from '../leads/match-candidates.ts'
import type { Period } from './simulation.ts'

/** The leads of a simulation, and the people known before them. The queries neither lock nor write. */

/** A lead of the period, and what was decided when it came. */
export interface ReceivedRow {
  id: string
  content: LeadContent
  receivedAt: Date
  source: CaptureFacts['source']
  referral: {
    id: string
    code: string
    active: boolean
    userId: string | null
    promoterUserId: string | null
    promoter: NonNullable<CaptureFacts['referral']>['promoter']
  } | null
  /** Why it went where it went, and to whom. */
  routed: { code: DecisionCode; assigneeId: string | null } | null
  actual: { assigneeId: string | null; queueId: string | null } | null
  moves: Moves
}

const MOVES = `(select coalesce(jsonb_agg(jsonb_build_object('group', e.data->>'toGroup',
    'at', (extract(epoch from e.created_at) * 1000)::bigint) order by e.id), '[]')
  from events e where e.dealer_id = :dealerId and e.lead_id = l.id and ${isMove('e')}
    and e.data ? 'toGroup') as moves`

type RawMoves = { group: StatusGroup; at: number }[]

const RECEIVED = statement(
  'simulation-leads',
  {
    from: 'timestamptz',
    to: 'timestamptz',
    afterAt: 'timestamptz',
    afterId: 'uuid',
    limit: 'integer'
  },
  `select l.id, l.content, l.received_at as "receivedAt",
     jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name, 'kind', s.kind) as source,
     case when r.id is not null then jsonb_build_object('id', r.id, 'code', r.code,
       'active', r.active, 'userId', coalesce(r.user_id, p.user_id),
       'promoterUserId', p.user_id, 'promoter', ${REFERRING_PROMOTER})
     end as referral,
     (select jsonb_build_object('code', d.code, 'assigneeId', d.facts->'assigneeId')
       from decisions d where d.dealer_id = :dealerId and d.lead_id = l.id and d.step = 'routed'
       order by d.id limit 1) as routed,
     (select jsonb_build_object('assigneeId', e.data->'assigneeId', 'queueId', e.data->'queueId')
       from events e where e.dealer_id = :dealerId and e.lead_id = l.id and e.type = 'lead.created'
       order by e.id limit 1) as actual,
     ${MOVES}
   from leads l
   join sources s on s.dealer_id = :dealerId and s.id = l.source_id
   left join referral_links r on r.dealer_id = :dealerId and r.id = l.referral_link_id
   left join promoters p on p.dealer_id = :dealerId and p.id = r.promoter_id
   where l.dealer_id = :dealerId and l.received_at >= :from and l.received_at < :to
     and (l.received_at, l.id) > (:afterAt, :afterId)
   order by l.received_at, l.id limit :limit`
).returning<Omit<ReceivedRow, 'moves'> & { moves: RawMoves }>()

/** The next leads of a period, in the order in which they came. */
export async function findReceivedLeads(
  tx: Transaction,
  { from, to }: Period,
  { after, limit }: { after: { at: Date; id: string } | null; limit: number }
): Promise<ReceivedRow[]> {
  const rows = await tx.run(RECEIVED, {
    from,
    to,
    afterAt: after?.at ?? new Date(from.getTime() - 1),
    afterId: after?.id ?? '00000000-0000-0000-0000-000000000000',
    limit
  })
  return rows.map((row) => ({ ...row, moves: row.moves.map(toMove) }))
}

/** A client, or a lead from before the period, that shares a key with one of those asked for. */
export interface KnownRow {
  key: string
  /** As it came: without its owner, in a status of group `new`. */
  candidate: CaptureCandidate
  ownerId: string | null
  since: Date
  moves: Moves
}

type RawKnownRow = Omit<KnownRow, 'moves' | 'candidate'> & {
  moves: RawMoves
  candidate: CandidateRow
}

const PEOPLE = statement(
  'simulation-people',
  { keys: 'text[]', from: 'timestamptz' },
  `with ${hits({ keys: ':keys' })}
   select h.key, l.assignee_id as "ownerId", l.received_at as since, ${MOVES},
     ${candidateLead({ owner: 'null', statusGroup: "'new'" })} as candidate
   from hits h cross join lateral unnest(h.ids) as r(id)
   join leads l on l.dealer_id = :dealerId and l.id = r.id and l.received_at < :from
   where h.type = 'lead' and not h.is_crowded
   union all
   select h.key, c.responsible_user_id, c.created_at, '[]', ${candidateClient({ owner: 'null' })}
   from hits h cross join lateral unnest(h.ids) as r(id)
   join clients c on c.dealer_id = :dealerId and c.id = r.id
   where h.type = 'client' and not h.is_crowded`
).returning<RawKnownRow>()

/** Everybody known by these keys, as a capture looks them up; keys that too many share are left out. */
export async function findKnownPeople(
  tx: Transaction,
  keys: readonly string[],
  from: Date
): Promise<KnownRow[]> {
  const rows = await tx.run(PEOPLE, { keys, from })
  return rows.map(({ candidate, moves, ...row }) => ({
    ...row,
    moves: moves.map(toMove),
    candidate: toCandidate(candidate)
  }))
}

function toMove({ group, at }: RawMoves[number]): Moves[number] {
  return { group, at: new Date(at) }
}
