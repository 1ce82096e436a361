import t from 'tap'

import { createTestApp } from '../../support/app.ts'
import type { TestApp, TestDealer } from '../../support/app.ts'
import { must } from '../../support/must.ts'

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8'

/** Opens an address as a browser with these languages. */
function opener({ call }: TestApp) {
  return async (url: string, language = 'en', accept = BROWSER) =>
    await call(null, { method: 'GET', url, headers: { accept, 'accept-language': language } })
}

async function linkOf({ admin, ownerId }: TestDealer): Promise<string> {
  return (await admin('POST', '/v1/referral-links', { userId: ownerId })).body.code
}

void t.test('pages of referral links', async (t) => {
  const app = await createTestApp(t)
  const open = opener(app)

  await t.test('the landing page is in the language of the visitor', async (t) => {
    const dealer = await app.createDealer()
    await dealer.admin('PATCH', '/v1/dealer', { locale: 'pl', name: 'Auto <b>Żuk</b>' })
    const url = `/r/${await linkOf(dealer)}/landing`
    for (const [languages, lang, word] of [
      ['es-MX,es;q=0.9,en;q=0.5', 'es', 'Teléfono'],
      ['de,en;q=0.8,pl;q=0.9', 'pl', 'Imię i nazwisko'],
      ['fr', 'pl', 'Wyślij'],
      ['en', 'en', 'Phone'],
      ['es;q=0,pl;q=0.1', 'pl', 'Telefon']
    ] as const) {
      const { status, text, headers } = await open(url, languages)
      t.equal(status, 200)
      t.match(text, `<html lang="${lang}">`, languages)
      t.match(text, word)
      t.match(text, 'Auto &lt;b&gt;Żuk&lt;/b&gt;', 'a name is no markup')
      t.notMatch(text, /<script|style=|https?:\/\//, 'nothing is loaded from anywhere')
      t.hasStrict(headers, {
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex'
      })
      t.match(headers['content-security-policy'], /^default-src 'none'; style-src 'sha256-/)
    }
  })

  await t.test('what is wrong with a form is said in the language of its page', async (t) => {
    const dealer = await app.createDealer()
    await dealer.admin('PATCH', '/v1/dealer', { locale: 'pl' })
    const { body: link } = await dealer.admin('POST', '/v1/referral-links', {
      userId: dealer.ownerId
    })
    const post = async (language: string) =>
      await app.call(null, {
        method: 'POST',
        url: `/v1/referrals/${link.code}/leads`,
        payload: 'name=Ewa&email=ewa',
        headers: {
          accept: BROWSER,
          'accept-language': language,
          'content-type': 'application/x-www-form-urlencoded'
        }
      })
    const languages = ['en', 'es', 'pl', 'fr'] as const
    const said = {
      en: ['Please go back and enter an e-mail address', 'This page is not available'],
      es: ['Vuelva atrás e indique una dirección', 'Esta página no está disponible'],
      pl: ['Wróć i podaj adres e-mail', 'Ta strona jest niedostępna'],
      fr: ['Wróć i podaj adres e-mail', 'Ta strona jest niedostępna']
    }
    for (const language of languages) {
      const { status, headers } = await post(language)
      t.equal(status, 303)
      const { pathname, search } = new URL(must(headers.location))
      t.match((await open(`${pathname}${search}`, language)).text, said[language][0])
    }
    const ended = await dealer.admin('PATCH', `/v1/referral-links/${link.id}`, { active: false })
    t.equal(ended.status, 200, ended.text)
    for (const language of languages) {
      const { status, text } = await post(language)
      t.equal(status, 404)
      t.match(text, said[language][1])
    }
  })

  await t.test('its form stores a lead and leads to the thanks', async (t) => {
    const dealer = await app.createDealer()
    const code = await linkOf(dealer)
    const { text } = await open(`/r/${code}/landing`)
    const action = must(/<form method="post" action="([^"]+)" novalidate>/.exec(text)?.[1])
    const post = async (fields: Record<string, string>) =>
      await app.call(null, {
        method: 'POST',
        url: action,
        payload: new URLSearchParams(fields).toString(),
        headers: { accept: BROWSER, 'content-type': 'application/x-www-form-urlencoded' }
      })
    const names = Array.from(text.matchAll(/ name="([^"]+)"/g), ([, name]) => must(name))
    t.strictSame(names, ['viewport', 'robots', 'name', 'email', 'phone', 'vehicle', 'message'])
    const sent = await post({
      name: 'Ewa Lis',
      email: 'ewa@example.test',
      phone: '+34 612 34 56 78',
      vehicle: 'Kia Ceed',
      message: 'Is it there?'
    })
    t.equal(sent.status, 303)
    const { pathname } = new URL(must(sent.headers.location))
    t.match((await open(pathname, 'es')).text, 'Gracias', 'the thanks are in their language')
    const { body } = await dealer.admin('GET', '/v1/leads')
    t.equal(body.data.length, 1)
    const [lead] = body.data
    t.match(lead, { contact: { fullName: 'Ewa Lis' }, message: 'Is it there?', unmapped: [] })
    const contact = JSON.stringify(lead?.contact)
    t.match(contact, '"ewa@example.test"')
    t.match(contact, '"+34612345678"')
    t.match(JSON.stringify(lead?.vehicles), 'Ceed', 'the car is kept as one')

    const refused = await post({ name: 'Ewa Lis', email: '', phone: '' })
    const place = new URL(must(refused.headers.location))
    t.match((await open(place.pathname + place.search, 'en')).text, 'enter an e-mail address')
  })

  await t.test('the policy lets the form lead on to the pages of the dealer', async (t) => {
    const dealer = await app.createDealer({ formThanksUrl: 'https://thanks.example/a?b=c' })
    const { headers } = await open(`/r/${await linkOf(dealer)}/landing`)
    t.match(
      headers['content-security-policy'],
      "form-action 'self' http://leadyard.test https://thanks.example;"
    )
  })

  await t.test(
    'an error is a page in the reader’s language, and a problem for programs',
    async (t) => {
      const dealer = await app.createDealer()
      const code = await linkOf(dealer)
      const { body } = await dealer.admin('GET', '/v1/referral-links')
      await dealer.admin('PATCH', `/v1/referral-links/${must(body.data[0]).id}`, { active: false })
      for (const url of [`/r/${code}`, `/r/${code}/landing`, '/r/unknown1', '/u/lu_unknown']) {
        for (const [language, words] of [
          ['en', 'This page is not available'],
          ['es', 'Esta página no está disponible'],
          ['pl', 'Ta strona jest niedostępna']
        ] as const) {
          const page = await open(url, language)
          t.equal(page.status, 404, url)
          t.match(page.headers['content-type'], 'text/html')
          t.match(page.text, `<html lang="${language}">`)
          t.match(page.text, words)
          t.notMatch(page.text, code, 'and tells no more')
        }
      }
      const problem = await open(`/r/${code}`, 'es', 'application/json')
      t.match(problem.headers['content-type'], 'application/problem+json')
    }
  )
})

void t.test('pages of promoters', async (t) => {
  const app = await createTestApp(t)
  const open = opener(app)

  await t.test('a promoter reads their page, in their language, as HTML and as JSON', async (t) => {
    const { admin } = await app.createDealer()
    const { body: promoter } = await admin('POST', '/v1/promoters', {
      name: 'P <i>L</i>',
      locale: 'es'
    })
    const { body: link } = await admin('POST', '/v1/referral-links', { promoterId: promoter.id })
    await app.call(null, {
      method: 'POST',
      url: `/v1/referrals/${link.code}/leads`,
      payload: { contact: { fullName: 'Ewa Lis', email: 'ewa@example.test' } }
    })
    const { body } = await admin('POST', `/v1/promoters/${promoter.id}/page-link`)
    const { pathname } = new URL(must(body.url))
    const page = await open(pathname, 'pl')
    t.equal(page.status, 200)
    t.match(page.text, '<html lang="es">')
    t.match(page.text, `href="http://leadyard.test/r/${link.code}"`)
    t.match(page.text, '<svg role="img" aria-label="Código QR')
    t.match(page.text, '<td>Recibido</td>')
    t.match(page.text, 'P &lt;i&gt;L&lt;/i&gt;')
    t.notMatch(page.text, /Ewa|ewa@/, 'nothing of the person')
    const told = await open(pathname, 'pl', 'application/json')
    t.match(told.body, { name: 'P <i>L</i>', totals: { leads: 1 } })
    const unknown = await open(`${pathname.slice(0, -1)}x`, 'pl')
    t.equal(unknown.status, 404)
    t.match(unknown.text, 'Ta strona jest niedostępna')
  })
})

void t.test('addresses of pages', async (t) => {
  const app = await createTestApp(t)
  const open = opener(app)
  const dealer = await app.createDealer()
  const code = await linkOf(dealer)
  const { body: promoter } = await dealer.admin('POST', '/v1/promoters', {
    name: 'Piotr Lis',
    email: 'piotr.lis@example.pl'
  })
  const made = await dealer.admin('POST', `/v1/promoters/${promoter.id}/page-link`, {})
  const { pathname } = new URL(must(made.body.url))

  await t.test('in mails give JSON only to who names it ahead of HTML', async (t) => {
    for (const [accept, type] of [
      [BROWSER, 'text/html'],
      ['*/*', 'text/html'],
      ['', 'text/html'],
      ['image/png', 'text/html'],
      ['text/html, application/json', 'text/html'],
      ['application/json;q=0.5, text/html', 'text/html'],
      ['application/json;q=0', 'text/html'],
      ['application/json', 'application/json'],
      ['application/json, text/plain, */*', 'application/json'],
      ['application/json, text/html;q=0.9', 'application/json']
    ] as const) {
      const { status, headers } = await open(pathname, 'en', accept)
      t.equal(status, 200)
      t.match(headers['content-type'], type, accept)
    }
    const unknown = await open('/v1/promoter-page/lp_unknown', 'en', '*/*')
    t.equal(unknown.status, 404)
    t.match(unknown.headers['content-type'], 'text/html')
    const gone = await open('/v1/promoter-invitations/li_unknown', 'en', '*/*')
    t.equal(gone.status, 404)
    t.match(gone.headers['content-type'], 'text/html')
  })

  await t.test('take HEAD as they take GET', async (t) => {
    const head = async (url: string) => await app.call(null, { method: 'HEAD', url })
    for (const url of [`/r/${code}/landing`, `/r/${code}/form`, pathname]) {
      const { status, text } = await head(url)
      t.strictSame([status, text], [200, ''], url)
    }
    for (const url of ['/v1/promoter-invitations/li_unknown', '/u/lu_unknown', '/l/a', '/p/a']) {
      t.equal((await head(url)).status, 404, url)
    }
  })

  await t.test('that a mail program broke open a page that says so', async (t) => {
    const long = 'a'.repeat(3_000)
    for (const url of ['/l/%zz', '/r/%', '/p/%zz', '/u/%', `/l/${long}`]) {
      const page = await open(url, 'es')
      t.equal(page.status, 404)
      t.match(page.headers['content-type'], 'text/html', url)
      t.match(page.text, 'Esta página no está disponible')
    }
    const headers = { accept: BROWSER }
    const posted = await app.call(null, { method: 'POST', url: '/l/abc', headers })
    t.equal(posted.status, 405)
    t.match(posted.headers['content-type'], 'text/html')
    t.match(posted.headers.allow, 'GET')
    const other = await open('/v1/%zz', 'en')
    t.match(other.headers['content-type'], 'application/problem+json')
  })
})
