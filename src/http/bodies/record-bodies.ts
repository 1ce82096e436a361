import type { DecodedText } from '../../decoding/decode-text.ts'
import type { FormField } from '../../inbound/form-field.ts'
import type { ReadBody } from './body-kinds.ts'
import { storable } from './body-of-text.ts'
import type { TextRecords } from './labelled-text.ts'

const MAX_TOLD = 2_000

/** A body whose text has the fields of one person or of several. */
export function bodyOfRecords(
  { records, around }: TextRecords,
  decoded: DecodedText,
  mediaType: string
): ReadBody {
  const told = around.slice(0, MAX_TOLD).toWellFormed()
  const repairs = [
    ...decoded.repairs.map((repair) => ({ ...repair, path: '' })),
    ...(told === '' ? [] : [{ path: '', text: told, code: 'text_around_document' as const }])
  ]
  const body = { text: storable(decoded.text), mediaType }
  const [only = [], ...others] = records
  if (others.length === 0) return { ...body, posted: { kind: 'form', fields: only, repairs } }
  const items = records.map((fields, at) => ({ value: membersOf(fields), pointer: `/${at}` }))
  return {
    ...body,
    posted: { kind: 'several', items, repairs, document: decoded, areForms: true }
  }
}

function membersOf(fields: readonly FormField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, text }) => [name, text]))
}
