import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from './options.ts'

/** For visitors without an account: referral links. */
export async function publicRoutes(_scope: FastifyInstance, _options: RouteOptions): Promise<void> {
  await Promise.resolve()
}
