import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { read } from '../../../http/resources.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findLatestRekeying } from '../../../repositories/matching/rekeyings.ts'
import { MatchingSchema, presentMatching } from '../../../schemas/matching/matching.ts'
import { ref } from '../../../schemas/shared.ts'

/** How the dealer has people compared. */
export const matchingRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  await Promise.resolve()
  app.get(
    '/matching',
    operation({
      id: 'getMatching',
      tag: 'Dealer',
      summary: 'Read how people are compared',
      description:
        'The policy by which clients and leads are compared, and the progress of the run that writes ' +
        'their keys anew after an update of the program.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(MatchingSchema, 'The policy, and the latest run.') }
    }),
    async (request) =>
      await read(db, request, async (tx) => {
        const dealer = await findDealer(tx)
        if (!dealer) throw new Error('the dealer of a caller was not found')
        return presentMatching(dealer.settings.matchingPolicy, await findLatestRekeying(tx))
      })
  )
}
