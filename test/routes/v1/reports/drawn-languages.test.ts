import { readFile } from 'node:fs/promises'

import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

/** Words that are the same in two of the languages, and names. */
const SAME = /^(Leads|Total|Portal|Webinar|Anna|Olga|Team|Mediana|Link)/

void t.test('reports are drawn in the language of their reader', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const anna = await withUser({ name: 'Anna' })
  await postLead(admin, { assignee: anna.id })
  await postLead(admin, { source: 'trade-fair' })
  const readers = new Map(
    await Promise.all(
      (['en', 'es', 'pl'] as const).map(async (locale) => {
        const routing = { locale }
        return [locale, await withUser({ role: 'admin', name: 'Anna', routing })] as const
      })
    )
  )
  const text = await readFile(new URL('../../../../openapi/openapi.json', import.meta.url), 'utf8')
  const { paths } = JSON.parse(text) as { paths: Record<string, { get?: object }> }
  const reports = Object.entries(paths).flatMap(([path, { get }]) =>
    path.startsWith('/v1/reports/') && JSON.stringify(get ?? {}).includes('image/svg+xml')
      ? [path]
      : []
  )
  t.ok(reports.length > 8)
  const textsOf = async (url: string, locale: 'en' | 'es' | 'pl') => {
    const call = readers.get(locale)?.call ?? admin
    const { status, text } = await call('GET', url, undefined, { accept: 'image/svg+xml' })
    t.equal(status, 200, url)
    const texts = Array.from(text.matchAll(/<(?:text|title)[^>]*>([^<]*)</g), ([, one = '']) => one)
    return texts.filter((one) => /\p{L}{3}/u.test(one) && !SAME.test(one))
  }
  for (const path of [
    ...reports,
    '/v1/reports/funnel?by=step',
    '/v1/reports/response-times?by=source'
  ]) {
    const english = await textsOf(path, 'en')
    for (const locale of ['es', 'pl'] as const) {
      const shown = await textsOf(path, locale)
      t.ok(shown.length > 0, path)
      t.strictSame(
        shown.filter((one) => english.includes(one)),
        [],
        `${path} in ${locale}`
      )
    }
  }
})
