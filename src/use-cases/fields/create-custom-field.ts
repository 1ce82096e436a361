import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { findDefinitionFaults } from '../../domain/fields/custom-field.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertCustomField, measureCustomFields } from '../../repositories/fields/custom-fields.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

/** More would make every capture carry them, and no form shows as many. */
export const MAX_CUSTOM_FIELDS = 100

interface CreateCustomField extends CreateCommand<CustomField> {
  field: Pick<CustomField, 'target' | 'key' | 'label' | 'type'> &
    Partial<Pick<CustomField, 'options' | 'required' | 'searchable'>>
}

export async function createCustomField(
  db: Database,
  command: CreateCustomField
): Promise<Created<CustomField> | Refusal> {
  const { principal, now } = command
  const content = { options: [], required: false, searchable: false, ...command.field }
  const faults = findDefinitionFaults(content)
  if (faults.length > 0) return { refusal: 'invalid', faults }
  const { target, key } = content
  return await createOnce(
    db,
    command,
    async (tx) => {
      const { count, nextPosition } = await measureCustomFields(tx, target)
      if (count >= MAX_CUSTOM_FIELDS) {
        return { refusal: 'too-many', noun: 'custom fields', limit: MAX_CUSTOM_FIELDS }
      }
      const stamps = { version: 1, createdAt: now, updatedAt: now }
      const field = { id: newId(), position: nextPosition, ...content, ...stamps }
      await insertCustomField(tx, field)
      if (field.searchable) await enqueueTask(tx, 'reindex', field.id)
      await recordEvents(tx, actorOf(principal), now, [
        {
          type: 'custom_field.created',
          subject: { type: 'custom_field', id: field.id },
          data: { target, key }
        }
      ])
      return field
    },
    [`custom fields ${target}`]
  )
}
