import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { FieldMapping, StoredFieldMapping } from '../../domain/fields/field-mapping.ts'
import { findMappingFaults } from '../../domain/fields/mapping-faults.ts'
import type { MappingParsers } from '../../domain/fields/mapping-target.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { listCustomFields } from '../../repositories/fields/custom-fields.ts'
import {
  findFieldMapping,
  writeFieldMapping as storeFieldMapping
} from '../../repositories/fields/field-mappings.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface WriteFieldMapping extends ChangeCommand {
  content: FieldMapping
  parsers: MappingParsers
}

/** Replaces the dealer's field mapping, which is checked whole. */
export async function writeFieldMapping(
  db: Database,
  command: WriteFieldMapping
): Promise<StoredFieldMapping | Refusal> {
  const { principal, now, content, parsers } = command
  return await write(
    db,
    command,
    async (tx) => {
      const before = await findFieldMapping(tx, 'update')
      const refusal = versionRefusal(command, before.version)
      if (refusal) return refusal
      const leadFields = await listCustomFields(tx, 'lead')
      const definitions = [...leadFields, ...(await listCustomFields(tx, 'client'))]
      const faults = findMappingFaults(content.entries, definitions, parsers)
      if (faults.length > 0) return { refusal: 'invalid', faults }
      const written = await storeFieldMapping(tx, content, now)
      await recordEvents(tx, actorOf(principal), now, [
        {
          type: 'field_mapping.updated',
          subject: { type: 'dealer', id: principal.dealerId },
          data: { entries: content.entries.length, version: written.version }
        }
      ])
      return written
    },
    // Before the first mapping is written there is no row to lock.
    ['field-mapping']
  )
}
