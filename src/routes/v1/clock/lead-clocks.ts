import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { LeadClockSchema, presentLeadClock } from '../../../schemas/clock/lead-clock.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { readClock } from '../../../use-cases/clock/read-clock.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { accept, idOf } from '../../../http/resources.ts'

/** How fast people acted on a lead. */
export const leadClockRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/leads/:id/clock',
    operation({
      id: 'getLeadClock',
      tag: 'Leads',
      summary: 'Read the response times of a lead',
      description:
        'The times at which the lead was received and first assigned, and at which a user ' +
        'first attempted, reached and met the person, with seconds and working seconds ' +
        'since the lead was received. Also the time by which a user must act, and the time ' +
        'that the person has waited.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(LeadClockSchema, 'The response times at this moment.') }
    }),
    async (request) => {
      const command = { principal: tenantOf(request), now: now(), leadId: idOf(request) }
      return presentLeadClock(accept(await readClock(db, command)))
    }
  )
}
