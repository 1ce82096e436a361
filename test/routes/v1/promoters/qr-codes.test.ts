import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'
import { PNG } from 'pngjs'
import t from 'tap'
import type { Test } from 'tap'

import { createTestApp, sharedTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'
import { BROWSER, BROWSER_FLAGS } from '../../../support/browser.ts'
import { decodeQr } from '../../../support/qr.ts'
import { must } from '../../../support/must.ts'

async function makeLink({ admin, ownerId }: TestDealer, code?: string) {
  const { body, status } = await admin('POST', '/v1/referral-links', {
    userId: ownerId,
    ...(code === undefined ? {} : { code })
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as { id: string; url: string; code: string }
}

const LONG = 'A-code-as-long-as-any-may-be_0123456789z'

void t.test('QR codes of referral links', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const links = [await makeLink(dealer), await makeLink(dealer, LONG)]
  const get = (id: string, query = '', headers: Record<string, string> = {}) =>
    dealer.admin('GET', `/v1/referral-links/${id}/qr${query}`, undefined, headers)

  await t.test('as PNG they decode to the link, at every size and margin', async (t) => {
    for (const { id, url } of links) {
      for (const size of [64, 100, 256, 777, 2048]) {
        // Reading a picture takes as long as it is large; of the large ones a margin says it all.
        for (const margin of size > 256 ? [4] : [0, 4, 16]) {
          const name = `${url} ${size} ${margin}`
          const draw = (size: number) =>
            get(id, `?size=${size}&margin=${margin}`, { accept: 'image/png' })
          const asked = await draw(size)
          // Where there is no room, the least size is named, and is enough.
          const least = Number(/less than (\d+)/.exec(asked.text)?.[1] ?? size)
          t.equal(asked.status, size < least ? 422 : 200, name)
          const { bytes, headers } = asked.status === 200 ? asked : await draw(least)
          t.equal(headers['content-type'], 'image/png')
          t.equal(PNG.sync.read(bytes).width, Math.max(size, least), name)
          t.equal(decodeQr(bytes), url, name)
        }
      }
    }
  })

  await t.test('another link is another code', async (t) => {
    const [a, b] = await Promise.all(links.map(({ id }) => get(id)))
    t.not(a?.text, b?.text)
  })

  await t.test('as SVG unless PNG is asked for; 406 for anything else', async (t) => {
    const { id } = must(links[0])
    const typeFor = async (accept: string) =>
      String((await get(id, '', { accept })).headers['content-type'])
    for (const accept of ['*/*', 'image/*', 'image/svg+xml, image/png', 'text/html, */*;q=0.1']) {
      t.equal(await typeFor(accept), 'image/svg+xml', accept)
    }
    for (const accept of [
      'image/png',
      'image/svg+xml;q=0.5, image/png',
      'image/*, image/svg+xml;q=0'
    ]) {
      t.equal(await typeFor(accept), 'image/png', accept)
    }
    t.equal((await get(id)).headers['content-type'], 'image/svg+xml')
    const refused = await get(id, '', { accept: 'application/json' })
    t.equal(refused.status, 406)
    t.equal(refused.problem.type, 'urn:leadyard:problem:not-acceptable')
    for (const query of ['?size=63', '?size=2049', '?margin=17', '?margin=-1', '?colour=red']) {
      t.equal((await get(id, query)).status, 422, query)
    }
  })

  await t.test('a client with the current code gets 304', async (t) => {
    const { id } = must(links[0])
    const first = await get(id)
    t.match(first.headers, { 'cache-control': 'private, no-cache', vary: 'accept' })
    const etag = String(first.headers.etag)
    t.equal((await get(id, '', { 'if-none-match': etag })).status, 304)
    t.equal((await get(id, '?size=300', { 'if-none-match': etag })).status, 200)
    t.equal((await get(id, '', { 'if-none-match': etag, accept: 'image/png' })).status, 200)
  })

  await t.test('members draw their own and their promoters’', async (t) => {
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const { body: promoter } = await anna.call('POST', '/v1/promoters', { name: 'Pia' })
    const { body: hers } = await anna.call('POST', '/v1/referral-links', {
      promoterId: promoter.id
    })
    t.equal((await anna.call('GET', `/v1/referral-links/${hers.id}/qr`)).status, 200)
    t.equal((await ben.call('GET', `/v1/referral-links/${hers.id}/qr`)).status, 404)
    const other = await createDealer()
    t.equal((await other.admin('GET', `/v1/referral-links/${hers.id}/qr`)).status, 404)
  })
})

const withBrowser = existsSync(BROWSER) ? {} : { skip: 'skipped: no browser is installed' }

void t.test('as SVG they decode to the link, drawn by a browser', withBrowser, async (t: Test) => {
  const { createDealer }: TestApp = await createTestApp(t)
  const dealer = await createDealer()
  const browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_FLAGS })
  t.teardown(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1100, height: 1100 } })
  for (const code of [undefined, LONG]) {
    const { id, url } = await makeLink(dealer, code)
    for (const [size, margin] of [
      [128, 4],
      [256, 0],
      [1000, 16]
    ] as const) {
      const { text, headers } = await dealer.admin(
        'GET',
        `/v1/referral-links/${id}/qr?size=${size}&margin=${margin}`
      )
      t.equal(headers['content-type'], 'image/svg+xml')
      await page.setContent(`<body style="margin:0">${text}</body>`)
      const drawn = await page.locator('svg').screenshot()
      t.equal(PNG.sync.read(drawn).width, size)
      t.equal(decodeQr(drawn), url, `${url} ${size} ${margin}`)
    }
  }
})
