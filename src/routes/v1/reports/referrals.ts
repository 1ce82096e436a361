import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import {
  countByPromoter,
  countByReferralLink
} from '../../../repositories/reports/referral-counts.ts'
import { MEASURES_BASIS } from '../../../schemas/reports/measures.ts'
import { promoterForms, referralLinkForms } from '../../../schemas/reports/referral-forms.ts'
import {
  PromotersReportSchema,
  ReferralLinksReportSchema,
  presentPromoters,
  presentReferralLinks
} from '../../../schemas/reports/referrals.ts'
import { REPORT_BASIS, reportQuery } from '../../../schemas/reports/report-filter.ts'
import { reportResponses, reportFormQuery } from '../../../schemas/reports/report-forms.ts'
import { closed, ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { askReport } from './ask-report.ts'
import { sendReport } from './send-report.ts'

const ReferralReportQuery = Type.Object({ ...reportQuery, ...reportFormQuery }, closed)

/** The reports on promoters and referral links. */
export const referralReportRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  options
) => {
  app.get(
    '/reports/promoters',
    operation({
      id: 'getPromotersReport',
      tag: 'Reports',
      summary: 'Read the report on promoters',
      description: `${REPORT_BASIS} Members see the promoters that they signed up, with all leads that these brought, of any assigned user. ${MEASURES_BASIS}`,
      access: access.tenant('member', 'read'),
      query: ReferralReportQuery,
      responses: reportResponses(ref(PromotersReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(
        options,
        request,
        async (tx, { filter, principal }) => {
          const rows = await countByPromoter(tx, principal, filter)
          return { report: presentPromoters(filter, rows), ...promoterForms(filter, rows) }
        },
        { guardsRows: true }
      )
      return await sendReport(request, reply, forms)
    }
  )

  app.get(
    '/reports/referral-links',
    operation({
      id: 'getReferralLinksReport',
      tag: 'Reports',
      summary: 'Read the report on referral links',
      description:
        `${REPORT_BASIS} Members see their own links and those of their promoters, with all ` +
        `leads that came by them. ` +
        MEASURES_BASIS,
      access: access.tenant('member', 'read'),
      query: ReferralReportQuery,
      responses: reportResponses(ref(ReferralLinksReportSchema)),
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const forms = await askReport(
        options,
        request,
        async (tx, { filter, principal }) => {
          const rows = await countByReferralLink(tx, principal, filter)
          return { report: presentReferralLinks(filter, rows), ...referralLinkForms(filter, rows) }
        },
        { guardsRows: true }
      )
      return await sendReport(request, reply, forms)
    }
  )
}
