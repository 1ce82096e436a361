import type { Client } from '../../domain/clients/client.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { EMPTY_LEAD } from '../../domain/leads/empty-lead.ts'
import type { KnownLead } from '../../domain/leads/lead-field.ts'
import { EXPORT_FIELDS, customColumns, fieldColumns } from './columns.ts'
import type { ExportColumn } from './columns.ts'

const SHARED = EXPORT_FIELDS.filter(({ path }) => /^(contact|vehicle|consents)\b/.test(path))

/** Columns of an export of clients as CSV. */
export function clientColumns(fields: readonly CustomField[]): ExportColumn<Client>[] {
  return [
    { name: 'id', cellOf: ({ id }) => id },
    { name: 'name', cellOf: ({ displayName }) => displayName },
    { name: 'createdAt', cellOf: ({ createdAt }) => createdAt.toISOString() },
    { name: 'source.key', cellOf: ({ source }) => source?.key ?? null },
    { name: 'responsibleUser.id', cellOf: ({ responsibleUser }) => responsibleUser?.id ?? null },
    {
      name: 'responsibleUser.name',
      cellOf: ({ responsibleUser }) => responsibleUser?.name ?? null
    },
    { name: 'account.id', cellOf: ({ account }) => account?.id ?? null },
    { name: 'account.name', cellOf: ({ account }) => account?.name ?? null },
    { name: 'createdFromLead', cellOf: ({ createdFromLeadId }) => createdFromLeadId },
    { name: 'description', cellOf: ({ content }) => content.description },
    ...fieldColumns(SHARED, asLead),
    ...customColumns(fields, asLead),
    { name: 'updatedAt', cellOf: ({ updatedAt }) => updatedAt.toISOString() }
  ]
}

/** The columns that leads and clients share. */
function asLead({ content }: Client): KnownLead {
  const { vehicleInterests, contact, consents, customFields } = content
  return { content: { ...EMPTY_LEAD, contact, vehicles: vehicleInterests, consents, customFields } }
}
