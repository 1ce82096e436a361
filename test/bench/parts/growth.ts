import { load } from '../load.ts'
import type { Lane } from '../load.ts'
import { readConnections } from '../options.ts'
import type { BenchOptions } from '../options.ts'
import { addClients, addLeads } from '../population.ts'
import { startServer } from '../program.ts'
import { ourCaptures, ourPages, ourReads, sampleLeads } from '../requests.ts'
import { medians, printTable, say } from '../result.ts'
import type { Figures, Result } from '../result.ts'
import { makeDealers, timed, whileRunning, withPostgres, withSecond } from '../setup.ts'
import type { BenchDealer, BenchPostgres } from '../setup.ts'

const FIRST_SIZE = 10_000
/** Lists are read of those dealers that have more than a page at the first size. */
const PAGE = 50

const OPERATIONS = ['page', 'one', 'search', 'capture'] as const
type Operation = (typeof OPERATIONS)[number]

/** A database of the program, with some size of its tables. */
interface Stage {
  postgres: BenchPostgres
  dealers: readonly BenchDealer[]
  readers: readonly BenchDealer[]
}

/** What one operation took at the first size and at another, in turns. */
interface Turns {
  first: Figures
  grown: Figures
}
type AtSize = Record<Operation, Turns>

/**
 * The CPU of captures, pages, single leads and searches as the tables grow tenfold from 10,000 leads: the
 * baseline is ours with a database that stays at that size, in turns. Dealers are of very different sizes.
 */
export async function benchGrowth(options: BenchOptions): Promise<Result> {
  return await withPostgres(
    async (postgres) =>
      await withSecond(postgres, async (second) => {
        const first = await firstStage(second, options)
        const growing = await firstStage(postgres, options)
        const sizes: [number, AtSize][] = []
        let loaded = FIRST_SIZE
        for (const size of sizesOf(options)) {
          await timed(`loading up to ${size} leads`, () => fill(growing, loaded + 1, size))
          loaded = size
          sizes.push([size, await measure(first, growing, options)])
          say(sizeLine(size, sizes.at(-1)?.[1]))
        }
        return report(sizes)
      })
  )
}

async function firstStage(postgres: BenchPostgres, options: BenchOptions): Promise<Stage> {
  const count = options.number('dealers', 1000)
  const dealers = await timed(`making ${count} dealers`, () => makeDealers(postgres, count))
  const ids = dealers.map(({ id }) => id)
  await addClients(postgres.owner, ids, options.number('clients', 100_000))
  await fill({ postgres, dealers }, 1, FIRST_SIZE)
  const { rows } = await postgres.owner.query<{ id: string }>(
    'select dealer_id as id from leads group by 1 having count(*) > $1',
    [PAGE]
  )
  const found = new Set(rows.map(({ id }) => id))
  return { postgres, dealers, readers: dealers.filter(({ id }) => found.has(id)) }
}

async function fill(
  { postgres, dealers }: Pick<Stage, 'postgres' | 'dealers'>,
  first: number,
  last: number
): Promise<void> {
  const ids = dealers.map(({ id }) => id)
  await addLeads(postgres.owner, ids, { first, last, spread: 'skewed' })
}

/** Ten times as many each, and the last. */
function sizesOf(options: BenchOptions): number[] {
  const from = Math.max(options.number('from', FIRST_SIZE * 10), FIRST_SIZE + 1)
  const to = Math.max(options.number('to', 1_000_000), from)
  const sizes: number[] = []
  for (let size = from; size < to; size *= 10) sizes.push(size)
  return [...sizes, to]
}

async function measure(first: Stage, grown: Stage, options: BenchOptions): Promise<AtSize> {
  const servers = [await startServer(first.postgres.url), await startServer(grown.postgres.url)]
  return await whileRunning(servers, async () => {
    const [small, large] = servers
    if (small === undefined || large === undefined) throw new Error('no servers')
    const lanes = {
      first: await lanesOf(first, small, options),
      grown: await lanesOf(grown, large, options)
    }
    const of = (name: Operation) =>
      inTurns({ first: lanes.first[name], grown: lanes.grown[name] }, options)
    return {
      page: await of('page'),
      one: await of('one'),
      search: await of('search'),
      capture: await of('capture')
    }
  })
}

async function lanesOf(
  { postgres, dealers, readers }: Stage,
  server: { url: string; pid: number },
  options: BenchOptions
): Promise<Record<Operation, Lane>> {
  const leads = await sampleLeads(postgres.owner, dealers)
  const target = { ...server, postmasterPid: postgres.postmasterPid }
  const byKey = new Map(dealers.map((dealer) => [dealer.key, dealer]))
  // By how many leads they have.
  const drawn = leads.flatMap(({ key }) => byKey.get(key) ?? [])
  const search = (email: string) => `/v1/leads?q=${encodeURIComponent(email)}`
  return {
    page: { target, next: await ourPages(server.url, readers) },
    one: { target, next: ourReads(leads, ({ id }) => `/v1/leads/${id}`) },
    search: { target, next: ourReads(leads, ({ email }) => search(email)) },
    capture: { target, next: ourCaptures(drawn, options.number('clients', 100_000)) }
  }
}

/** By requests and not by time: on a busy machine there would be few, and the first ones cost most. */
async function inTurns(
  { first, grown }: { first: Lane; grown: Lane },
  options: BenchOptions
): Promise<Turns> {
  const [connections = 16] = readConnections(options)
  const length = { requests: options.number('requests', 1000) }
  await load(first, connections, length)
  await load(grown, connections, length)
  const rounds: Turns[] = []
  while (rounds.length < options.number('rounds', 3)) {
    rounds.push({
      first: await load(first, connections, length),
      grown: await load(grown, connections, length)
    })
  }
  return {
    first: medians(rounds.map((round) => round.first)),
    grown: medians(rounds.map((round) => round.grown))
  }
}

const cpuOf = ({ processMs, postgresMs }: Figures) => processMs + postgresMs
const cpuCell = ({ processMs, postgresMs }: Figures) =>
  `${processMs.toFixed(2)} + ${postgresMs.toFixed(2)}`
const ratioOf = ({ first, grown }: Turns) => cpuOf(grown) / cpuOf(first)

/** Said at once: the next size may take long. */
function sizeLine(size: number, at: AtSize | undefined): string {
  const ratios = OPERATIONS.map((name) => (at ? `${name} ${ratioOf(at[name]).toFixed(2)}` : name))
  return `${size} leads: ${ratios.join(', ')} times the CPU of ${FIRST_SIZE}`
}

function report(sizes: readonly [number, AtSize][]): Result {
  const last = sizes.at(-1)?.[1]
  if (last === undefined) throw new Error('no size was measured')
  const pick = (which: keyof Turns) =>
    Object.fromEntries(OPERATIONS.map((name) => [name, last[name][which]]))
  const ratios = Object.fromEntries(OPERATIONS.map((name) => [name, ratioOf(last[name])]))
  say(`\ngrowth: CPU ms a request, process + PostgreSQL, beside ${FIRST_SIZE} leads in turns`)
  printTable(
    ['', ...sizes.flatMap(([size]) => [`${FIRST_SIZE} leads`, `${size} leads`, 'times'])],
    OPERATIONS.map((name) => [
      name,
      ...sizes.flatMap(([, at]) => [
        cpuCell(at[name].first),
        cpuCell(at[name].grown),
        ratioOf(at[name]).toFixed(2)
      ])
    ])
  )
  return {
    part: 'growth',
    ours: pick('grown'),
    baseline: pick('first'),
    ratios,
    sizes: Object.fromEntries(sizes)
  }
}
