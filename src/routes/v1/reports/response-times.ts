import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { RESPONSE_BREAKDOWNS, RESPONSE_MEASURES } from '../../../domain/reports/response-times.ts'
import { listResponseTimeLeads } from '../../../repositories/reports/response-conditions.ts'
import { LeadPageSchema } from '../../../schemas/leads/lead.ts'
import { REPORT_BASIS, reportQuery } from '../../../schemas/reports/report-filter.ts'
import { reportResponses, reportFormQuery } from '../../../schemas/reports/report-forms.ts'
import {
  ResponseTimesReportSchema,
  presentResponseTimes
} from '../../../schemas/reports/response-times.ts'
import { closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { reportResponseTimes } from '../../../use-cases/reports/steps/report-response-times.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { askReport } from './ask-report.ts'
import { sendCountedLeads } from './send-counted-leads.ts'
import { sendReport } from './send-report.ts'

const ReportQuery = Type.Object(
  {
    ...reportQuery,
    ...reportFormQuery,
    by: Type.Optional(oneOf(RESPONSE_BREAKDOWNS, 'The kind of rows. Default: no rows.'))
  },
  closed
)

const LeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...reportQuery,
    unassigned: Type.Optional(
      Type.Boolean({
        description: 'Only leads that no user had; with `measure`, when it happened.'
      })
    ),
    measure: Type.Optional(
      oneOf(RESPONSE_MEASURES, 'The number whose leads are listed. Default: all received leads.')
    )
  },
  closed
)

/** How fast people acted. */
export const responseTimeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  app.get(
    '/reports/response-times',
    operation({
      id: 'getResponseTimesReport',
      tag: 'Reports',
      summary: 'Read the report on response times',
      description:
        `${REPORT_BASIS}\n\nTo list the leads of a \`count\`, request the path in \`leads\` ` +
        'of the row with `&measure=` and the name of the response time. Only actions of a ' +
        'user after the receipt of the lead count.\n\n' +
        'With `by=user`, `user` or `team`, each time counts for one user: a contact for the ' +
        'user who made it, `leadToClient` for the user who had the lead then. `received` ' +
        'counts a lead for each user who had it. The times of a client count each client ' +
        'once, with the lead that got the client first.',
      access: access.tenant('member', 'read'),
      query: ReportQuery,
      responses: reportResponses(ref(ResponseTimesReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const { by = null } = request.query
      const forms = await askReport(options, request, async (tx, { filter, dealer, now }) =>
        presentResponseTimes(filter, by, await reportResponseTimes(tx, { filter, dealer, by, now }))
      )
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/response-times/leads',
    operation({
      id: 'listResponseTimeLeads',
      tag: 'Reports',
      summary: 'List the leads of a number in the response times report',
      description: REPORT_BASIS,
      access: access.tenant('member', 'read'),
      query: LeadsQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads, including deleted leads.') },
      paged: true
    }),
    async (request, reply) => {
      const { measure = null, unassigned = false } = request.query
      return await sendCountedLeads(options, request, reply, (tx, { filter }, page) =>
        listResponseTimeLeads(tx, { filter, measure, unassigned }, page)
      )
    }
  )
}
