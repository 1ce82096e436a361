import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

import type pg from 'pg'

import { cpuOf, cpuOfPostgres, memoryOf } from '../cpu.ts'
import { load } from '../load.ts'
import type { BenchOptions } from '../options.ts'
import { PERSON } from '../population.ts'
import { bundleBare, startServer, startWorker } from '../program.ts'
import { captureRequest, pick } from '../requests.ts'
import { median, printTable, say } from '../result.ts'
import type { Result } from '../result.ts'
import { fillOurs, whileRunning, withPostgres } from '../setup.ts'
import type { BenchDealer, BenchPostgres } from '../setup.ts'
import { startSink } from '../sink.ts'

interface Sent {
  messages: number
  rate: number
  processMs: number
  postgresMs: number
  memoryMb: number
}

/**
 * Leads are captured while no worker runs. Then one worker sends what they owe to a sink. The baseline
 * is nodemailer's pool alone, which sends as many fixed mails to the same sink.
 */
export async function benchDeliveries(options: BenchOptions): Promise<Result> {
  const size = {
    leads: options.number('leads', 20_000),
    clients: options.number('clients', 2_000),
    dealers: options.number('dealers', 20)
  }
  const rounds = { ours: [] as Sent[], baseline: [] as Sent[] }
  const sink = await startSink()
  try {
    await withPostgres(async (postgres) => {
      const dealers = await fillOurs(postgres, size)
      const captures = options.number('captures', 2_000)
      for (let round = 0; round < options.number('rounds', 3); round++) {
        await capture(postgres, dealers, { captures, from: round * captures })
        const sent = await sendOurs(postgres, sink.url)
        rounds.ours.push(sent)
        rounds.baseline.push(await sendBare(sink.url, sent.messages))
      }
    })
  } finally {
    sink.close()
  }
  return report(mediansOf(rounds.ours), mediansOf(rounds.baseline))
}

function mediansOf(rounds: readonly Sent[]): Sent {
  const of = (name: keyof Sent) => median(rounds.map((sent) => sent[name]))
  return {
    messages: of('messages'),
    rate: of('rate'),
    processMs: of('processMs'),
    postgresMs: of('postgresMs'),
    memoryMb: of('memoryMb')
  }
}

/** Captures leads of people who are new, so that each owes as much. */
async function capture(
  postgres: BenchPostgres,
  dealers: readonly BenchDealer[],
  { captures, from }: { captures: number; from: number }
): Promise<void> {
  const server = await startServer(postgres.url)
  await whileRunning([server], async () => {
    let n = from
    const next = () => {
      n += 1
      const contact = { email: PERSON.email(`new${n}`), phone: PERSON.phone(n) }
      return captureRequest(pick(dealers).key, { firstName: 'Ann', lastName: 'Lee', ...contact })
    }
    const target = { ...server, postmasterPid: postgres.postmasterPid }
    await load({ target, next }, 16, { requests: captures })
  })
}

async function sendOurs(postgres: BenchPostgres, smtpUrl: string): Promise<Sent> {
  const messages = await countPending(postgres.owner)
  const worker = await startWorker(postgres.url, smtpUrl)
  return await whileRunning([worker], async () => {
    const before = { process: cpuOf(worker.pid), postgres: cpuOfPostgres(postgres.postmasterPid) }
    const start = performance.now()
    const count = await countPending(postgres.owner)
    while ((await countPending(postgres.owner)) > 0) await sleep(100)
    return {
      messages,
      rate: count / ((performance.now() - start) / 1000),
      processMs: (cpuOf(worker.pid) - before.process) / count,
      postgresMs: (cpuOfPostgres(postgres.postmasterPid) - before.postgres) / count,
      memoryMb: memoryOf(worker.pid)
    }
  })
}

async function countPending(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from deliveries where state = 'pending'`
  )
  return rows[0]?.count ?? 0
}

async function sendBare(smtpUrl: string, messages: number): Promise<Sent> {
  const connections = process.env.WORKER_CONCURRENCY ?? '16'
  const words = [await bundleBare('send'), smtpUrl, String(messages), connections]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  const said = JSON.parse(stdout) as { seconds: number; cpuMs: number; memoryMb: number }
  return {
    messages,
    rate: messages / said.seconds,
    processMs: said.cpuMs / messages,
    postgresMs: 0,
    memoryMb: said.memoryMb
  }
}

function report(ours: Sent, baseline: Sent): Result {
  const ratios = {
    cpu: (ours.processMs + ours.postgresMs) / baseline.processMs,
    rate: ours.rate / baseline.rate
  }
  say('\ndeliveries')
  printTable(
    ['', 'messages', 'a second', 'CPU ms, process', 'CPU ms, PostgreSQL', 'memory MB'],
    Object.entries({ ours, baseline }).map(([name, sent]) => [
      name,
      sent.messages,
      sent.rate.toFixed(0),
      sent.processMs.toFixed(2),
      sent.postgresMs.toFixed(2),
      sent.memoryMb.toFixed(0)
    ])
  )
  return { part: 'deliveries', ours, baseline, ratios }
}
