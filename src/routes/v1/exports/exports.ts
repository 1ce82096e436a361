import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { listClients } from '../../../repositories/clients/clients.ts'
import { withoutUnseenOriginals } from '../../../repositories/leads/candidates.ts'
import { listLeads } from '../../../repositories/leads/lead-pages.ts'
import { clientFilterQuery, readClientFilter } from '../../../schemas/clients/client-filter.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import { clientColumns } from '../../../schemas/exports/client-columns.ts'
import { exportResponse } from '../../../schemas/exports/export.ts'
import { leadColumns } from '../../../schemas/exports/lead-columns.ts'
import { leadFilterQuery, readLeadFilter } from '../../../schemas/leads/lead-filter.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'
import { csvQuery } from '../../../schemas/reports/report-forms.ts'
import { closed } from '../../../schemas/shared.ts'
import { EXPORT_SLOTS, ExportSlots } from './export-slots.ts'
import { sendExport } from './send-export.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const LeadExportQuery = Type.Object({ ...leadFilterQuery, ...csvQuery }, closed)
const ClientExportQuery = Type.Object({ ...clientFilterQuery, ...csvQuery }, closed)

const DESCRIPTION =
  'The response is CSV or NDJSON, by `Accept`. Default: CSV. It is a stream of the records ' +
  'at the time of the request, oldest first. An error aborts the connection, so that an ' +
  'incomplete file is recognisable. NDJSON has all fields of the list. CSV has one column ' +
  'for each common field, under a name that imports recognise.\n\nIn CSV, a text that a ' +
  'spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line ' +
  'break) gets a leading apostrophe, also a phone number in E.164. Imports remove it, and ' +
  '`format=plain` omits it, for programs. The event `data.exported` records the user and ' +
  `the number of records. A dealer has at most ${EXPORT_SLOTS.ofOneDealer} exports at once.`

/** Exports of lists as files. */
export const exportRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  const means = { db, now, slots: new ExportSlots() }

  app.get(
    '/exports/leads',
    operation({
      id: 'exportLeads',
      tag: 'Exports',
      summary: 'Export leads',
      description: DESCRIPTION,
      access: access.tenant('member', 'admin', 'data.export'),
      query: LeadExportQuery,
      responses: {
        200: exportResponse('leads', {
          csv: 'id,receivedAt,source.key,contact.email\r\n0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69,2026-11-21T17:03:12.000Z,website,anna@example.pl\r\n',
          ndjson: '{"id":"0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69","type":"inquiry"}\n'
        })
      },
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const startedAt = now()
      const filter = readLeadFilter(request.query, startedAt)
      const createdTo = earlier(filter.createdTo, startedAt)
      return await sendExport(means, request, reply, {
        what: 'leads',
        list: async (tx, principal, page) => {
          const found = await listLeads(tx, principal, { ...filter, createdTo }, page)
          return { ...found, data: await withoutUnseenOriginals(tx, principal, found.data) }
        },
        columns: leadColumns,
        present: presentLead
      })
    }
  )

  app.get(
    '/exports/clients',
    operation({
      id: 'exportClients',
      tag: 'Exports',
      summary: 'Export clients',
      description: DESCRIPTION,
      access: access.tenant('member', 'admin', 'data.export'),
      query: ClientExportQuery,
      responses: {
        200: exportResponse('clients', {
          csv: 'id,name,contact.email\r\n0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69,Anna Nowak,anna@example.pl\r\n',
          ndjson: '{"id":"0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69","name":"Anna Nowak"}\n'
        })
      },
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const filter = readClientFilter(request.query)
      const createdTo = earlier(filter.createdTo, now())
      return await sendExport(means, request, reply, {
        what: 'clients',
        list: (tx, principal, page) => listClients(tx, principal, { ...filter, createdTo }, page),
        columns: clientColumns,
        present: presentClient
      })
    }
  )
}

/** Leads added while an export runs are not in it: it would never end. */
function earlier(asked: Date | undefined, startedAt: Date): Date {
  const end = new Date(startedAt.getTime() + 1)
  return asked !== undefined && asked < end ? asked : end
}
