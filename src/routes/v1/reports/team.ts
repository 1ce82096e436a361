import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { TEAM_NUMBERS } from '../../../domain/reports/team.ts'
import { listTeamLeads } from '../../../repositories/reports/team.ts'
import { LeadPageSchema } from '../../../schemas/leads/lead.ts'
import { IncentivesReportSchema, presentIncentives } from '../../../schemas/reports/incentives.ts'
import { reportQuery } from '../../../schemas/reports/report-filter.ts'
import { reportResponses, reportFormQuery } from '../../../schemas/reports/report-forms.ts'
import { TeamReportSchema, presentTeamReport } from '../../../schemas/reports/team.ts'
import { Named, NamedTeam } from '../../../schemas/named.ts'
import { closed, newestFirst, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { reportIncentives, reportTeam } from '../../../use-cases/reports/steps/report-team.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { askReport } from './ask-report.ts'
import { sendCountedLeads } from './send-counted-leads.ts'
import { sendReport } from './send-report.ts'

/** In these reports each row belongs to a user; a lead counts for the users who worked on it. */
const teamQuery = {
  ...reportQuery,
  team: Type.Optional(NamedTeam('Only users of this team.')),
  user: Type.Optional(Named('user', 'Only this user. Members can name only themselves.'))
}

const TeamReportQuery = Type.Object({ ...teamQuery, ...reportFormQuery }, closed)

const TeamLeadsQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...teamQuery,
    measure: Type.Optional(
      oneOf(TEAM_NUMBERS, 'The number whose leads are listed. Default: `handled`.')
    )
  },
  closed
)

const TEAM_BASIS =
  'Counts the leads received in the period, by the day in the dealer’s time zone. A lead counts for ' +
  'each user who worked on it until now, also after another user got it. `worked` and `activities` ' +
  'count the activities of the period, about leads of any age. `source` limits all numbers; `team` ' +
  'and `user` choose the rows. Test leads are not counted, deleted leads are. A member sees their ' +
  'own row, limited to the leads that they see.'

/** The reports on the team and its incentives. */
export const teamReportRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  app.get(
    '/reports/team',
    operation({
      id: 'getTeamReport',
      tag: 'Reports',
      summary: 'Read the report on the team',
      description:
        `${TEAM_BASIS}\n\nTo list the leads of a number, request the path in \`leads\` of ` +
        'the row with `&measure=` and the name of the number.',
      access: access.tenant('member', 'read'),
      query: TeamReportQuery,
      responses: reportResponses(ref(TeamReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(options, request, async (tx, asked) =>
        presentTeamReport(asked.filter, await reportTeam(tx, asked))
      )
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/incentives',
    operation({
      id: 'getIncentivesReport',
      tag: 'Reports',
      summary: 'Read the incentives report',
      description:
        `${TEAM_BASIS}\n\nThe report multiplies the numbers of each user in the report on ` +
        'the team by the dealer’s current rates (`/v1/incentive-rates`), exact to the cent.',
      access: access.tenant('member', 'read'),
      query: TeamReportQuery,
      responses: reportResponses(ref(IncentivesReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(options, request, async (tx, asked) =>
        presentIncentives(asked.filter, await reportIncentives(tx, asked), asked.dealer.currency)
      )
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/team/leads',
    operation({
      id: 'listTeamLeads',
      tag: 'Reports',
      summary: 'List the leads of a number in the team report',
      description: TEAM_BASIS,
      access: access.tenant('member', 'read'),
      query: TeamLeadsQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads, including deleted leads.') },
      paged: true
    }),
    async (request, reply) => {
      const { measure = 'handled' } = request.query
      return await sendCountedLeads(options, request, reply, (tx, { filter }, page) =>
        listTeamLeads(tx, { filter, measure }, page)
      )
    }
  )
}
