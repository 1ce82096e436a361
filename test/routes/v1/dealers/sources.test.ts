import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'

void t.test('sources', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('201 adds a source, which can then be read, listed and changed', async (t) => {
    const { admin } = await createDealer()
    const created = await admin('POST', '/v1/sources', {
      key: 'autotrader',
      name: 'AutoTrader',
      kind: 'portal'
    })
    t.equal(created.status, 201)
    t.equal(created.headers.etag, '"1"')
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)

    const changed = await admin(
      'PATCH',
      url,
      { name: 'Auto Trader', active: false },
      { 'if-match': '"1"' }
    )
    t.hasStrict(changed.body, { name: 'Auto Trader', active: false, kind: 'portal', version: 2 })
    t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)

    const inactive = await admin('GET', '/v1/sources?active=false')
    t.strictSame(inactive.body, { data: [changed.body], nextCursor: null })
  })

  await t.test(
    'the same Idempotency-Key makes one source; another request under it is 422',
    async (t) => {
      const { admin } = await createDealer()
      const body = { key: 'fair', name: 'Fair', kind: 'trade_fair' }
      const headers = { 'idempotency-key': '"one"' }
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => admin('POST', '/v1/sources', body, headers))
      )
      t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
      t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
      t.equal(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 7)
      const other = await admin('POST', '/v1/sources', { ...body, name: 'Other' }, headers)
      t.equal(other.status, 422)
      t.equal(other.problem.type, 'urn:leadyard:problem:idempotency-key-reused')
    }
  )

  await t.test('409 names the field when the key is taken, 422 each fault', async (t) => {
    const { admin } = await createDealer()
    const taken = await admin('POST', '/v1/sources', { key: 'website', name: 'W', kind: 'website' })
    t.equal(taken.status, 409)
    t.strictSame(taken.problem.errors, [{ pointer: '/key', message: 'is taken' }])
    const wrong = await admin('POST', '/v1/sources', { key: 'A B', kind: 'nothing', extra: 1 })
    t.equal(wrong.status, 422)
    t.strictSame(
      wrong.problem.errors?.map(({ pointer }: { pointer: string }) => pointer).toSorted(),
      ['/extra', '/key', '/kind', '/name']
    )
  })

  await t.test('409 when another source has the name, in any case', async (t) => {
    const { admin } = await createDealer()
    const fair = { key: 'fair', name: 'Żółta Fair', kind: 'trade_fair' }
    const { body } = await admin('POST', '/v1/sources', fair)
    const again = await admin('POST', '/v1/sources', { ...fair, key: 'second', name: 'żółta FAIR' })
    t.equal(again.status, 409)
    t.strictSame(again.problem.errors, [{ pointer: '/name', message: 'is taken' }])
    const hall = { key: 'hall', name: 'Hall', kind: 'event' }
    const { id } = (await admin('POST', '/v1/sources', hall)).body
    const renamed = await admin('PATCH', `/v1/sources/${id}`, { name: 'ŻÓŁTA FAIR' })
    t.equal(renamed.status, 409)
    const own = await admin('PATCH', `/v1/sources/${body.id}`, { name: 'ŻÓŁTA fair' })
    t.equal(own.status, 200, 'its own name in another case')
  })

  await t.test('pages of the list join without gap or repeat', async (t) => {
    const { admin } = await createDealer()
    const seen: string[] = []
    let url: string | null = '/v1/sources?limit=5'
    while (url !== null) {
      const { body, headers } = await admin('GET', url)
      seen.push(...body.data.map(({ key }: { key: string }) => key))
      const link = /^<(.+)>; rel="next"$/.exec(String(headers.link ?? ''))
      t.equal(link === null, body.nextCursor === null)
      url = link?.[1] ?? null
    }
    t.equal(seen.length, 12)
    t.equal(new Set(seen).size, 12)
    t.equal((await admin('GET', '/v1/sources?cursor=nonsense')).status, 422)
  })
})
