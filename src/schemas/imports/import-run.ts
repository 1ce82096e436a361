import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { IMPORT_STATES, ROW_SEVERITIES } from '../../domain/imports/import.ts'
import type {
  Import,
  ImportPlacement,
  ImportProgress,
  ImportSettings,
  ToldProblem
} from '../../domain/imports/import.ts'
import { importProgress } from '../../domain/imports/progress.ts'
import { ROW_REASONS } from '../../domain/reasons/import-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { presentReason, reasonMembers } from '../reason.ts'
import { closed, nullable, oneOf, wordsText } from '../shared.ts'
import type { ImportPlacementSchema } from './import.ts'
import { ImportSettingsSchema } from './import.ts'

export const PatchImportSchema = Type.Object(
  {
    name: Type.Optional(wordsText(200, 'The name of the import.')),
    settings: Type.Optional(
      Type.Object(Type.Partial(ImportSettingsSchema).properties, {
        ...closed,
        description: 'Omitted fields do not change. Lists are replaced as a whole.'
      })
    )
  },
  {
    $id: 'PatchImport',
    ...closed,
    examples: [{ settings: { onMatch: 'update', matchBy: ['contact.email'] } }]
  }
)

export const ImportProgressSchema = Type.Object(
  {
    state: oneOf(IMPORT_STATES),
    processed: Type.Integer({ description: 'Rows that the current run or dry run has processed.' }),
    total: Type.Integer(),
    percent: Type.Number({
      description: 'The percentage of processed rows, rounded down to a tenth.'
    }),
    rowsPerSecond: nullable(Type.Number({ description: 'The speed. Null until it is known.' })),
    secondsLeft: nullable(Type.Integer())
  },
  {
    $id: 'ImportProgress',
    ...closed,
    examples: [
      {
        state: 'running',
        processed: 61_000,
        total: 200_000,
        percent: 30.5,
        rowsPerSecond: 4_120,
        secondsLeft: 34
      }
    ]
  }
)

export const RowProblemSchema = Type.Object(
  {
    row: Type.Integer({ description: 'The number of the data row, from 1.' }),
    line: Type.Integer({
      description: 'The line of the file, or the row of the sheet, where the data row begins.'
    }),
    severity: oneOf(
      ROW_SEVERITIES,
      '`bad`: the row became no record. `warning`: it became a record without this value, or in quarantine.'
    ),
    column: nullable(Type.String({ description: 'Null when the problem concerns the whole row.' })),
    ...reasonMembers(ROW_REASONS),
    value: nullable(Type.String({ description: 'The cell, shortened to 100 characters.' }))
  },
  {
    $id: 'RowProblem',
    ...closed,
    examples: [
      {
        row: 17,
        line: 18,
        severity: 'bad',
        column: 'E-mail',
        ...presentReason(because('not_email'), 'en'),
        value: 'anna@'
      }
    ]
  }
)

export const RowProblemPageSchema = Type.Object(
  {
    data: Type.Array(Type.Unsafe<Static<typeof RowProblemSchema>>({ $ref: 'RowProblem#' })),
    nextCursor: nullable(
      Type.String({ description: 'The `cursor` of the next page. Null on the last page.' })
    )
  },
  { $id: 'RowProblemPage', ...closed }
)

export const importRunSchemas = [
  PatchImportSchema,
  ImportProgressSchema,
  RowProblemSchema,
  RowProblemPageSchema
]

export function presentProgress(one: Import, now: Date): Static<typeof ImportProgressSchema> {
  return importProgress(one, now) satisfies ImportProgress
}

export function presentProblem(
  { row, line, severity, column, value, ...reason }: Omit<ToldProblem, 'position'>,
  locale: Locale
): Static<typeof RowProblemSchema> {
  return { row, line, severity, column, ...presentReason(reason, locale), value }
}

export type SettingsPatch = NonNullable<Static<typeof PatchImportSchema>['settings']>

/** The settings that a patch changes. A placement without what its type needs is none: null. */
export function readSettings(patch: SettingsPatch): Partial<ImportSettings> | null {
  const { placement, ...rest } = patch
  if (placement === undefined) return rest
  const read = readPlacement(placement)
  return read && { ...rest, placement: read }
}

function readPlacement({
  type,
  userId,
  queueId
}: Static<typeof ImportPlacementSchema>): ImportPlacement | null {
  switch (type) {
    case 'rules':
      return { type }
    case 'user':
      return userId === undefined ? null : { type, userId }
    case 'queue':
      return { type, queueId: queueId ?? null }
  }
}
