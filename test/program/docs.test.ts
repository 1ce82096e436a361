import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'

import { BROWSER, BROWSER_FLAGS } from '../support/browser.ts'
import { createEmptyDatabase } from '../support/database.ts'
import { startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { TEST_SECRET } from '../support/postgres.ts'

const withBrowser = existsSync(BROWSER) ? {} : { skip: 'skipped: no browser is installed' }

/** A page of the documentation, and what it asked for and complained of. */
interface Visit {
  page: Page
  /** URLs of other hosts than ours. */
  foreign: string[]
  complaints: string[]
}

async function visit(
  t: Test,
  browser: Browser,
  { baseUrl }: Program,
  path: string
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 1600 } })
  // Drawing the document keeps a core busy for seconds, and the other tests have it as well.
  context.setDefaultTimeout(180_000)
  t.teardown(() => context.close())
  const page = await context.newPage()
  const foreign: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(baseUrl) && !url.startsWith('data:')) foreign.push(url)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${baseUrl}${path}`)
  return { page, foreign, complaints }
}

void t.test('Swagger UI in a real browser', withBrowser, async (t) => {
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: await createEmptyDatabase(t),
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe',
      LEADYARD_DEMO: 'true'
    }
  })
  const browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_FLAGS })
  t.teardown(() => browser.close())

  const evil = encodeURIComponent('http://127.0.0.1:9/evil.json')
  const evilLinks = [`/docs?url=${evil}`, `/docs/static/index.html?configUrl=${evil}`] as const

  await t.test('authorize with the API key, post a lead, see 201', async (t) => {
    const { page, foreign, complaints } = await visit(t, browser, program, '/docs')
    await page.click('button.authorize')
    const form = page.locator('.auth-container', { hasText: 'apiKey (http, Bearer)' })
    await form.locator('input').fill(program.credentials.apiKey)
    await form.locator('button.authorize').click()
    await page.click('.modal-ux button.btn-done')

    await page.click('#operations-tag-Leads')
    const operation = page.locator('#operations-Leads-createLead')
    await operation.locator('.opblock-summary-control').click()
    await operation.locator('button.execute').click()
    const answer = operation.locator('.live-responses-table tr.response').first()
    await answer.waitFor()
    t.match(await answer.locator('.response-col_status').innerText(), /^201/)
    t.match(await answer.innerText(), '"outcome": "created"')
    if (process.env.SCREENSHOT)
      await page.screenshot({ path: process.env.SCREENSHOT, fullPage: true })
    t.strictSame(foreign, [], 'asks nobody else')
    t.strictSame(complaints, [], 'and its policy is in nothing’s way')

    await page.goto(`${program.baseUrl}${evilLinks[0]}`)
    await page.locator('button.authorize.unlocked').waitFor()
    await page.locator('#operations-tag-Leads').waitFor()
    t.strictSame(foreign, [], 'a link can’t make it show another document')
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'
    )
    t.notMatch(kept, program.credentials.apiKey, 'the key is gone with the page')
  })

  await t.test('nor can one that names another configuration', async (t) => {
    const { page, foreign } = await visit(t, browser, program, evilLinks[1])
    await page.locator('#operations-tag-Leads').waitFor()
    t.strictSame(foreign, [])
  })

  await t.test('its policy allows nothing from elsewhere and no script in the page', async (t) => {
    const answer = await fetch(`${program.baseUrl}/docs/`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    t.match(policy, "default-src 'none'")
    t.match(policy, "script-src 'self';")
    t.match(policy, "frame-ancestors 'none'")
    t.notMatch(policy, /https?:|unsafe-eval|script-src[^;]*unsafe/)
  })
  t.equal(await program.stop(), 0)
})
