/** The separators of a CSV, by name. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const
export type SeparatorName = keyof typeof SEPARATORS

/** A first line that tells spreadsheets the separator: `sep=;`. */
const DECLARATION = /^"?sep=([,;|\t])"?\n/i

/** The separator that the file names itself, and the length of that line. */
export function declaredSeparator(head: string): { separator: string; length: number } | null {
  const match = DECLARATION.exec(head)
  const separator = match?.[1]
  return match && separator !== undefined ? { separator, length: match[0].length } : null
}

const MAX_LINES = 100

/**
 * The separator that cuts the first lines into equally many cells, and into the most. Text between
 * quotes is never cut.
 */
export function guessSeparator(head: string): string {
  const whole = firstLines(head)
  const candidates = Object.values(SEPARATORS).map((separator) => ({
    separator,
    score: scoreOf(whole.map((line) => line.split(separator).length - 1))
  }))
  return candidates.reduce((best, one) => (one.score > best.score ? one : best)).separator
}

/** The number of cells in most of the first lines. */
export function usualWidth(head: string, separator: string): number {
  const counts = new Map<number, number>()
  for (const line of firstLines(head)) {
    const count = line.split(separator).length
    counts.set(count, (counts.get(count) ?? 0) + 1)
  }
  const most = Math.max(...counts.values())
  return [...counts].find(([, lines]) => lines === most)?.[0] ?? 1
}

/** The first lines that are not blank, without what is between quotes. */
function firstLines(head: string): string[] {
  const lines = head
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  // The last line of a sample may be half of one.
  return (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, MAX_LINES)
}

/** The most frequent number of separators in a line, times the number of lines that have it. */
function scoreOf(counts: readonly number[]): number {
  const agreeing = new Map<number, number>()
  for (const count of counts) agreeing.set(count, (agreeing.get(count) ?? 0) + 1)
  const scores = [...agreeing].map(([count, lines]) => Math.sqrt(count) * (lines / counts.length))
  return Math.max(0, ...scores)
}
