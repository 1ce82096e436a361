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
import { Named } from '../../../schemas/named.ts'
import { closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
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
      oneOf(
        FUNNEL_LEVELS,
        'The kind of rows in a table or chart. JSON has all kinds. Default: `group`.'
      )
    )
  },
  closed
)

const FunnelLeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...reportQuery,
    step: Type.Optional(oneOf(FUNNEL_STEPS, 'Only leads that reached this step.')),
    group: Type.Optional(oneOf(STATUS_GROUPS, 'Only leads that are or have been in this group.')),
    status: Type.Optional(
      Named('status', 'Only leads that are or have been in this status. The status can be deleted.')
    ),
    standing: Type.Optional(
      Type.Boolean({ description: '`true`: only leads that are in the group or status now.' })
    )
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
      summary: 'Read the funnel report',
      description:
        `${REPORT_BASIS}\n\nA lead counts once for each group and status that it has been ` +
        'in. Undone operations (a link, a conversion, an unlink, a sale) are ignored. An ' +
        'unlink is not an undo: the lead was linked until then.',
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
      summary: 'List the leads of a number in the funnel report',
      description: REPORT_BASIS,
      access: access.tenant('member', 'read'),
      query: FunnelLeadsQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads, including deleted leads.') },
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
