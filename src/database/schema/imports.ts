import {
  bigint,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  uuid
} from 'drizzle-orm/pg-core'

import { ACTOR_TYPES } from '../../domain/events/event.ts'
import {
  IMPORT_STATES,
  IMPORT_TARGETS,
  ROW_OUTCOMES,
  ROW_SEVERITIES
} from '../../domain/imports/import.ts'
import type {
  ImportColumn,
  ImportCounts,
  ImportReading,
  ImportSettings
} from '../../domain/imports/import.ts'
import {
  IMPORT_CODES,
  ROW_CODES,
  ROW_REPAIR_CODES,
  UNREADABLE_ROW_CODES
} from '../../domain/reasons/import-reasons.ts'
import type {
  ImportCode,
  RowRepairCode,
  UnreadableRowCode
} from '../../domain/reasons/import-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { bytes, createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { codeCheck, enumText, reference, table } from './table.ts'

/** A file of many rows on its way in. */
export const imports = table(
  'imports',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    target: enumText(IMPORT_TARGETS).notNull(),
    name: text().notNull(),
    state: enumText(IMPORT_STATES).notNull(),
    reading: jsonb().$type<ImportReading>().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    rows: integer().notNull(),
    columns: jsonb().$type<ImportColumn[]>().notNull(),
    settings: jsonb().$type<ImportSettings>().notNull(),
    processed: integer().notNull(),
    counts: jsonb().$type<ImportCounts>().notNull(),
    check: jsonb().$type<ImportCounts>(),
    passStartedAt: instant(),
    passStartedRow: integer().notNull().default(0),
    fault: jsonb().$type<Reason<ImportCode>>(),
    /** The payload of its leads: one for all, in which each lead names its row. */
    payloadId: uuid(),
    operationId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    startedAt: instant(),
    finishedAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('imports_created').on(t.dealerId, t.createdAt, t.id),
    codeCheck('imports', t.fault, IMPORT_CODES)
  ]
)

/** The uploaded file in compressed pieces, until the import begins: with other settings it is read again. */
export const importFiles = table(
  'import_files',
  {
    dealerId: dealerId(),
    importId: uuid().notNull(),
    number: integer().notNull(),
    piece: bytes().notNull()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.importId, t.number] }),
    reference(t, t.importId, imports)
  ]
)

/** The rows as the file has them: what a lead was made from is kept beside it. */
export const importRows = table(
  'import_rows',
  {
    dealerId: dealerId(),
    importId: uuid().notNull(),
    number: integer().notNull(),
    line: integer().notNull(),
    /** One for each column, in their order; null where the row is shorter. */
    cells: text().array().notNull(),
    /** Why it can't be read as a row, or null. */
    fault: jsonb().$type<Reason<UnreadableRowCode>>(),
    /** What was mended so that it is read as a row, or null. */
    repair: jsonb().$type<Reason<RowRepairCode>>()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.importId, t.number] }),
    reference(t, t.importId, imports),
    codeCheck('import_rows', t.fault, UNREADABLE_ROW_CODES),
    codeCheck('import_rows', t.repair, ROW_REPAIR_CODES)
  ]
)

/** The result of a row, written with its record, so that no row is imported twice. */
export const importResults = table(
  'import_results',
  {
    dealerId: dealerId(),
    importId: uuid().notNull(),
    number: integer().notNull(),
    outcome: enumText(ROW_OUTCOMES).notNull(),
    /** The lead or client: made, changed, or found and left as it was. */
    recordId: uuid().notNull(),
    /** The version the import left it in. */
    recordVersion: integer().notNull(),
    /** The state of the record before the change. */
    before: jsonb().$type<Record<string, unknown>>()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.importId, t.number] }),
    // Several rows may have gone to one record: what it was is with the first of them, the version with the last.
    index('import_results_record').on(t.dealerId, t.importId, t.recordId, t.number),
    reference(t, t.importId, imports)
  ]
)

/** What is wrong with rows, as the latest pass over the file found. */
export const importProblems = table(
  'import_problems',
  {
    dealerId: dealerId(),
    importId: uuid().notNull(),
    number: integer().notNull(),
    position: smallint().notNull(),
    line: integer().notNull(),
    severity: enumText(ROW_SEVERITIES).notNull(),
    column: text(),
    code: enumText(ROW_CODES).notNull(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    value: text()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.importId, t.number, t.position] }),
    reference(t, t.importId, imports)
  ]
)
