import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'

const URLENCODED = 'application/x-www-form-urlencoded'

/** What a browser sends with a form. */
const BROWSER = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'sec-fetch-mode': 'navigate'
}

async function linkOf(dealer: TestDealer): Promise<string> {
  const { body } = await dealer.admin('POST', '/v1/referral-links', { userId: dealer.ownerId })
  return body.code
}

/** Posts a form as a browser does, and returns the response. */
function poster({ call }: TestApp, code: string) {
  return async (
    payload: string | Buffer,
    type = URLENCODED,
    headers: Record<string, string> = BROWSER
  ) =>
    await call(null, {
      method: 'POST',
      url: `/v1/referrals/${code}/leads`,
      payload,
      headers: { 'content-type': type, ...headers }
    })
}

/** The parts of a form with a file, as a browser writes them. */
function multipart(fields: Record<string, string>, file?: { name: string; text: string }) {
  const boundary = '----WebKitFormBoundaryAbC123'
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  )
  const upload = file
    ? `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="${file.name}"\r\nContent-Type: image/png\r\n\r\n${file.text}\r\n`
    : ''
  const payload = Buffer.from(`${parts.join('')}${upload}--${boundary}--\r\n`)
  return { payload, type: `multipart/form-data; boundary=${boundary}` }
}

void t.test('POST /v1/referrals/{code}/leads takes forms', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  await dealer.admin('PATCH', '/v1/dealer', { locale: 'pl' })
  const code = await linkOf(dealer)
  const post = poster(app, code)
  const latest = async () => {
    const { body } = await dealer.admin('GET', '/v1/leads?sort=-createdAt&limit=1')
    const [lead] = body.data
    if (!lead) throw new Error('there is no lead')
    return lead
  }

  await t.test(
    '303 to a page of the API in the language of the dealer, without scripts',
    async (t) => {
      const { status, headers, text } = await post('fullName=Ewa+Lis&email=ewa.lis%40form.example')
      t.strictSame([status, text], [303, ''])
      t.match(String(headers.location), new RegExp(`/r/${code}/form$`))
      const page = await app.call(null, { method: 'GET', url: `/r/${code}/form` })
      t.equal(page.status, 200)
      t.match(page.headers['content-type'], 'text/html')
      t.match(page.headers['content-security-policy'], "default-src 'none'")
      t.match(page.text, '<html lang="pl">')
      t.match(page.text, 'Dziękujemy')
      t.notMatch(page.text, /<script|Ewa/)
      const lead = await latest()
      t.hasStrict(lead.contact, { fullName: 'Ewa Lis', email: 'ewa.lis@form.example' })
      t.equal(lead.source.key, 'referral')
      t.not(lead.referralLink, null)
    }
  )

  await t.test('names of fields as page builders and people write them', async (t) => {
    const forms: [string, object][] = [
      [
        'First+Name=Ada&Last+Name=Rey&your-email=a1%40f.example',
        { firstName: 'Ada', lastName: 'Rey', email: 'a1@f.example' }
      ],
      [
        'contact[firstName]=Ada&contact[email]=a2%40f.example',
        { firstName: 'Ada', email: 'a2@f.example' }
      ],
      [
        'contact.fullName=Ada+Rey&contact.phone=601777003',
        { fullName: 'Ada Rey', phone: '+48601777003' }
      ],
      [
        'vorname=Ada&nachname=Rey&telefonnummer=601777004',
        { firstName: 'Ada', lastName: 'Rey', phone: '+48601777004' }
      ],
      [
        'nombre=Ada&apellidos=Rey&telefono=601777005',
        { firstName: 'Ada', lastName: 'Rey', phone: '+48601777005' }
      ],
      [
        'form_fields[name]=Ada+Rey&form_fields[email]=a6%40f.example',
        { fullName: 'Ada Rey', email: 'a6@f.example' }
      ],
      [
        'imie=Ada&nazwisko=Rey&numer_telefonu=601777007&adres_email=a7%40f.example',
        { firstName: 'Ada', phone: '+48601777007', email: 'a7@f.example' }
      ],
      [
        'et_pb_contact_name_0=Ada&et_pb_contact_email_0=a8%40f.example',
        { fullName: 'Ada', email: 'a8@f.example' }
      ],
      ['input_1=Ada&input_2=a9%40f.example', { email: 'a9@f.example' }]
    ]
    for (const [payload, contact] of forms) {
      t.equal((await post(payload)).status, 303, payload)
      t.hasStrict((await latest()).contact, contact, payload)
    }
  })

  await t.test('the rest of a form fills the lead, and unknown fields are kept', async (t) => {
    const { status } = await post(
      'your-name=Ola+Kos&your-email=ola%40f.example&your-message=Hello%0D%0Athere&vehicles[0][make]=Kia' +
        '&model=Ceed&utm_source=google&_wpnonce=7af&topping=a&topping=b&id=17&date=2026-12-01&empty='
    )
    t.equal(status, 303)
    const lead = await latest()
    t.match(lead.message, 'Hello')
    t.hasStrict(lead.vehicles[0], { make: 'Kia', model: 'Ceed' })
    t.strictSame(lead.attribution, { utmSource: 'google' })
    t.strictSame([lead.externalId, lead.submittedAt], [null, null])
    const kept = Object.fromEntries(lead.unmapped.map(({ path, text }) => [path, text]))
    t.hasStrict(kept, {
      ...{ '/topping': 'a, b' },
      ...{ '/id': '17', '/date': '2026-12-01' }
    })
    t.notOk('/empty' in kept)
    t.notOk('/_wpnonce' in kept, 'a token of the page says nothing')
  })

  await t.test('multipart with a file: the file is told and not stored', async (t) => {
    const { payload, type } = multipart(
      { Name: 'Żaneta Łoś', 'E-Mail': 'zaneta@f.example', Nachricht: 'Grüße' },
      { name: 'car.png', text: 'PNG-bytes-of-the-file' }
    )
    t.equal((await post(payload, type)).status, 303)
    const lead = await latest()
    t.hasStrict(lead.contact, { fullName: 'Żaneta Łoś', email: 'zaneta@f.example' })
    t.equal(lead.message, 'Grüße')
    t.hasStrict(lead.unmapped, [{ path: '/photo', code: 'file_left_out' }])
    const stored = await dealer.admin('GET', `/v1/leads/${lead.id}/payload`)
    t.equal(stored.body.contentType, URLENCODED)
    t.notMatch(stored.body.body, 'PNG-bytes')
    const broken = await post('no boundary here', 'multipart/form-data', {
      accept: 'application/json'
    })
    t.equal(broken.status, 400)
  })

  await t.test('a form in the encoding of an old page', async (t) => {
    t.equal(
      (
        await post(
          'imie=%A3ukasz&nazwisko=%AFak+Kr%F3likowski&telefon=601777020',
          `${URLENCODED}; charset=iso-8859-2`
        )
      ).status,
      303
    )
    t.hasStrict((await latest()).contact, { firstName: 'Łukasz', lastName: 'Żak Królikowski' })
  })

  await t.test('a form without a way to reach the person is refused with a page', async (t) => {
    const before = await latest()
    const { status, headers } = await post('fullName=Ewa&email=&message=Hello')
    t.equal(status, 303)
    const { pathname, search } = new URL(String(headers.location))
    t.equal(search, '?error=unreachable-contact')
    const page = await app.call(null, { method: 'GET', url: pathname + search })
    t.match(page.text, 'podaj adres e-mail lub numer telefonu')
    t.equal((await latest()).id, before.id)
    const many = Array.from({ length: 400 }, (_, index) => `f${index}=x`).join('&')
    t.match((await post(many)).headers.location, /error=unreachable-contact$/, 'many fields, too')
  })

  await t.test('a script gets JSON, also for a form', async (t) => {
    const form = 'email=script%40f.example'
    for (const headers of [
      { accept: 'application/json' },
      { accept: '*/*', 'sec-fetch-mode': 'cors' },
      { accept: '*/*', 'x-requested-with': 'XMLHttpRequest' }
    ]) {
      const { status, body } = await post(
        `${form}&message=${headers.accept.length}`,
        URLENCODED,
        headers
      )
      t.ok([200, 201].includes(status))
      t.equal(typeof body.id, 'string')
    }
    const refused = await post('name=x', URLENCODED, { accept: 'application/json' })
    t.strictSame(
      [refused.status, refused.problem.type],
      [422, 'urn:leadyard:problem:unreachable-contact']
    )
    const json = await post(
      JSON.stringify({ contact: { email: 'js@f.example' } }),
      'application/json'
    )
    t.equal(json.status, 201, 'JSON is answered as JSON whatever is accepted')
  })

  await t.test('a double click is one lead', async (t) => {
    const form = 'fullName=Twice&phone=601777030&message=same'
    await post(form)
    const first = await latest()
    await post(form)
    t.equal((await latest()).id, first.id)
  })

  await t.test('404 for an unknown code, as before', async (t) => {
    t.equal((await poster(app, 'unknown1')('email=a%40f.example')).status, 404)
    t.equal((await app.call(null, { method: 'GET', url: '/r/unknown1/form' })).status, 404)
  })
})

void t.test('the dealer names the pages after a form', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer({ webOrigins: ['https://www.dealer.test'] })
  const code = await linkOf(dealer)
  const post = poster(app, code)
  const patch = (settings: object) => dealer.admin('PATCH', '/v1/dealer', { settings })
  for (const wrong of ['http://www.dealer.test/thanks', 'thanks', 'javascript:alert(1)']) {
    const { status, problem } = await patch({ formThanksUrl: wrong })
    t.strictSame([status, problem.errors?.[0]?.pointer], [422, '/settings/formThanksUrl'])
  }
  const pages = {
    formThanksUrl: 'https://www.dealer.test/thanks?from=form',
    formErrorUrl: 'https://www.dealer.test/contact?again=1'
  }
  t.hasStrict((await patch(pages)).body.settings, pages)
  const origin = { ...BROWSER, origin: 'https://www.dealer.test' }
  const sent = await post('email=page%40f.example', URLENCODED, origin)
  t.strictSame([sent.status, sent.headers.location], [303, pages.formThanksUrl])
  t.equal(sent.headers['access-control-allow-origin'], 'https://www.dealer.test')
  const refused = await post('name=page', URLENCODED, origin)
  t.equal(refused.headers.location, `${pages.formErrorUrl}&error=unreachable-contact`)
})

void t.test('unknown members through a link are kept, and told', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const code = await linkOf(dealer)
  const body = { contact: { email: 'open@f.example', nickname: 'Oz' }, favourite: 'red' }
  const open = await app.call(null, {
    method: 'POST',
    url: `/v1/referrals/${code}/leads`,
    payload: body
  })
  t.equal(open.status, 201)
  t.strictSame(
    open.body.warnings.map(({ pointer, code: why }) => [pointer, why]),
    [
      ['/favourite', 'unknown_member'],
      ['/contact/nickname', 'unknown_member']
    ]
  )
  const flat = { your_name: 'Flat Lis', your_email: 'flat@f.example' }
  const read = await app.call(null, {
    method: 'POST',
    url: `/v1/referrals/${code}/leads`,
    payload: flat
  })
  t.equal(read.status, 201, 'a flat body is read as a form')
})

void t.test('a browser with a form gets a page, and a program a problem', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const code = await linkOf(dealer)
  const form = 'fullName=Ewa+Lis&email=ewa.lis%40page.example'
  const post = poster(app, 'Unknown1')
  const shown = await post(form)
  t.equal(shown.status, 404)
  t.match(shown.headers['content-type'], 'text/html')
  t.match(shown.text, /<h1>/)
  const told = await post(form, URLENCODED, { accept: 'application/json' })
  t.equal(told.status, 404)
  t.match(told.headers['content-type'], 'application/problem+json')

  const { db } = app.database
  const find = db.findDealerIdByReferralCode.bind(db)
  db.findDealerIdByReferralCode = () =>
    Promise.reject(Object.assign(new Error('too many connections'), { code: '53300' }))
  t.teardown(() => (db.findDealerIdByReferralCode = find))
  const busy = await poster(app, code)(form)
  t.equal(busy.status, 503)
  t.match(busy.headers['content-type'], 'text/html')
})

void t.test('plain text with pairs is a form of a referral link too', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const post = poster(app, await linkOf(dealer))
  const { status } = await post('name=Ewa+Lis&email=plain%40page.example', 'text/plain', {})
  t.equal(status, 303)
  const { body } = await dealer.admin('GET', '/v1/leads?q=plain%40page.example')
  t.equal(body.data[0]?.contact.fullName, 'Ewa Lis')
})

void t.test(
  'who left nothing that reaches them is asked for it, and the lead is kept',
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const code = await linkOf(dealer)
    const post = poster(app, code)
    const form = 'fullName=Ewa+Lis&email=none+at+all&message=Call+me'
    const { status, headers } = await post(form)
    t.equal(status, 303)
    t.match(headers.location, /\/form\?error=unreachable-contact$/)
    const { pathname, search } = new URL(String(headers.location))
    const page = await app.call(null, { method: 'GET', url: `${pathname}${search}` })
    t.match(page.text, 'enter an e-mail address or a phone number')
    const told = await post(`${form}+now`, URLENCODED, { accept: 'application/json' })
    t.equal(told.status, 201, 'a program is told what became of it')
    const { data } = (await dealer.admin('GET', '/v1/leads?quarantined=true')).body
    t.equal(data.length, 2)
  }
)
