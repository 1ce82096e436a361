import { benchAdf } from './parts/adf.ts'
import { benchDeliveries } from './parts/deliveries.ts'
import { benchGrowth } from './parts/growth.ts'
import { benchHttp } from './parts/http.ts'
import { benchLookup } from './parts/lookup.ts'
import { benchReports } from './parts/reports.ts'
import { benchSustain } from './parts/sustain.ts'
import { readCommand } from './options.ts'
import type { BenchOptions, Part } from './options.ts'
import { resultLine, say } from './result.ts'
import type { Result } from './result.ts'

/**
 * `npm run bench -- [parts…] [--options]`: what the program costs, beside a baseline in turns in one run,
 * since only ratios mean something on a shared machine. Prints tables, and a line of JSON a part.
 */
type Runner = (options: BenchOptions) => Promise<Result>

const OTHERS: Partial<Record<Part, Runner>> = {
  deliveries: benchDeliveries,
  reports: benchReports,
  growth: benchGrowth,
  sustain: benchSustain,
  lookup: benchLookup,
  adf: benchAdf
}

try {
  const { parts, options } = readCommand(process.argv.slice(2))
  const results: Result[] = []
  const http = parts.filter((part) => part === 'page' || part === 'one' || part === 'capture')
  if (http.length > 0) results.push(...(await benchHttp(http, options)))
  for (const part of parts) {
    const run = OTHERS[part]
    if (run !== undefined) results.push(await run(options))
  }
  for (const result of results) say(resultLine(result))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
