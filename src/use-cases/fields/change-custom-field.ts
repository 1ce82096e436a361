import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { findDefinitionFaults } from '../../domain/fields/custom-field.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findCustomField, updateCustomField } from '../../repositories/fields/custom-fields.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeCustomField extends ChangeCommand {
  customFieldId: string
  change: Partial<Pick<CustomField, 'label' | 'options' | 'required' | 'searchable' | 'position'>>
}

/** Changes a definition. Stored values stay as they are. */
export async function changeCustomField(
  db: Database,
  command: ChangeCustomField
): Promise<CustomField | Refusal> {
  const { principal, now, customFieldId, change } = command
  return await write(db, command, async (tx) => {
    const before = await findCustomField(tx, customFieldId, 'update')
    if (!before) return notFound('custom field')
    const refusal = versionRefusal(command, before.version)
    if (refusal) return refusal
    const faults = findDefinitionFaults({ ...before, ...change })
    if (faults.length > 0) return { refusal: 'invalid', faults }
    const after = await updateCustomField(tx, before.id, change, now)
    if (after.searchable !== before.searchable) await enqueueTask(tx, 'reindex', after.id)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'custom_field.updated',
        subject: { type: 'custom_field', id: after.id },
        data: { fields: Object.keys(change) }
      }
    ])
    return after
  })
}
