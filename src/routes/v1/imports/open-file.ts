import { encodingName } from '../../../decoding/decoders.ts'
import { SEPARATORS } from '../../../domain/imports/import.ts'
import type { FileSettings, ImportFormat } from '../../../domain/imports/import.ts'
import type { Origin } from '../../../decoding/plausibility.ts'
import { problems } from '../../../http/problems.ts'
import type { FileReader } from '../../../imports/file-reader.ts'
import { readFile } from '../../../imports/read-file.ts'
import { shapeRow } from '../../../inbound/json-row.ts'

/** Opens the bytes of a file as the settings of an import say. */
export function openFile(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, separator, headerRow, sheet }: FileSettings,
  basis: { format: ImportFormat; origin: Origin }
): FileReader {
  const sign = separator === null ? null : SEPARATORS[separator]
  return readFile(bytes, { ...basis, encoding, separator: sign, headerRow, sheet, shapeRow })
}

/** Our name of a named encoding; an unknown one is refused. */
export function readEncodingName(given: string | null, pointer: string): string | null {
  const name = given === null ? null : encodingName(given)
  if (name === null && given !== null) {
    throw problems.validation([{ pointer, message: 'is not a known encoding' }])
  }
  return name
}
