import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { SourceKind } from '../../domain/dealers/source.ts'
import { localTimeOf } from '../../domain/clock/time-zone.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { QualificationResult } from '../../domain/qualification/form.ts'
import type { Temperature, TemperatureOrigin } from '../../domain/leads/temperature.ts'
import type { EngagementType } from '../../domain/scoring/engagement.ts'
import type { ScoreBasis } from '../../domain/scoring/score.ts'
import type { Standing } from '../../domain/scoring/standing.ts'
import { isMove } from '../events/moves.ts'

/** Everything a lead's score comes from, and what it has so far. */
export type LeadBasis = Omit<ScoreBasis, 'rules' | 'at'> & {
  id: string
  clientId: string | null
  standing: Standing
}

/** The newest count; what is older has faded, or drowns in so many. */
const MAX_ENGAGEMENTS = 1_000
const MAX_MOVES = 200

/**
 * A lead begins in a status of group `new` when it is received; each later event names the group it
 * came into.
 */
const BASES = statement(
  'score-bases',
  { leadIds: 'uuid[]' },
  `
select l.id, l.content, l.temperature, l.temperature_by as "temperatureBy", l.score,
  l.temperature_until as "temperatureUntil", l.cool_at as "coolAt", l.promoter_id as "promoterId",
  l.referral_link_id as "referralLinkId", l.client_id as "clientId",
  l.duplicate_of_id as "duplicateOf", l.received_at as "receivedAt",
  jsonb_build_object('key', s.key, 'kind', s.kind) as source, t."group" as "statusGroup",
  d.time_zone as "timeZone",
  (select q.result from qualifications q where q.dealer_id = :dealerId and q.lead_id = l.id
    order by q.id desc limit 1) as qualification,
  (select coalesce(jsonb_agg(jsonb_build_array(e.type, e.weight,
      (extract(epoch from e.occurred_at) * 1000)::bigint)), '[]')
    from (select type, weight, occurred_at from engagements
      where dealer_id = :dealerId and lead_id = l.id
      order by occurred_at desc, id desc limit ${MAX_ENGAGEMENTS}) e) as engagements,
  (select coalesce(jsonb_agg(jsonb_build_array(m.to_group,
      (extract(epoch from m.created_at) * 1000)::bigint) order by m.id), '[]')
    from (select e.id, e.data->>'toGroup' as to_group, e.created_at from events e
      where e.dealer_id = :dealerId and e.lead_id = l.id and ${isMove('e')}
      order by e.id desc limit ${MAX_MOVES}) m
    where m.to_group is not null) as moves
from leads l
join dealers d on d.id = l.dealer_id
join sources s on s.dealer_id = l.dealer_id and s.id = l.source_id
join statuses t on t.dealer_id = l.dealer_id and t.id = l.status_id
where l.dealer_id = :dealerId and l.id = any (:leadIds)
order by l.id`
).returning<BasisRow>()

interface BasisRow {
  id: string
  content: LeadContent
  temperature: Temperature | null
  temperatureBy: TemperatureOrigin | null
  temperatureUntil: Date | null
  score: number | null
  coolAt: Date | null
  promoterId: string | null
  referralLinkId: string | null
  clientId: string | null
  duplicateOf: string | null
  receivedAt: Date
  source: { key: string; kind: SourceKind }
  statusGroup: StatusGroup
  timeZone: string
  qualification: QualificationResult | null
  engagements: [EngagementType, number, number][]
  moves: [StatusGroup, number][]
}

/** The facts behind the scores of these leads, by one statement, in the order of their ids. */
export async function findScoreBases(
  tx: Transaction,
  leadIds: readonly string[]
): Promise<LeadBasis[]> {
  if (leadIds.length === 0) return []
  const rows = await tx.run(BASES, { leadIds })
  return rows.map(toBasis)
}

function toBasis(row: BasisRow): LeadBasis {
  const { id, content, temperature, temperatureBy, temperatureUntil, score, coolAt } = row
  const { source, promoterId, referralLinkId, clientId, duplicateOf } = row
  return {
    id,
    clientId,
    standing: { score, temperature, temperatureBy, temperatureUntil, coolAt },
    facts: {
      content,
      source,
      status: { group: row.statusGroup },
      temperature,
      score,
      promoter: referenceTo(promoterId),
      referralLink: referenceTo(referralLinkId),
      client: referenceTo(clientId),
      duplicateOf,
      qualification: row.qualification,
      local: localTimeOf(row.receivedAt, row.timeZone)
    },
    engagements: row.engagements.map(([type, weight, at]) => ({
      type,
      weight,
      occurredAt: new Date(at)
    })),
    movements: [
      { group: 'new', at: row.receivedAt },
      ...row.moves.map(([group, at]) => ({ group, at: new Date(at) }))
    ]
  }
}

function referenceTo(id: string | null): { id: string } | null {
  return id === null ? null : { id }
}
