import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

const asBody = (body: string | Buffer) => body as unknown as object
const lead = (phone: string) =>
  JSON.stringify({ source: 'website', contact: { fullName: 'Jan Kos', phone } })
const adf = (phone: string) =>
  '<?xml version="1.0"?><adf><prospect><customer><contact><name part="full">Jan Kos</name>' +
  `<phone>${phone}</phone></contact></customer></prospect></adf>`
const FORM = 'application/x-www-form-urlencoded'
const inLines = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')
const part = (headers: string, content: string) => `--cut\r\n${headers}\r\n\r\n${content}\r\n`
const field = (name: string, content: string) =>
  part(`Content-Disposition: form-data; name="${name}"`, content)

/** One person with a phone as each kind of body has them, with the media types under which it comes. */
const BODIES: Record<string, [types: string[], write: (phone: string) => string]> = {
  'JSON under other types': [
    ['text/html', 'text/yaml', 'text/csv', 'text/markdown', 'application/x-yaml', 'text/plain'],
    lead
  ],
  'JSON in percent signs': [
    ['application/json', 'text/plain', FORM, 'text/html'],
    (phone) => encodeURIComponent(lead(phone))
  ],
  'JSON in percent signs twice': [
    ['application/json', FORM],
    (phone) => encodeURIComponent(encodeURIComponent(lead(phone)))
  ],
  'a form that was encoded twice': [
    [FORM, 'text/plain'],
    (phone) => encodeURIComponent(`name=Jan+Kos&phone=${phone}`)
  ],
  'pairs that were encoded twice': [
    [FORM],
    (phone) => ['name=Jan Kos', `phone=${phone}`].map(encodeURIComponent).join('&')
  ],
  'lines of names and values': [
    ['text/yaml', 'application/yaml', 'text/markdown'],
    (phone) => `name: Jan Kos\nphone: ${phone}\n`
  ],
  'a table of one row': [['text/csv'], (phone) => `Name;Phone\nJan Kos;${phone}\n`],
  'JSON between the fences of Markdown': [
    ['text/markdown', 'text/plain', 'application/json', 'text/html', ''],
    (phone) => `New lead:\n\n\`\`\`json\n${lead(phone)}\n\`\`\`\n`
  ],
  'JSON in an element of a page': [
    ['text/html', 'application/json', 'application/xml', 'text/plain'],
    (phone) =>
      `<!doctype html><html><body><pre class="a">${lead(phone).replaceAll('"', '&quot;')}</pre></body></html>`
  ],
  'JSON in a script': [
    ['text/html', 'application/json', 'text/plain'],
    (phone) => `<script type="application/json">\n${lead(phone)}\n</script>`
  ],
  'JSON behind comments': [
    ['application/json', 'text/plain', 'application/sql', 'text/csv', FORM],
    (phone) => `-- exported 2026-11-20 10:00:00\n-- {one lead}\n${lead(phone)}\n`
  ],
  'JSON behind other comments': [
    ['application/json', 'text/plain', FORM],
    (phone) => `# x\n// y\n${lead(phone)}\n`
  ],
  'JSON in a line of a log': [
    ['text/plain', 'application/json'],
    (phone) => `2026-11-20T10:00:00.123Z INFO lead received ${lead(phone)} ok\n`
  ],
  'a form that is sent as JSON between fences': [
    ['text/markdown'],
    (phone) => `\`\`\`\n{"source": "website", "name": "Jan Kos", "phone": "${phone}"}\n\`\`\``
  ],
  'JSON under the type of a mail or a file': [
    [
      ...['multipart/mixed', 'multipart/mixed; boundary=cut', 'multipart/form-data; boundary=x'],
      ...['image/png', 'application/pdf', 'audio/mpeg', 'application/zip', 'application/msword']
    ],
    lead
  ],
  'ADF under the type of a mail or a file': [
    ['multipart/mixed', 'image/jpeg', 'application/pdf'],
    adf
  ],
  'a form under the type of a file': [
    ['image/gif', 'application/pdf', 'multipart/form-data'],
    (phone) => `name=Jan+Kos&phone=${phone}`
  ],
  'lines of names and values under the type of a file': [
    ['image/gif', 'multipart/mixed'],
    (phone) => `Name: Jan Kos\nPhone: ${phone}\n`
  ],
  'a mail of JSON': [
    ['multipart/mixed; boundary=cut'],
    (phone) =>
      `${part('Content-Type: text/plain', 'see below')}${part('Content-Type: application/json', lead(phone))}--cut--\r\n`
  ],
  'a mail of ADF': [
    ['multipart/related; boundary=cut'],
    (phone) => `${part('Content-Type: text/xml', adf(phone))}--cut--\r\n`
  ],
  'a mail of ADF in base64': [
    ['multipart/mixed; boundary=cut', 'application/xml', 'text/plain'],
    (phone) =>
      'From: leads@portal.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n' +
      part('Content-Type: text/plain', 'New lead, call 22 111 22 33') +
      part(
        'Content-Type: application/xml\r\nContent-Transfer-Encoding: base64',
        inLines(adf(phone))
      ) +
      '--cut--\r\n'
  ],
  'a form with ADF in a file': [
    ['multipart/form-data; boundary=cut'],
    (phone) =>
      field('subject', 'Lead') +
      part(
        'Content-Disposition: form-data; name="attachment1"; filename="lead.adf"\r\nContent-Type: text/xml',
        adf(phone)
      ) +
      '--cut--\r\n'
  ],
  'a form with JSON in a part': [
    ['multipart/form-data; boundary=cut'],
    (phone) => `${field('lead', JSON.stringify({ name: 'Jan Kos', phone }))}--cut--\r\n`
  ],
  'JSON before a footer': [
    ['application/json', 'text/plain', 'application/xml', ''],
    (phone) => `${lead(phone)}\n-- \nSent by Portal, office@portal.example, +48 22 111 22 33\n`
  ],
  'JSON before a comment of HTML': [
    ['application/json', 'text/html'],
    (phone) => `${lead(phone)}\n<!-- served by web-3 -->\n`
  ],
  'ADF in a comment of HTML': [
    ['application/xml', 'text/html', 'text/plain'],
    (phone) =>
      `<!doctype html><html><body><p>Hello</p><!-- ${adf(phone).replace(/<\?.*?\?>/, '')} --></body></html>`
  ],
  'a table that is drawn with signs': [
    ['text/plain', 'text/markdown', 'application/json', ''],
    (phone) =>
      `New lead\n+-------+-----------+\n| Name  | Jan Kos   |\n| Phone | ${phone} |\n+-------+-----------+\n`
  ],
  'a table that is drawn with lines': [
    ['text/plain'],
    (phone) => `┌───────┬─────────┐\n│ Name  │ Jan Kos │\n│ Phone │ ${phone} │\n└───────┴─────────┘`
  ],
  'a table of Markdown with names above': [
    ['text/markdown', 'text/plain', 'text/csv'],
    (phone) => `| Name | Phone |\n|------|:-----:|\n| Jan Kos | ${phone} |\n`
  ],
  'a row as a database shows it': [
    ['text/plain'],
    (phone) => `-[ RECORD 1 ]----\nname  | Jan Kos\nphone | ${phone}\n`
  ],
  'settings of TOML': [
    ['application/toml', 'text/plain', 'text/x-toml', 'application/json'],
    (phone) => `# lead\n[contact]\nname = "Jan Kos"\nphone = "${phone}"\n`
  ],
  'settings without blanks': [['text/plain'], (phone) => `name="Jan Kos"\nphone='${phone}'\n`],
  'print_r of PHP': [
    ['text/plain', 'application/json', FORM],
    (phone) => `Array\n(\n    [name] => Jan Kos\n    [phone] => ${phone}\n    [note] => \n)\n`
  ],
  'print_r of what is in a list': [
    ['text/plain'],
    (phone) =>
      `Array\n(\n    [form] => 7\n    [contact] => stdClass Object\n        (\n            [fullName] => Jan Kos\n            [phone] => ${phone}\n        )\n\n)\n`
  ],
  'var_dump of PHP': [
    ['text/plain', 'application/json'],
    (phone) =>
      `array(2) {\n  ["name"]=>\n  string(7) "Jan Kos"\n  ["phone"]=>\n  string(9) "${phone}"\n}\n`
  ],
  'var_export of PHP': [
    ['text/plain'],
    (phone) => `array (\n  'name' => 'Jan Kos',\n  'phone' => '${phone}',\n)`
  ],
  'a short array of PHP': [
    ['text/plain'],
    (phone) => `[\n  'name' => 'Jan Kos',\n  'phone' => '${phone}',\n]`
  ],
  'labels before a dash': [
    ['text/plain', 'text/markdown', 'application/json'],
    (phone) => `Name – Jan Kos\nPhone – ${phone}\n`
  ],
  'labels before other marks': [['text/plain'], (phone) => `Name -> Jan Kos\nPhone -> ${phone}\n`],
  'labels before a dash without blanks': [
    ['text/plain'],
    (phone) => `Name–Jan Kos\nPhone–${phone}\n`
  ],
  'labels before dots or blanks': [
    ['text/plain'],
    (phone) => `Name ....... Jan Kos\nPhone ...... ${phone}\n`
  ],
  'labels above a column of blanks': [
    ['text/plain'],
    (phone) => `Name        Jan Kos\nPhone       ${phone}\n`
  ],
  'labels in bold of a chat': [['text/plain'], (phone) => `*Name*: Jan Kos\n*Phone*: ${phone}\n`],
  'members without braces': [
    ['text/plain', 'application/json'],
    (phone) => `"name": "Jan Kos",\n"phone": "${phone}"\n`
  ],
  'several labels on a line': [
    ['text/plain', 'application/json'],
    (phone) => `Name: Jan Kos; Phone: ${phone}`
  ],
  'a map as a program prints it': [
    ['text/plain', 'application/json'],
    (phone) => `{name=Jan Kos, phone=${phone}}`
  ],
  'an object as a program prints it': [
    ['text/plain'],
    (phone) => `Lead(name='Jan Kos', phone='${phone}')`
  ],
  'a text with labels in a field': [
    ['multipart/form-data; boundary=cut'],
    (phone) => `${field('text', `Name: Jan Kos\r\nPhone: ${phone}\r\n`)}--cut--\r\n`
  ],
  'a page in a field': [
    [FORM],
    (phone) => `html=${encodeURIComponent(`<p>Name: Jan Kos</p><p>Phone: ${phone}</p>`)}`
  ],
  'flat JSON before a footer': [
    ['application/json', 'text/plain'],
    (phone) => `{"name": "Jan Kos", "phone": "${phone}"}\n-- \nSent by Portal`
  ],
  'JSON beside other JSON': [
    ['application/json'],
    (phone) => `${lead(phone)}\n{"server": "web-3"}\n`
  ],
  'JSON without a source in a file of a form': [
    ['multipart/form-data; boundary=cut'],
    (phone) =>
      `${part('Content-Disposition: form-data; name="f"; filename="a"\r\nContent-Type: text/plain', JSON.stringify({ contact: { fullName: 'Jan Kos', phone } }))}--cut--\r\n`
  ],
  'labels in bold of a page': [
    ['text/html'],
    (phone) => `<p><strong>Name</strong> Jan Kos<br><strong>Phone</strong> ${phone}</p>`
  ],
  'labels before a tab': [['text/plain'], (phone) => `Name\tJan Kos\nPhone\t${phone}\n`],
  'labels above their values': [['text/plain'], (phone) => `Name\nJan Kos\nPhone:\n${phone}\n`],
  'a label of WhatsApp with a link': [
    ['text/plain'],
    (phone) => `Name: Jan Kos\nWhatsApp: https://wa.me/48${phone}\n`
  ],
  'labels in a page': [
    ['text/html', 'text/plain', 'application/xml', 'application/json', ''],
    (phone) => `<html><body><ul><li>Name: Jan Kos</li><li>Phone: ${phone}</li></ul></body></html>`
  ],
  'labels in paragraphs': [
    ['text/html'],
    (phone) => `<p><b>Name:</b> Jan&nbsp;Kos</p>\n<p><b>Phone:</b> ${phone}</p>`
  ],
  'labels between line breaks': [
    ['text/html', 'text/plain'],
    (phone) => `Name: Jan Kos<br>Phone: <a href="tel:+48${phone}">call</a><br>`
  ],
  'terms and descriptions': [
    ['text/html'],
    (phone) => `<dl><dt>Name</dt><dd>Jan Kos</dd><dt>Phone</dt><dd>${phone}</dd></dl>`
  ],
  'rows of a page': [
    ['text/html', 'text/plain'],
    (phone) =>
      `<!DOCTYPE html><style>p {a: b}</style><table><tr><th>Name</th><td>Jan Kos</td></tr><tr><th>Phone:</th><td>${phone}</td></tr></table>`
  ],
  'a page with names above': [
    ['text/html'],
    (phone) =>
      `<table><tr><th>Name</th><th>Phone</th></tr><tr><td>Jan Kos</td><td>${phone}</td></tr></table>`
  ],
  'rows of a page with labels above': [
    ['text/html'],
    (phone) =>
      `<table><tr><td colspan="2"><b>Name</b></td></tr><tr><td>&nbsp;</td><td>Jan Kos</td></tr><tr><td colspan="2"><b>Phone</b></td></tr><tr><td>&nbsp;</td><td>${phone}</td></tr></table>`
  ],
  'a form with JSON in a field': [
    [FORM],
    (phone) => `lead=${encodeURIComponent(JSON.stringify({ name: 'Jan Kos', phone }))}`
  ]
}

void t.test('a body is read as what it is, under any type and however often encoded', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  let count = 0
  for (const [kind, [types, write]] of Object.entries(BODIES)) {
    for (const type of types) {
      count += 1
      const phone = `601003${String(count).padStart(3, '0')}`
      const posted = await admin('POST', '/v1/leads', asBody(write(phone)), {
        'content-type': type
      })
      const title = `${kind} as ${type}`
      t.equal(posted.status, 201, `${title}: ${posted.text}`)
      const [found] = (await admin('GET', `/v1/leads?q=${phone}`)).body.data
      t.match(
        found,
        {
          contact: { fullName: 'Jan Kos', phone: `+48${phone}`, email: null },
          quarantineReason: null
        },
        title
      )
    }
  }
})

void t.test(
  'what is around the JSON of a lead is told, and says nothing of another person',
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    const post = async (text: string, type: string) =>
      await admin('POST', '/v1/leads', asBody(text), { 'content-type': type })
    const { body } = await post(`-- lead 17\n${lead('601003961')}`, 'application/json')
    t.match(body.unmapped, [{ text: '-- lead 17', code: 'text_around_document' }])
    const page = `<html><p>Call Ewa: 601003962</p><script>${lead('601003963')}</script></html>`
    const held = await post(page, 'text/html')
    t.equal(held.status, 202, held.text)
    const own = '<script>{"@context": "https://schema.org", "telephone": "601003964"}</script>'
    t.equal((await post(own, 'text/html')).status, 202, 'a page about a business')
    const table = `Name;Phone;Data\nJan Kos;601003965;{"phone": "601003966"}\n`
    const row = await post(table, 'text/csv')
    t.equal(row.body.contact.phone, '+48601003965', row.text)
  }
)

void t.test('files and texts without a lead are refused under the types of files', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const bodies: [string | Buffer, string][] = [
    [png, 'image/png'],
    [Buffer.from(`%PDF-1.7\n\0{"contact": {"phone": "601003967"}}`), 'application/pdf'],
    ['just a text about 601003968', 'image/png'],
    ['a=b', 'application/pdf'],
    [`${lead('601003969')}${' '.repeat(200_000)}`, 'image/png']
  ]
  for (const [body, type] of bodies) {
    const { status } = await admin('POST', '/v1/leads', asBody(body), { 'content-type': type })
    t.equal(status, 415, `${type}, ${body.length} bytes`)
  }
})

void t.test('each row of a table is a lead', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const table = 'Name;Phone;Shoe\r\nJan Kos;601003901;44\r\n"Ewa\r\nLis";601003902;38\r\n'
  const posted = await admin('POST', '/v1/leads', asBody(table), { 'content-type': 'text/csv' })
  t.equal(posted.status, 201, posted.text)
  for (const [phone, fullName] of [
    ['601003901', 'Jan Kos'],
    ['601003902', 'Ewa Lis']
  ] as const) {
    const [found] = (await admin('GET', `/v1/leads?q=${phone}`)).body.data
    t.match(found, { contact: { fullName }, unmapped: [{ code: 'unknown_member' }] })
  }
})

void t.test('a text of another type that can reach a person is held', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const texts = {
    'text/html': '<html><body><p>Please call Jan at jan@held.example</p></body></html>',
    'text/csv': 'this is no table, write to jan@held.example',
    'text/rtf': 'Write to jan@held.example please',
    'multipart/mixed; boundary=cut': `${part('Content-Type: text/plain', 'ask jan@held.example')}--cut--\r\n`
  }
  for (const [type, text] of Object.entries(texts)) {
    const posted = await admin('POST', '/v1/leads', asBody(text), { 'content-type': type })
    t.equal(posted.status, 202, `${type}: ${posted.text}`)
    t.equal(posted.body.contact.email, 'jan@held.example', type)
    t.not(posted.body.quarantineReason, null, type)
  }
})

void t.test('a form without its last boundary is held with its last field', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const type = { 'content-type': 'multipart/form-data; boundary=cut' }
  const cut = [field('name', 'Jan Kos') + field('phone', '601003903')]
  cut.push(field('name', 'Jan Kos') + field('phone', '601003904').trimEnd())
  cut.push(field('phone', '601003905'))
  for (const [at, body] of cut.entries()) {
    const posted = await admin('POST', '/v1/leads', asBody(body), type)
    t.equal(posted.status, 202, posted.text)
    t.equal(posted.body.contact.phone, `+4860100390${at + 3}`)
    t.ok(posted.body.warnings.some(({ code }: { code: string }) => code === 'cut_document'))
  }
})

void t.test('JSON with the members of a person and no contact is read, and told', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const flat = { source: 'website', name: 'Jan Kos', phone: '601003906', message: 'Hej' }
  const read = await admin('POST', '/v1/leads', flat as unknown as object)
  t.equal(read.status, 201, read.text)
  t.match(read.body, { contact: { fullName: 'Jan Kos', phone: '+48601003906' }, message: 'Hej' })
  t.strictSame(
    read.body.warnings.map(({ pointer, code }: { pointer: string; code: string }) => [
      pointer,
      code
    ]),
    [
      ['/name', 'unknown_member'],
      ['/phone', 'unknown_member']
    ]
  )
  const other = await admin('POST', '/v1/leads', {
    ...flat,
    phnoe: 'x',
    shoe: 4
  })
  t.equal(other.status, 422)
  const { errors } = other.body as unknown as { errors: { pointer: string }[] }
  const pointers = errors.map(({ pointer }) => pointer)
  t.ok(
    pointers.includes('/phnoe') && pointers.includes('/shoe'),
    'members that are called otherwise'
  )
  const nobody = await admin('POST', '/v1/leads', {
    source: 'website',
    name: 'Jan',
    text: 'jan@x.example'
  })
  t.equal(nobody.status, 422, 'none of its members is an e-mail or phone')
})

void t.test('members that are JSON in a text are read', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const { status, body } = await admin('POST', '/v1/leads', {
    source: 'website',
    contact: JSON.stringify({ fullName: 'Jan Kos', phone: '601003907' }),
    vehicles: '[{"make":"Kia","model":"Ceed"}]'
  })
  t.equal(status, 201)
  t.match(body, {
    contact: { fullName: 'Jan Kos' },
    vehicles: [{ make: 'Kia', model: 'Ceed' }],
    warnings: [
      { pointer: '/contact', code: 'escaped_document' },
      { pointer: '/vehicles', code: 'escaped_document' }
    ]
  })
  t.equal(must(body.vehicles).length, 1)
})

void t.test('labels of lines have any marks that people put into them', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const post = async (text: string) =>
    await admin('POST', '/v1/leads', asBody(text), { 'content-type': 'text/plain' })
  const lines = (phone: string) => [
    `first_name: Jan\nlast_name: Kos\nphone_number: ${phone}\nemail_opt_out: yes\nutm_source: google`,
    `**First name:** Jan\n**Last name:** Kos\n**Phone:** ${phone}`,
    `- **Name**: Jan Kos\n- **Phone**: ${phone}`,
    `• Name: Jan Kos\n• Phone: ${phone}`
  ]
  for (const [at] of lines('').entries()) {
    const phone = `60120400${at}`
    const { status, body, text } = await post(lines(phone)[at] ?? '')
    t.equal(status, 201, text)
    t.hasStrict(body.contact, { phone: `+48${phone}` })
    t.equal(body.displayName, 'Jan Kos', text)
    if (at > 0) continue
    t.match(body.consents, [{ granted: false }], 'the refusal is one')
  }
  const spoken = await post('Name: Jan Kos\nE-mail: jan.kos małpa wp kropka pl')
  t.equal(spoken.status, 201, spoken.text)
  t.equal(spoken.body.contact.email, 'jan.kos@wp.pl')
})

void t.test('the route of documents answers a list, whatever the body was', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const xml = { 'content-type': 'application/xml' }
  for (const body of ['Name: Jan Kos\nPhone: 601003981', lead('601003982'), adf('601003983')]) {
    const posted = await admin('POST', '/v1/leads/documents', asBody(body), xml)
    t.equal(posted.status, 201, posted.text)
    t.equal(posted.body.data.length, 1, body)
  }
})

/** A lead as a file in a form, by what is in it. */
const FILES: Record<string, (phone: string) => string> = {
  JSON: lead,
  'a form as JSON': (phone) => JSON.stringify({ name: 'Jan Kos', phone }),
  'a list of one': (phone) => `[${lead(phone)}]`,
  CSV: (phone) => `Name;Phone\nJan Kos;${phone}\n`,
  'a text with labels': (phone) => `Name: Jan Kos\nPhone: ${phone}\n`,
  'a drawn table': (phone) => `| Name | Jan Kos |\n| Phone | ${phone} |\n`,
  pairs: (phone) => `name=Jan+Kos&phone=${phone}`,
  'a page': (phone) => `<ul><li>Name: Jan Kos</li><li>Phone: ${phone}</li></ul>`,
  ADF: adf
}

void t.test('a file in a form is read as the same content in a whole body', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const types = ['application/octet-stream', 'text/plain', '', 'application/xml', 'text/csv']
  const multipart = { 'content-type': 'multipart/form-data; boundary=cut' }
  const post = async (type: string, content: string, beside: string) => {
    const typed = type === '' ? '' : `\r\nContent-Type: ${type}`
    const file = `Content-Disposition: form-data; name="upload"; filename="lead.dat"${typed}`
    const body = `${beside}${part(file, content)}--cut--\r\n`
    return await admin('POST', '/v1/leads', asBody(body), multipart)
  }
  let count = 0
  for (const [kind, write] of Object.entries(FILES)) {
    for (const type of types) {
      count += 1
      const phone = `601004${String(count).padStart(3, '0')}`
      const posted = await post(type, write(phone), field('subject', `Lead ${count}`))
      const title = `${kind} as ${type}`
      t.equal(posted.status, 201, `${title}: ${posted.text}`)
      const [found] = (await admin('GET', `/v1/leads?q=${phone}`)).body.data
      const person = { contact: { fullName: 'Jan Kos', phone: `+48${phone}` } }
      t.match(found, { ...person, quarantineReason: null }, title)
      const told = [...must(found).unmapped.map(({ text }) => text), must(found).message ?? '']
      t.ok(told.join().includes(`Lead ${count}`), `${title}: what is beside the file is kept`)
    }
  }
  const several = await post('text/plain', 'Name;Phone\nJan;601004901\nEwa;601004902\n', '')
  t.equal(several.status, 201, several.text)
  for (const phone of ['601004901', '601004902']) {
    t.equal((await admin('GET', `/v1/leads?q=${phone}`)).body.data.length, 1, 'each row is a lead')
  }
  const prose = await post('text/plain', 'Please call Jan at 601004903', '')
  t.equal(prose.body.contact.phone, '+48601004903', prose.text)
  const own = await post('text/plain', 'Name: Ewa Lis\nPhone: 601004905', field('tel', '601004904'))
  t.equal(own.body.contact.phone, '+48601004904', 'a form with a phone is the lead')
  const photo = await post('image/png', '\x89PNG\0 601004906', field('name', 'Jan'))
  t.equal(photo.status, 422, 'a picture has no lead')
})

void t.test('texts that are no forms stay texts', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const texts = {
    'text/plain': 'I like it - really\nCall me - please\nat 601 003 970 - or later',
    'text/markdown': '| Model | Price |\n|---|---|\n| Ceed | 601003971 |',
    'text/html': '<p>Hello,</p><p>My name is Jan</p><p>601 003 972</p>'
  }
  for (const [type, text] of Object.entries(texts)) {
    const posted = await admin('POST', '/v1/leads', asBody(text), { 'content-type': type })
    t.equal(posted.status, 202, `${type}: ${posted.text}`)
  }
})

void t.test('cells of a page keep what is on all of their lines', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const pairs = (phone: string): [string, string][] => [
    ['Name', 'Jan\tNowak'],
    ['Phone\n number', `${phone.slice(0, 3)}\n  ${phone.slice(3)}<br>602345678`],
    ['E-mail', 'a@x.example\tb@x.example'],
    ['<b>Message:</b>', '<p>Good morning,</p>\n<p>is it<br>available?</p>']
  ]
  const row = ([label, value]: [string, string]) =>
    `<tr>\n\t<th>${label}</th>\n\t<td>${value}</td>\n</tr>`
  const term = ([label, value]: [string, string]) => `<dt>${label}</dt>\n<dd>${value}</dd>\n`
  const above =
    '<tr><td colspan="2"><strong>Message:</strong><br>Good morning,<br>is it<br>available?</td></tr>'
  const bodies = [
    `<table>\n${pairs('601005001').map(row).join('\n')}</table>`,
    `<dl>\n${pairs('601005002').map(term).join('')}</dl>`,
    `<table>${pairs('601005003').slice(0, 3).map(row).join('')}${above}</table>`
  ]
  for (const [at, html] of bodies.entries()) {
    const posted = await admin('POST', '/v1/leads', asBody(html), { 'content-type': 'text/html' })
    t.equal(posted.status, 201, posted.text)
    const { contact, message } = posted.body
    t.match(
      contact,
      { fullName: 'Jan Nowak', phone: `+4860100500${at + 1}`, email: 'a@x.example' },
      html
    )
    t.match(posted.text, /602345678/, 'the second phone')
    t.match(posted.text, /b@x\.example/, 'the second e-mail')
    t.equal(message, 'Good morning,\nis it\navailable?', html)
  }
  const bold = `<p><strong>Name:</strong><br>Jan Kos</p><p><strong>Phone:</strong><br>601005004</p><p><strong>Message:</strong><br>Hello there</p>`
  const read = await admin('POST', '/v1/leads', asBody(bold), { 'content-type': 'text/html' })
  t.match(read.body, { contact: { phone: '+48601005004' }, message: 'Hello there' })
})
