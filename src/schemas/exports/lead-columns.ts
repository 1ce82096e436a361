import type { CustomField } from '../../domain/fields/custom-field.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { contactColumns, customColumns, describeConsents, vehicleColumns } from './columns.ts'
import type { ExportColumn } from './columns.ts'

/** Parts of an attribution that have columns; the rest is in NDJSON. */
const ATTRIBUTION = [
  'landingPage',
  'referrer',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmTerm',
  'utmContent',
  'gclid',
  'fbclid'
] as const

/** Columns of an export of leads as CSV. */
export function leadColumns(fields: readonly CustomField[]): ExportColumn<Lead>[] {
  return [
    { name: 'id', cellOf: ({ id }) => id },
    { name: 'receivedAt', cellOf: ({ receivedAt }) => receivedAt.toISOString() },
    { name: 'submittedAt', cellOf: ({ content }) => content.submittedAt },
    { name: 'type', cellOf: ({ content }) => content.type },
    { name: 'source', cellOf: ({ source }) => source.key },
    { name: 'externalId', cellOf: ({ content }) => content.externalId },
    { name: 'status', cellOf: ({ status }) => status.name },
    { name: 'statusGroup', cellOf: ({ status }) => status.group },
    { name: 'assignee', cellOf: ({ assignee }) => assignee?.name ?? null },
    { name: 'assigneeId', cellOf: ({ assignee }) => assignee?.id ?? null },
    { name: 'queue', cellOf: ({ queue }) => queue?.name ?? null },
    { name: 'promoter', cellOf: ({ promoter }) => promoter?.name ?? null },
    { name: 'referralCode', cellOf: ({ referralLink }) => referralLink?.code ?? null },
    { name: 'clientId', cellOf: ({ client }) => client?.id ?? null },
    { name: 'duplicateOf', cellOf: ({ duplicateOf }) => duplicateOf },
    { name: 'quarantineReason', cellOf: ({ quarantineReason }) => quarantineReason },
    { name: 'temperature', cellOf: ({ temperature }) => temperature },
    { name: 'score', cellOf: ({ score }) => score },
    { name: 'isTest', cellOf: ({ content }) => content.isTest },
    ...contactColumns<Lead>(({ content }) => content.contact),
    { name: 'message', cellOf: ({ content }) => content.message },
    ...vehicleColumns<Lead>(({ content }) => content.vehicles),
    { name: 'timeframe', cellOf: ({ content }) => content.timeframe?.description ?? null },
    ...ATTRIBUTION.map((name) => ({
      name: `attribution.${name}`,
      cellOf: ({ content }: Lead) => content.attribution[name] ?? null
    })),
    { name: 'consents', cellOf: ({ content }) => describeConsents(content.consents) },
    ...customColumns<Lead>(fields, ({ content }) => content.customFields),
    { name: 'updatedAt', cellOf: ({ updatedAt }) => updatedAt.toISOString() }
  ]
}
