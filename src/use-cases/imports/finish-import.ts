import type { Database, Transaction } from '../../database/client.ts'
import { settingsOfFormat } from '../../domain/imports/reading-settings.ts'
import type { Import } from '../../domain/imports/import.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { fileFault } from '../../imports/file-fault.ts'
import type { FileReader } from '../../imports/file-reader.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import type { ReceivedFile } from './receive-import.ts'
import { describeColumns, guessFields, settleKeptFile } from './steps/describe-file.ts'
import { failImport } from './steps/fail-import.ts'

interface FinishImport extends CreateCommand<Import> {
  begun: Import
  reader: FileReader
  file: ReceivedFile
  /** Whether the file was too large to be kept. */
  isTooLarge: boolean
}

/**
 * Makes an import ready whose rows are all stored. The import fails when another request with the same
 * idempotency key was first.
 */
export async function finishImport(
  db: Database,
  command: FinishImport
): Promise<Created<Import> | Refusal> {
  const { principal, begun, file, now } = command
  const fail = async () => {
    const fault = because('superseded_by_request')
    await failImport(db, principal.dealerId, begun, { fault, bytes: file.bytes, now })
  }
  try {
    const created = await createOnce(db, command, (tx) => finish(tx, command))
    if (isRefusal(created) || 'replay' in created) await fail()
    return created
  } catch (error) {
    await fail()
    throw error
  }
}

async function finish(
  tx: Transaction,
  { begun, reader, file, isTooLarge, now }: FinishImport
): Promise<Import> {
  const { id, target } = begun
  const { rows, bytes, hasSecrets } = file
  const columns = await describeColumns(tx, reader, file)
  const mapping = await guessFields(tx, target, columns)
  const before = await lockImport(tx, id)
  if (before?.state !== 'receiving') throw fileFault('import_being_removed')
  const unkept = isTooLarge ? 'too_large' : hasSecrets ? 'has_secrets' : null
  const reading = await settleKeptFile(tx, id, { reading: reader.reading, unkept })
  const ofFormat = settingsOfFormat(reading.format, begun.settings)
  const settings = { ...begun.settings, ...ofFormat, mapping }
  await recordEvents(tx, before.actor, now, [
    {
      type: 'import.created',
      subject: { type: 'import', id },
      data: { target, format: reading.format, rows }
    }
  ])
  const change = { rows, bytes, reading, columns, settings, state: 'ready' as const }
  return await updateImport(tx, id, change, now)
}
