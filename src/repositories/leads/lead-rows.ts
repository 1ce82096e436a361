import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { ActivityType } from '../../domain/activities/activity.ts'
import type { Lead, LeadContent } from '../../domain/leads/lead.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import { AWAITED_GROUPS } from '../../domain/leads/status-groups.ts'
import type { Temperature, TemperatureOrigin } from '../../domain/leads/temperature.ts'
import type { QuarantineCode } from '../../domain/reasons/decision-reasons.ts'

/** A lead with the names of what it belongs to, as PostgreSQL sends it. Times are milliseconds since 1970. */
interface LeadRow {
  id: string
  content: LeadContent
  source_id: string
  source_key: string
  source_name: string
  status_id: string
  status_name: string
  status_group: StatusGroup
  reason_id: string | null
  reason_key: string
  reason_name: string
  reason_text: string | null
  assignee_id: string | null
  assignee_name: string
  queue_id: string | null
  queue_name: string
  promoter_id: string | null
  promoter_name: string
  link_id: string | null
  link_code: string
  client_id: string | null
  client_name: string
  duplicate_of_id: string | null
  quarantine_reason: QuarantineCode | null
  temperature: Temperature | null
  temperature_by: TemperatureOrigin | null
  score: number | null
  action_id: string | null
  action_type: ActivityType
  action_due: number | null
  action_user_id: string | null
  version: number
  received: number
  status_changed: number
  last_touch: number | null
  updated: number
}

/** A number is read in a fraction of the time that a date takes. */
const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

/**
 * The names are joined by primary keys, and the next planned activity is one look into an index. A lead
 * that is closed or has a client waits in no queue. A change by the score is listed as a version too, but an
 * undo would not lose it.
 */
const READ_LEADS = statement(
  'read-leads',
  { ids: 'uuid[]' },
  `select l.id, l.content,
     s.id as source_id, s.key as source_key, s.name as source_name,
     t.id as status_id, t.name as status_name, t."group" as status_group,
     r.id as reason_id, r.key as reason_key, r.name as reason_name, l.status_reason_text as reason_text,
     u.id as assignee_id, u.name as assignee_name, q.id as queue_id, q.name as queue_name,
     p.id as promoter_id, p.name as promoter_name, k.id as link_id, k.code as link_code,
     c.id as client_id, c.display_name as client_name,
     l.duplicate_of_id, l.quarantine_reason, l.temperature, l.temperature_by, l.score,
     a.id as action_id, a.type as action_type, ${milliseconds('a.due_at')} as action_due,
     a.user_id as action_user_id, l.version + l.score_version as version,
     ${milliseconds('l.received_at')} as received,
     ${milliseconds('l.status_changed_at')} as status_changed,
     ${milliseconds('l.last_touch_at')} as last_touch, ${milliseconds('l.updated_at')} as updated
   from leads l
   join sources s on s.dealer_id = l.dealer_id and s.id = l.source_id
   join statuses t on t.dealer_id = l.dealer_id and t.id = l.status_id
   left join status_reasons r on r.dealer_id = l.dealer_id and r.id = l.status_reason_id
   left join users u on u.dealer_id = l.dealer_id and u.id = l.assignee_id
   left join queues q on q.dealer_id = l.dealer_id and q.id = l.queue_id and l.client_id is null
     and t."group" in (${AWAITED_GROUPS.map((group) => `'${group}'`).join()})
   left join promoters p on p.dealer_id = l.dealer_id and p.id = l.promoter_id
   left join referral_links k on k.dealer_id = l.dealer_id and k.id = l.referral_link_id
   left join clients c on c.dealer_id = l.dealer_id and c.id = l.client_id
   left join lateral (
     select a.id, a.type, a.due_at, a.user_id from activities a
     where a.dealer_id = l.dealer_id and a.lead_id = l.id and a.state = 'planned'
     order by a.due_at, a.id limit 1
   ) a on true
   where l.dealer_id = :dealerId and l.id = any(:ids)`
).returning<LeadRow>()

/** The dealer's leads of these ids, in their order; those that are not there are left out. */
export async function readLeads(tx: Transaction, ids: readonly string[]): Promise<Lead[]> {
  if (ids.length === 0) return []
  const rows = await tx.run(READ_LEADS, { ids })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...new Set(ids)].flatMap((id) => {
    const row = byId.get(id)
    return row ? [toLead(row)] : []
  })
}

function toLead(row: LeadRow): Lead {
  return {
    id: row.id,
    content: row.content,
    source: { id: row.source_id, key: row.source_key, name: row.source_name },
    status: { id: row.status_id, name: row.status_name, group: row.status_group },
    statusReason:
      row.reason_id === null
        ? null
        : { id: row.reason_id, key: row.reason_key, name: row.reason_name },
    statusReasonText: row.reason_text,
    assignee: reference(row.assignee_id, row.assignee_name),
    queue: reference(row.queue_id, row.queue_name),
    promoter: reference(row.promoter_id, row.promoter_name),
    referralLink: row.link_id === null ? null : { id: row.link_id, code: row.link_code },
    client: reference(row.client_id, row.client_name),
    duplicateOf: row.duplicate_of_id,
    quarantineReason: row.quarantine_reason,
    temperature: row.temperature,
    temperatureBy: row.temperature_by,
    score: row.score,
    nextAction:
      row.action_id === null
        ? null
        : {
            id: row.action_id,
            type: row.action_type,
            dueAt: row.action_due === null ? null : new Date(row.action_due),
            userId: row.action_user_id
          },
    version: row.version,
    receivedAt: new Date(row.received),
    statusSince: new Date(row.status_changed),
    lastTouchAt: row.last_touch === null ? null : new Date(row.last_touch),
    updatedAt: new Date(row.updated)
  }
}

function reference(id: string | null, name: string): { id: string; name: string } | null {
  return id === null ? null : { id, name }
}
