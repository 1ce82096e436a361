import { StartError } from '../config/start-error.ts'

interface Ending {
  /** How long the stop may take. */
  graceSeconds: number
  /** Finishes what is in flight. */
  stop: () => Promise<unknown>
  /** Ends at once what must not outlive the process. */
  abandon?: () => void
}

/** On the first signal finishes what is in flight; on the second, or when that takes too long, goes. */
export function stopWhenTold({ graceSeconds, stop, abandon = () => undefined }: Ending): void {
  let isStopping = false
  const go = (code: number): void => {
    abandon()
    process.exit(code)
  }
  const heed = (): void => {
    if (isStopping) go(1)
    isStopping = true
    setTimeout(go, graceSeconds * 1000, 1).unref()
    stop().then(
      () => process.exit(0),
      () => {
        go(1)
      }
    )
  }
  process.on('SIGTERM', heed)
  process.on('SIGINT', heed)
}

/** Where an operator can mend it, one sentence says so; anything else is ours, and shows its place. */
export function describeFailedStart(error: unknown): string {
  return error instanceof StartError ? error.message : String((error as Error).stack ?? error)
}
