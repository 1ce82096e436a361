import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { findMappingFaults } from '../../../domain/fields/mapping-faults.ts'
import { dealerOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import {
  findFieldMapping,
  lockFieldMapping,
  writeFieldMapping
} from '../../../repositories/fields/field-mappings.ts'
import {
  FieldMappingSchema,
  WriteFieldMappingSchema,
  presentFieldMapping,
  readFieldMapping
} from '../../../schemas/fields/field-mapping.ts'
import { mappingReading } from '../../../schemas/fields/mapping-reading.ts'
import { ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne } from '../../../http/resources.ts'

/** How leads are carried over into clients, accounts and opportunities. */
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
      description: 'Without entries until the dealer writes one.',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(FieldMappingSchema, 'The mapping.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'mapping',
        find: findFieldMapping,
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
        'Puts it in the place of the one before. Checked whole: names that there are none of, a field ' +
        'that is filled twice, a field of the lead whose values can’t fit, and a default that its ' +
        'field can’t hold are refused, each by its entry.',
      access: access.tenant('admin', 'admin'),
      body: ref(WriteFieldMappingSchema),
      answers: { 200: ref(FieldMappingSchema, 'The mapping as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const content = readFieldMapping(request.body)
      const reading = mappingReading(dealerOf(request).country)
      return await changeOne(db, request, reply, {
        noun: 'mapping',
        lock: lockFieldMapping,
        present: presentFieldMapping,
        change: async (tx, _before, principal) => {
          const leadFields = await listCustomFields(tx, 'lead')
          const definitions = [...leadFields, ...(await listCustomFields(tx, 'client'))]
          const faults = findMappingFaults(content.entries, definitions, reading)
          if (faults.length > 0) throw problems.validation(faults)
          const written = await writeFieldMapping(tx, content, now())
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'field_mapping.updated',
              subject: { type: 'dealer', id: principal.dealerId },
              data: { entries: content.entries.length, version: written.version }
            }
          ])
          return written
        },
        // There is no row to lock before the first is written.
        locks: ['field-mapping']
      })
    }
  )
}
