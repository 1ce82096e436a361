import { BARE_WAYS } from '../bare/capture.ts'
import { memoryOf } from '../cpu.ts'
import { load, loadInTurns } from '../load.ts'
import type { Lane, Target } from '../load.ts'
import { readConnections } from '../options.ts'
import type { BenchOptions, HttpPart } from '../options.ts'
import { startBare, startServer } from '../program.ts'
import { bareCaptures, barePages, bareReads } from '../requests.ts'
import { ourCaptures, ourPages, ourReads, sampleLeads } from '../requests.ts'
import { FIGURE_HEADS, figureCells, printTable, ratiosOf, say } from '../result.ts'
import type { Result } from '../result.ts'
import { fillBare, fillOurs, whileRunning, withPostgres } from '../setup.ts'
import type { BenchDealer, BenchPostgres } from '../setup.ts'

/** What a list view shows of a lead. */
const LIST_FIELDS = 'id,displayName,status,source,assignee,createdAt'

interface Services {
  postgres: BenchPostgres
  dealers: readonly BenchDealer[]
  size: { dealers: number; clients: number; leads: number }
  ours: Target
  bare: Target
}

/** The lanes of a part. Others than `ours` and `baseline` are further ways of ours. */
type Lanes = Record<string, Lane> & { ours: Lane; baseline: Lane }

/**
 * Captures, pages of 50 and single leads, each beside the bare service with as many leads on the same
 * PostgreSQL. Pages are also read with the `fields` of a list view.
 */
export async function benchHttp(
  parts: readonly HttpPart[],
  options: BenchOptions
): Promise<Result[]> {
  const size = {
    leads: options.number('leads', 1_000_000),
    clients: options.number('clients', 100_000),
    dealers: options.number('dealers', 200)
  }
  const way = BARE_WAYS.find((name) => name === options.text('baseline', 'func'))
  if (way === undefined) throw new Error(`--baseline: not one of ${BARE_WAYS.join(', ')}`)
  const connections = readConnections(options)
  return await withPostgres(async (postgres) => {
    const dealers = await fillOurs(postgres, size)
    const bareUrl = await fillBare(postgres, size)
    const ours = await startServer(postgres.url)
    const bare = await startBare('serve', [bareUrl, way])
    return await whileRunning([ours, bare], async () => {
      const { postmasterPid } = postgres
      const targets = { ours: { ...ours, postmasterPid }, bare: { ...bare, postmasterPid } }
      const services = { postgres, dealers, size, ...targets }
      const results: Result[] = []
      for (const part of parts) {
        const lanes = await LANES[part](services)
        const requests = options.number('requests', 0)
        results.push(
          requests > 0
            ? await measureMemory(part, lanes, connections, requests)
            : await measure(part, lanes, connections, options)
        )
      }
      return results
    })
  })
}

const LANES: Record<HttpPart, (services: Services) => Promise<Lanes>> = {
  page: async ({ ours, bare, dealers, size }) => ({
    ours: { target: ours, next: await ourPages(ours.url, dealers) },
    baseline: { target: bare, next: await barePages(bare.url, size.dealers) },
    fields: { target: ours, next: await ourPages(ours.url, dealers, `&fields=${LIST_FIELDS}`) }
  }),
  one: async ({ ours, bare, dealers, size, postgres }) => {
    const leads = await sampleLeads(postgres.owner, dealers)
    return {
      ours: { target: ours, next: ourReads(leads, ({ id }) => `/v1/leads/${id}`) },
      baseline: { target: bare, next: bareReads(size.leads) }
    }
  },
  capture: async ({ ours, bare, dealers, size }) => ({
    ours: { target: ours, next: ourCaptures(dealers, size.clients) },
    baseline: { target: bare, next: bareCaptures(size.dealers, size.clients) }
  })
}

/** Measures a part at each number of connections; the first is the result, the others are added. */
async function measure(
  part: HttpPart,
  lanes: Lanes,
  [first = 16, ...others]: readonly number[],
  options: BenchOptions
): Promise<Result> {
  const length = { seconds: options.number('seconds', 8), rounds: options.number('rounds', 3) }
  const at = async (connections: number) => {
    const { ours, baseline, ...more } = await loadInTurns(lanes, { connections, ...length })
    say(`\n${part}, ${connections} connections`)
    const rows = Object.entries({ ours, baseline, ...more })
    printTable(
      ['', ...FIGURE_HEADS, 'CPU, times', 'rate, times'],
      rows.map(([name, figures]) => {
        const { cpu, rate } = ratiosOf(figures, baseline)
        return [name, ...figureCells(figures), cpu.toFixed(2), rate.toFixed(2)]
      })
    )
    const ratios = Object.entries(more).map(([name, figures]) => [
      name,
      ratiosOf(figures, baseline)
    ])
    return {
      connections,
      ours,
      baseline,
      ...more,
      ratios: { ...ratiosOf(ours, baseline), ...Object.fromEntries(ratios) }
    }
  }
  const result: Result = { part, ...(await at(first)) }
  if (others.length > 0) result.others = []
  for (const connections of others) (result.others as unknown[]).push(await at(connections))
  return result
}

/** Sends as many requests to each, and reads the memory of the process before, halfway and after. */
async function measureMemory(
  part: HttpPart,
  { ours, baseline }: Lanes,
  [connections = 16]: readonly number[],
  requests: number
): Promise<Result> {
  const half = { requests: Math.ceil(requests / 2) }
  const of = async (lane: Lane) => {
    const memoryMb = [memoryOf(lane.target.pid)]
    const { rate } = await load(lane, connections, half)
    memoryMb.push(memoryOf(lane.target.pid))
    await load(lane, connections, half)
    memoryMb.push(memoryOf(lane.target.pid))
    return { rate, memoryMb }
  }
  const found = { ours: await of(ours), baseline: await of(baseline) }
  say(`\n${part}, ${requests} requests, resident memory in MB`)
  printTable(
    ['', 'start', 'middle', 'end'],
    Object.entries(found).map(([name, { memoryMb }]) => [name, ...memoryMb])
  )
  const end = ({ memoryMb }: { memoryMb: number[] }) => memoryMb.at(-1) ?? 0
  const ratios = { memory: end(found.ours) / end(found.baseline) }
  return { part, connections, requests, ...found, ratios }
}
