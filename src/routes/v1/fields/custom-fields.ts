import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import {
  CUSTOM_FIELD_TARGETS,
  hasOptions,
  isSearchableType
} from '../../../domain/fields/custom-field.ts'
import type { CustomField } from '../../../domain/fields/custom-field.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  deleteCustomField,
  findCustomField,
  insertCustomField,
  lockCustomField,
  measureCustomFields,
  pageCustomFields,
  updateCustomField
} from '../../../repositories/fields/custom-fields.ts'
import { enqueueTask } from '../../../repositories/tasks.ts'
import {
  CreateCustomFieldSchema,
  CustomFieldPageSchema,
  CustomFieldSchema,
  PatchCustomFieldSchema,
  presentCustomField
} from '../../../schemas/fields/custom-field.ts'
import { IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { FieldCheck } from '../../../http/checked-fields.ts'
import { checkVersion, createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, idOf, sendOne, sendPage } from '../../../http/resources.ts'

/** More would make every capture carry them, and no form shows as many. */
const MAX_FIELDS = 100

const CustomFieldQuery = Type.Object(
  { ...pageQuery, target: Type.Optional(oneOf(CUSTOM_FIELD_TARGETS)) },
  closed
)

/** What a dealer's own fields of leads and clients hold. */
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
        `At most ${MAX_FIELDS} of leads, and as many of clients. Records that have the member already ` +
        'keep it as it is.',
      access: access.tenant('admin', 'admin'),
      body: ref(CreateCustomFieldSchema),
      answers: { 201: ref(CustomFieldSchema, 'The field.') },
      problems: ['already-exists', 'conflict'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { target } = request.body
      const words = { options: [], required: false, searchable: false, ...request.body }
      checkField(words)
      const locks = [`custom fields ${target}`]
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const at = now()
        const { count, nextPosition } = await measureCustomFields(tx, target)
        if (count >= MAX_FIELDS) throw problems.conflict(`There are ${MAX_FIELDS} already.`)
        const stamps = { version: 1, createdAt: at, updatedAt: at }
        const field = { id: newId(), position: nextPosition, ...words, ...stamps }
        await insertCustomField(tx, field)
        if (field.searchable) await enqueueTask(tx, 'reindex', field.id)
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'custom_field.created',
            subject: { type: 'custom_field', id: field.id },
            data: { target, key: field.key }
          }
        ])
        const location = `/v1/custom-fields/${field.id}`
        return { body: presentCustomField(field), location, version: 1 }
      })
    }
  )

  app.get(
    '/custom-fields',
    operation({
      id: 'listCustomFields',
      tag: 'Custom fields',
      summary: 'List custom fields',
      description: 'By position.',
      access: access.tenant('member', 'read'),
      query: CustomFieldQuery,
      answers: { 200: ref(CustomFieldPageSchema, 'A page of fields.') },
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
      answers: { 200: ref(CustomFieldSchema, 'The field.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'custom field',
        find: findCustomField,
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
        'Key, type and target never change. Values that records have already stay as they are; only ' +
        'what is written from now on must fit.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchCustomFieldSchema),
      answers: { 200: ref(CustomFieldSchema, 'The field as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'custom field',
        lock: lockCustomField,
        present: presentCustomField,
        change: async (tx, before, principal) => {
          checkField({ ...before, ...request.body })
          const after = await updateCustomField(tx, before.id, request.body, now())
          if (after.searchable !== before.searchable) await enqueueTask(tx, 'reindex', after.id)
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'custom_field.updated',
              subject: { type: 'custom_field', id: after.id },
              data: { fields: Object.keys(request.body) }
            }
          ])
          return after
        }
      })
  )

  app.delete(
    '/custom-fields/:id',
    operation({
      id: 'deleteCustomField',
      tag: 'Custom fields',
      summary: 'Delete a custom field',
      description: 'Records keep their values, which are then checked no more.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: { 204: Type.Null({ description: 'It is gone.' }) },
      conditional: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      await db.transaction(principal.dealerId, async (tx) => {
        const field = await lockCustomField(tx, idOf(request))
        if (!field) throw problems.notFound('custom field')
        checkVersion(request, field.version)
        await deleteCustomField(tx, field.id)
        if (field.searchable) await enqueueTask(tx, 'reindex', field.id)
        await recordEvents(tx, actorOf(principal), now(), [
          {
            type: 'custom_field.deleted',
            subject: { type: 'custom_field', id: field.id },
            data: { target: field.target, key: field.key }
          }
        ])
      })
      return await reply.code(204).send(null)
    }
  )
}

/** Throws where the parts of a definition don't go together. */
function checkField({
  type,
  options,
  searchable
}: Pick<CustomField, 'type' | 'options' | 'searchable'>): void {
  const check = new FieldCheck()
  if (hasOptions(type) && options.length === 0) check.fault('/options', 'must name at least one')
  if (!hasOptions(type) && options.length > 0) check.fault('/options', 'are not for this type')
  if (searchable && !isSearchableType(type)) check.fault('/searchable', 'is not for this type')
  check.finish()
}
