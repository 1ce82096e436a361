import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import t from 'tap'

import { createTestApp } from '../support/app.ts'

void t.test('a refusal says what is missing', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const { withKey, withUser } = await createDealer()

  await t.test('the scope of a key, the role or grant of a user', async (t) => {
    const detailOf = async (call: Awaited<ReturnType<typeof withKey>>, url: string) => {
      const { status, problem } = await call('GET', url)
      t.equal(status, 403, url)
      return problem.detail
    }
    const capture = await withKey(['leads:capture'])
    t.equal(await detailOf(capture, '/v1/leads'), 'The API key needs the scope read.')
    const member = (await withUser()).call
    t.equal(await detailOf(member, '/v1/conversions'), 'The user needs the grant conversions.view.')
    t.equal(await detailOf(member, '/v1/imports'), 'The user needs the role admin.')
  })

  await t.test('the media types of the operation', async (t) => {
    const upload = await app.inject({
      method: 'POST',
      url: '/v1/auth/token',
      payload: 'a,b',
      headers: { 'content-type': 'text/csv' }
    })
    t.equal(upload.statusCode, 415)
    t.equal(upload.json<{ detail: string }>().detail, 'Send application/json.')
  })

  await t.test(
    'as a problem where the request is no HTTP, or its headers are too large',
    async (t) => {
      const port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
      const send = async (raw: string) => {
        const socket = connect(port, '127.0.0.1')
        socket.write(raw)
        const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
        t.match(head, /\r\nContent-Type: application\/problem\+json/)
        return { status: Number(head.split(' ')[1]), ...(JSON.parse(body) as object) }
      }
      t.strictSame(await send('GARBAGE\r\n\r\n'), {
        status: 400,
        type: 'about:blank',
        title: 'Bad Request',
        detail: 'This is no well-formed HTTP request.'
      })
      const large = `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`
      t.hasStrict(await send(large), { status: 431, type: 'about:blank' })
    }
  )
})
