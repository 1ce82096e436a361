import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Suppression } from '../../../domain/auto-responses/suppression.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import {
  deleteSuppression,
  findSuppression,
  insertSuppression,
  listSuppressions
} from '../../../repositories/auto-responses/suppressions.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  CreateSuppressionSchema,
  SuppressionPageSchema,
  SuppressionSchema,
  presentSuppression
} from '../../../schemas/auto-responses/suppression.ts'
import { emailKey, readEmail } from '../../../schemas/leads/contact-point.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendOne, sendPage } from '../../../http/resources.ts'

const SuppressionQuery = Type.Object(
  {
    ...pageQuery,
    email: Type.Optional(Type.String({ maxLength: 254, description: 'This address only.' }))
  },
  closed
)

/** Addresses that get no automatic mail: by the person's own word, or entered for them. */
export const suppressionRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/suppressions',
    operation({
      id: 'createSuppression',
      tag: 'Suppressions',
      summary: 'Spare an address automatic mail',
      description:
        'For somebody who asked for it by phone, say. It holds for mails still to be sent.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateSuppressionSchema),
      answers: { 201: ref(SuppressionSchema, 'The suppression.') },
      problems: ['already-exists'],
      idempotent: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { valid, address } = readEmail(request.body.email)
      if (!valid)
        throw problems.validation([{ pointer: '/email', message: 'is no e-mail address' }])
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const suppression: Suppression = {
          id: newId(),
          emailKey: emailKey(address),
          reason: 'requested',
          leadId: null,
          actor: actorOf(principal),
          createdAt: at
        }
        await insertSuppression(tx, suppression)
        await recordEvents(tx, suppression.actor, at, [
          {
            type: 'suppression.added',
            subject: { type: 'suppression', id: suppression.id },
            data: { reason: suppression.reason }
          }
        ])
        const location = `/v1/suppressions/${suppression.id}`
        return { body: presentSuppression(suppression), location }
      })
    }
  )

  app.get(
    '/suppressions',
    operation({
      id: 'listSuppressions',
      tag: 'Suppressions',
      summary: 'List suppressed addresses',
      description: 'Newest first.',
      access: access.tenant('admin', 'read'),
      query: SuppressionQuery,
      answers: { 200: ref(SuppressionPageSchema, 'A page of suppressions.') },
      paged: true
    }),
    async (request, reply) => {
      const { email } = request.query
      const filter = { emailKey: email === undefined ? undefined : emailKey(email) }
      return await sendPage(db, request, reply, {
        list: (tx, page) => listSuppressions(tx, filter, page),
        present: presentSuppression
      })
    }
  )

  app.get(
    '/suppressions/:id',
    operation({
      id: 'getSuppression',
      tag: 'Suppressions',
      summary: 'Read a suppression',
      access: access.tenant('admin', 'read'),
      params: IdParams,
      answers: { 200: ref(SuppressionSchema, 'The suppression.') }
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'suppression',
        find: findSuppression,
        present: presentSuppression
      })
  )

  app.delete(
    '/suppressions/:id',
    operation({
      id: 'deleteSuppression',
      tag: 'Suppressions',
      summary: 'Let an address have automatic mail again',
      description:
        'For somebody who asks for it. What they refused stays on their record until another ' +
        'consent is recorded.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 204: Type.Null({ description: 'It is gone.' }) }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id } = request.params
      const isDeleted = await db.transaction(principal.dealerId, async (tx) => {
        if (!(await deleteSuppression(tx, id))) return false
        await recordEvents(tx, actorOf(principal), now(), [
          { type: 'suppression.removed', subject: { type: 'suppression', id } }
        ])
        return true
      })
      if (!isDeleted) throw problems.notFound('suppression')
      return await reply.code(204).send(null)
    }
  )
}
