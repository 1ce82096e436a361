import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { sendCreated, sendDone, sendOne, sendPage } from '../../../http/resources.ts'
import {
  findSuppression,
  listSuppressions
} from '../../../repositories/auto-responses/suppressions.ts'
import { EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import {
  CreateSuppressionSchema,
  SuppressionPageSchema,
  SuppressionSchema,
  presentSuppression
} from '../../../schemas/auto-responses/suppression.ts'
import { emailKey, readEmail } from '../../../schemas/leads/contact-point.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { createSuppression } from '../../../use-cases/auto-responses/create-suppression.ts'
import { deleteSuppression } from '../../../use-cases/auto-responses/delete-suppression.ts'

const SuppressionQuery = Type.Object(
  {
    ...pageQuery,
    email: Type.Optional(Type.String({ maxLength: 254, description: 'Only this address.' }))
  },
  closed
)

/** Addresses without automatic mail: unsubscribed by the person, or entered by the dealer. */
export const suppressionRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/suppressions',
    operation({
      id: 'createSuppression',
      tag: 'Suppressions',
      summary: 'Stop automatic mail to an address',
      description:
        'For example, a person asked for it by phone. Waiting automatic mails are not sent ' +
        'either.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateSuppressionSchema),
      responses: { 201: ref(SuppressionSchema, 'The suppression.') },
      shows: {
        201: {
          reason: 'requested',
          leadId: null,
          createdBy: { type: 'user', id: EXAMPLE_IDS.user }
        }
      },
      problems: ['already-exists'],
      idempotent: true
    }),
    async (request, reply) => {
      const { valid, address } = readEmail(request.body.email)
      if (!valid) {
        throw problems.validation([{ pointer: '/email', message: 'is not an e-mail address' }])
      }
      return await sendCreated(request, reply, {
        now,
        create: (command) => createSuppression(db, { ...command, emailKey: emailKey(address) }),
        present: presentSuppression,
        location: ({ id }) => `/v1/suppressions/${id}`
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
      responses: { 200: ref(SuppressionPageSchema, 'A page of suppressions.') },
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
      responses: { 200: ref(SuppressionSchema, 'The suppression.') }
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
      summary: 'Allow automatic mail to an address again',
      description:
        'Use this when the person asks for it. The refused consent remains in effect until ' +
        'another consent is recorded.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 204: Type.Null({ description: 'Deleted.' }) }
    }),
    async (request, reply) =>
      await sendDone(request, reply, {
        now,
        run: (command) => deleteSuppression(db, { ...command, suppressionId: request.params.id })
      })
  )
}
