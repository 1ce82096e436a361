import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { CUSTOM_FIELD_TARGETS } from '../../../domain/fields/custom-field.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendDone, sendOne, sendPage } from '../../../http/resources.ts'
import { findCustomField, pageCustomFields } from '../../../repositories/fields/custom-fields.ts'
import {
  CreateCustomFieldSchema,
  CustomFieldPageSchema,
  CustomFieldSchema,
  PatchCustomFieldSchema,
  presentCustomField
} from '../../../schemas/fields/custom-field.ts'
import { IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeCustomField } from '../../../use-cases/fields/change-custom-field.ts'
import {
  MAX_CUSTOM_FIELDS,
  createCustomField
} from '../../../use-cases/fields/create-custom-field.ts'
import { deleteCustomField } from '../../../use-cases/fields/delete-custom-field.ts'

const CustomFieldQuery = Type.Object(
  { ...pageQuery, target: Type.Optional(oneOf(CUSTOM_FIELD_TARGETS)) },
  closed
)

/** Definitions of a dealer's own fields of leads and clients. */
export const customFieldRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/custom-fields',
    operation({
      id: 'createCustomField',
      tag: 'Custom fields',
      summary: 'Define a custom field',
      description:
        `At most ${MAX_CUSTOM_FIELDS} fields for leads and as many for clients. Existing ` +
        'records keep their values under this key.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateCustomFieldSchema),
      responses: { 201: ref(CustomFieldSchema, 'The field.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => createCustomField(db, { ...command, field: request.body }),
        present: presentCustomField,
        location: ({ id }) => `/v1/custom-fields/${id}`
      })
  )

  app.get(
    '/custom-fields',
    operation({
      id: 'listCustomFields',
      tag: 'Custom fields',
      summary: 'List custom fields',
      description: 'The list is ordered by position.',
      access: access.tenant('member', 'read'),
      query: CustomFieldQuery,
      responses: { 200: ref(CustomFieldPageSchema, 'A page of fields.') },
      paged: true
    }),
    async (request, reply) => {
      const { target } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page) => pageCustomFields(tx, { target }, page),
        present: presentCustomField,
        defaultSort: 'position'
      })
    }
  )

  app.get(
    '/custom-fields/:id',
    operation({
      id: 'getCustomField',
      tag: 'Custom fields',
      summary: 'Read a custom field',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(CustomFieldSchema, 'The field.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'custom field',
        find: (tx, id) => findCustomField(tx, id),
        present: presentCustomField
      })
  )

  app.patch(
    '/custom-fields/:id',
    operation({
      id: 'updateCustomField',
      tag: 'Custom fields',
      summary: 'Change a custom field',
      description:
        'The key, the type and the target can’t change. Stored values do not change. New ' +
        'values must match the changed definition.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchCustomFieldSchema),
      responses: { 200: ref(CustomFieldSchema, 'The changed field.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeCustomField(db, {
            ...command,
            customFieldId: request.params.id,
            change: request.body
          }),
        present: presentCustomField
      })
  )

  app.delete(
    '/custom-fields/:id',
    operation({
      id: 'deleteCustomField',
      tag: 'Custom fields',
      summary: 'Delete a custom field',
      description: 'Records keep their values. The values are no longer validated.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: { 204: Type.Null({ description: 'Deleted.' }) },
      conditional: true
    }),
    async (request, reply) =>
      await sendDone(request, reply, {
        now,
        run: (command) => deleteCustomField(db, { ...command, customFieldId: request.params.id })
      })
  )
}
