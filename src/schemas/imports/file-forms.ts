import type { ImportFormat } from '../../domain/imports/import.ts'

/** Files that are read, by the media type they are sent as. */
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
