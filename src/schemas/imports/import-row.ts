import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import type { StoredRow } from '../../domain/imports/import.ts'
import { ROW_REPAIR_REASONS, UNREADABLE_ROW_REASONS } from '../../domain/reasons/import-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { presentReason, reasonSchema } from '../reason.ts'
import { closed, nullable, pageOf, ref } from '../shared.ts'

const RowFaultSchema = reasonSchema('RowFault', UNREADABLE_ROW_REASONS, because('not_json_object'))

const RowRepairSchema = reasonSchema(
  'RowRepair',
  ROW_REPAIR_REASONS,
  because('quote_read_as_text', { cell: 2 })
)

const ImportRowSchema = Type.Object(
  {
    row: Type.Integer({ description: 'The number of the data row, from 1.' }),
    line: Type.Integer({
      description: 'The line of the file, or the row of the sheet, where the data row begins.'
    }),
    cells: Type.Array(nullable(Type.String()), {
      description:
        'One cell for each column, in the order of the columns. A short row has fewer cells.'
    }),
    fault: nullable(ref(RowFaultSchema, 'The reason that it can’t be read as a row.')),
    repair: nullable(ref(RowRepairSchema, 'What was mended so that it is read as a row.'))
  },
  {
    $id: 'ImportRow',
    ...closed,
    examples: [{ row: 1, line: 2, cells: ['Ewa', 'ewa.lis@example.pl'], fault: null, repair: null }]
  }
)

export const ImportRowPageSchema = pageOf(ImportRowSchema)

export const importRowSchemas = [
  RowFaultSchema,
  RowRepairSchema,
  ImportRowSchema,
  ImportRowPageSchema
]

/** A row as stored, with its faults in the dealer's language. */
export function presentImportRow(
  { number: row, line, cells, fault, repair }: StoredRow,
  locale: Locale
): Static<typeof ImportRowSchema> {
  return {
    row,
    line,
    cells,
    fault: fault && presentReason(fault, locale),
    repair: repair && presentReason(repair, locale)
  }
}
