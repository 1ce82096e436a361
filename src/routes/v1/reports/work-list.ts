import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import {
  DEFAULT_WITHIN_MINUTES,
  WORK_MEANINGS,
  WORK_MEASURES
} from '../../../domain/reports/work-list.ts'
import { countWork, listWork } from '../../../repositories/reports/work-list.ts'
import { LeadPageSchema } from '../../../schemas/leads/lead.ts'
import { reportResponses, reportFormQuery } from '../../../schemas/reports/report-forms.ts'
import {
  WorkListReportSchema,
  presentWorkList,
  workQuery
} from '../../../schemas/reports/work-list.ts'
import { closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { askReport } from './ask-report.ts'
import { sendCountedLeads } from './send-counted-leads.ts'
import { sendReport } from './send-report.ts'

const WorkListQuery = Type.Object({ ...workQuery, ...reportFormQuery }, closed)

const WorkLeadQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...workQuery,
    measure: Type.Optional(
      oneOf(WORK_MEASURES, 'The number whose leads are listed. Default: `unassigned`.')
    )
  },
  closed
)

const BASIS =
  'Counts the leads that are open now, received at any time, without test leads and ' +
  'quarantined leads. Members see the leads assigned to them and the unassigned leads in ' +
  'their queues.'
const MEANINGS = WORK_MEASURES.map((measure) => `- \`${measure}\`: ${WORK_MEANINGS[measure]}`)

/** Open work. */
export const workListRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  app.get(
    '/reports/work-list',
    operation({
      id: 'getWorkListReport',
      tag: 'Reports',
      summary: 'Read the report on the work list',
      description:
        `${BASIS} To list the leads of a number, request the path in \`leads\` of the row ` +
        'with `&measure=` and the name of the number.',
      access: access.tenant('member', 'read'),
      query: WorkListQuery,
      responses: reportResponses(ref(WorkListReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const { queue, withinMinutes = DEFAULT_WITHIN_MINUTES } = request.query
      const forms = await askReport(
        options,
        request,
        async (tx, asked) => {
          const rows = await countWork(tx, { ...asked, queue, withinMinutes })
          return presentWorkList(rows, { ...asked, withinMinutes })
        },
        { guardsRows: true }
      )
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/work-list/leads',
    operation({
      id: 'listWork',
      tag: 'Reports',
      summary: 'List the leads of a number in the work list report',
      description: `${BASIS}\n\n${MEANINGS.join('\n')}`,
      access: access.tenant('member', 'read'),
      query: WorkLeadQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads.') },
      paged: true
    }),
    async (request, reply) => {
      const { measure = 'unassigned', queue, withinMinutes } = request.query
      const within = withinMinutes ?? DEFAULT_WITHIN_MINUTES
      return await sendCountedLeads(
        options,
        request,
        reply,
        (tx, asked, page) =>
          listWork(tx, measure, { ...asked, queue, withinMinutes: within }, page),
        { guardsRows: true }
      )
    }
  )
}
