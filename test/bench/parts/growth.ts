import { load } from '../load.ts'
import type { Lane } from '../load.ts'
import { readConnections } from '../options.ts'
import type { BenchOptions } from '../options.ts'
import { addClients, addLeads } from '../population.ts'
import { startServer } from '../program.ts'
import { ourCaptures, ourPages, ourReads, sampleLeads } from '../requests.ts'
import { medians, printTable, say } from '../result.ts'
import type { Figures, Result } from '../result.ts'
import { makeDealers, timed, whileRunning, withPostgres } from '../setup.ts'
import type { BenchDealer, BenchPostgres } from '../setup.ts'

const FIRST_SIZE = 10_000
/** Lists are read of those dealers that have more than a page at the first size. */
const PAGE = 50

type Operation = 'page' | 'one' | 'search' | 'capture'
type AtSize = Record<Operation, Figures>

/**
 * The CPU of captures, pages, single leads and searches as the tables grow tenfold from 10,000 leads:
 * the baseline is ours at the first size. Dealers are of very different sizes.
 */
export async function benchGrowth(options: BenchOptions): Promise<Result> {
  const to = options.number('to', 1_000_000)
  const clients = options.number('clients', 100_000)
  return await withPostgres(async (postgres) => {
    const count = options.number('dealers', 1000)
    const dealers = await timed(`making ${count} dealers`, () => makeDealers(postgres, count))
    const ids = dealers.map(({ id }) => id)
    await addClients(postgres.owner, ids, clients)
    const sizes: [number, AtSize][] = []
    let [first, readers]: [number, BenchDealer[]] = [1, []]
    for (const last of sizesUpTo(to)) {
      const added = { first, last, spread: 'skewed' as const }
      await timed(`loading up to ${last} leads`, () => addLeads(postgres.owner, ids, added))
      if (first === 1) readers = await withPages(postgres, dealers)
      sizes.push([last, await measure(postgres, { dealers, readers, clients }, options)])
      first = last + 1
    }
    return report(sizes)
  })
}

/** Ten times as many each, and the last. */
function sizesUpTo(to: number): number[] {
  const sizes: number[] = []
  for (let size = FIRST_SIZE; size < to; size *= 10) sizes.push(size)
  return [...sizes, Math.max(FIRST_SIZE, to)]
}

async function withPages(
  { owner }: BenchPostgres,
  dealers: readonly BenchDealer[]
): Promise<BenchDealer[]> {
  const { rows } = await owner.query<{ id: string }>(
    'select dealer_id as id from leads group by 1 having count(*) > $1',
    [PAGE]
  )
  const found = new Set(rows.map(({ id }) => id))
  return dealers.filter(({ id }) => found.has(id))
}

interface Measured {
  dealers: readonly BenchDealer[]
  readers: readonly BenchDealer[]
  clients: number
}

async function measure(
  postgres: BenchPostgres,
  { dealers, readers, clients }: Measured,
  options: BenchOptions
): Promise<AtSize> {
  const [connections = 16] = readConnections(options)
  const seconds = options.number('seconds', 8)
  const leads = await sampleLeads(postgres.owner, dealers)
  const server = await startServer(postgres.url)
  return await whileRunning([server], async () => {
    const target = { ...server, postmasterPid: postgres.postmasterPid }
    const byKey = new Map(dealers.map((dealer) => [dealer.key, dealer]))
    const drawn = leads.flatMap(({ key }) => byKey.get(key) ?? [])
    const search = (email: string) => `/v1/leads?q=${encodeURIComponent(email)}`
    const lanes: Record<Operation, Lane> = {
      page: { target, next: await ourPages(server.url, readers) },
      one: { target, next: ourReads(leads, ({ id }) => `/v1/leads/${id}`) },
      search: { target, next: ourReads(leads, ({ email }) => search(email)) },
      capture: { target, next: ourCaptures(drawn, clients) }
    }
    const of = async (lane: Lane) => {
      await load(lane, connections, { seconds: Math.min(3, seconds) })
      const rounds: Figures[] = []
      while (rounds.length < options.number('rounds', 1)) {
        rounds.push(await load(lane, connections, { seconds }))
      }
      return medians(rounds)
    }
    return {
      page: await of(lanes.page),
      one: await of(lanes.one),
      search: await of(lanes.search),
      capture: await of(lanes.capture)
    }
  })
}

const OPERATIONS = ['capture', 'page', 'one', 'search'] as const
const cpuOf = ({ processMs, postgresMs }: Figures) => processMs + postgresMs

function report(sizes: readonly [number, AtSize][]): Result {
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  if (smallest === undefined || largest === undefined) throw new Error('--to: at least 10000')
  const [baseline, ours] = [smallest[1], largest[1]]
  const ratios = Object.fromEntries(
    OPERATIONS.map((name) => [name, cpuOf(ours[name]) / cpuOf(baseline[name])])
  )
  say('\ngrowth: CPU ms a request, process + PostgreSQL')
  printTable(
    ['', ...sizes.map(([size]) => `${size} leads`), 'last / first'],
    OPERATIONS.map((name) => [
      name,
      ...sizes.map(
        ([, at]) => `${at[name].processMs.toFixed(2)} + ${at[name].postgresMs.toFixed(2)}`
      ),
      (ratios[name] ?? 0).toFixed(2)
    ])
  )
  return { part: 'growth', ours, baseline, ratios, sizes: Object.fromEntries(sizes) }
}
