import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Notification } from '../../../domain/notifications/notification.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { localeOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { accept, changeCommand, read, sendPage } from '../../../http/resources.ts'
import { entryUrl } from '../../../mail/purposes/lead-url.ts'
import { findClients } from '../../../repositories/clients/clients.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { nameNotifications } from '../../../repositories/notifications/named-notifications.ts'
import { listNotifications } from '../../../repositories/notifications/notifications.ts'
import { EXAMPLE_CHANGED_AT } from '../../../schemas/example-ids.ts'
import {
  NotificationPageSchema,
  NotificationSchema,
  presentNotification
} from '../../../schemas/notifications/notification.ts'
import type { LinkedNotification } from '../../../schemas/notifications/notification.ts'
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
  { db, now, publicUrl, linkSecret }
) => {
  const linked = async (
    tx: Transaction,
    principal: TenantPrincipal,
    told: readonly Notification[]
  ): Promise<LinkedNotification[]> => {
    const dealer = await findDealer(tx)
    const named = await nameNotifications(tx, principal, told)
    const clientIds = named.flatMap(({ client }) => client?.id ?? [])
    const seen = new Set((await findClients(tx, principal, clientIds)).map(({ id }) => id))
    const linking = { userId: principal.id, publicUrl: publicUrl(), linkSecret, now: now() }
    return named.map((notification) => {
      const { kind, lead, client, promoter, user } = notification
      const about = {
        // The page of a deleted lead only says that it was deleted.
        leadId: lead?.status.group === 'deleted' ? null : (lead?.id ?? null),
        clientId: client && seen.has(client.id) ? client.id : null,
        promoterId: promoter?.id ?? null,
        workOfUserId: kind === 'openLeads' ? (user?.id ?? null) : null
      }
      return { ...notification, url: dealer && entryUrl(about, { dealer, ...linking }) }
    })
  }

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
        list: async (tx, page, principal) => {
          const told = await listNotifications(tx, principal.id, { unread }, page)
          return { ...told, data: await linked(tx, principal, told.data) }
        },
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
      responses: { 200: ref(NotificationSchema, 'The notification.') },
      shows: { 200: { readAt: EXAMPLE_CHANGED_AT } }
    }),
    async (request) => {
      const command = changeCommand(request, now())
      const { id: notificationId } = request.params
      const marked = accept(await markNotification(db, { ...command, notificationId }))
      const [shown] = await read(db, request, (tx, principal) => linked(tx, principal, [marked]))
      if (!shown) throw problems.notFound('notification')
      return presentNotification(shown, localeOf(request))
    }
  )
}
