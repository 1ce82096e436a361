import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { idOf, sendPage } from '../../../http/resources.ts'
import { pageWithFields, readFields, withFields } from '../../../http/sparse-records.ts'
import { findClient } from '../../../repositories/clients/clients.ts'
import { listLeads } from '../../../repositories/leads/lead-pages.ts'
import { LEAD_FIELDS, LeadPageSchema, SparseLeadPageSchema } from '../../../schemas/leads/lead.ts'
import { IdParams, closed, newestFirst, pageQuery } from '../../../schemas/shared.ts'
import { fieldsQuery, wholeOrSparse } from '../../../schemas/sparse.ts'
import { expandLeads, expandQuery, presentExpandedLead, readExpand } from '../leads/expand-leads.ts'
import type { Expansion } from '../leads/expand-leads.ts'

const ClientLeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...expandQuery,
    ...fieldsQuery(LEAD_FIELDS, 'displayName,status,nextAction')
  },
  closed
)

/** The leads of a client. */
export const clientLeadRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/clients/:id/leads',
    operation({
      id: 'listClientLeads',
      tag: 'Clients',
      summary: "List a client's leads",
      description:
        'The list has the leads that the caller sees, newest first. Deleted leads are not ' +
        'listed.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: ClientLeadsQuery,
      responses: { 200: wholeOrSparse(LeadPageSchema, SparseLeadPageSchema, 'A page of leads.') },
      paged: true
    }),
    async (request, reply) => {
      const words = readExpand(request.query.expand)
      const fields = readFields(request.query.fields, LEAD_FIELDS)
      let expansion: Expansion = { words, records: new Map() }
      const page = await sendPage(db, request, reply, {
        list: async (tx, asked, principal) => {
          const client = idOf(request)
          if (!(await findClient(tx, principal, client))) throw problems.notFound('client')
          const found = await listLeads(tx, principal, { client, isClientSeen: true }, asked)
          expansion = await expandLeads(tx, principal, found.data, words)
          return found
        },
        present: (lead, locale) => withFields(presentExpandedLead(lead, locale, expansion), fields)
      })
      return pageWithFields(page, fields)
    }
  )
}
