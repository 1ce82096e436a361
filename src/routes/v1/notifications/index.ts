import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../../../http/options.ts'
import { notificationSettingsRoutes } from './notification-settings.ts'
import { notificationRoutes } from './notifications.ts'

export async function notificationsV1(
  scope: FastifyInstance,
  options: RouteOptions
): Promise<void> {
  await scope.register(notificationRoutes, options)
  await scope.register(notificationSettingsRoutes, options)
}
