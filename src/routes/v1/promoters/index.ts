import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { invitationResponseRoutes } from './invitation-responses.ts'
import { promoterInvitationRoutes } from './promoter-invitations.ts'
import { promoterPageRoutes } from './promoter-pages.ts'
import { promoterRoutes } from './promoters.ts'
import { referralLinkRoutes } from './referral-links.ts'
import { referralRoutes } from './referrals.ts'

export async function promotersV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(promoterRoutes, options)
  await scope.register(promoterInvitationRoutes, options)
  await scope.register(invitationResponseRoutes, options)
  await scope.register(promoterPageRoutes, options)
  await scope.register(referralLinkRoutes, options)
  await scope.register(referralRoutes, options)
}
