import { createHash, timingSafeEqual } from 'node:crypto'

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import type pg from 'pg'

import { BARE_CAPTURES } from './capture.ts'
import type { BareWay } from './capture.ts'
import { BareCaptureSchema, BareIdParams, BareLeadSchema, BarePageQuery } from './schemas.ts'

/** The one token that the bare service accepts. */
export const BARE_TOKEN = 'a token of the bare service'

const PAGE = 50
/** What a first page begins after: later and larger than every lead. */
const START = { time: new Date('9999-01-01'), id: '9223372036854775807' }

const digestOf = (text: string) => createHash('sha256').update(text).digest()

/**
 * The baseline of captures and reads: what Fastify and node-postgres cost where nothing is decided.
 * `POST /v1/leads`, `GET /v1/leads?dealerId=` in pages of 50 and `GET /v1/leads/:id`, with one token.
 */
export function buildBareService(pool: pg.Pool, way: BareWay) {
  const app = Fastify({ logger: false }).withTypeProvider<TypeBoxTypeProvider>()
  const token = digestOf(BARE_TOKEN)
  const capture = BARE_CAPTURES[way]

  app.addHook('onRequest', async (request, reply) => {
    const given = digestOf((request.headers.authorization ?? '').replace(/^Bearer /, ''))
    if (!timingSafeEqual(given, token)) return await reply.code(401).send({ error: 'token' })
  })

  app.post(
    '/v1/leads',
    { schema: { body: BareLeadSchema, response: { 201: BareCaptureSchema } } },
    async (request, reply) => await reply.code(201).send(await capture(pool, request.body))
  )

  app.get('/v1/leads', { schema: { querystring: BarePageQuery } }, async ({ query }) => {
    const [time, id] = query.after?.split('_') ?? []
    const { rows } = await pool.query<{ id: string; received_at: Date }>({
      name: 'page',
      text: `select * from leads where dealer_id = $1 and (received_at, id) < ($2, $3)
        order by received_at desc, id desc limit ${PAGE}`,
      values: [
        query.dealerId,
        time === undefined ? START.time : new Date(Number(time)),
        id ?? START.id
      ]
    })
    const last = rows.length < PAGE ? undefined : rows.at(-1)
    return { data: rows, next: last ? `${last.received_at.getTime()}_${last.id}` : null }
  })

  app.get('/v1/leads/:id', { schema: { params: BareIdParams } }, async (request, reply) => {
    const { rows } = await pool.query<Record<string, unknown>>({
      name: 'one',
      text: 'select * from leads where id = $1',
      values: [request.params.id]
    })
    const [lead] = rows
    return lead ?? (await reply.code(404).send({ error: 'not found' }))
  })
  return app
}
