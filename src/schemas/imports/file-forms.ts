import type { ImportFormat } from '../../domain/imports/import.ts'

/** Files that are read, by the media type they are sent as; their bytes decide. */
export const FILE_FORMS: Record<
  string,
  { format: ImportFormat; description: string; example: string }
> = {
  'text/csv': {
    format: 'csv',
    description: 'A row of column names, then one row for each record.',
    example: 'Name;E-mail;Phone\r\nEwa Lis;ewa.lis@example.pl;601 234 567\r\n'
  },
  'application/x-ndjson': {
    format: 'ndjson',
    description: 'One JSON object per line.',
    example: '{"contact":{"fullName":"Ewa Lis","email":"ewa.lis@example.pl"}}\n'
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    format: 'xlsx',
    description: 'A workbook. One sheet is imported.',
    // How each of them begins, as Base64: a workbook can't stand in a document of text.
    example: 'UEsDBBQABgAIAAAA…'
  }
}

/** All media types under which programs send such files. */
export const FILE_TYPES: readonly string[] = [
  ...Object.keys(FILE_FORMS),
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/csv',
  'application/x-csv',
  'text/x-csv',
  'text/comma-separated-values',
  'text/tab-separated-values',
  'text/tsv',
  'text/plain',
  'text/html',
  'text/vcard',
  'application/ndjson',
  'application/jsonl',
  'application/gzip',
  'application/x-gzip',
  'application/zip',
  'application/x-zip-compressed',
  'application/pdf'
]
