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
      summary: 'Read how fast people acted on a lead',
      description:
        'When it was received, first assigned, first attempted, reached and met, in seconds and in ' +
        'seconds of working time; the time until which a user must act, and the time that the person has waited.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(LeadClockSchema, 'Its clock, as it stands now.') }
    }),
    async (request) => {
      const command = { principal: tenantOf(request), now: now(), leadId: idOf(request) }
      return presentLeadClock(accept(await readClock(db, command)))
    }
  )
}
