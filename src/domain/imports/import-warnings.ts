import type { ImportWarningCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { ImportReading } from './import.ts'

/** A sentence names no more sheets. */
const MAX_NAMED = 50

/** What a person should know of a file: visible sheets with rows that are left out. */
export function importWarnings({ sheets }: ImportReading): Reason<ImportWarningCode>[] {
  const others = (sheets ?? []).filter(
    ({ isRead, isVisible, rows }) => !isRead && isVisible && rows !== 0
  )
  if (others.length === 0) return []
  const names = others.slice(0, MAX_NAMED).map(({ name }) => name)
  return [because('sheets_left_out', { sheets: names })]
}
