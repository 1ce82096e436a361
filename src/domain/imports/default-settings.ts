import type { ColumnMapping, FileSettings, ImportSettings, ImportTarget } from './import.ts'

/** Where leads of a file come from unless the caller says it. */
export const DEFAULT_IMPORT_SOURCE = 'purchased-list'

/** How a file is read for which nothing is set: everything is guessed. */
export const GUESSED_FILE: FileSettings = {
  encoding: null,
  separator: null,
  headerRow: null,
  sheet: null
}

/**
 * The default for rows: each becomes a record of its own, unless one exists with the same id
 * (leads), e-mail or phone (clients); existing records are left alone.
 */
export function defaultSettings(
  target: ImportTarget,
  { sourceId, mapping }: { sourceId: string | null; mapping: ColumnMapping[] }
): ImportSettings {
  return {
    sourceId,
    mapping,
    matchBy: target === 'leads' ? ['externalId'] : ['contact.email', 'contact.phone'],
    onMatch: 'skip',
    overwrite: false,
    placement: { type: 'rules' },
    dateOrder: 'auto',
    ...GUESSED_FILE
  }
}
