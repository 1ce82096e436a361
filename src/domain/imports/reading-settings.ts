import { READING_SETTINGS } from './import.ts'
import type {
  ColumnMapping,
  FileHeader,
  FileSettings,
  Import,
  ImportFormat,
  ImportTarget,
  ReadingSetting
} from './import.ts'
import { isFilledByMany } from './import-fields.ts'
import type { SettingsFault } from './settings-faults.ts'

/** The settings that each format of a file has. */
const SETTINGS_OF: Record<ImportFormat, readonly ReadingSetting[]> = {
  csv: ['encoding', 'separator', 'headerRow'],
  ndjson: ['encoding'],
  xlsx: ['headerRow', 'sheet'],
  html: ['encoding', 'headerRow']
}

/** The settings of reading without those that the format doesn't have. */
export function settingsOfFormat(format: ImportFormat, given: FileSettings): FileSettings {
  const has = (setting: ReadingSetting) => SETTINGS_OF[format].includes(setting)
  return {
    encoding: has('encoding') ? given.encoding : null,
    separator: has('separator') ? given.separator : null,
    headerRow: has('headerRow') ? given.headerRow : null,
    sheet: has('sheet') ? given.sheet : null
  }
}

/** The settings by which the file would be read otherwise than it was. */
export function changedReading(
  { reading, settings: before }: Pick<Import, 'reading' | 'settings'>,
  after: FileSettings
): ReadingSetting[] {
  return READING_SETTINGS.filter((setting) => {
    if (after[setting] === before[setting]) return false
    if (setting !== 'encoding') return true
    // A guess that is confirmed, or no longer confirmed.
    const isGuess = after.encoding === null && reading.encodingGuess !== null
    return after.encoding !== reading.encoding && !isGuess
  })
}

/** Settings that the format doesn't have, and those for which the file would have to be read again and is not kept. */
export function readingFaults(
  { format, unkept }: Import['reading'],
  changed: readonly ReadingSetting[],
  after: FileSettings
): SettingsFault[] {
  return changed.flatMap((setting) => {
    const pointer = `/${setting}`
    if (!SETTINGS_OF[format].includes(setting)) {
      return after[setting] === null
        ? []
        : { pointer, message: `is no setting of ${NAMES[format]}` }
    }
    if (unkept === null) return []
    const message = `can’t change, because the file ${UNKEPT[unkept]} and was not kept: upload it again with it`
    return { pointer, message }
  })
}

const NAMES: Record<ImportFormat, string> = {
  csv: 'a CSV',
  ndjson: 'NDJSON',
  xlsx: 'an XLSX',
  html: 'HTML'
}

const UNKEPT = {
  too_large: 'is large',
  has_secrets: 'has passwords or numbers of payment cards'
} as const

interface Columns {
  names: readonly string[]
  header: FileHeader | null
  guess: readonly ColumnMapping[]
}

/**
 * The mapping of a file that was read again: what was set differently from the guess stays where the column
 * still exists, and the other columns are guessed. With the same row of names, columns are found by their place too.
 */
export function keepMapping(
  target: ImportTarget,
  before: Columns & { mapping: readonly ColumnMapping[] },
  after: Columns
): ColumnMapping[] {
  const isSameTable =
    before.header?.line === after.header?.line && before.names.length === after.names.length
  const fieldOf = (mapping: readonly ColumnMapping[], name: string) =>
    mapping.find(({ column }) => column === name)?.field ?? null
  const set = new Map<string, string | null>()
  before.names.forEach((name, place) => {
    const field = fieldOf(before.mapping, name)
    const column = after.names.includes(name) ? name : isSameTable ? after.names[place] : undefined
    if (column !== undefined && field !== fieldOf(before.guess, name)) set.set(column, field)
  })
  const taken = new Set(set.values())
  return after.names.map((column) => {
    const chosen = set.get(column)
    if (chosen !== undefined) return { column, field: chosen }
    const field = fieldOf(after.guess, column)
    const isFree = field === null || !taken.has(field) || isFilledByMany(field, target)
    return { column, field: isFree ? field : null }
  })
}
