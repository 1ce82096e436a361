import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'

import { LOCALES } from '../../src/domain/dealers/dealer.ts'
import type { Locale } from '../../src/domain/dealers/dealer.ts'
import { BROWSER, BROWSER_FLAGS } from '../support/browser.ts'
import { ask } from './qualification-scene.ts'
import { openPages } from './pages-scene.ts'
import type { Pages } from './pages-scene.ts'

// The pages of the service in a real browser. With SCREENSHOTS=<folder>, pictures of them are left there.

const withBrowser = existsSync(BROWSER) ? {} : { skip: 'skipped: no browser is installed' }

/** Of a desk and of a telephone. */
const WIDTHS = [1280, 360]

/** How a person looks at pages. */
interface Look {
  locale: Locale
  javaScript: boolean
}

/** A page of a browser with these settings, and what it complained of since it was last asked. */
async function openBrowserPage(t: Test, browser: Browser, { locale, javaScript }: Look) {
  const context = await browser.newContext({
    locale,
    javaScriptEnabled: javaScript,
    viewport: { width: 360, height: 800 }
  })
  t.teardown(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // An expected 404 or 410 of the page itself is said there too.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(request.url()))
  return { page, complain: () => complaints.splice(0) }
}

type BrowserPage = Awaited<ReturnType<typeof openBrowserPage>>

/** What is asked of a page at once: each question takes its time. */
const FACTS = `({
  lang: document.documentElement.lang,
  headings: document.querySelectorAll('h1').length,
  scripts: document.scripts.length,
  beside: document.documentElement.scrollWidth - document.documentElement.clientWidth
})`

/** What must hold of every page, however it was come to. */
async function checkPage(t: Test, { page, complain }: BrowserPage, name: string, locale: Locale) {
  t.strictSame(complain(), [], `${name}: its policy is in the way of nothing`)
  const facts = await page.evaluate<object>(FACTS)
  const expected = { lang: locale, headings: 1, scripts: 0, beside: 0 }
  t.strictSame(facts, expected, `${name}: one heading, no scripts, nothing beside the screen`)
}

/** What axe-core says of a page, as far as it is asked. */
interface Findings {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[]
  passes: object[]
}

/** What axe-core finds that keeps people from using the page. */
async function checkAccess(t: Test, page: Page, axe: string, name: string): Promise<void> {
  await page.evaluate(axe)
  const { violations, passes } = await page.evaluate<Findings>(
    "axe.run({ resultTypes: ['violations'] })"
  )
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  t.ok(passes.length > 5, `${name}: it was looked at`)
  t.strictSame(
    grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
    [],
    `${name}: axe-core finds nothing serious`
  )
}

/** Opens every page at each width. */
async function showAll(
  t: Test,
  browser: Browser,
  { pages, axe, look }: { pages: Pages; axe: string; look: Look }
): Promise<void> {
  const { locale, javaScript } = look
  const opened = await openBrowserPage(t, browser, look)
  const { page } = opened
  for (const [kind, [url, status]] of Object.entries(pages.shown)) {
    const name = `${kind}, ${locale}, ${javaScript ? 'with' : 'without'} scripts`
    const answer = await page.goto(url)
    t.equal(answer?.status(), status, name)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 })
      await checkPage(t, opened, `${name}, ${width} px`, locale)
      const { SCREENSHOTS } = process.env
      if (SCREENSHOTS === undefined || !javaScript) continue
      const path = join(SCREENSHOTS, `${kind}-${locale}-${width}.png`)
      await page.screenshot({ path, fullPage: true })
    }
    if (javaScript) await checkAccess(t, page, axe, name)
  }
}

/** Fills in each form and sends it. */
async function useForms(t: Test, browser: Browser, pages: Pages, look: Look): Promise<void> {
  const { locale, javaScript } = look
  const name = `${locale}-${javaScript ? 'with' : 'without'}`
  const opened = await openBrowserPage(t, browser, look)
  const { page } = opened
  const check = (at: string) => checkPage(t, opened, `${at}, ${name}`, locale)
  const press = async () => {
    await Promise.all([page.waitForEvent('load'), page.locator('button').click()])
  }

  await page.goto(pages.link)
  await page.fill('#name', 'Ewa Lis')
  await page.fill('#message', `Is it there? ${name}`)
  await press()
  t.match(page.url(), /error=unreachable-contact$/, 'neither an address nor a phone')
  await check('a refused form')
  await page.goBack()
  await page.fill('#name', 'Ewa Lis')
  await page.fill('#message', `Is it there? ${name}`)
  await page.fill('#email', `ewa-${name}@people.test`)
  await press()
  t.match(page.url(), /\/form$/)
  await check('the thanks')
  const stored = await ask(pages.owner, 'GET', `/v1/leads?q=ewa-${name}@people.test`)
  t.hasStrict(stored.data, [{ message: `Is it there? ${name}`, source: { key: 'referral' } }])

  await page.goto(await pages.nextInvitation())
  await page.fill('#name', '   ')
  await page.fill('#phone', '602 345 678')
  await press()
  await check('an invitation without a name')
  t.equal(await page.locator('[role=alert]').count(), 1, 'says what is missing')
  t.equal(await page.inputValue('#phone'), '602 345 678', 'what was typed is still there')
  await page.fill('#name', `Maria of ${name}`)
  await press()
  t.match(page.url(), '/v1/promoter-page/')
  await check('the page of who accepted')
  t.equal(await page.locator('svg[role=img]').count(), 1, 'with the code of the link')
}

void t.test('the pages in a real browser', withBrowser, async (t) => {
  const pages = await openPages(t)
  const require = createRequire(import.meta.url)
  const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
  const browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_FLAGS })
  t.teardown(() => browser.close())

  for (const locale of LOCALES) {
    for (const javaScript of [true, false]) {
      await t.test(`${locale}, ${javaScript ? 'with' : 'without'} scripts`, async (t) => {
        const look = { locale, javaScript }
        await showAll(t, browser, { pages, axe, look })
        // Where they work without scripts, they do with them: the pages have none.
        if (!javaScript || locale === 'en') await useForms(t, browser, pages, look)
      })
    }
  }
  await t.test('unsubscribing takes one press', async (t) => {
    const look = { locale: 'en', javaScript: false } as const
    const opened = await openBrowserPage(t, browser, look)
    await opened.page.goto(pages.shown.unsubscribe[0])
    await Promise.all([opened.page.waitForEvent('load'), opened.page.locator('button').click()])
    await checkPage(t, opened, 'unsubscribed', 'en')
    const { data } = await ask(pages.owner, 'GET', '/v1/suppressions?email=new@people.test')
    t.equal(data.length, 1)
  })
  t.equal(await pages.program.stop(), 0)
})
