import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { postLead } from '../support/leads.ts'

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

  await t.test('by a code that tells refusals of one type apart, with its facts', async (t) => {
    const { admin, withUser: addUser } = await createDealer()
    const [anna, ben] = [await addUser(), await addUser()]
    const lead = await postLead(admin, {})
    const release = await admin('POST', `/v1/leads/${lead.id}/release`)
    t.match(release.problem, { type: /conflict$/, code: 'not-quarantined', facts: {} })
    const linked = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal(linked.status, 201)
    const preview = await admin('POST', `/v1/leads/${lead.id}/conversion-preview`, {})
    t.match(preview.body.problems, [{ pointer: '', code: 'lead-has-client' }])
    const stale = await admin('PATCH', `/v1/leads/${lead.id}`, {}, { 'if-match': '"1"' })
    t.match(stale.problem, {
      code: 'version-mismatch',
      facts: { version: linked.body.lead.version }
    })
    const own = await anna.call('POST', '/v1/promoters', { name: 'Ola', userId: ben.id })
    t.match(own.problem, { type: /forbidden$/, code: 'promoter-of-other-user' })
    t.equal((await admin('PATCH', `/v1/users/${anna.id}`, { active: false })).status, 200)
    const other = await postLead(admin)
    const assigned = await admin('POST', `/v1/leads/${other.id}/assign`, { assigneeId: anna.id })
    t.match(assigned.problem.errors, [{ pointer: '/assigneeId', code: 'inactive-user' }])
  })

  await t.test('of an If-Match that names no entity tag', async (t) => {
    const { admin } = await createDealer()
    const { id } = await postLead(admin)
    for (const tag of ['nonsense', '3', '"1', "'1'"]) {
      const { status, problem } = await admin('PATCH', `/v1/leads/${id}`, {}, { 'if-match': tag })
      t.strictSame([status, problem.errors?.[0]?.pointer], [422, 'If-Match'], tag)
    }
    for (const tag of ['"x"', 'W/"1"', '"7", "8"']) {
      const { status } = await admin('PATCH', `/v1/leads/${id}`, {}, { 'if-match': tag })
      t.equal(status, 412, tag)
    }
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
