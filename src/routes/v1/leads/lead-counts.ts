import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { COUNTED_BY, MAX_COUNTED } from '../../../domain/leads/lead-count.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { read } from '../../../http/resources.ts'
import { countLeads } from '../../../repositories/leads/lead-counts.ts'
import { LeadCountsSchema } from '../../../schemas/leads/lead-count.ts'
import { leadFilterQuery, readLeadFilter } from '../../../schemas/leads/lead-filter.ts'
import { closed, oneOf, ref } from '../../../schemas/shared.ts'

const CountQuery = Type.Object(
  { by: oneOf(COUNTED_BY, 'What the leads are counted by.'), ...leadFilterQuery },
  closed
)

const SUMS =
  '`status`, `statusGroup`, `source`, `assignee`, `queue`, `unassigned`, `type`, `temperature`, `quarantined` and `isTest`'

/** Leads are counted. */
export const leadCountRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now } = options

  app.get(
    '/leads/counts',
    operation({
      id: 'countLeads',
      tag: 'Leads',
      summary: 'Count leads',
      description:
        'The leads of the list with the same filters, counted by one of their values. By status, status ' +
        'group or temperature all values are shown, in their order; otherwise those that leads have, by ' +
        `name. Counts are exact as of the request for callers that see all leads, with filters of ${SUMS}. ` +
        'Each lead is in exactly one part, so that the parts add up to `total`; by `statusReason`, leads ' +
        'without a reason are the part null, and those with a text of their own the part `other`. ' +
        `With other filters, for reasons and for members, at most ${MAX_COUNTED.toLocaleString('en')} leads are counted, ` +
        'the newest; `isExact` tells whether there are more.',
      access: access.tenant('member', 'read'),
      query: CountQuery,
      responses: { 200: ref(LeadCountsSchema, 'The counts.') }
    }),
    async (request) => {
      const { by, ...query } = request.query
      return await read(db, request, async (tx, principal) => {
        const filter = readLeadFilter(query, now())
        return await countLeads(tx, principal, { by, filter })
      })
    }
  )
}
