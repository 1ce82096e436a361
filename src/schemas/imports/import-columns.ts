import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { DATE_ORDERS } from '../../domain/clock/written-time.ts'
import { DATE_BASES } from '../../domain/imports/import.ts'
import type { DateOrderSetting, FileSheet, ImportColumn } from '../../domain/imports/import.ts'
import { closed, nullable, oneOf, ref } from '../shared.ts'

const ColumnDatesSchema = Type.Object(
  {
    order: nullable(
      oneOf(DATE_ORDERS, 'The order of day, month and year in the numbers. Null: `contradictory`.')
    ),
    basis: oneOf(
      DATE_BASES,
      'The evidence for the order: the `values` (one has a number above 12), the ' +
        '`separator` (with points the day is first), the country of the `dealer`, or the ' +
        '`setting`. `contradictory`: some values have the day first and others the month. ' +
        'An ambiguous value is then only in `unmapped` until `settings.dateOrder` gives the ' +
        'order.'
    )
  },
  { $id: 'ColumnDates', ...closed, examples: [{ order: 'dmy', basis: 'values' }] }
)

export const EncodingGuessSchema = Type.Object(
  {
    certainty: oneOf(
      ['sure', 'doubtful'],
      '`doubtful`: set `settings.encoding` to one of the choices; the import can’t be started before.'
    ),
    choices: Type.Array(Type.Object({ encoding: Type.String(), sample: Type.String() }, closed), {
      description:
        'With `doubtful`: the first words with letters beyond ASCII in the likely encodings, the ' +
        'guessed one first.'
    })
  },
  {
    $id: 'EncodingGuess',
    ...closed,
    examples: [{ certainty: 'doubtful', choices: [{ encoding: 'cp850', sample: 'Schröder' }] }]
  }
)

export const ImportHeaderSchema = Type.Object(
  {
    line: nullable(
      Type.Integer({
        description:
          'The line of a CSV, or the row of a sheet, from 1. Null: no row has names; the columns are ' +
          'numbered, and the first row is data.'
      })
    ),
    basis: oneOf(['guess', 'setting'], '`setting`: it is in `settings.headerRow`.'),
    skipped: Type.Array(Type.Object({ line: Type.Integer(), text: Type.String() }, closed), {
      description:
        'The rows above that are not blank, at most the first 20, and rows of the data that only repeat the ' +
        'names: shortened, and at most 100 in all.'
    })
  },
  {
    $id: 'ImportHeader',
    ...closed,
    examples: [{ line: 4, basis: 'guess', skipped: [{ line: 1, text: 'Leads of November' }] }]
  }
)

export const ImportSheetSchema = Type.Object(
  {
    name: Type.String(),
    rows: nullable(
      Type.Integer({
        description:
          'Rows that are not blank, with the column names. Null: the sheet can’t be read.'
      })
    ),
    hidden: Type.Boolean(),
    read: Type.Boolean({ description: '`true`: the rows of the import are those of this sheet.' })
  },
  {
    $id: 'ImportSheet',
    ...closed,
    examples: [{ name: 'November', rows: 240, hidden: false, read: true }]
  }
)

export const ImportColumnSchema = Type.Object(
  {
    name: Type.String({ description: 'The name in the file. Unique and not empty.' }),
    samples: Type.Array(Type.String(), { description: 'Values of the first rows, shortened.' }),
    dates: nullable(
      ref(
        ColumnDatesSchema,
        'How days such as `11/12/2026` in this column are read. Null: it has no such days.'
      )
    )
  },
  {
    $id: 'ImportColumn',
    ...closed,
    examples: [{ name: 'E-mail', samples: ['ewa.lis@x.pl'], dates: null }]
  }
)

export const columnSchemas = [
  EncodingGuessSchema,
  ImportHeaderSchema,
  ImportSheetSchema,
  ColumnDatesSchema,
  ImportColumnSchema
]

/** A column of an import; the setting for the order of days decides over what the values show. */
export function presentColumn(
  { dates, ...column }: ImportColumn,
  setting: DateOrderSetting
): Static<typeof ImportColumnSchema> {
  const isSet = setting !== 'auto' && dates !== null
  return { ...column, dates: isSet ? { order: setting, basis: 'setting' } : dates }
}

/** The sheets of a workbook, as the response names them. */
export function presentSheets(
  sheets: FileSheet[] | null
): Static<typeof ImportSheetSchema>[] | null {
  if (sheets === null) return null
  return sheets.map(({ name, rows, isVisible, isRead }) => ({
    name,
    rows,
    hidden: !isVisible,
    read: isRead
  }))
}
