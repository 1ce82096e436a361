import type { Transaction } from '../../database/client.ts'
import { displayName, vehicleKey } from '../../domain/leads/contact.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import type { PlannedDecision } from '../../domain/leads/decision.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { newId } from '../../ids.ts'

/** A lead of an import about to be written. */
export interface ImportedLead {
  id: string
  row: number
  content: LeadContent
  assigneeId: string | null
  queueId: string | null
  duplicateOf: string | null
  quarantineReason: string | null
  temperature: Temperature | null
  score: number | null
  coolAt: Date | null
  receivedAt: Date
  decisions: readonly PlannedDecision[]
}

/** What all leads of a batch have in common. */
export interface ImportedLeadsOrigin {
  importId: string
  payloadId: string
  sourceId: string
  statusId: string
  createdBy: string | null
  now: Date
}

const LEADS = `
insert into leads (dealer_id, id, type, source_id, external_id, status_id, status_changed_at,
  assignee_id, queue_id, home_queue_id, assigned_at, first_assigned_at, duplicate_of_id,
  quarantine_reason, is_test, display_name, vehicle_key, content, payload_id, import_id, import_row,
  created_by, temperature, temperature_by, score, cool_at, received_at, updated_at)
select $1, l.id, l.type, $2, l."externalId", $3, l."receivedAt", l."assigneeId", l."queueId",
  l."queueId", l."assignedAt", l."assignedAt", l."duplicateOf", l."quarantineReason", false,
  l."displayName", l."vehicleKey", l.content, $4, $5, l.row, $6, l.temperature,
  case when l.temperature is not null then 'score' end, l.score, l."coolAt", l."receivedAt", $7
from jsonb_to_recordset($8::jsonb) as l(id uuid, row integer, type text, "externalId" text,
  "assigneeId" uuid, "queueId" uuid, "assignedAt" timestamptz, "duplicateOf" uuid,
  "quarantineReason" text, "displayName" text, "vehicleKey" text, content jsonb, temperature text,
  score integer, "coolAt" timestamptz, "receivedAt" timestamptz)`

const DECISIONS = `
insert into decisions (dealer_id, lead_id, id, step, outcome, reason, considered, created_at)
select $1, d."leadId", d.id, d.step, d.outcome, d.reason, d.considered, $2
from jsonb_to_recordset($3::jsonb) as d("leadId" uuid, id uuid, step text, outcome text, reason text,
  considered jsonb)`

/** Writes new leads with the decisions that say why they are where they are. */
export async function insertLeads(
  tx: Transaction,
  { importId, payloadId, sourceId, statusId, createdBy, now }: ImportedLeadsOrigin,
  all: readonly ImportedLead[]
): Promise<void> {
  if (all.length === 0) return
  const rows = all.map(({ decisions: _, ...lead }) => ({
    ...lead,
    type: lead.content.type,
    externalId: lead.content.externalId,
    assignedAt: lead.assigneeId === null ? null : now,
    displayName: displayName(lead.content.contact),
    vehicleKey: vehicleKey(lead.content.vehicles)
  }))
  await tx.query('import-leads', LEADS, [
    tx.dealerId,
    sourceId,
    statusId,
    payloadId,
    importId,
    createdBy,
    now,
    JSON.stringify(rows)
  ])
  const decisions = all.flatMap(({ id: leadId, decisions }) =>
    decisions.map((decision) => ({ leadId, id: newId(), ...decision }))
  )
  await tx.query('import-decisions', DECISIONS, [tx.dealerId, now, JSON.stringify(decisions)])
}

const UPDATE = `
update leads l set content = c.content, type = c.type, external_id = c."externalId",
  display_name = c."displayName", vehicle_key = c."vehicleKey", version = l.version + c.changes,
  updated_at = $2
from jsonb_to_recordset($3::jsonb) as c(id uuid, type text, "externalId" text, "displayName" text,
  "vehicleKey" text, content jsonb, changes integer)
where l.dealer_id = $1 and l.id = c.id`

/** Changes what locked leads say; each by as many versions as it was changed. */
export async function updateLeads(
  tx: Transaction,
  now: Date,
  all: readonly { id: string; content: LeadContent; changes: number }[]
): Promise<void> {
  if (all.length === 0) return
  const rows = all.map((lead) => ({
    ...lead,
    type: lead.content.type,
    externalId: lead.content.externalId,
    displayName: displayName(lead.content.contact),
    vehicleKey: vehicleKey(lead.content.vehicles)
  }))
  await tx.query('import-leads-update', UPDATE, [tx.dealerId, now, JSON.stringify(rows)])
}
