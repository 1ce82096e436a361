import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Test } from 'tap'

import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { makeDirectory, startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'

const OPERATOR_TOKEN = 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'

/** Longer than a job, and then its end, wait for an answer. */
const FROZEN_MS = 36_000

interface Scene {
  program: Program
  proxy: TcpProxy
  /** Ends the database as a crash does, and starts it again after a while. */
  crash: (pauseMs: number) => Promise<void>
}

/** The program with all roles on a PostgreSQL of the test's own, behind a proxy. */
async function startScene(t: Test): Promise<Scene> {
  const directory = makeDirectory(t)
  const start = () => startEmbeddedPostgres({ directory, settings: { fsync: 'off' } })
  let postgres = await start()
  t.teardown(() => postgres.stop())
  const proxy = await startProxy(t, Number(new URL(postgres.url).port))
  const url = new URL(postgres.url)
  url.port = String(proxy.port)
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: url.href,
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN,
      LEADYARD_DEMO: 'true'
    }
  })
  const crash = async (pauseMs: number) => {
    process.kill(postgres.postmasterPid, 'SIGQUIT')
    await postgres.stop()
    await sleep(pauseMs)
    postgres = await start()
    proxy.lead(Number(new URL(postgres.url).port))
  }
  return { program, proxy, crash }
}

/** Posts leads without a pause until told to stop, and counts the statuses of the responses. */
function keepPosting({ baseUrl, credentials }: Program, atOnce: number) {
  const statuses = new Map<number, number>()
  let isOver = false
  let next = 0
  const post = async () => {
    while (!isOver) {
      const status = await fetch(`${baseUrl}/v1/leads`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${credentials.apiKey}`,
          'content-type': 'application/json'
        },
        body: JSON.stringify({
          source: 'website',
          contact: { email: `person-${next++}@example.pl` }
        })
      }).then(
        (response) => response.status,
        () => 0
      )
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      await sleep(200)
    }
  }
  const posting = Promise.all(Array.from({ length: atOnce }, post))
  return {
    statuses,
    stop: async () => {
      isOver = true
      await posting
    }
  }
}

/** Uploads, imports, watches and exports until told to stop: work that outlasts one statement. */
function keepStreaming({ baseUrl, credentials }: Program) {
  let isOver = false
  const call = async (path: string, init: RequestInit = {}, type = 'application/json') => {
    const response = await fetch(`${baseUrl}/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${credentials.apiKey}`, 'content-type': type }
    })
    return await response.text()
  }
  const file = Array.from({ length: 300 }, (_, at) => `row-${at}@example.pl`).join('\n')
  const stream = async () => {
    while (!isOver) {
      try {
        const upload = { method: 'POST', body: `email\n${file}` }
        const { id } = JSON.parse(await call('/imports', upload, 'text/csv')) as { id?: string }
        await Promise.allSettled([
          call(`/imports/${id ?? ''}/start`, { method: 'POST', body: '{}' }),
          call(`/imports/${id ?? ''}/progress`),
          call('/exports/leads'),
          call('/reports/sources')
        ])
      } catch {
        // The connection may break off in the middle of a body.
      }
      await sleep(500)
    }
  }
  const streaming = stream()
  return {
    stop: async () => {
      isOver = true
      await streaming
    }
  }
}

async function untilStatus(program: Program, status: number): Promise<void> {
  const { baseUrl } = program
  let seen = ''
  const isSo = async () => {
    try {
      const response = await fetch(`${baseUrl}/readyz`)
      seen = `${response.status} ${await response.text()}`
      return response.status === status
    } catch (error) {
      seen = String(error)
      return false
    }
  }
  const deadline = Date.now() + 120_000
  while (!(await isSo())) {
    if (program.hasEnded()) throw new Error(`the program ended: ${program.stderr()}`)
    if (Date.now() > deadline) {
      const log = program.stdout().split('\n').slice(-40).join('\n')
      throw new Error(`/readyz did not answer ${status} in time, but ${seen}\n${log}`)
    }
    await sleep(50)
  }
}

/** Posts a lead, and waits until its owner has been told: the worker works too. */
async function captureAndAnnounce(program: Program): Promise<void> {
  const { baseUrl, credentials } = program
  const headers = {
    authorization: `Bearer ${credentials.apiKey}`,
    'content-type': 'application/json'
  }
  const response = await fetch(`${baseUrl}/v1/leads`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ source: 'website', contact: { email: 'the-last@example.pl' } })
  })
  const { id } = (await response.json()) as { id: string }
  const deadline = Date.now() + 120_000
  for (;;) {
    const { data } = (await (
      await fetch(`${baseUrl}/v1/leads/${id}/deliveries`, { headers })
    ).json()) as { data: { state: string }[] }
    if (data.length > 0 && data.every(({ state }) => state === 'sent')) return
    if (Date.now() > deadline) throw new Error(`not announced in time: ${JSON.stringify(data)}`)
    await sleep(100)
  }
}

/** No failure went unhandled, whether or not the process would have survived it. */
async function hasUnhandled({ baseUrl }: Program): Promise<boolean> {
  const metrics = await (await fetch(`${baseUrl}/metrics`)).text()
  return !metrics.includes('leadyard_unhandled_database_failures_total 0')
}

// Guards the batches of `JobRunner`: without them, a job that could not be finished ended the process.
void t.test('PostgreSQL crashes under load: the process stays', async (t) => {
  const { program, crash } = await startScene(t)
  const load = keepPosting(program, 5)
  const streams = keepStreaming(program)
  for (const pauseMs of [0, 300, 3_000]) {
    await sleep(1_500)
    await crash(pauseMs)
    await untilStatus(program, 200)
  }
  await load.stop()
  await streams.stop()
  await captureAndAnnounce(program)
  t.strictSame([...load.statuses.keys()].toSorted(), [201, 503])
  t.notOk(await hasUnhandled(program))
  t.equal(await program.stop(), 0)
})

// Guards the same: here, nothing tells the process that its connections are lost.
void t.test('the connection to PostgreSQL is half-open: the process stays', async (t) => {
  const { program, proxy } = await startScene(t)
  const load = keepPosting(program, 5)
  await sleep(1_500)
  proxy.freeze()
  await untilStatus(program, 503)
  await sleep(FROZEN_MS)
  t.equal((await fetch(`${program.baseUrl}/healthz`)).status, 200)
  proxy.thaw()
  await untilStatus(program, 200)
  await load.stop()
  await captureAndAnnounce(program)
  t.strictSame([...load.statuses.keys()].toSorted(), [201, 503])
  t.notOk(await hasUnhandled(program))
  t.equal(await program.stop(), 0)
})
