import type { LedgerEntry } from '../../../src/domain/clients/consent-ledger.ts'
import { must } from '../../support/must.ts'

/**
 * A record of statements as one would keep it on paper: the list of what is on it in its order, worked
 * through from the top whenever something is asked. What is taken away is struck out, what comes back
 * is written in where it stood. There are no corrections: joining is looked at each time.
 */
export class SlowRecord {
  #lines: { entry: LedgerEntry; struck: boolean }[] = []

  add(entries: readonly LedgerEntry[]): void {
    this.#lines.push(...entries.map((entry) => ({ entry, struck: false })))
  }

  /** Strikes out what a lead brought and answers what it was. */
  strike(leadId: string): LedgerEntry[] {
    const theirs = this.#lines.filter(({ entry, struck }) => !struck && entry.leadId === leadId)
    for (const line of theirs) line.struck = true
    return theirs.map(({ entry }) => entry)
  }

  unstrike(entries: readonly LedgerEntry[]): void {
    for (const line of this.#lines) if (entries.includes(line.entry)) line.struck = false
  }

  /** Whether one may, may not, or was not told, for every channel of every purpose. */
  answers(purposes: readonly string[], channels: readonly (string | null)[]): string[] {
    const lines = this.#lines.filter(({ struck }) => !struck).map(({ entry }) => entry)
    return purposes.flatMap((purpose) =>
      channels.map((channel) => `${purpose} ${channel}: ${said(lines, purpose, channel)}`)
    )
  }
}

type Said = 'granted' | 'refused' | 'silent'

/** Channel by channel, from the top. */
function said(lines: readonly LedgerEntry[], purpose: string, channel: string | null): Said {
  let now = 'silent' as Said
  for (let next = 0; next < lines.length; next += 1) {
    const [first] = lines.slice(next)
    const joins = ['conversion', 'link', 'merge'].includes(must(first).origin)
    const together = joins
      ? lines.slice(next).filter(({ operationId }) => operationId === must(first).operationId)
      : [must(first)]
    next += together.length - 1
    let after: Said = now
    for (const { purpose: about, channel: through, granted } of together) {
      const covers = about === purpose && (through === null || through === channel)
      if (covers) after = granted ? 'granted' : 'refused'
    }
    now = joins && now === 'refused' ? 'refused' : after
  }
  return now
}
