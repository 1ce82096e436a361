import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'

void t.test('suppressions', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test(
    '201 spares an address, in whatever form it comes; deleted, it counts no more',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const created = await admin('POST', '/v1/suppressions', { email: ' Ada@EXAMPLE.com' })
      t.equal(created.status, 201)
      t.hasStrict(created.body, { email: 'ada@example.com', reason: 'requested', leadId: null })
      t.equal(created.body.createdBy.type, 'key')
      const url = String(created.headers.location)
      t.strictSame((await admin('GET', url)).body, created.body)
      const again = await admin('POST', '/v1/suppressions', { email: 'ADA@example.com' })
      t.equal(again.status, 409)
      t.strictSame(again.problem.errors, [{ pointer: '/email', message: 'is taken' }])
      t.equal((await admin('POST', '/v1/suppressions', { email: 'nobody' })).status, 422)

      await admin('POST', '/v1/suppressions', { email: 'bob@example.com' })
      const one = await admin('GET', '/v1/suppressions?email=ADA@Example.com')
      t.strictSame(one.body.data, [created.body])
      const page = await admin('GET', '/v1/suppressions?limit=1')
      t.equal(page.body.data[0]?.email, 'bob@example.com', 'newest first')
      const rest = await admin('GET', `/v1/suppressions?cursor=${page.body.nextCursor}`)
      t.strictSame(rest.body.data, [created.body])

      const member = await withUser()
      t.equal((await member.call('GET', '/v1/suppressions')).status, 403)
      t.equal((await admin('DELETE', url)).status, 204)
      t.equal((await admin('DELETE', url)).status, 404)
      const { body } = await admin('GET', '/v1/events')
      const told = body.data.filter(({ type }: { type: string }) => type.startsWith('suppression.'))
      t.equal(told.length, 3)
      t.notMatch(JSON.stringify(told), '@example', 'events hold no address')
    }
  )
})
