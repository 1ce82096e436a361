import { existsSync, readFileSync, readdirSync } from 'node:fs'

import t from 'tap'
import type { Test } from 'tap'

import { isReachable } from '../../../../src/domain/leads/contact.ts'
import { readProspects } from '../../../../src/domain/adf/read-prospects.ts'
import type { LeadContent } from '../../../../src/domain/leads/lead.ts'
import { decodeText } from '../../../../src/decoding/decode-text.ts'
import { readAdf } from '../../../../src/adf/read-adf.ts'
import { contactReading } from '../../../../src/schemas/leads/contact-point.ts'
import { documents, validate } from '../../../adf/documents.ts'
import { sharedTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { postAdf } from '../../../support/leads.ts'
import { bodyOf } from '../../../support/response.ts'
import { first, must } from '../../../support/must.ts'

/** Published documents and payloads that may lie beside the checkout; they are no part of it. */
const shared = new URL('../../../../../shared/', import.meta.url)
const samples = new URL('adf/samples/', shared)
const payloads = new URL('payloads/leads/', shared)

/** A document as the tests' dealers read it. */
function read(text: string): LeadContent[] {
  const document = readAdf({ text, repairs: [] })
  if (!document) throw new Error('the document has no prospect')
  return readProspects(document, {
    ...contactReading('PL'),
    defaultCurrency: 'PLN',
    times: { timeZone: 'Europe/Warsaw', country: 'PL' }
  })
}

/** What must be the same on both sides: the person, the vehicles, and what the person said. */
function essence({ contact, vehicles, message, timeframe }: LeadContent) {
  const emails = contact.emails.map(({ address }) => address)
  const phones = contact.phones.map(({ number, type, time }) => [number, type, time])
  // ADF wants every colour ranked; the order they stand in is the rank.
  const ranked = vehicles.map(({ colors, ...vehicle }) => ({
    ...vehicle,
    colors: colors.map((color, index) => ({ ...color, preference: color.preference ?? index + 1 }))
  }))
  // Blanks at the end of a line are left out of ADF, where one marks a folded line (src/adf/fold-lines.ts).
  const words = message?.replace(/[ \t]+$/gm, '') ?? null
  return { person: { ...contact, emails, phones }, vehicles: ranked, message: words, timeframe }
}

// Large documents: more than the usual half a minute on a busy machine.
void t.test('ADF over HTTP', { timeout: 300_000 }, async (t) => {
  const { createDealer } = await sharedTestApp()

  /** Takes a document in and reads it back: all that was asked is still there. */
  const takeIn = async (t: Test, admin: Caller, name: string, bytes: Buffer | string) => {
    const text = typeof bytes === 'string' ? bytes : decodeText(bytes).text
    const answer = await admin('POST', '/v1/leads', bytes, { 'content-type': 'application/xml' })
    t.equal(answer.status, 201, name)
    const contents = read(text)
    t.equal(answer.body.data.length, contents.length)
    for (const [index, content] of contents.entries()) {
      const lead = must(answer.body.data[index])
      const outcome = isReachable(content.contact) ? 'created' : 'quarantined'
      t.equal(lead.outcome, outcome, `${name}: ${outcome}`)
      t.equal(lead.contact.email, content.contact.emails[0]?.address ?? null)
      t.equal(lead.message, content.message)
      const back = (await admin('GET', `/v1/leads/${lead.id}/adf`)).text
      validate(back)
      t.match(back, /^[\n\x20-\x7e]*$/, 'ASCII')
      t.strictSame(essence(must(read(back)[0])), essence(content), `${name}: says the same`)
    }
    return answer.body.data
  }

  await t.test(
    'documents as peculiar as senders make them are taken in and come back',
    async (t) => {
      for (const [name, text] of Object.entries(documents)) {
        const { admin } = await createDealer()
        await takeIn(t, admin, name, text)
      }
    }
  )

  await t.test(
    'the businesses a document names, and what has no field, are in the answer',
    async (t) => {
      const { admin } = await createDealer()
      const lead = first(await takeIn(t, admin, 'extended', must(documents['extended-portal.xml'])))
      t.equal(lead.provider?.name, 'Portal Norte')
      t.equal(lead.provider?.service, 'Used cars')
      t.strictSame(lead.vendor?.references, [{ id: 'V-1', source: 'Portal Norte', sequence: null }])
      t.equal(lead.externalId, 'Portal Norte:PN-4711')
      t.equal(lead.source.key, 'portal')
      const paths = lead.unmapped.map(({ path }: { path: string }) => path)
      t.ok(paths.some((path: string) => path.includes('partner-score')))
      t.strictSame((await admin('GET', `/v1/leads/${lead.id}`)).body.unmapped, lead.unmapped)
    }
  )

  await t.test('the same document again is the same leads, also all at once', async (t) => {
    const { admin } = await createDealer()
    const text = must(documents['extended-portal.xml'])
    const answers = await Promise.all(Array.from({ length: 8 }, () => postAdf(admin, text)))
    t.equal(answers.filter(({ status }) => status === 201).length, 1)
    t.equal(new Set(answers.map(({ body }) => must(body.data[0]).id)).size, 1)
    const again = await postAdf(admin, text)
    t.equal(again.status, 200)
    t.equal(again.body.data[0]?.outcome, 'repeated')
    t.equal((await admin('GET', '/v1/leads')).body.data.length, 1)
  })

  await t.test('all prospects of a document, or none', async (t) => {
    const { admin } = await createDealer()
    const one = (id: string) => `<prospect><id source="P">${id}</id><vehicle><make>Kia</make>
      </vehicle><customer><contact><name>A</name><email>a@b.example</email></contact></customer>
      </prospect>`
    const all = (...prospects: string[]) => `<adf>${prospects.join('')}</adf>`
    const many = Array.from({ length: 101 }, (_, index) => one(`m${index}`))
    for (const document of [all(...many), all(one('1'), '<!DOCTYPE adf>')]) {
      const { status, body } = await postAdf(admin, document)
      t.equal(status, 202, 'kept as one lead that is held')
      t.strictSame(
        body.data.map(({ outcome }: { outcome: string }) => outcome),
        ['quarantined']
      )
    }
    t.equal((await postAdf(admin, all(one('1'), one('2')))).status, 201)
    const mixed = await postAdf(admin, all(one('2'), one('3'), one('3')))
    t.equal(mixed.status, 201)
    t.strictSame(
      mixed.body.data.map(({ outcome }: { outcome: string }) => outcome),
      ['repeated', 'created', 'repeated']
    )
  })

  await t.test(
    'entities of HTML and stray ampersands are repaired, and the lead says so',
    async (t) => {
      const { admin } = await createDealer()
      const text = `<adf><prospect><customer><contact><name>A &amp; B</name><email>a@b.example</email>
      </contact><comments>Tom & Jerry&nbsp;&eacute; <![CDATA[&nbsp;]]></comments></customer>
      </prospect></adf>`
      const lead = first(await takeIn(t, admin, 'repaired', text))
      t.equal(lead.message, 'Tom & Jerry é')
      t.strictSame(lead.unmapped, [
        {
          path: 'prospect/customer/comments',
          text: 'Tom & Jerry\u00a0é &nbsp;',
          code: 'html_text'
        },
        { path: 'document:2', text: '&', code: 'stray_ampersand' },
        { path: 'document:2', text: '&nbsp;', code: 'html_entity' },
        { path: 'document:2', text: '&eacute;', code: 'html_entity' }
      ])
      const payload = await admin('GET', `/v1/leads/${lead.id}/payload`)
      t.equal(payload.body.body, text, 'as given')
    }
  )

  await t.test('a hostile document is refused at once', async (t) => {
    const { admin } = await createDealer()
    const adf = (inner: string) => `<adf><prospect><customer><contact>${inner}</contact></customer>
      </prospect></adf>`
    const email = '<email>a@b.example</email>'
    const laughs = Array.from(
      { length: 9 },
      (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};">`
    )
    const documents: Record<string, string | Buffer> = {
      xxe: `<!DOCTYPE adf [<!ENTITY x SYSTEM "file:///etc/passwd">]>${adf('<name>&x;</name>')}`,
      laughs: `<!DOCTYPE adf [<!ENTITY l0 "ha">${laughs.join('')}]>${adf('<name>&l9;</name>')}`,
      'DOCTYPE in UTF-16': Buffer.from(`\ufeff<!DOCTYPE adf [ ]>${adf(email)}`, 'utf16le'),
      'DOCTYPE after the header': `<?xml version="1.0"?><?adf version="1.0"?>\n<!doctype adf [<!ELEMENT a ANY>]>${adf(email)}`,
      'DOCTYPE after another': `<!DOCTYPE adf><!DOCTYPE adf>${adf(email)}`,
      empty: '',
      blank: ' \n',
      'entity declaration': adf('<!ENTITY x "y">'),
      'declaration after a fault': adf('a & b <!element x>'),
      'escaped DOCTYPE': '&lt;!DOCTYPE adf [&lt;!ENTITY a "b"&gt;]&gt;&lt;adf/&gt;',
      deep: adf('<x>'.repeat(20_000) + '</x>'.repeat(20_000)),
      wide: adf('<x/>'.repeat(100_000)),
      'many attributes': adf(
        `<x ${Array.from({ length: 30_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`
      ),
      'many e-mails': adf(
        Array.from({ length: 9_000 }, (_, n) => `<email>e${n}@b.co</email>`).join('')
      ),
      'many prospects': `<adf>${'<prospect><customer/></prospect>'.repeat(101)}</adf>`
    }
    for (const [name, document] of Object.entries(documents)) {
      const start = process.cpuUsage()
      const answer = await admin('POST', '/v1/leads', document, { 'content-type': 'text/xml' })
      const seconds = process.cpuUsage(start).user / 1_000_000
      const isEmpty = name === 'empty' || name === 'blank'
      t.equal(answer.status, isEmpty ? 422 : 202, name)
      t.ok(seconds < 3, `${name}: ${seconds} s`)
      t.notMatch(answer.text, /root:|haha/, 'expands nothing')
    }
    t.equal((await postAdf(admin, adf('x'.repeat(1_100_000)))).status, 413)
    const { data } = (await admin('GET', '/v1/leads')).body
    t.ok(
      data.every(({ quarantined }: { quarantined: boolean }) => quarantined),
      'all are held'
    )
  })

  await t.test('the currency that no sender named is not in ADF out, on either path', async (t) => {
    const { admin } = await createDealer()
    const post = async (price: unknown) => {
      const { status, body } = await admin(
        'POST',
        '/v1/leads',
        {
          source: 'website',
          contact: { email: 'olga@one.example' },
          vehicles: [{ make: 'Kia', price }]
        },
        { 'idempotency-key': JSON.stringify(price) }
      )
      t.equal(status, 201)
      const written = (await admin('GET', `/v1/leads/${body.id}/adf`)).text
      return { price: body.vehicles[0]?.price, written: /<price[^>]*>/.exec(written)?.[0] }
    }
    t.match(await post('79 900'), {
      price: { amount: '79900', currency: 'PLN', currencyAssumed: true },
      written: /^<price>$/
    })
    t.match(await post({ amount: 500 }), { price: { currencyAssumed: true }, written: '<price>' })
    const named = await post({ amount: '500', currency: 'EUR' })
    t.match(named.written, 'currency="EUR"')
    t.equal(named.price?.currencyAssumed, undefined)
    t.match(await post('500 zł'), { price: { currency: 'PLN' }, written: 'currency="PLN"' })
  })

  await t.test('a DOCTYPE that declares nothing is no reason to refuse', async (t) => {
    const { admin } = await createDealer()
    const adf = `<adf><prospect><customer><contact><email>eva@one.example</email></contact></customer></prospect></adf>`
    for (const header of [
      '<!DOCTYPE adf SYSTEM "adf.dtd">',
      "<?xml version='1.0'?>\n<!doctype ADF SYSTEM 'http://dtd.example/adf_1.0.dtd' >\n<?adf version='1.0'?>",
      '<!-- lead --><!DOCTYPE adf PUBLIC "-//ADF//DTD 1.0//EN" "http://dtd.example/adf.dtd">',
      '\ufeff<!DOCTYPE adf>'
    ]) {
      for (const document of [
        header + adf,
        header + adf.replace('<customer>', 'a & b<customer>')
      ]) {
        const response = await postAdf(admin, document)
        t.ok([200, 201].includes(response.status), document)
        t.equal(first(response.body.data).contact.email, 'eva@one.example')
      }
    }
  })

  await t.test('an unreadable document is kept with its text, and quarantined', async (t) => {
    const { admin, withKey } = await createDealer()
    const adf = (inner: string) => `<adf><prospect><customer><contact>${inner}</contact></customer>
      </prospect></adf>`
    const documents: Record<string, string> = {
      'no XML': 'name=Ada&email=ada@one.example&phone=601 234 567',
      'no prospect': '<adf></adf>',
      'a page': '<html><body>Write to <b>ada@one.example</b> &copy; 2026</body></html>',
      JSON: '{"email":"ada@one.example"}',
      NUL: 'a\0\0b x',
      'open sections': '<![CDATA['.repeat(90_000),
      'open comments': `<adf>${'<!--'.repeat(200_000)}`,
      'open tags': '<a b="'.repeat(150_000),
      'many ampersands': '&'.repeat(300_000)
    }
    for (const [name, document] of Object.entries(documents)) {
      const start = process.cpuUsage()
      const response = await postAdf(admin, document)
      const seconds = process.cpuUsage(start).user / 1_000_000
      t.equal(response.status, 202, name)
      t.ok(seconds < 3, `${name}: ${seconds} s`)
      const lead = must(response.body.data[0])
      t.equal(response.headers.location, `/v1/leads/${lead.id}`)
      t.equal(lead.outcome, 'quarantined')
      t.equal(lead.quarantineReason?.code, 'unreadable_document')
      t.equal(lead.unmapped.at(-1)?.code, 'unreadable_document')
      const payload = await admin('GET', `/v1/leads/${lead.id}/payload`)
      t.equal(payload.body.body, document.replaceAll('\0', '\u2400'), `${name}: as given`)
      const email = document.includes('@') ? 'ada@one.example' : null
      t.equal(lead.contact.email, email, `${name}: the e-mail address in it`)
    }
    const headers = { 'content-type': 'text/xml', 'idempotency-key': 'unreadable-1' }
    const ids = []
    for (const status of [202, 200]) {
      const response = await admin('POST', '/v1/leads', 'call +48 601 234 567', headers)
      t.equal(response.status, status)
      const lead = must(response.body.data[0])
      t.equal(lead.contact.phone, '+48601234567')
      ids.push(lead.id)
    }
    t.equal(ids[0], ids[1], 'the same key, the same lead')
    const released = await admin('POST', `/v1/leads/${ids[0]}/release`)
    t.equal(released.body.quarantined, false)
    const machine = await withKey(['leads:capture'])
    const receipt = await postAdf(machine, 'call me')
    t.equal(receipt.status, 202)
    t.hasStrict(receipt.body.data[0], { outcome: 'quarantined' })
    const cut = adf('<name>Ada Kos</name><email>ada@two.example</email>').slice(0, -40)
    const half = await postAdf(admin, cut)
    t.equal(half.status, 202)
    t.hasStrict(half.body.data[0], {
      quarantineReason: { code: 'cut_document' },
      contact: { fullName: 'Ada Kos', email: 'ada@two.example' }
    })
  })

  await t.test('very much text is no reason to refuse', async (t) => {
    const { admin } = await createDealer()
    const text = `<adf><prospect><customer><contact><name>${'N'.repeat(5_000)}</name>
      <email>a@b.example</email></contact><comments>${'Zażółć 🚗 '.repeat(5_000)}</comments></customer>
      <vehicle><make>${'M'.repeat(9_000)}</make><vin>${'V'.repeat(9_000)}</vin></vehicle></prospect></adf>`
    await takeIn(t, admin, 'long', text)
  })

  await t.test(
    'published documents',
    { skip: existsSync(samples) ? false : 'no samples beside the checkout' },
    async (t) => {
      const names = readdirSync(samples).filter((name) => /^\d/.test(name))
      t.ok(names.length > 20, `${names.length} documents`)
      for (const name of names) {
        const { admin } = await createDealer()
        const bytes = readFileSync(new URL(name, samples))
        const { text } = decodeText(bytes)
        if (name.startsWith('041')) {
          const response = await admin('POST', '/v1/leads', bytes, { 'content-type': 'text/xml' })
          t.equal(response.status, 202, `${name} is kept, and held`)
        } else if (!/<!doctype/i.test(text)) {
          await takeIn(t, admin, name, bytes)
        } else {
          const answer = await admin('POST', '/v1/leads', bytes, { 'content-type': 'text/xml' })
          t.equal(answer.status, 202, `${name} is kept, and held`)
          t.ok(/^(044|052)/.test(name), `${name} is one of those with declarations`)
        }
      }
    }
  )

  await t.test(
    'payloads in our own format',
    { skip: existsSync(payloads) ? false : 'no payloads beside the checkout' },
    async (t) => {
      const names = readdirSync(payloads)
      t.ok(names.length > 0)
      for (const name of names) {
        const { admin } = await createDealer()
        const text = readFileSync(new URL(name, payloads), 'utf8')
        const json = { 'content-type': 'application/json' }
        const answer = await admin('POST', '/v1/leads', text, json)
        t.equal(answer.status, 201, name)
        const lead = bodyOf('createLead', answer)
        t.equal(lead.outcome, 'created')
        const back = (await admin('GET', `/v1/leads/${lead.id}/adf`)).text
        validate(back)
        // XML knows one kind of line end.
        const message = lead.message?.replaceAll('\r\n', '\n') ?? null
        t.equal(must(read(back)[0]).message, message)
      }
    }
  )
})
