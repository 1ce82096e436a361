import type { Import, ImportProgress } from './import.ts'

/** Before so many milliseconds no rate can be estimated. */
const SETTLING_MS = 1_000

/** How far the present pass has come, how fast it is, and how long it will take at that speed. */
export function importProgress(
  run: Pick<
    Import,
    'state' | 'rows' | 'processed' | 'passStartedAt' | 'passStartedRow' | 'finishedAt'
  >,
  now: Date
): ImportProgress {
  const { state, rows: total, processed } = run
  const rowsPerSecond = speedOf(run, now)
  const left = Math.max(total - processed, 0)
  const secondsLeft =
    isInPass(run) && rowsPerSecond !== null && rowsPerSecond > 0
      ? Math.ceil(left / rowsPerSecond)
      : null
  return {
    state,
    processed,
    total,
    // Rounded down: all is done only when all is done.
    percent: total === 0 ? 0 : Math.min(Math.floor((processed * 1000) / total) / 10, 100),
    rowsPerSecond,
    secondsLeft
  }
}

/** Whether rows are being gone through just now. */
export function isInPass({ state }: Pick<Import, 'state'>): boolean {
  return state === 'checking' || state === 'running' || state === 'undoing'
}

/** Of the pass since it began, or began again after a crash; of one that ended, as a whole. */
function speedOf(
  run: Pick<Import, 'state' | 'processed' | 'passStartedAt' | 'passStartedRow' | 'finishedAt'>,
  now: Date
): number | null {
  const { passStartedAt, passStartedRow, processed, finishedAt } = run
  const until = isInPass(run) ? now : finishedAt
  if (passStartedAt === null || until === null) return null
  const elapsedMs = until.getTime() - passStartedAt.getTime()
  if (elapsedMs <= 0 || (isInPass(run) && elapsedMs < SETTLING_MS)) return null
  return Math.round(((processed - passStartedRow) * 1000) / elapsedMs)
}
