import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { accountRoutes } from './accounts.ts'
import { clientLeadRoutes } from './client-leads.ts'
import { clientMergeRoutes } from './client-merges.ts'
import { clientRoutes } from './clients.ts'
import { consentRoutes } from './consents.ts'
import { conversionRoutes } from './conversions.ts'
import { duplicateRoutes } from './duplicates.ts'
import { leadConversionRoutes } from './lead-conversions.ts'
import { leadLinkRoutes } from './lead-links.ts'
import { linkRequestRoutes } from './link-requests.ts'
import { opportunityRoutes } from './opportunities.ts'

export async function clientsV1(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(leadLinkRoutes, options)
  await scope.register(linkRequestRoutes, options)
  await scope.register(leadConversionRoutes, options)
  await scope.register(clientRoutes, options)
  await scope.register(clientLeadRoutes, options)
  await scope.register(clientMergeRoutes, options)
  await scope.register(duplicateRoutes, options)
  await scope.register(consentRoutes, options)
  await scope.register(accountRoutes, options)
  await scope.register(opportunityRoutes, options)
  await scope.register(conversionRoutes, options)
}
