import type { Client } from '../../domain/clients/client.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { contactColumns, customColumns, describeConsents, vehicleColumns } from './columns.ts'
import type { ExportColumn } from './columns.ts'

/** Columns of an export of clients as CSV. */
export function clientColumns(fields: readonly CustomField[]): ExportColumn<Client>[] {
  return [
    { name: 'id', cellOf: ({ id }) => id },
    { name: 'name', cellOf: ({ displayName }) => displayName },
    { name: 'createdAt', cellOf: ({ createdAt }) => createdAt.toISOString() },
    { name: 'source', cellOf: ({ source }) => source?.key ?? null },
    { name: 'responsible', cellOf: ({ responsibleUser }) => responsibleUser?.name ?? null },
    { name: 'responsibleId', cellOf: ({ responsibleUser }) => responsibleUser?.id ?? null },
    { name: 'account', cellOf: ({ account }) => account?.name ?? null },
    { name: 'accountId', cellOf: ({ account }) => account?.id ?? null },
    { name: 'createdFromLead', cellOf: ({ createdFromLeadId }) => createdFromLeadId },
    ...contactColumns<Client>(({ content }) => content.contact),
    { name: 'description', cellOf: ({ content }) => content.description },
    ...vehicleColumns<Client>(({ content }) => content.vehicleInterests),
    { name: 'consents', cellOf: ({ content }) => describeConsents(content.consents) },
    ...customColumns<Client>(fields, ({ content }) => content.customFields),
    { name: 'updatedAt', cellOf: ({ updatedAt }) => updatedAt.toISOString() }
  ]
}
