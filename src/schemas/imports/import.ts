import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { IMPORT_FIELDS } from '../../domain/imports/import-fields.ts'
import {
  DATE_ORDER_SETTINGS,
  IMPORT_FORMATS,
  IMPORT_STATES,
  IMPORT_TARGETS,
  MATCH_ACTIONS,
  MATCH_FIELDS,
  SEPARATORS,
  SEPARATOR_NAMES
} from '../../domain/imports/import.ts'
import type { Import, ImportPlacement } from '../../domain/imports/import.ts'
import { GUESSED_FILE } from '../../domain/imports/default-settings.ts'
import { importWarnings } from '../../domain/imports/import-warnings.ts'
import { unmappedColumns } from '../../domain/imports/unmapped-cells.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { IMPORT_REASONS, IMPORT_WARNINGS } from '../../domain/reasons/import-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { importRowSchemas } from './import-row.ts'
import {
  EncodingGuessSchema,
  ImportColumnSchema,
  ImportHeaderSchema,
  ImportSheetSchema,
  columnSchemas,
  presentColumn,
  presentSheets
} from './import-columns.ts'
import { fileSettings } from './file-settings.ts'
import { presentReason, reasonSchema } from '../reason.ts'
import { Named } from '../named.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_COLUMNS = 200

const named = (fields: readonly { path: string }[]) =>
  fields.map(({ path }) => `\`${path}\``).join(', ')

const ColumnMappingSchema = Type.Object(
  {
    column: Type.String({ minLength: 1, maxLength: 200, description: 'The name of a column.' }),
    field: nullable(
      Type.String({
        maxLength: 120,
        description:
          'The field for the column. Null: the column is not imported. Several columns can ' +
          'have `contact.otherEmails`, `contact.otherPhones` or a street. ' +
          '`contact.workAddress` is the address of a row without another address. ' +
          '`contact.phoneCountryCode`, `contact.phoneAreaCode` and `contact.phoneExtension` are parts of the phones. For leads ' +
          `${named(IMPORT_FIELDS.leads)}, \`customFields.<key>\` or \`attribution.<key>\`; ` +
          'for clients those of `contact` and `vehicle`, `description` or ' +
          '`customFields.<key>`.'
      })
    )
  },
  {
    $id: 'ColumnMapping',
    ...closed,
    examples: [{ column: 'E-mail', field: 'contact.email' }]
  }
)

export const ImportPlacementSchema = Type.Object(
  {
    type: oneOf(
      ['rules', 'user', 'queue'],
      'The assignment of the leads: by the assignment rules, to one user, or to a queue.'
    ),
    userId: Type.Optional(Named('user', 'The user, with `user`.')),
    queueId: Type.Optional(
      nullable(Named('queue', 'The queue, with `queue`. Null: the default queue.'))
    )
  },
  { $id: 'ImportPlacement', ...closed, examples: [{ type: 'rules' }] }
)

export const ImportSettingsSchema = Type.Object(
  {
    sourceId: nullable(Named('source', 'The source of the leads or clients.')),
    mapping: Type.Array(ref(ColumnMappingSchema), { maxItems: MAX_COLUMNS }),
    matchBy: Type.Array(oneOf(MATCH_FIELDS), {
      maxItems: MATCH_FIELDS.length,
      uniqueItems: true,
      description: 'The fields by which a row matches an existing record.'
    }),
    onMatch: oneOf(MATCH_ACTIONS, 'The action for a row that matches a record.'),
    overwrite: Type.Boolean({
      description:
        '`true`: values of the file replace values of the matched record. `false`: only empty fields are filled.'
    }),
    placement: ref(ImportPlacementSchema),
    ...fileSettings,
    dateOrder: oneOf(
      DATE_ORDER_SETTINGS,
      'The order of day, month and year in dates written with numbers only. `auto`: for each ' +
        'column by its values, otherwise by the country of the dealer (US: month first; others: ' +
        'day first). An unambiguous date is read as it is written.'
    )
  },
  {
    $id: 'ImportSettings',
    ...closed,
    examples: [
      {
        sourceId: EXAMPLE_IDS.website,
        mapping: [{ column: 'E-mail', field: 'contact.email' }],
        matchBy: ['externalId'],
        onMatch: 'skip',
        overwrite: false,
        placement: { type: 'rules' },
        ...GUESSED_FILE,
        dateOrder: 'auto'
      }
    ]
  }
)

const ImportCountsSchema = Type.Object(
  {
    created: Type.Integer(),
    updated: Type.Integer(),
    skipped: Type.Integer(),
    bad: Type.Integer()
  },
  {
    $id: 'ImportCounts',
    ...closed,
    examples: [{ created: 480, updated: 0, skipped: 12, bad: 8 }]
  }
)

const ImportFaultSchema = reasonSchema('ImportFault', IMPORT_REASONS, because('file_empty'))

const ImportWarningSchema = reasonSchema(
  'ImportWarning',
  IMPORT_WARNINGS,
  because('sheets_left_out', { sheets: ['October'] })
)

export const ImportSchema = Type.Object(
  {
    id: Id(),
    target: oneOf(IMPORT_TARGETS, 'The records that the rows become.'),
    name: Type.String({ description: 'The name of the file that the caller gave.' }),
    state: oneOf(IMPORT_STATES),
    format: oneOf(IMPORT_FORMATS),
    encoding: nullable(
      Type.String({ description: 'The WHATWG name of the encoding. Null for XLSX.' })
    ),
    encodingGuess: nullable(
      ref(EncodingGuessSchema, 'How sure the guess is. Null: no encoding had to be guessed.')
    ),
    separator: nullable(
      oneOf(SEPARATOR_NAMES, 'The separator of the cells of a CSV. Null for other files.')
    ),
    header: nullable(
      ref(
        ImportHeaderSchema,
        'The row that names the columns. Null for NDJSON, and until it is read.'
      )
    ),
    sheets: nullable(
      Type.Array(ref(ImportSheetSchema), {
        description:
          'The sheets of an XLSX. One is read: that of `settings.sheet`, otherwise the visible one that is most ' +
          'like a list of people. Null for other formats.'
      })
    ),
    warnings: Type.Array(ref(ImportWarningSchema), {
      description: 'What is left out of the file: other sheets with rows.'
    }),
    bytes: Type.Integer(),
    rows: Type.Integer({
      description: 'Stored rows: all rows of the file, once the import is `ready`.'
    }),
    columns: Type.Array(ref(ImportColumnSchema)),
    unmappedColumns: Type.Array(Type.String(), {
      description:
        'The columns without a field. Their values remain in the payload of each lead, and ' +
        'in its `unmapped`.'
    }),
    settings: ref(ImportSettingsSchema),
    processed: Type.Integer({ description: 'Rows that the current run or dry run has processed.' }),
    counts: ref(ImportCountsSchema),
    check: nullable(ref(ImportCountsSchema)),
    fault: nullable(ref(ImportFaultSchema, 'The reason of the failure.')),
    operationId: nullable(Id('The operation that undoes the import.')),
    startedAt: nullable(Instant()),
    finishedAt: nullable(Instant()),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Import',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.import,
        target: 'leads',
        name: 'fair-2026.csv',
        state: 'ready',
        format: 'csv',
        encoding: 'windows-1250',
        encodingGuess: { certainty: 'sure', choices: [] },
        separator: 'semicolon',
        header: { line: 1, basis: 'guess', skipped: [] },
        sheets: null,
        warnings: [],
        bytes: 48_213,
        rows: 500,
        columns: [{ name: 'E-mail', samples: ['ewa.lis@example.pl'], dates: null }],
        unmappedColumns: [],
        settings: {
          sourceId: EXAMPLE_IDS.website,
          mapping: [{ column: 'E-mail', field: 'contact.email' }],
          matchBy: ['externalId'],
          onMatch: 'skip',
          overwrite: false,
          placement: { type: 'rules' },
          ...GUESSED_FILE,
          dateOrder: 'auto'
        },
        processed: 0,
        counts: { created: 0, updated: 0, skipped: 0, bad: 0 },
        check: null,
        fault: null,
        operationId: null,
        startedAt: null,
        finishedAt: null,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const ImportPageSchema = pageOf(ImportSchema)

export const importSchemas = [
  ...columnSchemas,
  ColumnMappingSchema,
  ImportPlacementSchema,
  ImportSettingsSchema,
  ImportCountsSchema,
  ImportFaultSchema,
  ImportWarningSchema,
  ImportSchema,
  ImportPageSchema,
  ...importRowSchemas
]

export function presentImport(one: Import, locale: Locale): Static<typeof ImportSchema> {
  const { reading } = one
  return {
    id: one.id,
    target: one.target,
    name: one.name,
    state: one.state,
    format: reading.format,
    encoding: reading.encoding,
    encodingGuess: reading.encodingGuess,
    separator: SEPARATOR_NAMES.find((name) => SEPARATORS[name] === reading.separator) ?? null,
    header: reading.header,
    sheets: presentSheets(reading.sheets),
    warnings: importWarnings(one).map((warning) => presentReason(warning, locale)),
    bytes: one.bytes,
    rows: one.rows,
    columns: one.columns.map((column) => presentColumn(column, one.settings.dateOrder)),
    unmappedColumns: unmappedColumns(one.columns, one.settings.mapping),
    settings: { ...one.settings, placement: presentPlacement(one.settings.placement) },
    processed: one.processed,
    counts: one.counts,
    check: one.check,
    fault: one.fault && presentReason(one.fault, locale),
    operationId: one.operationId,
    startedAt: one.startedAt?.toISOString() ?? null,
    finishedAt: one.finishedAt?.toISOString() ?? null,
    version: one.version,
    createdAt: one.createdAt.toISOString(),
    updatedAt: one.updatedAt.toISOString()
  }
}

function presentPlacement(placement: ImportPlacement): Static<typeof ImportPlacementSchema> {
  return placement
}
