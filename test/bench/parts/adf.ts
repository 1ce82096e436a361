import { readFile } from 'node:fs/promises'

import { HOSTILE } from '../../adf/hostile.ts'
import type { BenchOptions } from '../options.ts'
import { METRICS_TOKEN, startServer } from '../program.ts'
import { printTable } from '../result.ts'
import type { Result } from '../result.ts'
import { fillOurs, whileRunning, withPostgres } from '../setup.ts'

interface Server {
  url: string
  pid: number
  key: string
}

let posted = 0

/**
 * How long the program's event loop stands still while it takes in hostile documents, each with one thing
 * in it as often as it fits. Measured by the program itself (perf_hooks.monitorEventLoopDelay), from
 * before the request to after the response; of the rounds the shortest counts, since the first has
 * functions compiled. Beside it stands the CPU of the main thread for the whole request (Linux): on a
 * machine that does other things too, the delay is longer. The baseline is the limit.
 */
export async function benchAdf(options: BenchOptions): Promise<Result> {
  const limit = options.number('limit', 50)
  const delays = await withPostgres(async (postgres) => {
    const [dealer] = await fillOurs(postgres, { dealers: 2, clients: 10, leads: 10 })
    const server = await startServer(postgres.url)
    return await whileRunning([server], async () =>
      measureAll({ ...server, key: dealer?.key ?? '' }, options)
    )
  })
  const worst = Math.max(...Object.values(delays))
  if (worst > limit) process.exitCode = 1
  return {
    part: 'adf',
    ours: { worst, delays },
    baseline: { worst: limit },
    ratios: { worst: worst / limit }
  }
}

/** The delay of each document, by its name, in milliseconds. */
async function measureAll(server: Server, options: BenchOptions): Promise<Record<string, number>> {
  for (let n = 0; n < 100; n += 1) await post(server, HOSTILE.phones?.(2_000) ?? Buffer.alloc(0))
  const delays: Record<string, number> = {}
  const rows: (string | number)[][] = []
  for (const [name, make] of Object.entries(HOSTILE)) {
    if (!name.includes(options.text('only', ''))) continue
    const document = make(options.number('size', 1_000_000))
    let delay = Infinity
    let work = Infinity
    let status = 0
    for (let round = 0; round < options.number('rounds', 3); round += 1) {
      await readDelay(server)
      const before = await mainThreadMs(server.pid)
      status = await post(server, document)
      work = Math.min(work, (await mainThreadMs(server.pid)) - before)
      delay = Math.min(delay, await readDelay(server))
    }
    delays[name] = delay
    rows.push([name, document.length, status, delay.toFixed(0), work.toFixed(0)])
  }
  printTable(['', 'bytes', 'status', 'delay ms', 'main thread ms'], rows)
  return delays
}

/** Each under a key of its own, so that none is a double click of the one before. */
async function post({ url, key }: Server, document: Buffer): Promise<number> {
  posted += 1
  const response = await fetch(`${url}/v1/leads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/xml',
      'idempotency-key': `bench-${posted}`
    },
    body: new Uint8Array(document)
  })
  await response.arrayBuffer()
  return response.status
}

/** The processor's time of the main thread; 0 where the system does not tell it. */
async function mainThreadMs(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').catch(() => '0')
  return Number.parseInt(text, 10) / 1_000_000
}

/** The longest delay since it was asked for last, in milliseconds. */
async function readDelay({ url }: Server): Promise<number> {
  const response = await fetch(`${url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` }
  })
  const text = await response.text()
  const [, seconds] = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text) ?? []
  if (seconds === undefined) throw new Error('the server tells no delay of its event loop')
  return Number(seconds) * 1000
}
