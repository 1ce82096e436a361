/** The size of the sample from which the encoding and the separator are guessed. */
export const SAMPLE_BYTES = 64 * 1024

export const MAX_ROWS = 1_000_000
export const MAX_COLUMNS = 200
export const MAX_COLUMN_NAME = 200

/** Characters of one cell of a sheet: no spreadsheet writes more. */
export const MAX_CELL = 32_767

/** Characters of one row. */
export const MAX_ROW = 1_000_000

/** Characters from the beginning of a row within which a quoted cell of several lines ends. */
export const MAX_QUOTED = 100_000

/** The maximum size of an unpacked XLSX. */
export const MAX_UNPACKED_BYTES = 4 * 1024 ** 3 - 1

/** Distinct texts in an XLSX: the position of each one is in memory. */
export const MAX_SHARED_STRINGS = 10_000_000
