import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  findCustomField,
  deleteCustomField as removeCustomField
} from '../../repositories/fields/custom-fields.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface DeleteCustomField extends ChangeCommand {
  customFieldId: string
}

/** Deletes a definition. Records keep their values, without further checks. */
export async function deleteCustomField(
  db: Database,
  command: DeleteCustomField
): Promise<Refusal | null> {
  const { principal, now, customFieldId } = command
  return await write(db, command, async (tx) => {
    const field = await findCustomField(tx, customFieldId, 'update')
    if (!field) return notFound('custom field')
    const refusal = versionRefusal(command, field.version)
    if (refusal) return refusal
    await removeCustomField(tx, field.id)
    if (field.searchable) await enqueueTask(tx, 'reindex', field.id)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'custom_field.deleted',
        subject: { type: 'custom_field', id: field.id },
        data: { target: field.target, key: field.key }
      }
    ])
    return null
  })
}
