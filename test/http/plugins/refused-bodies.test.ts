import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import t from 'tap'

import { bodyDeadline } from '../../../src/http/plugins/body-deadline.ts'
import { createTestApp } from '../../support/app.ts'

const MEBIBYTE = 1024 * 1024

/** How long a client waits for its second response; one that never comes was waited for 73 s. */
const PATIENCE_MS = 15_000

/** Long: a file of many rows takes its time until it is too large. */
const LINE = `${'x'.repeat(8191)}\n`

interface Refusal {
  path: string
  type: string
  status: number
  token: 'admin' | 'capture' | 'none'
  /** The start of the body; long lines follow. */
  start?: string
  bytes?: number
}

const UPLOAD = { path: '/v1/imports', type: 'text/csv', token: 'admin' } as const
const LEAD = { path: '/v1/leads', type: 'application/json', token: 'admin' } as const

const REFUSALS: Record<string, Refusal> = {
  'upload without credentials': { ...UPLOAD, status: 401, token: 'none' },
  'upload with a key that may not': { ...UPLOAD, status: 403, token: 'capture' },
  'upload to no path': { ...UPLOAD, path: '/v1/nothing', status: 404 },
  'upload of another media type': { ...UPLOAD, type: 'text/x-unknown', status: 415 },
  'upload with a wrong parameter': { ...UPLOAD, path: '/v1/imports?target=x', status: 422 },
  'upload for an unknown source': { ...UPLOAD, path: '/v1/imports?source=x', status: 422 },
  'upload in an unknown encoding': { ...UPLOAD, path: '/v1/imports?encoding=x', status: 422 },
  'upload of too many columns': { ...UPLOAD, status: 422, start: `${'name,'.repeat(300)}\n` },
  'upload of lines of a list': {
    ...UPLOAD,
    type: 'application/x-ndjson',
    status: 422,
    start: '[\n'
  },
  'upload of a broken workbook': {
    ...UPLOAD,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    status: 422,
    start: 'PK\u0003\u0004'
  },
  'upload of too many bytes': { ...UPLOAD, status: 413, bytes: 10 * MEBIBYTE },
  'lead without credentials': { ...LEAD, status: 401, token: 'none' },
  'lead of another media type': { ...LEAD, type: 'image/png', status: 415 },
  'lead of too many bytes': { ...LEAD, status: 413, bytes: 4 * MEBIBYTE },
  'lead that is no JSON': { ...LEAD, status: 400, start: '[', bytes: MEBIBYTE / 2 }
}

// Guards `discardRest`: after a refused upload, the connection gave no response until it was closed.
void t.test('a connection stays usable after a refused body, or is closed', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const dealer = await createDealer()
  const create = async (scopes: string[]) =>
    (await dealer.admin('POST', '/v1/api-keys', { name: 'Key', scopes })).body.key!
  const tokens = { admin: await create(['admin']), capture: await create(['leads:capture']) }
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo

  for (const [name, refusal] of Object.entries(REFUSALS)) {
    for (const bytes of new Set([100, 100 * 1024, refusal.bytes ?? 4 * MEBIBYTE])) {
      if (refusal.bytes !== undefined && bytes !== refusal.bytes) continue
      for (const isChunked of [false, true]) {
        const { path, type, start = 'email\n', token } = refusal
        const body = start + LINE.repeat(bytes / LINE.length)
        const head = [
          `POST ${path} HTTP/1.1`,
          'Host: localhost',
          `Content-Type: ${type}`,
          ...(token === 'none' ? [] : [`Authorization: Bearer ${tokens[token]}`]),
          isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${Buffer.byteLength(body)}`
        ].join('\r\n')
        const chunked = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
        const request = `${head}\r\n\r\n${isChunked ? chunked : body}`
        const { first, end } = await sendTwo(port, request)
        const what = `${name}, ${bytes} bytes${isChunked ? ' in chunks' : ''}`
        t.equal(first, refusal.status, what)
        t.match(end, /^(answered|closed)$/, `${what}: ${end}`)
      }
    }
  }
})

// Guards the limit of `discardRest`: without it, a refused sender keeps a connection as long as it likes.
void t.test('a sender who goes on with a refused body loses the connection', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(bodyDeadline, { seconds: 1 })
  app.addContentTypeParser('text/csv', (_request, payload, done) => {
    done(null, payload)
  })
  app.post('/', (_request, reply) => reply.code(422).send('refused'))
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n'
  socket.write(`${head}Content-Length: 1000000\r\n\r\n`)
  const startedAt = Date.now()
  const writing = setInterval(() => socket.write('x'), 100)
  socket.on('error', () => undefined).resume()
  await new Promise((resolve) => socket.on('close', resolve))
  clearInterval(writing)
  t.ok(Date.now() - startedAt < 20_000)
})

/** Sends a request and, once it is answered, another on the same connection. */
async function sendTwo(
  port: number,
  request: string
): Promise<{ first: number; end: 'answered' | 'closed' | 'silent' }> {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (text: string) => (received += text))
  socket.on('error', () => undefined)
  let isOver = false
  const closed = new Promise<'closed'>((resolve) => {
    socket.on('close', () => {
      resolve('closed')
    })
  })
  const seen = async (pattern: RegExp) => {
    while (!pattern.test(received) && !isOver) await sleep(10)
    return 'answered' as const
  }
  const within = async (pattern: RegExp) =>
    await Promise.race([
      seen(pattern),
      closed,
      sleep(PATIENCE_MS, 'silent' as const, { ref: false })
    ])
  socket.write(request)
  await within(/\r\n\r\n\{.*\}$/s)
  const first = Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1])
  received = ''
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const end = await within(/^HTTP\/1\.1 200/)
  isOver = true
  socket.destroy()
  return { first, end }
}
