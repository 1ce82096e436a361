import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { recognisableName, vehicleKey } from '../../domain/leads/contact.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import type { PlannedDecision } from '../../domain/leads/decision.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import type { QuarantineCode } from '../../domain/reasons/decision-reasons.ts'
import { insertDecisionsOfLeads } from '../leads/decisions.ts'

/** A lead of an import about to be written. */
export interface ImportedLead {
  id: string
  row: number
  content: LeadContent
  assigneeId: string | null
  queueId: string | null
  duplicateOf: string | null
  quarantineReason: QuarantineCode | null
  temperature: Temperature | null
  score: number | null
  coolAt: Date | null
  receivedAt: Date
  decisions: readonly PlannedDecision[]
}

/** The values shared by all leads of a batch. */
interface ImportedLeadsOrigin {
  importId: string
  payloadId: string
  sourceId: string
  statusId: string
  createdBy: string | null
  now: Date
}

const LEADS = statement(
  'import-leads',
  {
    sourceId: 'uuid',
    statusId: 'uuid',
    payloadId: 'uuid',
    importId: 'uuid',
    createdBy: 'uuid?',
    now: 'timestamptz',
    leads: 'jsonb'
  },
  `insert into leads (dealer_id, id, type, source_id, external_id, status_id, status_changed_at,
     assignee_id, queue_id, home_queue_id, assigned_at, first_assigned_at, duplicate_of_id,
     quarantine_reason, is_test, display_name, vehicle_key, content, payload_id, import_id,
     import_row, created_by, temperature, temperature_by, score, cool_at, received_at, updated_at)
   select :dealerId, l.id, l.type, :sourceId, l."externalId", :statusId, l."receivedAt",
     l."assigneeId", l."queueId", l."queueId", l."assignedAt", l."assignedAt", l."duplicateOf",
     l."quarantineReason", false, l."displayName", l."vehicleKey", l.content, :payloadId, :importId,
     l.row, :createdBy, l.temperature, case when l.temperature is not null then 'score' end,
     l.score, l."coolAt", l."receivedAt", :now
   from jsonb_to_recordset(:leads) as l(id uuid, row integer, type text, "externalId" text,
     "assigneeId" uuid, "queueId" uuid, "assignedAt" timestamptz, "duplicateOf" uuid,
     "quarantineReason" text, "displayName" text, "vehicleKey" text, content jsonb,
     temperature text, score integer, "coolAt" timestamptz, "receivedAt" timestamptz)`
)

/** Writes new leads with the decisions that say why they are where they are. */
export async function insertLeads(
  tx: Transaction,
  origin: ImportedLeadsOrigin,
  all: readonly ImportedLead[]
): Promise<void> {
  if (all.length === 0) return
  const { now } = origin
  const leads = all.map(({ decisions: _, ...lead }) => ({
    ...lead,
    type: lead.content.type,
    externalId: lead.content.externalId,
    assignedAt: lead.assigneeId === null ? null : now,
    displayName: recognisableName(lead.content.contact),
    vehicleKey: vehicleKey(lead.content.vehicles)
  }))
  await tx.run(LEADS, { ...origin, leads })
  const decisions = all.map(({ id, decisions }) => ({ leadId: id, decisions }))
  await insertDecisionsOfLeads(tx, decisions, now)
}

const UPDATE = statement(
  'import-leads-update',
  { now: 'timestamptz', leads: 'jsonb' },
  `update leads l set content = c.content, type = c.type, external_id = c."externalId",
     display_name = c."displayName", vehicle_key = c."vehicleKey", version = l.version + c.changes,
     updated_at = :now
   from jsonb_to_recordset(:leads) as c(id uuid, type text, "externalId" text, "displayName" text,
     "vehicleKey" text, content jsonb, changes integer)
   where l.dealer_id = :dealerId and l.id = c.id`
)

/** Changes what locked leads say; each by as many versions as it was changed. */
export async function updateLeads(
  tx: Transaction,
  now: Date,
  all: readonly { id: string; content: LeadContent; changes: number }[]
): Promise<void> {
  if (all.length === 0) return
  const leads = all.map((lead) => ({
    ...lead,
    type: lead.content.type,
    externalId: lead.content.externalId,
    displayName: recognisableName(lead.content.contact),
    vehicleKey: vehicleKey(lead.content.vehicles)
  }))
  await tx.run(UPDATE, { now, leads })
}
