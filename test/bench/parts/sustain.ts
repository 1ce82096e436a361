import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'

import { cpuOf, cpuOfPostgres, memoryOf } from '../cpu.ts'
import type { BenchOptions } from '../options.ts'
import { PERSON } from '../population.ts'
import { startAll } from '../program.ts'
import { captureRequest, pick } from '../requests.ts'
import { printTable, say } from '../result.ts'
import type { Result } from '../result.ts'
import { fillOurs, whileRunning, withPostgres } from '../setup.ts'
import type { BenchDealer } from '../setup.ts'
import { startSink } from '../sink.ts'

/** Within how many milliseconds of its capture a message has to be sent. */
const TARGET_MS = 5_000
/** How long after the last capture the messages may come, in milliseconds. */
const REST_MS = 60_000

/** A process compiles its functions while it is used: at first it gets a part of the load, uncounted. */
const WARM_UP = { seconds: 20, part: 1 / 4 }

/**
 * Captures at a fixed rate, whatever the responses take, against one process that serves and sends:
 * the time from the writing of each owed message, with its lead, until the sink has it. Counted is what
 * is captured after the first twenty seconds, which have a quarter of the rate.
 */
export async function benchSustain(options: BenchOptions): Promise<Result> {
  const size = {
    leads: options.number('leads', 20_000),
    clients: options.number('clients', 2_000),
    dealers: options.number('dealers', 20)
  }
  const rate = options.number('rate', 60)
  const seconds = options.number('seconds', 600)
  const arrivals = new Map<string, number>()
  const sink = await startSink((id) => arrivals.set(id, Date.now()))
  try {
    return await withPostgres(async (postgres) => {
      const dealers = await fillOurs(postgres, size)
      const program = await startAll(postgres.url, sink.url)
      return await whileRunning([program], async () => {
        const cpu = () => [cpuOf(program.pid), cpuOfPostgres(postgres.postmasterPid)] as const
        const warmUp = { rate: rate * WARM_UP.part, seconds: WARM_UP.seconds, first: 0 }
        const warm = await captureAtRate(program.url, dealers, warmUp)
        const [before, since] = [cpu(), new Date()]
        const load = { rate, seconds, first: warm.length }
        const responses = await captureAtRate(program.url, dealers, load)
        await untilAllCame(postgres.owner, since, arrivals)
        const after = cpu()
        const captures = responses.length
        return report(await owed(postgres.owner, since), arrivals, {
          rate,
          captures,
          response: spreadOf(responses),
          processMs: (after[0] - before[0]) / captures,
          postgresMs: (after[1] - before[1]) / captures,
          memoryMb: memoryOf(program.pid)
        })
      })
    })
  } finally {
    sink.close()
  }
}

/** Posts at the rate, without waiting for responses; returns the time of each response. */
async function captureAtRate(
  url: string,
  dealers: readonly BenchDealer[],
  { rate, seconds, first }: { rate: number; seconds: number; first: number }
): Promise<number[]> {
  const responses: Promise<number>[] = []
  const start = performance.now()
  while (responses.length < rate * seconds) {
    await sleep(Math.max(0, start + (responses.length * 1000) / rate - performance.now()))
    const response = capture(url, pick(dealers).key, first + responses.length)
    // A failure is heard at the end, with the others.
    response.catch(() => undefined)
    responses.push(response)
  }
  return await Promise.all(responses)
}

async function capture(url: string, key: string, n: number): Promise<number> {
  const contact = { email: PERSON.email(`new${n}`), phone: PERSON.phone(n) }
  const { path, ...request } = captureRequest(key, {
    firstName: 'Ann',
    lastName: 'Lee',
    ...contact
  })
  const start = performance.now()
  const response = await fetch(url + path, { ...request, method: 'POST' })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`a capture failed: ${response.status}`)
  return performance.now() - start
}

interface Owed {
  message_id: string
  created_at: Date
}

/** The messages that captures since then owe. */
async function owed(owner: pg.Client, since: Date): Promise<Owed[]> {
  const { rows } = await owner.query<Owed>(
    `select message_id, created_at from deliveries
    where state in ('pending', 'sent') and created_at >= $1`,
    [since]
  )
  return rows
}

async function untilAllCame(
  owner: pg.Client,
  since: Date,
  arrivals: ReadonlyMap<string, number>
): Promise<void> {
  const end = Date.now() + REST_MS
  while (Date.now() < end) {
    if ((await owed(owner, since)).every(({ message_id }) => arrivals.has(message_id))) return
    await sleep(500)
  }
}

interface Spread {
  p50: number
  p99: number
  max: number
}

function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}

function report(
  messages: readonly Owed[],
  arrivals: ReadonlyMap<string, number>,
  figures: { rate: number; captures: number; response: Spread } & Record<string, unknown>
): Result {
  const times = messages.flatMap(({ message_id, created_at }) => {
    const arrival = arrivals.get(message_id)
    return arrival === undefined ? [] : [arrival - created_at.getTime()]
  })
  const toSink = spreadOf(times)
  const missing = messages.length - times.length
  const isInTime = missing === 0 && toSink.max <= TARGET_MS
  say(`\nsustain: ${figures.captures} captures at ${figures.rate} a second`)
  printTable(
    ['', 'p50 ms', 'p99 ms', 'max ms'],
    Object.entries({ response: figures.response, 'capture to sink': toSink }).map(
      ([name, { p50, p99, max }]) => [name, p50.toFixed(0), p99.toFixed(0), max.toFixed(0)]
    )
  )
  say(`${messages.length} messages, ${missing} missing; all within 5 s: ${isInTime ? 'yes' : 'no'}`)
  return {
    part: 'sustain',
    ours: { ...figures, messages: messages.length, missing, toSink, isInTime },
    baseline: { toSink: { max: TARGET_MS } },
    ratios: { max: toSink.max / TARGET_MS }
  }
}
