import { findImportField, isFilledByMany } from './import-fields.ts'
import type { Import, ImportPlacement } from './import.ts'

/** Where in the settings something is wrong, and what. */
export interface SettingsFault {
  pointer: string
  message: string
}

/** The existing records that settings name. */
interface SettingsBasis {
  source: { active: boolean } | null
  /** Whether the placement's user, or queue, is there and can be given leads. */
  isPlaced: boolean
}

type CheckedImport = Pick<Import, 'target' | 'columns' | 'reading' | 'settings'>

/** What keeps an import from being started that can be checked: an encoding in doubt. */
export function startFaults({ reading, settings }: CheckedImport): SettingsFault[] {
  if (reading.encodingGuess?.certainty !== 'doubtful' || settings.encoding !== null) return []
  const message = `is needed: the guess ${reading.encoding ?? ''} is doubtful`
  return [{ pointer: '/encoding', message }]
}

/** Everything that is wrong with an import's settings; each is named by its place. */
export function settingsFaults(
  { target, columns, reading, settings }: CheckedImport,
  { source, isPlaced }: SettingsBasis
): SettingsFault[] {
  const { sourceId, matchBy, placement } = settings
  const faults = mappingFaults({ target, columns, reading, settings })
  if (sourceId !== null && !source) {
    faults.push({ pointer: '/sourceId', message: 'is no source of this dealer' })
  } else if (sourceId !== null && source?.active === false) {
    faults.push({ pointer: '/sourceId', message: 'is a source that is not active' })
  }
  if (target === 'leads' && sourceId === null) {
    faults.push({ pointer: '/sourceId', message: 'is needed: each lead has a source' })
  }
  if (target === 'clients' && matchBy.includes('externalId')) {
    faults.push({ pointer: '/matchBy', message: 'externalId is of leads only' })
  }
  if (target === 'clients' && placement.type === 'queue') {
    faults.push({
      pointer: '/placement/type',
      message: 'must be rules or user: clients wait in no queue'
    })
  }
  if (!isPlaced) faults.push(misplaced(placement))
  return faults
}

/**
 * Columns and fields that are unknown or mapped twice, and whether contacts can be reached. Most
 * fields have one column; two columns would have no defined winner.
 */
function mappingFaults({
  target,
  columns,
  reading,
  settings: { mapping }
}: CheckedImport): SettingsFault[] {
  const known = new Set(columns.map(({ name }) => name))
  const seen = { columns: new Set<string>(), fields: new Set<string>() }
  const faults: SettingsFault[] = []
  mapping.forEach(({ column, field }, place) => {
    const at = `/mapping/${place}`
    if (!known.has(column))
      faults.push({ pointer: `${at}/column`, message: 'is no column of the file' })
    if (seen.columns.has(column))
      faults.push({ pointer: `${at}/column`, message: 'is mapped already' })
    seen.columns.add(column)
    if (field === null) return
    if (!findImportField(field, target)) {
      faults.push({ pointer: `${at}/field`, message: `is no field of ${target}` })
    } else if (seen.fields.has(field) && !isFilledByMany(field, target)) {
      faults.push({ pointer: `${at}/field`, message: 'comes from another column already' })
    }
    seen.fields.add(field)
  })
  if (!seen.fields.has('contact.email') && !seen.fields.has('contact.phone')) {
    const message = 'needs a column for contact.email or contact.phone'
    faults.push({ pointer: '/mapping', message: message + wayOut(reading) })
  }
  return faults
}

/** What else may be wrong than the mapping: the names are in another row, or the list in another sheet. */
function wayOut({ header, sheets }: Import['reading']): string {
  const hints: string[] = []
  if (header) {
    const where = header.line === null ? 'no row' : `row ${header.line}`
    hints.push(`the column names were taken from ${where}: headerRow sets another`)
  }
  const others = (sheets ?? []).filter(({ isRead, rows }) => !isRead && rows !== 0)
  if (others.length > 0) {
    const names = others.slice(0, MAX_NAMED).map(({ name }) => name)
    hints.push(`other sheets have rows too (${names.join(', ')}): sheet sets one of them`)
  }
  return hints.length === 0 ? '' : `; ${hints.join('; ')}`
}

/** A message names no more sheets. */
const MAX_NAMED = 20

function misplaced(placement: ImportPlacement): SettingsFault {
  return placement.type === 'user'
    ? { pointer: '/placement/userId', message: 'is no active user of this dealer' }
    : { pointer: '/placement/queueId', message: 'is no queue of this dealer' }
}
