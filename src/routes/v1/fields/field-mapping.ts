import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { dealerOf } from '../../../http/plugins/authentication.ts'
import { sendChanged, sendOne } from '../../../http/resources.ts'
import { findFieldMapping } from '../../../repositories/fields/field-mappings.ts'
import {
  FieldMappingSchema,
  WriteFieldMappingSchema,
  presentFieldMapping,
  readFieldMapping
} from '../../../schemas/fields/field-mapping.ts'
import { mappingParsers } from '../../../schemas/fields/mapping-parsers.ts'
import { ref } from '../../../schemas/shared.ts'
import { writeFieldMapping } from '../../../use-cases/fields/write-field-mapping.ts'

/** The lead fields that a conversion copies into clients, accounts and opportunities. */
export const fieldMappingRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/field-mapping',
    operation({
      id: 'getFieldMapping',
      tag: 'Field mapping',
      summary: 'Read the field mapping',
      description: 'A dealer without a mapping gets an empty list of entries.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(FieldMappingSchema, 'The mapping.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'mapping',
        find: (tx) => findFieldMapping(tx),
        present: presentFieldMapping
      })
  )

  app.put(
    '/field-mapping',
    operation({
      id: 'writeFieldMapping',
      tag: 'Field mapping',
      summary: 'Write the field mapping',
      description:
        'Replaces the whole mapping. The response names each faulty entry: unknown fields, ' +
        'a target of two entries, a lead field of another type than its target, and a ' +
        'default that is not valid for its target.',
      access: access.tenant('admin', 'admin'),
      body: ref(WriteFieldMappingSchema),
      responses: { 200: ref(FieldMappingSchema, 'The new mapping.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          writeFieldMapping(db, {
            ...command,
            content: readFieldMapping(request.body),
            parsers: mappingParsers(dealerOf(request).country)
          }),
        present: presentFieldMapping
      })
  )
}
