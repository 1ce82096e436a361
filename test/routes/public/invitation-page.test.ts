import PostalMime from 'postal-mime'
import t from 'tap'

import { deliverNow } from '../../support/deliver-now.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestDealer } from '../../support/app.ts'
import { SENT, deliveryContext } from '../../support/delivery-context.ts'
import { must } from '../../support/must.ts'

const DAY = 24 * 60 * 60 * 1000
const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8'

void t.test('the page of an invitation', async (t) => {
  let now = new Date('2026-11-23T12:00:00Z')
  const { call, createDealer, database } = await createTestApp(t, { now: () => now })

  /** Invites a person, and answers the path in their mail. */
  const invite = async (dealer: TestDealer, words: object = {}) => {
    const invitation = { email: 'maria@promoters.test', name: 'Maria <b>Ruiz</b>', ...words }
    await dealer.admin('POST', '/v1/promoter-invitations', invitation)
    const { body } = await dealer.admin('GET', '/v1/deliveries?purpose=promoter_invitation')
    const raw: Buffer[] = []
    const context = deliveryContext(database.db, {
      send: (mail) => {
        raw.push(mail.raw)
        return Promise.resolve(SENT)
      },
      now: () => now
    })
    await deliverNow(context, { dealerId: dealer.id, deliveryId: must(body.data[0]).id })
    const { text = '' } = await PostalMime.parse(must(raw[0]))
    return must(/\/v1\/promoter-invitations\/li_\w{60}/.exec(text))[0]
  }
  const open = (url: string, language = 'en') =>
    call(null, { method: 'GET', url, headers: { accept: BROWSER, 'accept-language': language } })
  const send = (url: string, fields: Record<string, string>, language = 'en') =>
    call(null, {
      method: 'POST',
      url: `${url}/accept`,
      payload: new URLSearchParams(fields).toString(),
      headers: {
        accept: BROWSER,
        'accept-language': language,
        'content-type': 'application/x-www-form-urlencoded'
      }
    })

  await t.test('shows a form in the reader’s language, filled in with their name', async (t) => {
    const dealer = await createDealer({ promoterPage: 'https://dealer.test/p' })
    const url = await invite(dealer)
    for (const [language, lang, word] of [
      ['en', 'en', 'Accept the invitation'],
      ['es-MX', 'es', 'Aceptar la invitación'],
      ['pl', 'pl', 'Przyjmij zaproszenie'],
      ['fr', 'en', 'Accept the invitation']
    ] as const) {
      const { status, text, headers } = await open(url, language)
      t.equal(status, 200)
      t.match(text, `<html lang="${lang}">`)
      t.match(text, word)
      t.ok(text.includes(`<form method="post" action="${url}/accept" novalidate>`))
      t.ok(text.includes('value="Maria &lt;b&gt;Ruiz&lt;/b&gt;"'), 'a name is no markup')
      t.notMatch(text, /<script|maria@/)
      t.match(headers['content-security-policy'], /form-action 'self' \S+ https:\/\/dealer\.test;/)
      t.equal(headers['cache-control'], 'no-store')
    }
    const chosen = await invite(dealer, { email: 'pia@promoters.test', locale: 'pl' })
    t.match((await open(chosen, 'es')).text, '<html lang="pl">', 'who invites may choose it')
  })

  await t.test('a form with a mistake is shown again, with what was typed', async (t) => {
    const dealer = await createDealer()
    const url = await invite(dealer, { name: null })
    for (const [language, fault] of [
      ['en', 'Please check your name and phone number.'],
      ['es', 'Revise su nombre y su teléfono.'],
      ['pl', 'Sprawdź imię i nazwisko oraz numer telefonu.']
    ] as const) {
      const refused = await send(url, { name: '  ', phone: '602 "345"' }, language)
      t.equal(refused.status, 422)
      t.match(refused.headers['content-type'], 'text/html')
      t.match(refused.text, `<p class="fault" role="alert">${fault}</p>`)
      t.ok(refused.text.includes('value="602 &quot;345&quot;"'))
    }
    const unknown = await send(url, { name: 'M "R"', role: 'owner' })
    t.equal(unknown.status, 422, 'no other field is taken')
    t.ok(unknown.text.includes('value="M &quot;R&quot;"'))
    t.equal((await open(url)).status, 200, 'and it is still an invitation')
  })

  await t.test('accepted, it leads to the promoter’s page, once', async (t) => {
    const dealer = await createDealer()
    const url = await invite(dealer)
    const { text } = await open(url, 'es')
    const hidden = must(/name="locale" value="(\w+)"/.exec(text)?.[1])
    const accepted = await send(url, { name: 'Maria', phone: '602 345 678', locale: hidden }, 'es')
    t.equal(accepted.status, 303)
    const { pathname } = new URL(must(accepted.headers.location))
    const page = await open(pathname, 'en')
    t.equal(page.status, 200)
    t.match(page.text, '<html lang="es">', 'the language in which it was accepted stays')
    const { body } = await dealer.admin('GET', '/v1/promoters')
    t.hasStrict(body.data, [
      { name: 'Maria', phone: '+48602345678', state: 'active', locale: 'es' }
    ])
    for (const used of [await open(url, 'es'), await send(url, { name: 'Maria' }, 'es')]) {
      t.equal(used.status, 410)
      t.match(used.text, 'Ya ha aceptado esta invitación')
      t.notMatch(used.text, /Maria|<form/)
    }
  })

  await t.test('the welcome mail has the address of the page that was shown', async (t) => {
    const dealer = await createDealer()
    const url = await invite(dealer)
    const { headers } = await send(url, { name: 'Maria' })
    const { body } = await dealer.admin('GET', '/v1/deliveries?purpose=promoter_welcome')
    const raw: Buffer[] = []
    const context = deliveryContext(database.db, {
      send: (mail) => {
        raw.push(mail.raw)
        return Promise.resolve(SENT)
      },
      now: () => now
    })
    await deliverNow(context, { dealerId: dealer.id, deliveryId: must(body.data[0]).id })
    const { text = '' } = await PostalMime.parse(must(raw[0]))
    t.match(text, must(headers.location))
    t.equal((await open(new URL(must(headers.location)).pathname)).status, 200)
    const { id } = must((await dealer.admin('GET', '/v1/promoters')).body.data[0])
    await dealer.admin('PATCH', `/v1/promoters/${id}`, { state: 'removed' })
    const removed = await open(url)
    t.equal(removed.status, 410)
    t.notMatch(removed.text, /Maria|<form/, 'a removed promoter learns nothing')
  })

  await t.test('replaced, it says whom to ask, in the language of the person', async (t) => {
    const dealer = await createDealer()
    const reached = { name: 'Autos Lis', email: 'desk@auto.example', phone: '+48221234567' }
    t.equal((await dealer.admin('PATCH', '/v1/dealer', reached)).status, 200)
    const url = await invite(dealer, { locale: 'es' })
    const { id } = must((await dealer.admin('GET', '/v1/promoters')).body.data[0])
    await dealer.admin('POST', `/v1/promoters/${id}/invitation`)
    for (const page of [await open(url, 'pl'), await send(url, { name: 'Maria' }, 'pl')]) {
      t.equal(page.status, 410)
      t.match(page.text, '<html lang="es">')
      t.match(page.text, 'Este enlace ya no es válido')
      t.match(page.text, 'Autos Lis')
      t.match(page.text, 'href="mailto:desk@auto.example"')
      t.match(page.text, 'href="tel:+48221234567"')
      t.notMatch(page.text, /Maria|<form/)
    }
    const unknown = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`
    const none = await open(unknown, 'pl')
    t.equal(none.status, 404)
    t.notMatch(none.text, /Autos Lis|desk@/, 'of an unknown one nothing is told')
  })

  await t.test('expired, it says so to who opens and who sends it', async (t) => {
    const dealer = await createDealer()
    const url = await invite(dealer)
    now = new Date(now.getTime() + 31 * DAY)
    for (const late of [await open(url, 'pl'), await send(url, { name: 'Maria' }, 'pl')]) {
      t.equal(late.status, 410)
      t.match(late.text, 'Ten link wygasł')
      t.notMatch(late.text, /Maria|<form/)
    }
  })
})
