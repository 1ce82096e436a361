import { codesOf } from './codes.ts'
import type { RepairCode } from './repair-reasons.ts'

/** Faults of a file as a whole. */
const FILE_REASONS = {
  file_empty: [],
  file_is_archive: ['kind'],
  file_is_document: ['kind'],
  file_is_list: [],
  file_without_objects: [],
  row_too_long: ['limit'],
  json_too_deep: ['limit'],
  file_too_large: ['maxBytes'],
  too_many_rows: ['limit'],
  too_many_columns: ['limit'],
  column_name_too_long: ['limit'],
  columns_unnamed: [],
  header_unreadable: ['cause'],
  header_row_missing: ['row'],
  upload_stalled: ['seconds'],
  upload_interrupted: [],
  content_encoding_wrong: ['encoding'],
  not_xlsx: [],
  xls_not_supported: [],
  workbook_too_large: ['limitGib'],
  workbook_too_many_parts: [],
  workbook_too_many_texts: [],
  workbook_text_too_long: [],
  workbook_without_sheet: [],
  workbook_part_missing: ['part'],
  workbook_part_damaged: [],
  workbook_part_not_xml: [],
  workbook_part_has_doctype: [],
  workbook_part_too_deep: [],
  unknown_sheet: ['sheets'],
  sheet_empty: [],
  sheet_cell_misplaced: [],
  import_being_removed: []
} as const
export type FileCode = keyof typeof FILE_REASONS

/** Reasons that an import failed. */
export const IMPORT_REASONS = {
  ...FILE_REASONS,
  internal_error: [],
  dry_run_failed: ['row'],
  import_run_failed: ['row'],
  superseded_by_request: []
} as const
export const IMPORT_CODES = codesOf(IMPORT_REASONS)
export type ImportCode = keyof typeof IMPORT_REASONS

/** What a person should know of a file that can be read. */
export const IMPORT_WARNINGS = {
  sheets_left_out: ['sheets'],
  name_column_guessed: ['column']
} as const
export type ImportWarningCode = keyof typeof IMPORT_WARNINGS

/** Values that a field can't hold. */
const VALUE_REASONS = {
  required: [],
  not_text: ['limit'],
  text_too_long: ['limit'],
  too_many_lines: ['lines', 'limit'],
  not_one_of: ['options'],
  not_option: [],
  not_options: [],
  not_number: [],
  not_year: [],
  too_many_digits: ['limit'],
  not_boolean: [],
  not_flag: [],
  not_day: [],
  day_order_unclear: [],
  not_time: [],
  not_url: [],
  not_email: [],
  not_phone: [],
  not_language: [],
  not_country: [],
  not_odometer: [],
  not_amount: []
} as const
export type ValueCode = keyof typeof VALUE_REASONS

/** Texts that are not a row of the file's columns. */
export const UNREADABLE_ROW_REASONS = {
  row_too_long: ['limit'],
  characters_unreadable: ['encoding', 'cell'],
  not_json_object: [],
  json_too_deep: ['limit']
} as const
export const UNREADABLE_ROW_CODES = codesOf(UNREADABLE_ROW_REASONS)
export type UnreadableRowCode = keyof typeof UNREADABLE_ROW_REASONS

/** Mends of a row, with which it is read. */
export const ROW_REPAIR_REASONS = {
  quote_read_as_text: ['cell'],
  formula_without_value: ['cell'],
  repaired_json: [],
  cut_line: []
} as const
export const ROW_REPAIR_CODES = codesOf(ROW_REPAIR_REASONS)
export type RowRepairCode = keyof typeof ROW_REPAIR_REASONS

/** Repairs of e-mails, phones and consents of a row, told as those of a posted lead are. */
export const POINT_REPAIR_REASONS = {
  repaired_phone: [],
  repaired_email: [],
  moved_to_email: [],
  moved_to_phone: [],
  split_values: [],
  surplus_values: [],
  found_in_text: [],
  contradicted_consent: []
} as const satisfies Partial<Record<RepairCode, readonly []>>
export type PointRepairCode = keyof typeof POINT_REPAIR_REASONS

/** Reasons that a row becomes no record, or not all of it; or that its record is not undone. */
export const ROW_REASONS = {
  ...UNREADABLE_ROW_REASONS,
  ...ROW_REPAIR_REASONS,
  ...VALUE_REASONS,
  ...POINT_REPAIR_REASONS,
  too_many_cells: ['cells', 'columns'],
  totals_row: [],
  report_note: [],
  unreachable: [],
  lead_quarantined: [],
  field_required: ['field'],
  several_clients_match: [],
  external_id_taken: [],
  row_not_stored: [],
  changed_since_import: []
} as const
export const ROW_CODES = codesOf(ROW_REASONS)
export type RowCode = keyof typeof ROW_REASONS
