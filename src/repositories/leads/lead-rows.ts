import { ReadAgain } from '../../database/client.ts'
import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Statement } from '../../database/statement.ts'
import type { ActivityType } from '../../domain/activities/activity.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../../domain/leads/empty-lead.ts'
import type { Lead, LeadContent, LeadType } from '../../domain/leads/lead.ts'
import { isAwaitedGroup } from '../../domain/leads/status-groups.ts'
import type { Temperature, TemperatureOrigin } from '../../domain/leads/temperature.ts'
import type { QuarantineCode } from '../../domain/reasons/decision-reasons.ts'
import { forgetNames, namesOf, readNames } from '../dealers/dealer-names.ts'
import type { DealerNames } from '../dealers/dealer-names.ts'

/** A lead as PostgreSQL sends it. Times are milliseconds since 1970. */
interface LeadRow {
  id: string
  content: LeadContent | HeadContent
  source_id: string
  status_id: string
  reason_id: string | null
  reason_text: string | null
  assignee_id: string | null
  queue_id: string | null
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
 * Names that few records have are remembered (`dealer-names.ts`); the others are looked up by primary keys,
 * and the next planned activity is one look into an index. A lead with a client waits in no queue. A change by
 * the score is listed as a version too, but an undo would not lose it.
 */
/**
 * Rows of leads `l`, those whose ids `i` has. Each is looked up by itself: for an array, or a join, a plan for
 * all dealers reads all leads of the dealer where most dealers have few, and one has very many.
 */
const rowsWith = (
  content: string,
  ids: string
) => `select l.id, ${content} as content, l.source_id, l.status_id,
     l.status_reason_id as reason_id, l.status_reason_text as reason_text, l.assignee_id,
     case when l.client_id is null then l.queue_id end as queue_id,
     l.promoter_id, case when l.promoter_id is not null then (select p.name from promoters p
       where p.dealer_id = l.dealer_id and p.id = l.promoter_id) end as promoter_name,
     l.referral_link_id as link_id, case when l.referral_link_id is not null then (select k.code
       from referral_links k where k.dealer_id = l.dealer_id and k.id = l.referral_link_id) end as link_code,
     l.client_id, case when l.client_id is not null then (select c.display_name from clients c
       where c.dealer_id = l.dealer_id and c.id = l.client_id) end as client_name,
     l.duplicate_of_id, l.quarantine_reason, l.temperature, l.temperature_by, l.score,
     a.id as action_id, a.type as action_type, ${milliseconds('a.due_at')} as action_due,
     a.user_id as action_user_id, l.version + l.score_version as version,
     ${milliseconds('l.received_at')} as received,
     ${milliseconds('l.status_changed_at')} as status_changed,
     ${milliseconds('l.last_touch_at')} as last_touch, ${milliseconds('l.updated_at')} as updated
   from ${ids} i
   cross join lateral (
     select l.* from leads l where l.dealer_id = :dealerId and l.id = i.id limit 1
   ) l
   left join lateral (
     select a.id, a.type, a.due_at, a.user_id from activities a
     where a.dealer_id = l.dealer_id and a.lead_id = l.id and a.state = 'planned'
     order by a.due_at, a.id limit 1
   ) a on true`

/** The content itself is the widest column by far. A lead without a name is shown by its points. */
const CONTENT: Record<LeadPart, string> = {
  whole: 'l.content',
  head: `case when l.display_name is null then l.content else jsonb_build_object('name', l.display_name,
    'type', l.type, 'externalId', l.external_id, 'isTest', l.is_test) end`
}

const OF_IDS = '(select unnest(:ids) as id)'

const READ: Record<LeadPart, Statement<{ ids: 'uuid[]' }, LeadRow>> = {
  whole: statement(
    'read-leads',
    { ids: 'uuid[]' },
    rowsWith(CONTENT.whole, OF_IDS)
  ).returning<LeadRow>(),
  head: statement(
    'read-lead-heads',
    { ids: 'uuid[]' },
    rowsWith(CONTENT.head, OF_IDS)
  ).returning<LeadRow>()
}

/** What of a lead's content its head has. */
interface HeadContent {
  name: string
  type: LeadType
  externalId: string | null
  isTest: boolean
}

/** How much of a lead is read: `head` is all but its content, of which it has the name, type and ids. */
export type LeadPart = 'whole' | 'head'

/** How often leads and names are read that don't fit together: names change by hand. */
const MAX_ROUNDS = 3

/** The dealer's leads of these ids, in their order; those that are not there are left out. */
export async function readLeads(
  tx: Transaction,
  ids: readonly string[],
  part: LeadPart = 'whole'
): Promise<Lead[]> {
  if (ids.length === 0) return []
  const found = await readWithNames(tx, () => tx.run(READ[part], { ids }))
  const byId = new Map(found.map((lead) => [lead.id, lead]))
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}

/** Reads rows of leads together with the names that they have. */
async function readWithNames(tx: Transaction, read: () => Promise<LeadRow[]>): Promise<Lead[]> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const [names, rows] = await Promise.all([round === 0 ? namesOf(tx) : readNames(tx), read()])
    const found = rows.flatMap((row) => toLead(row, names) ?? [])
    if (found.length === rows.length) return found
    forgetNames(tx.dealerId)
    if (tx.isRepeatable) throw new ReadAgain('a lead has a name that is not known yet')
  }
  throw new Error('a lead has a name that is not known')
}

const PAGE_TYPES = { hidden: 'uuid[]', at: 'timestamptz', id: 'uuid', limit: 'integer' } as const

/** A page of leads in the order of their receipt, by the index of that order, and planned once. */
function pageStatement(part: LeadPart, direction: 'asc' | 'desc') {
  const isAfter = direction === 'desc' ? '<' : '>'
  return statement(
    `lead-page-${part}-${direction}`,
    PAGE_TYPES,
    `${rowsWith(
      CONTENT[part],
      `(select p.id from leads p
       where p.dealer_id = :dealerId and p.status_id <> all(:hidden)
         and (p.received_at, p.id) ${isAfter} (:at, :id)
       order by p.received_at ${direction}, p.id ${direction} limit :limit)`
    )}
     order by l.received_at ${direction}, l.id ${direction}`
  ).returning<LeadRow>()
}

const PAGES = {
  whole: { asc: pageStatement('whole', 'asc'), desc: pageStatement('whole', 'desc') },
  head: { asc: pageStatement('head', 'asc'), desc: pageStatement('head', 'desc') }
}

/** Before and after all leads. */
const ENDS = {
  asc: { at: new Date('0001-01-01'), id: '00000000-0000-0000-0000-000000000000' },
  desc: { at: new Date('9999-12-31'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
}

/**
 * The first leads after a place in the order of receipt, without those of hidden statuses, seen by the caller or not:
 * for lists without filters, whose one statement can be sent with those that begin and end the transaction.
 */
export async function readFirstLeads(
  tx: Transaction,
  {
    hidden,
    after,
    descending,
    limit,
    part = 'whole'
  }: {
    hidden: readonly string[]
    after: { at: Date; id: string } | null
    descending: boolean
    limit: number
    part?: LeadPart | undefined
  }
): Promise<Lead[]> {
  const direction = descending ? 'desc' : 'asc'
  const place = after ?? ENDS[direction]
  return await readWithNames(tx, () =>
    tx.run(PAGES[part][direction], { hidden, at: place.at, id: place.id, limit })
  )
}

function contentOfHead(content: LeadContent | HeadContent): LeadContent {
  if (!('name' in content)) return content
  const { name, ...rest } = content
  return { ...EMPTY_LEAD, ...rest, contact: { ...EMPTY_CONTACT, fullName: name } }
}

/** The lead; undefined where one of its names is not among those. */
function toLead(row: LeadRow, names: DealerNames): Lead | undefined {
  const source = names.sources.get(row.source_id)
  const status = names.statuses.get(row.status_id)
  const reason = known(names.statusReasons, row.reason_id)
  const assignee = known(names.users, row.assignee_id)
  const queue = known(names.queues, row.queue_id)
  if (!source || !status || reason === undefined || assignee === undefined || queue === undefined) {
    return undefined
  }
  return {
    id: row.id,
    content: contentOfHead(row.content),
    source,
    status,
    statusReason: reason,
    statusReasonText: row.reason_text,
    assignee,
    queue: isAwaitedGroup(status.group) ? queue : null,
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

/** The record of this id; null: it has none. Undefined: it is not known. */
function known<Row>(rows: ReadonlyMap<string, Row>, id: string | null): Row | null | undefined {
  return id === null ? null : rows.get(id)
}

function reference(id: string | null, name: string): { id: string; name: string } | null {
  return id === null ? null : { id, name }
}
