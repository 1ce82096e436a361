import { setTimeout as wait } from 'node:timers/promises'
import { Readable } from 'node:stream'

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Import } from '../../../domain/imports/import.ts'
import { isInPass } from '../../../domain/imports/progress.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findImport } from '../../../repositories/imports/imports.ts'
import { ImportProgressSchema, presentProgress } from '../../../schemas/imports/import-run.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { chooseMediaType } from '../../../http/documents.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf } from '../../../http/resources.ts'

/** How often the import is looked at, and how often something is sent though nothing changes. */
const LOOK_MS = 500
const HEARTBEAT_MS = 15_000

/** The longest time a client is informed; after it, the client must connect again. */
const LONGEST_MS = 3_600_000

/** How many look on at once in a process. */
const MAX_STREAMS = 100
const RETRY_SECONDS = 5

/** How far an import is, as it goes. */
export const importProgressRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  const closing = new AbortController()
  let streams = 0
  // A stream would keep the server from stopping while a client listens.
  app.addHook('preClose', async () => {
    closing.abort()
  })

  app.get(
    '/imports/:id/progress',
    operation({
      id: 'watchImport',
      tag: 'Imports',
      summary: 'Watch the progress of an import',
      description:
        'The response is JSON, for polling. With `Accept: text/event-stream` it is a stream ' +
        'of server-sent events: one `progress` event at once, and one at each change, with ' +
        'an `ImportProgress` as its data. The stream has a comment every 15 seconds without ' +
        'a change. It ends when the run or dry run ends, or after an hour. Each event has ' +
        'the complete progress, so a client that connects again misses nothing. At most ' +
        `${MAX_STREAMS} streams of one process are open at the same time.`,
      access: access.tenant('admin', 'read'),
      params: IdParams,
      responses: { 200: PROGRESS_RESPONSE },
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const { dealerId } = tenantOf(request)
      const look = () => db.read(dealerId, (tx) => findImport(tx, idOf(request)))
      const first = await look()
      if (!first) throw problems.notFound('import')
      void reply.header('vary', 'accept').header('cache-control', 'no-store')
      if (chooseMediaType(request, FORMS) === 'application/json') {
        return presentProgress(first, now())
      }
      if (streams >= MAX_STREAMS) {
        throw problems.unavailable(
          'Too many streams are open. Poll the progress as JSON.',
          RETRY_SECONDS
        )
      }
      streams += 1
      const gone = new AbortController()
      const signal = AbortSignal.any([closing.signal, gone.signal])
      const body = Readable.from(tell(first, { look, now, signal }), { objectMode: false })
      body.once('close', () => {
        streams -= 1
        gone.abort()
      })
      return await reply
        // Proxies that buffer responses would delay it.
        .header('x-accel-buffering', 'no')
        .type('text/event-stream; charset=utf-8')
        .send(body)
    }
  )
}

const FORMS = ['application/json', 'text/event-stream'] as const

const PROGRESS_RESPONSE = Type.Unsafe<unknown>({
  description: 'The progress, or a stream of events.',
  content: {
    'application/json': { schema: ref(ImportProgressSchema) },
    'text/event-stream': {
      schema: {
        type: 'string',
        examples: [
          'event: progress\ndata: {"state":"running","processed":61000,"total":200000,"percent":30.5,"rowsPerSecond":4120,"secondsLeft":34}\n\n'
        ]
      }
    }
  }
})

interface Watch {
  look: () => Promise<Import | null>
  now: () => Date
  signal: AbortSignal
}

/** The events, until the pass ends, the client leaves, or the time is up. */
async function* tell(first: Import, { look, now, signal }: Watch): AsyncGenerator<string> {
  const endsAt = performance.now() + LONGEST_MS
  let sentAt = performance.now()
  let version = describe(first)
  yield eventOf(first, now())
  for (let current = first; isInPass(current) && performance.now() < endsAt;) {
    if (!(await pause(signal))) return
    const found = await look()
    if (!found) return
    current = found
    const isNew = describe(current) !== version
    if (!isNew && performance.now() - sentAt < HEARTBEAT_MS) continue
    yield isNew ? eventOf(current, now()) : ': nothing new\n\n'
    version = describe(current)
    sentAt = performance.now()
  }
}

function describe({ state, processed }: Import): string {
  return `${state} ${processed}`
}

function eventOf(one: Import, now: Date): string {
  return `event: progress\ndata: ${JSON.stringify(presentProgress(one, now))}\n\n`
}

/** False: the server stops, or the caller has gone. */
async function pause(signal: AbortSignal): Promise<boolean> {
  try {
    await wait(LOOK_MS, undefined, { signal })
    return true
  } catch {
    return false
  }
}
