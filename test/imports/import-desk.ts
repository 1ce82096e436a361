import { setTimeout as sleep } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Test } from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/worker.ts'

export interface Progress {
  state: string
  processed: number
  percent: number
  rowsPerSecond: number | null
  secondsLeft: number | null
}

interface Init {
  headers?: Record<string, string>
  body?: string | ReadableStream
  /** Of a body that is a stream. */
  duplex?: 'half'
}

/** The program on a database of its own, and a dealer's owner who brings in lists over HTTP. */
export async function openDesk(t: Test) {
  const { app, createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const start = () =>
    startProgram(t, {
      environment: {
        DATABASE_URL: database.ownerUrl,
        LEADYARD_SECRET: TEST_SECRET,
        LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN
      }
    })
  let program = await start()
  const authorization = `Bearer ${app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })}`

  const send = async (method: string, path: string, init: Init = {}) => {
    const headers = { ...init.headers, authorization }
    const answer = await fetch(program.baseUrl + path, { ...init, method, headers })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text
  }
  const call = async (method: string, path: string) => JSON.parse(await send(method, path))
  /** Asks again after a 503, as its `Retry-After` says: other tests keep the database busy. */
  const progressOf = async (id: string, tries = 5): Promise<Progress> => {
    try {
      return await call('GET', `/v1/imports/${id}/progress`)
    } catch (error) {
      if (tries === 1 || !String(error).includes(': 503 ')) throw error
      await sleep(1_000)
      return await progressOf(id, tries - 1)
    }
  }

  return {
    call,
    progressOf,
    /** As a sender does who has not all of the file in memory. */
    async upload(mediaType: string, query: string, pieces: Iterable<string | Buffer>) {
      const body = Readable.toWeb(Readable.from(pieces, { objectMode: false }))
      const headers = { 'content-type': mediaType }
      const init: Init = { headers, body, duplex: 'half' }
      return JSON.parse(await send('POST', `/v1/imports?${query}`, init))
    },
    async set(id: string, version: number, settings: object) {
      const headers = { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` }
      const body = JSON.stringify({ settings })
      return JSON.parse(await send('PATCH', `/v1/imports/${id}`, { headers, body }))
    },
    /** The progress of each event, until the stream ends. */
    async watch(id: string): Promise<Progress[]> {
      const headers = { accept: 'text/event-stream' }
      const text = await send('GET', `/v1/imports/${id}/progress`, { headers })
      return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data))
    },
    problemsOf: async (id: string) =>
      (await send('GET', `/v1/imports/${id}/problems`, { headers: { accept: 'text/csv' } }))
        .trimEnd()
        .split('\r\n'),
    /** Waits until the import is at rest, and answers how each look found it. */
    async settle(id: string, look: () => void = () => undefined): Promise<Progress[]> {
      const seen: Progress[] = []
      await until(
        async () => {
          look()
          seen.push(await progressOf(id))
          return seen.at(-1)?.state
        },
        (state) => !['checking', 'running', 'undoing'].includes(state ?? ''),
        { seconds: 600, what: 'the end of the pass' }
      )
      return seen
    },
    killProgram: () => program.kill(),
    async startAgain() {
      program = await start()
    },
    /** What the program has in memory, in MB. */
    resident(): number {
      const status = readFileSync(`/proc/${program.pid}/status`, 'utf8')
      return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
    },
    async query<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
      return await asClient(database.ownerUrl, async (client) => {
        await client.query(`select set_config('app.tenant', $1, false)`, [dealer.id])
        return (await client.query<Row>(statement, values)).rows
      })
    }
  }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>
