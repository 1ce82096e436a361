import PostalMime from 'postal-mime'
import t from 'tap'

import { mailTo } from '../../src/domain/deliveries/delivery.ts'
import { createDeliveries } from '../../src/repositories/deliveries/deliveries.ts'
import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/worker.ts'

// The real program, with its worker and outbox: what people get, and the one click that ends it.

const PUBLIC_URL = 'https://desk.example.test'

const HOSTILE =
  '<3 "a" & {{ dealer.email }}{% include "/etc/passwd" %}\r\nBcc: all@example.test\r\n\r\nhttps://evil.test'

void t.test('a mail by a template, and the way out of it', async (t) => {
  const { app, createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: database.ownerUrl,
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN,
      PUBLIC_URL
    }
  })
  const authorization = `Bearer ${app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })}`
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(program.baseUrl + path, {
      method,
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return isJson ? JSON.parse(text) : text
  }
  const answerTo = async (leadId: string, state: string) => {
    const { data } = await until(
      () => ask('GET', `/v1/leads/${leadId}/deliveries?purpose=auto_response`),
      ({ data }) => data[0]?.state === state,
      { seconds: 30, what: `an answer that is ${state}` }
    )
    return data[0]
  }
  const publish = async (rules: object) => {
    const draft = await ask('POST', '/v1/auto-responses', { rules })
    await ask('POST', `/v1/auto-responses/${draft.id}/publish`)
  }
  const post = async (words: object) =>
    (await ask('POST', '/v1/leads', { source: 'website', ...words })).id as string

  const template = await ask('POST', '/v1/templates', {
    name: 'First answer',
    languages: {
      en: { subject: 'wrong language', text: 'wrong language' },
      pl: {
        subject: 'Dziękujemy {{ contact.firstName }} – {{ message }}',
        text: 'Napisano: {{ message }}\nZespół {{ dealer.name }}',
        html: '<p title="{{ message }}">{{ message }}</p>'
      }
    }
  })
  await publish({ default: { templateId: template.id, consent: null } })
  const ada = { firstName: 'Żaneta\r\nX-Evil: 1', email: 'ada@example.test', language: 'pl-PL' }
  const leadId = await post({ contact: ada, message: HOSTILE })
  const delivery = await answerTo(leadId, 'sent')
  const raw: string = await ask('GET', `/v1/deliveries/${delivery.id}/message`)
  const mail = await PostalMime.parse(raw)
  const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
  const [, link = ''] = /^<(https:\S+)>$/.exec(headers.get('list-unsubscribe') ?? '') ?? []

  await t.test('headers: who, to whom, that it is automatic, and the way out', (t) => {
    const { name } = mail.from ?? {}
    t.match(name, /^Dealer /)
    t.strictSame(mail.replyTo, [{ name, address: 'hello@dealer.test' }])
    t.equal(mail.to?.[0]?.address, 'ada@example.test')
    t.equal(headers.get('auto-submitted'), 'auto-replied')
    t.equal(headers.get('x-auto-response-suppress'), 'All')
    t.equal(headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    t.match(link, /^https:\/\/desk\.example\.test\/u\/lu_[0-9A-Za-z]{60}$/)
    t.ok(raw.includes(`\r\nList-Unsubscribe: <${link}>\r\n`), 'raw: not encoded, not folded')
    t.ok(raw.includes('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n'))
    t.notOk(headers.has('bcc') || headers.has('x-evil'), 'a lead sets no header')
    t.end()
  })

  await t.test('text of the lead is text', (t) => {
    t.match(mail.subject, /^Dziękujemy Żaneta X-Evil: 1 – <3 "a" &/)
    t.match(mail.text, 'Napisano: <3 "a" & {{ dealer.email }}{% include')
    t.match(mail.text, '\n    Bcc: all@example.test\n', 'its lines are indented')
    t.match(mail.html, '&lt;3 &quot;a&quot; &amp; {{ dealer.email }}')
    t.notMatch(mail.html, /<3/)
    t.notMatch(`${mail.text}${mail.html}`, 'https://evil.test', 'and its links are none')
    t.match(mail.text, `Nie chcę więcej automatycznych wiadomości: ${link}`)
    t.match(mail.html, `<a href="${link}">`)
    t.end()
  })

  await t.test(
    'a key that only reads is not shown the link, which acts for the customer',
    async (t) => {
      const key = await ask('POST', '/v1/api-keys', { name: 'Reader', scopes: ['read'] })
      const shown = await fetch(`${program.baseUrl}/v1/deliveries/${delivery.id}/message`, {
        headers: { authorization: `Bearer ${key.key}` }
      })
      t.equal(shown.status, 200)
      const text = (await shown.text()).replaceAll('=\r\n', '')
      t.match(text, '/u/***')
      t.notMatch(text, /lu_\w{20}/)
    }
  )

  const url = program.baseUrl + new URL(link).pathname
  const suppressed = async () => (await ask('GET', '/v1/suppressions?email=ada@example.test')).data

  await t.test('looking at the page changes nothing', async (t) => {
    const page = await fetch(url)
    t.equal(page.status, 200)
    t.match(page.headers.get('content-type'), 'text/html')
    t.match(page.headers.get('content-security-policy'), /^default-src 'none'; style-src 'sha256-/)
    t.equal(page.headers.get('cache-control'), 'no-store')
    const text = await page.text()
    t.match(text, /<form method="post">/)
    t.match(text, '<html lang="pl">', 'the language of the mail')
    t.strictSame(await suppressed(), [])
    const unknown = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`
    t.equal((await fetch(unknown)).status, 404)
    t.equal((await fetch(unknown, { method: 'POST' })).status, 404)
  })

  await t.test('one click holds at once: for what is owed, and for what comes', async (t) => {
    const click = () => fetch(url, { method: 'POST', body: oneClick(), redirect: 'manual' })
    const first = await click()
    t.equal(first.status, 200)
    t.match(first.headers.get('content-type'), 'text/plain')
    t.equal(first.headers.get('set-cookie'), null)
    const words = await first.text()
    const urlencoded = await fetch(url, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    })
    t.equal(urlencoded.status, 200, 'said again, by the button')
    t.match(await urlencoded.text(), words)
    t.equal(await (await click()).text(), words)

    const [one, ...others] = await suppressed()
    t.strictSame(others, [])
    t.hasStrict(one, { reason: 'unsubscribed', leadId, createdBy: { type: 'public', id: null } })
    const { data } = await ask('GET', `/v1/leads/${leadId}/history`)
    const told = data.filter(({ type }: { type: string }) => /suppression|consent/.test(type))
    t.strictSame(
      told.map(({ type, data }: { type: string; data: object }) => ({ type, data })).toSorted(),
      [
        {
          type: 'consent.recorded',
          data: {
            purpose: 'auto_response',
            channel: 'email',
            granted: false,
            origin: 'unsubscribe'
          }
        },
        { type: 'suppression.added', data: { reason: 'unsubscribed' } }
      ]
    )
    t.notMatch(JSON.stringify(told), 'ada@')

    const next = await post({ contact: { ...ada, email: 'ADA@example.test' } })
    const decisions = (await ask('GET', `/v1/leads/${next}/decisions`)).data
    t.hasStrict(
      decisions.find(({ step }: { step: string }) => step === 'auto_responded'),
      { outcome: 'none', code: 'address_suppressed' }
    )
  })

  await t.test('an auto-response that was pending by then is not sent', async (t) => {
    const lead = await post({ contact: { ...ada, firstName: 'Owed' } })
    const aboutId = template.id as string
    const owed = { ...mailTo('auto_response', 'ada@example.test'), aboutId }
    const words = { leadId: lead, deliveries: [owed], mailDomain: 'desk.test', now: new Date() }
    await database.db.transaction(dealer.id, (tx) => createDeliveries(tx, words))
    t.equal((await answerTo(lead, 'cancelled')).reason.code, 'address_suppressed')
  })

  await t.test('a failed delivery is listed, and can be sent again', async (t) => {
    const languages = { en: { subject: 's', text: heavyWith('{{ contact.firstName }}') } }
    const heavy = await ask('POST', '/v1/templates', { name: 'Heavy', languages })
    await publish({ default: { templateId: heavy.id, consent: null } })
    const contact = { firstName: 'x'.repeat(190), email: 'heavy@example.test' }
    const lead = await post({ contact })
    const failed = await answerTo(lead, 'failed')
    t.equal(failed.reason.code, 'template_too_large')
    await ask('PATCH', `/v1/templates/${heavy.id}`, { languages: { en: { text: 'light' } } })
    await ask('POST', `/v1/deliveries/${failed.id}/retry`)
    await answerTo(lead, 'sent')
  })

  t.equal(await program.stop(), 0)
})

/** What a mail program posts, as a multipart form. */
function oneClick(): FormData {
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  return form
}

/** Passes with the short names of the made-up lead, and not with longer ones. */
function heavyWith(value: string): string {
  return `{% for a in (1..100) %}${value.repeat(6)}{% endfor %}`
}
