import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { FUNNEL_STEPS, STATUS_GROUPS } from '../../../domain/leads/status-groups.ts'
import { FUNNEL_LEVELS } from '../../../domain/reports/funnel.ts'
import { listFunnelLeads } from '../../../repositories/reports/funnel-conditions.ts'
import { LeadPageSchema } from '../../../schemas/leads/lead.ts'
import { presentFunnel } from '../../../schemas/reports/funnel-forms.ts'
import { FunnelReportSchema } from '../../../schemas/reports/funnel.ts'
import { REPORT_BASIS, reportQuery } from '../../../schemas/reports/report-filter.ts'
import { reportResponses, reportFormQuery } from '../../../schemas/reports/report-forms.ts'
import { Id, closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { reportFunnel } from '../../../use-cases/reports/steps/report-funnel.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { askReport } from './ask-report.ts'
import { sendCountedLeads } from './send-counted-leads.ts'
import { sendReport } from './send-report.ts'

const FunnelQuery = Type.Object(
  {
    ...reportQuery,
    ...reportFormQuery,
    by: Type.Optional(
      oneOf(FUNNEL_LEVELS, 'What the rows of a table or chart are; JSON has all. Default: `group`.')
    )
  },
  closed
)

const FunnelLeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...reportQuery,
    step: Type.Optional(oneOf(FUNNEL_STEPS, 'Leads that got so far.')),
    group: Type.Optional(oneOf(STATUS_GROUPS, 'Leads that have been in this group or are.')),
    status: Type.Optional(Id('Leads that have been in this status or are; it may be deleted.')),
    standing: Type.Optional(Type.Boolean({ description: 'Only leads that are there now.' }))
  },
  closed
)

/** How far leads came, and how long they stood where. */
export const funnelRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  app.get(
    '/reports/funnel',
    operation({
      id: 'getFunnelReport',
      tag: 'Reports',
      summary: 'Report: funnel, with time in status',
      description:
        `${REPORT_BASIS}\n\nA lead has been in a group or status if it ever stood there, and however ` +
        'often. What was undone (a link, a conversion, an unlink, a sale) was a mistake and is left ' +
        'out; an unlink is no undo: the lead was linked until then.',
      access: access.tenant('member', 'read'),
      query: FunnelQuery,
      responses: reportResponses(ref(FunnelReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const { by = 'group' } = request.query
      const forms = await askReport(options, request, async (tx, { filter, now }) =>
        presentFunnel(filter, by, await reportFunnel(tx, { filter, now }))
      )
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/funnel/leads',
    operation({
      id: 'listFunnelLeads',
      tag: 'Reports',
      summary: 'List the leads behind a number of the funnel',
      description: REPORT_BASIS,
      access: access.tenant('member', 'read'),
      query: FunnelLeadsQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads, deleted ones among them.') },
      paged: true
    }),
    async (request, reply) => {
      const { step, group, status: statusId, standing = false } = request.query
      return await sendCountedLeads(options, request, reply, (tx, { filter }, page) =>
        listFunnelLeads(tx, { filter, place: { step, group, statusId, standing } }, page)
      )
    }
  )
}
