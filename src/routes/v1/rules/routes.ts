import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { registerDraftRoutes } from './drafts.ts'
import { registerPublicationRoutes } from './publications.ts'
import type { RuleSetResource } from './resource.ts'

/** Routes of versioned rules: drafts, their publication, and roll-back. */
export function registerRuleSetRoutes(
  app: FastifyInstance,
  options: RouteOptions,
  resource: RuleSetResource
): void {
  registerDraftRoutes(app, options, resource)
  registerPublicationRoutes(app, options, resource)
}
