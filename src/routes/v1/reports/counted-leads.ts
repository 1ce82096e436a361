import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { ReportFilter } from '../../../domain/reports/report.ts'
import { MEASURES, MEASURE_MEANINGS } from '../../../domain/reports/measure.ts'
import { findPromoter } from '../../../repositories/promoters/promoters.ts'
import { findReferralLink } from '../../../repositories/promoters/referral-links.ts'
import { listCountedLeads } from '../../../repositories/reports/counted-leads.ts'
import { LeadPageSchema } from '../../../schemas/leads/lead.ts'
import { REPORT_BASIS, reportQuery } from '../../../schemas/reports/report-filter.ts'
import { Named } from '../../../schemas/named.ts'
import { Id, closed, newestFirst, oneOf, pageQuery, ref, text } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import type { AskedReport } from './ask-report.ts'
import { sendCountedLeads } from './send-counted-leads.ts'

const CountedLeadQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    ...reportQuery,
    measure: Type.Optional(
      oneOf(MEASURES, 'The number whose leads are listed. Default: `received`.')
    ),
    reason: Type.Optional(
      text(
        500,
        'Only leads whose last deletion has this reason. Empty: a deletion without a reason.'
      )
    ),
    promoter: Type.Optional(Named('promoter', 'Only leads of this promoter.')),
    referralLink: Type.Optional(Id('Only leads of this referral link.'))
  },
  closed
)

const MEANINGS = MEASURES.map((measure) => `- \`${measure}\`: ${MEASURE_MEANINGS[measure]}`)

/** The leads behind the numbers of reports. */
export const countedLeadRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  app.get(
    '/reports/leads',
    operation({
      id: 'listCountedLeads',
      tag: 'Reports',
      summary: 'List the leads of a number in a report',
      description: `${REPORT_BASIS}\n\nWhat each measure counts:\n\n${MEANINGS.join('\n')}`,
      access: access.tenant('member', 'read'),
      query: CountedLeadQuery,
      responses: { 200: ref(LeadPageSchema, 'A page of leads, including deleted leads.') },
      paged: true
    }),
    async (request, reply) => {
      const { measure = 'received', reason, promoter, referralLink } = request.query
      const row = { measure, reason, promoter, referralLink }
      return await sendCountedLeads(
        options,
        request,
        reply,
        async (tx, asked, page) =>
          await listCountedLeads(tx, await ofSeenReferral(tx, asked, row), row, page),
        { guardsRows: true }
      )
    }
  )
}

/** A member's list is of their own leads, and of all of a promoter or referral link that they see. */
async function ofSeenReferral(
  tx: Transaction,
  { filter, principal }: AskedReport,
  { promoter, referralLink }: { promoter: string | undefined; referralLink: string | undefined }
): Promise<ReportFilter> {
  if (seesAll(principal)) return filter
  const isSeen =
    (promoter !== undefined && (await findPromoter(tx, principal, promoter)) !== null) ||
    (referralLink !== undefined && (await findReferralLink(tx, principal, referralLink)) !== null)
  return isSeen ? filter : { ...filter, user: { id: principal.id, name: '' } }
}
