import type { Database } from '../../src/database/client.ts'

/** A report that runs until it is told to end. */
export interface HeldReport {
  /** Whether it has its turn and its transaction. */
  begun: Promise<void>
  end: () => Promise<void>
}

/** Begins a report of a dealer that holds its turn, as a long one does. */
export function holdReport(db: Database, dealerId: string): HeldReport {
  let begin = (): void => undefined
  let end = (): void => undefined
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const ending = new Promise<void>((resolve) => (end = resolve))
  const done = db.report(dealerId, async () => {
    begin()
    await ending
  })
  done.catch(() => undefined)
  return {
    begun,
    end: async () => {
      end()
      await done
    }
  }
}
