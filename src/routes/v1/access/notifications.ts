import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { mutedBy, settingsOf } from '../../../domain/access/notifications.ts'
import type { NotificationSettings } from '../../../domain/access/notifications.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findMutedPurposes } from '../../../repositories/access/users.ts'
import { NotificationSettingsSchema } from '../../../schemas/access/notifications.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { changeSelf, changeUser } from '../../../use-cases/access/change-user.ts'
import type { ChangeOfUser, UserRefusal } from '../../../use-cases/access/change-user.ts'
import type { User } from '../../../domain/access/user.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { refuseUserChange } from './user-refusals.ts'

const WORDS =
  'Of what is owed when it is turned off, nothing more is sent: such a delivery is `cancelled`, and ' +
  'says why. The dealer’s own mailboxes are another matter.'

const answers = { 200: ref(NotificationSettingsSchema, 'The settings as they are now.') }

/** Which mails about their own work users get. */
export const notificationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  const send = async (request: FastifyRequest, reply: FastifyReply, userId: string) => {
    const { dealerId } = tenantOf(request)
    const found = await db.transaction(dealerId, (tx) => findMutedPurposes(tx, userId))
    if (!found) throw problems.notFound('user')
    setVersion(reply, found.version)
    return settingsOf(found.mutedPurposes)
  }

  /** The settings are a part of the user, and have the user's version. */
  const changeOf = (request: FastifyRequest, userId: string): ChangeOfUser => ({
    principal: tenantOf(request),
    actor: actorOf(tenantOf(request)),
    userId,
    change: { mutedPurposes: mutedBy(request.body as NotificationSettings) },
    fields: ['notifications'],
    checkVersion: (version) => {
      checkVersion(request, version)
    },
    now: now()
  })

  app.get(
    '/me/notifications',
    operation({
      id: 'getMyNotifications',
      tag: 'Users',
      summary: 'Read which mails you get',
      access: access.tenant('member', null),
      answers,
      versioned: true
    }),
    (request, reply) => send(request, reply, tenantOf(request).id)
  )

  app.put(
    '/me/notifications',
    operation({
      id: 'writeMyNotifications',
      tag: 'Users',
      summary: 'Say which mails you get',
      description: WORDS,
      access: access.tenant('member', null),
      body: ref(NotificationSettingsSchema),
      answers,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const change = changeOf(request, tenantOf(request).id)
      return present(reply, await changeSelf(db, { ...change, provenHash: null }), request.body)
    }
  )

  app.get(
    '/users/:id/notifications',
    operation({
      id: 'getUserNotifications',
      tag: 'Users',
      summary: 'Read which mails a user gets',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers,
      versioned: true
    }),
    (request, reply) => send(request, reply, request.params.id)
  )

  app.put(
    '/users/:id/notifications',
    operation({
      id: 'writeUserNotifications',
      tag: 'Users',
      summary: 'Say which mails a user gets',
      description: `${WORDS}\n\nOwners decide for everybody; admins, and keys with \`admin\`, for members.`,
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(NotificationSettingsSchema),
      answers,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const change = changeOf(request, request.params.id)
      return present(reply, await changeUser(db, change), request.body)
    }
  )
}

function present(
  reply: FastifyReply,
  user: User | UserRefusal | null,
  settings: NotificationSettings
): NotificationSettings {
  if (user === null) throw problems.notFound('user')
  if (typeof user === 'string') throw refuseUserChange(user)
  setVersion(reply, user.version)
  return settings
}
