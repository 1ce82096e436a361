import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { mutedBy, settingsOf } from '../../../domain/access/notifications.ts'
import type { NotificationSettings } from '../../../domain/access/notifications.ts'
import { setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { read, sendChanged } from '../../../http/resources.ts'
import { findMutedPurposes } from '../../../repositories/access/users.ts'
import { NotificationSettingsSchema } from '../../../schemas/access/notifications.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { changeSelf } from '../../../use-cases/access/change-self.ts'
import { changeUser } from '../../../use-cases/access/change-user.ts'
import type { ChangeUser } from '../../../use-cases/access/change-user.ts'

const NOTIFICATIONS_TEXT =
  'Mails of a kind that is turned off are no longer sent, including waiting mails: their ' +
  'deliveries become `cancelled`, with a reason. The settings do not affect the mailboxes ' +
  'of the dealer.'

const responses = { 200: ref(NotificationSettingsSchema, 'The notification settings.') }

/** Which mails about their own work users get. */
export const notificationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  const send = async (request: FastifyRequest, reply: FastifyReply, userId: string) => {
    const found = await read(db, request, (tx) => findMutedPurposes(tx, userId))
    if (!found) throw problems.notFound('user')
    setVersion(reply, found.version)
    return settingsOf(found.mutedPurposes)
  }

  app.get(
    '/me/notifications',
    operation({
      id: 'getMyNotifications',
      tag: 'Users',
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
      tag: 'Users',
      summary: 'Write your notification settings',
      description: NOTIFICATIONS_TEXT,
      access: access.tenant('member', null),
      body: ref(NotificationSettingsSchema),
      responses,
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeSelf(db, { ...command, ...changeTo(request.body), provenHash: null }),
        present: () => request.body
      })
  )

  app.get(
    '/users/:id/notifications',
    operation({
      id: 'getUserNotifications',
      tag: 'Users',
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
      tag: 'Users',
      summary: 'Write the notification settings of a user',
      description:
        `${NOTIFICATIONS_TEXT}\n\nOwners write the settings of all users. Admins, and keys ` +
        'with `admin`, write those of members.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(NotificationSettingsSchema),
      responses,
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeUser(db, { ...command, ...changeTo(request.body), userId: request.params.id }),
        present: () => request.body
      })
  )
}

/** The settings are a part of the user, and have the user's version. */
function changeTo(settings: NotificationSettings): Pick<ChangeUser, 'change' | 'fields'> {
  return { change: { mutedPurposes: mutedBy(settings) }, fields: ['notifications'] }
}
