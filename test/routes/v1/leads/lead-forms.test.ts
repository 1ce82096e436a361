import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

void t.test('POST /v1/leads takes forms with a key', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const send = async (form: string, query = '') =>
    await dealer.admin(
      'POST',
      `/v1/leads${query}` as '/v1/leads',
      form as unknown as object,
      headers
    )
  await dealer.admin('POST', '/v1/custom-fields', {
    target: 'lead',
    key: 'budget',
    label: 'Budget in zł',
    type: 'number',
    required: true
  })
  const { status, body } = await send('name=Iga+Rak&mail=iga%40f.example&Budget+in+z%C5%82=41+000')
  t.equal(status, 201)
  t.hasStrict(body, { source: { key: 'website' }, customFields: { budget: 41000 } })
  t.hasStrict(body.contact, { fullName: 'Iga Rak', email: 'iga@f.example' })
  const portal = await send('mail=iga2%40f.example&budget=1', '?source=portal')
  t.equal(portal.body.source.key, 'portal')
  const own = await send('mail=iga3%40f.example&budget=1&source=Portal')
  t.equal(own.body.source.key, 'portal')
  const unknown = await send('mail=iga4%40f.example&source=nowhere')
  t.equal(unknown.status, 201, 'neither an unknown source nor a missing field refuses a form')
  t.hasStrict(unknown.body, { source: { key: 'website' } })
  t.hasStrict(unknown.body.warnings, [{ pointer: 'source', code: 'unknown_reference' }])
  t.equal((await send('name=Iga')).status, 422)
})

void t.test('POST /v1/leads reads what is left of a form', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const send = async (type: string, body: string | Buffer) =>
    await admin('POST', '/v1/leads', body as unknown as object, { 'content-type': type })
  const part = (name: string, value: string) =>
    `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const codesOf = (warnings: readonly { code?: string }[]) => warnings.map(({ code }) => code)

  await t.test('pairs in a plain text are a form', async (t) => {
    const bodies = {
      'name=Iga+Rak&email=plain1%40f.example&phone=601234501': 'plain1@f.example',
      'name=Iga Rak&email=plain2@f.example': 'plain2@f.example',
      'email=plain3%40f.example': 'plain3@f.example',
      'name=Iga Rak\r\nemail=plain4@f.example\r\nmessage=a=b&c=d\r\n': 'plain4@f.example'
    }
    for (const [form, email] of Object.entries(bodies)) {
      for (const type of ['text/plain', 'text/plain;charset=UTF-8']) {
        const { status, body } = await send(type, form.replace('plain', `${type.length}`))
        t.equal(status, 201, form)
        t.equal(body.contact.email, email.replace('plain', `${type.length}`))
      }
    }
  })

  await t.test('a multipart body that is cut off keeps its whole parts, and is held', async (t) => {
    const whole = part('email', 'cut1@f.example') + part('name', 'Iga') + part('phone', '601234567')
    const { status, body } = await send('multipart/form-data; boundary=cut', whole.slice(0, -8))
    t.equal(status, 202)
    t.hasStrict(body, { outcome: 'quarantined', contact: { email: 'cut1@f.example', phone: null } })
    t.hasStrict(body.warnings, [{ pointer: 'phone', code: 'cut_document' }])
    for (let length = 0; length < whole.length; length += 7) {
      const piece = whole.slice(0, length)
      const answer = await send('multipart/form-data; boundary=cut', piece)
      const isWhole = piece.trimEnd().endsWith('--cut')
      const right = isWhole ? [200, 201, 400, 422] : [200, 202, 400, 422]
      t.ok(right.includes(answer.status), `${length} bytes: ${answer.status}`)
    }
  })

  await t.test('a damaged byte in the header of a part costs no lead', async (t) => {
    const head = 'Content-Disposition: form-data; name="email"'
    for (let at = 0; at < head.length; at += 1) {
      const form = `${part('email', `hurt${at}@f.example`)}${part('name', 'Iga')}--cut--\r\n`
      const start = form.indexOf(head) + at
      const damaged = `${form.slice(0, start)}\u0001${form.slice(start + 1)}`
      const { status, body } = await send('multipart/form-data; boundary=cut', damaged)
      t.equal(status, 201, `byte ${at}`)
      t.equal(body.contact.email, `hurt${at}@f.example`, `byte ${at}`)
    }
  })

  await t.test('a multipart body without its boundary in the header', async (t) => {
    const form = `${part('email', 'bound1@f.example')}${part('name', 'Żaneta')}--cut--\r\n`
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=other']) {
      const { status, body } = await send(type, form.replace('bound1', `b${type.length}`))
      t.equal(status, 201)
      t.equal(body.contact.fullName, 'Żaneta')
    }
    for (const broken of ['', 'hello', '--', '--cut', '--cut\r\n', '--cut\r\n\r\n']) {
      const answer = await send('multipart/form-data', broken)
      t.ok([400, 422].includes(answer.status), JSON.stringify(broken))
    }
  })

  await t.test('bytes of other encodings are read in one encoding, and told', async (t) => {
    const latin = Buffer.from('name=Mu\xf1oz N\xfa\xf1ez&email=enc1@f.example', 'latin1')
    const central = Buffer.from('name=%A3ukasz+%AF%F3%B3%E6&email=enc2@f.example', 'latin1')
    const one = await send('application/x-www-form-urlencoded', latin)
    t.equal(one.body.contact.fullName, 'Muñoz Núñez')
    t.ok(codesOf(one.body.warnings).includes('charset_guessed'))
    const two = await send('application/x-www-form-urlencoded; charset=windows-1250', central)
    t.equal(two.body.contact.fullName, 'Łukasz Żółć')
    const parts = Buffer.from(
      `${part('email', 'enc3@f.example')}${part('name', 'Nu\xf1o')}--cut--`,
      'latin1'
    )
    const three = await send('multipart/form-data; boundary=cut', parts)
    t.equal(three.body.contact.fullName, 'Nuño')
    t.ok(codesOf(three.body.warnings).includes('charset_guessed'))
  })
})
