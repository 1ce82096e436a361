import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { localeOf } from '../../../http/plugins/authentication.ts'
import { accept, changeCommand, sendPage } from '../../../http/resources.ts'
import { listNotifications } from '../../../repositories/notifications/notifications.ts'
import {
  NotificationPageSchema,
  NotificationSchema,
  presentNotification
} from '../../../schemas/notifications/notification.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { markNotification } from '../../../use-cases/notifications/mark-notification.ts'

const NotificationQuery = Type.Object(
  {
    ...pageQuery,
    unread: Type.Optional(Type.Boolean({ description: 'True: only unread notifications.' }))
  },
  closed
)

/** What users were told. */
export const notificationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/notifications',
    operation({
      id: 'listNotifications',
      tag: 'Notifications',
      summary: 'List your notifications',
      description:
        'The list has everything that the caller was told, with or without a mail. Only the caller ' +
        'can read it.',
      access: access.tenant('member', null),
      query: NotificationQuery,
      responses: { 200: ref(NotificationPageSchema, 'A page of notifications.') },
      paged: true
    }),
    async (request, reply) => {
      const { unread } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page, { id }) => listNotifications(tx, id, { unread }, page),
        present: presentNotification
      })
    }
  )

  app.post(
    '/notifications/:id/read',
    operation({
      id: 'readNotification',
      tag: 'Notifications',
      summary: 'Mark a notification as read',
      description:
        'A notification that is read is left out of the next digest. Repeats change nothing.',
      access: access.tenant('member', null),
      params: IdParams,
      responses: { 200: ref(NotificationSchema, 'The notification.') }
    }),
    async (request) => {
      const command = changeCommand(request, now())
      const { id: notificationId } = request.params
      const marked = accept(await markNotification(db, { ...command, notificationId }))
      return presentNotification(marked, localeOf(request))
    }
  )
}
