import type { SystemAccount } from './account.ts'
import type { Binaries } from './binaries.ts'

/** One server: where it is, what runs it, and as whom. */
export interface Cluster {
  directory: string
  data: string
  binaries: Binaries
  account: SystemAccount | null
}

export const SUPERUSER = 'postgres'

/** Read by the server after its own, and written by us at every start. */
export const SETTINGS_FILE = 'leadyard.conf'

const WRONG = /\b(FATAL|PANIC|error|could not|No space|invalid value|unrecognized)\b/i

/** The server's own words, down to the line that says what is wrong. */
export function complaint(output: string): string {
  if (/No space left|free disk space/i.test(output)) return 'the disk is full: free some space'
  const lines = output.split('\n').map((line) => line.trim())
  const wrong = lines.filter((line) => WRONG.test(line))
  const line = wrong.at(0) ?? lines.filter((text) => text !== '').at(-1) ?? 'it gave no reason'
  return line.replace(/^.*?(FATAL|PANIC|ERROR|LOG|error):\s*/, '')
}
