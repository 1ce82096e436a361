import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { read, sendChanged } from '../../../http/resources.ts'
import { findNotificationSettings } from '../../../repositories/notifications/recipients.ts'
import {
  NotificationSettingsSchema,
  WriteNotificationSettingsSchema,
  presentNotificationSettings,
  readNotificationSettings
} from '../../../schemas/notifications/notification-settings.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { changeSelf } from '../../../use-cases/access/change-self.ts'
import { changeUser } from '../../../use-cases/access/change-user.ts'
import type { ChangeUser } from '../../../use-cases/access/change-user.ts'

const SETTINGS_TEXT =
  'A mail that waits when its kind is turned off is not sent: its delivery becomes `cancelled`, with a ' +
  'reason. The settings do not affect the mailboxes of the dealer.'

const responses = { 200: ref(NotificationSettingsSchema, 'The notification settings.') }

/** How users are told of things. */
export const notificationSettingsRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  const send = async (request: FastifyRequest, reply: FastifyReply, userId: string) => {
    const found = await read(db, request, (tx) => findNotificationSettings(tx, userId))
    if (!found) throw problems.notFound('user')
    setVersion(reply, found.version)
    return presentNotificationSettings(found)
  }

  app.get(
    '/me/notifications',
    operation({
      id: 'getMyNotifications',
      tag: 'Notifications',
      summary: 'Read your notification settings',
      access: access.tenant('member', null),
      responses,
      versioned: true
    }),
    (request, reply) => send(request, reply, tenantOf(request).id)
  )

  app.put(
    '/me/notifications',
    operation({
      id: 'writeMyNotifications',
      tag: 'Notifications',
      summary: 'Write your notification settings',
      description: SETTINGS_TEXT,
      access: access.tenant('member', null),
      body: ref(WriteNotificationSettingsSchema),
      responses,
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeSelf(db, { ...command, ...changeTo(request.body), mailDomain, provenHash: null }),
        present: () => presentNotificationSettings(readNotificationSettings(request.body))
      })
  )

  app.get(
    '/users/:id/notifications',
    operation({
      id: 'getUserNotifications',
      tag: 'Notifications',
      summary: 'Read the notification settings of a user',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses,
      versioned: true
    }),
    (request, reply) => send(request, reply, request.params.id)
  )

  app.put(
    '/users/:id/notifications',
    operation({
      id: 'writeUserNotifications',
      tag: 'Notifications',
      summary: 'Write the notification settings of a user',
      description:
        `${SETTINGS_TEXT}\n\nOwners write the settings of all users. Admins, and keys ` +
        'with `admin`, write those of members.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(WriteNotificationSettingsSchema),
      responses,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { id: userId } = request.params
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeUser(db, { ...command, ...changeTo(request.body), mailDomain, userId }),
        present: () => presentNotificationSettings(readNotificationSettings(request.body))
      })
    }
  )
}

/** The settings are a part of the user, and have the user's version. */
function changeTo(
  settings: Static<typeof WriteNotificationSettingsSchema>
): Pick<ChangeUser, 'change' | 'fields'> {
  return { change: readNotificationSettings(settings), fields: ['notifications'] }
}
