import autocannon from 'autocannon'

import { cpuOf, cpuOfPostgres, memoryOf } from './cpu.ts'
import { medians } from './result.ts'
import type { Figures } from './result.ts'

/** A service under load, with the PostgreSQL that it uses. */
export interface Target {
  url: string
  pid: number
  postmasterPid: number
}

export interface Request {
  method?: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}

/** A service, and the next request to it. */
export interface Lane {
  target: Target
  next: () => Request
}

/** How long a load is: for some seconds, or until as many requests were made. */
type Length = { seconds: number } | { requests: number }

/** Sends requests over as many connections; every response must be a success. */
export async function load(
  { target, next }: Lane,
  connections: number,
  length: Length
): Promise<Figures> {
  const before = { process: cpuOf(target.pid), postgres: cpuOfPostgres(target.postmasterPid) }
  const result = await autocannon({
    url: target.url,
    connections,
    ...('seconds' in length ? { duration: length.seconds } : { amount: length.requests }),
    timeout: 60,
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }]
  })
  if (result.non2xx > 0 || result.errors > 0) {
    const statuses = JSON.stringify(result.statusCodeStats)
    throw new Error(`${result.errors} requests failed, statuses: ${statuses}`)
  }
  const requests = result['2xx']
  return {
    rate: requests / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    processMs: (cpuOf(target.pid) - before.process) / requests,
    postgresMs: (cpuOfPostgres(target.postmasterPid) - before.postgres) / requests,
    memoryMb: memoryOf(target.pid)
  }
}

/** Loads each lane in turn, some rounds long, after all are warm; the medians of each. */
export async function loadInTurns<Lanes extends Record<string, Lane>>(
  lanes: Lanes,
  { connections, seconds, rounds }: { connections: number; seconds: number; rounds: number }
): Promise<{ [Name in keyof Lanes]: Figures }> {
  const entries = Object.entries<Lane>(lanes)
  const found: Record<string, Figures[]> = {}
  for (const [, lane] of entries) await load(lane, connections, { seconds: Math.min(3, seconds) })
  for (let round = 0; round < rounds; round++) {
    for (const [name, lane] of entries) {
      ;(found[name] ??= []).push(await load(lane, connections, { seconds }))
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, figures]) => [name, medians(figures)])
  ) as { [Name in keyof Lanes]: Figures }
}
