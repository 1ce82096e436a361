import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { TestResponse } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('costs of sources', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin, withUser } = await createDealer()
  const { data } = (await admin('GET', '/v1/sources')).body
  const [portal, website] = ['portal', 'website'].map(
    (key) => must(data.find((source: TestResponse['body']) => source.key === key)).id
  )
  const put = (id: string, month: string, amount: string, headers?: Record<string, string>) =>
    admin('PUT', `/v1/sources/${id}/costs/${month}`, { amount }, headers)
  const list = async (query = '') => {
    const { status, body } = await admin('GET', `/v1/source-costs${query}`)
    t.equal(status, 200)
    return body
  }
  const places = (page: TestResponse['body']) =>
    page.data.map((cost: TestResponse['body']) => `${cost.source.key} ${cost.month}`)

  await t.test('is written over, each time with a new version', async (t) => {
    t.equal((await put(must(website), '2026-10', '1200')).headers.etag, '"1"')
    const again = await put(must(website), '2026-10', '1300.5', { 'if-match': '"1"' })
    t.hasStrict(again.body, { cost: { amount: '1300.50', currency: 'PLN' }, version: 2 })
    t.equal((await put(must(website), '2026-10', '1', { 'if-match': '"1"' })).status, 412)
    t.equal((await put(must(website), '2026-13', '1')).status, 422)
    t.equal((await put(must(website), '2026-10', '-1')).status, 422)
    const events = (await admin('GET', '/v1/events')).body.data
    t.equal(
      events.filter(({ type }: { type: string }) => type === 'source_cost.updated').length,
      2,
      'what was refused did not happen'
    )
  })

  await t.test('is listed by source and month, page by page', async (t) => {
    await put(must(portal), '2026-11', '10')
    await put(must(website), '2026-11', '20')
    await put(must(website), '2026-12', '30')
    t.equal((await list()).data.length, 4)
    t.strictSame(places(await list('?source=website')), [
      'website 2026-10',
      'website 2026-11',
      'website 2026-12'
    ])
    t.strictSame(places(await list('?source=website&from=2026-11&to=2026-11')), ['website 2026-11'])
    t.equal((await admin('GET', '/v1/source-costs?source=unknown')).status, 422)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: TestResponse['body'] = await list(`?limit=1${cursor && `&cursor=${cursor}`}`)
      seen.push(...places(page))
      cursor = page.nextCursor
    }
    t.strictSame(seen, places(await list()))
  })

  await t.test('is taken back', async (t) => {
    const url = `/v1/sources/${portal}/costs/2026-11` as const
    t.equal((await admin('DELETE', url, undefined, { 'if-match': '"7"' })).status, 412)
    t.equal((await admin('DELETE', url)).status, 204)
    t.equal((await admin('DELETE', url)).status, 404)
    t.equal((await list()).data.length, 3)
  })

  await t.test('is the admins’ to see and to say', async (t) => {
    const member = await withUser()
    const url = `/v1/sources/${portal}/costs/2026-11` as const
    t.equal((await member.call('PUT', url, { amount: '1' })).status, 403)
    t.equal((await member.call('GET', '/v1/source-costs')).status, 403)
    const other = await createDealer()
    t.equal((await other.admin('PUT', url, { amount: '1' })).status, 404)
    t.strictSame((await other.admin('GET', '/v1/source-costs')).body.data, [])
  })
})
