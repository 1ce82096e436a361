import t from 'tap'

import { adf } from '../../../src/inbound/adf.ts'
import { htmlToText } from '../../../src/domain/text/html-text.ts'
import { readLead } from '../../../src/schemas/leads/lead-input.ts'
import { contactPaths } from '../../support/contact-paths.ts'
import { must } from '../../support/must.ts'

const TEXTS: Record<string, string | null> = {
  'One<br>two<br />\nthree': 'One\ntwo\nthree',
  '<p>One</p><p>two &amp; three&nbsp;x</p>': 'One\n\ntwo & three x',
  'One&lt;br&gt;two &lt;b&gt;bold&lt;/b&gt;': 'One\ntwo bold',
  'I <strong>really</strong> want it, see <a href="https://x.example">this</a>':
    'I really want it, see this',
  '<ul><li>red</li><li>blue</li></ul>': '- red\n- blue',
  'O&#039;Brien &quot;Joe&quot; &oacute;&Aacute;&lstrok;': 'O\'Brien "Joe" óÁł',
  '&Aacutelvarez &eacute y pi&ntildea, Gro&szlig &amp co, &#233t&#233':
    'Álvarez é y piña, Groß & co, été',
  'https://x.example/?a=1&auml=2&lt=3&copy=4&reg=5 &bring &notify &string': null,
  'price < 20000 and > 10, I <3 it': null,
  'AT&T; Tom & Jerry &unknown;': null,
  'plain\n\n\n\ntext': null
}

void t.test('HTML in a text is plain text', (t) => {
  for (const [text, plain] of Object.entries(TEXTS)) t.equal(htmlToText(text), plain, text)
  t.end()
})

void t.test('names of letters without their semicolon are read on every path', (t) => {
  for (const path of ['json', 'adf', 'list'] as const) {
    const { contact, codes } = contactPaths('ES')[path]([
      'Juan &Aacutelvarez Pe&ntildea',
      'a@b.example',
      ''
    ])
    t.equal(contact.fullName, 'Juan Álvarez Peña', path)
    t.strictSame(codes, ['html_text'], path)
  }
  const document =
    '<adf><prospect><customer><contact><name>Juan &Aacutelvarez Pe&#241a</name>' +
    '<email>a@b.example</email></contact></customer></prospect></adf>'
  const dealer = { country: 'ES', currency: 'EUR', locale: 'es', timeZone: 'Europe/Madrid' }
  const parsed = adf.parse(adf.decode(Buffer.from(document), 'utf-8', dealer), dealer)
  const content = must('fault' in parsed ? undefined : parsed.contents[0])
  t.equal(content.contact.fullName, 'Juan Álvarez Peña', 'unescaped in a document')
  t.end()
})

void t.test('HTML in messages and comments is read alike on every path, and told', (t) => {
  const dealer = { country: 'PL', currency: 'PLN', locale: 'pl', timeZone: 'Europe/Warsaw' }
  const fromAdf = (comments: string) => {
    const document = `<adf><prospect><customer><contact><email>a@b.example</email></contact>
      <comments>${comments}</comments></customer></prospect></adf>`
    const parsed = adf.parse(adf.decode(Buffer.from(document), 'utf-8', dealer), dealer)
    return must('fault' in parsed ? undefined : parsed.contents[0])
  }
  const markup = 'One<br/>two <b>bold</b>'
  const html = [{ text: 'One<br>two <b>bold</b>', code: 'html_text' }]
  for (const comments of [markup, `<![CDATA[One<br>two <b>bold</b>]]>`]) {
    const { message, unmapped } = fromAdf(comments)
    t.equal(message, 'One\ntwo bold', comments)
    t.hasStrict(unmapped, html, comments)
    t.equal(unmapped.length, 1, comments)
  }
  const contact = { email: 'a@b.example' }
  const json = readLead(
    { contact, message: markup, vehicles: [{ make: 'Kia', comments: 'a&nbsp;b' }] },
    'PL'
  )
  t.equal(json.message, 'One\ntwo bold')
  t.equal(json.vehicles[0]?.comments, 'a b')
  t.hasStrict(json.unmapped, [
    { path: '/message', text: markup, code: 'html_text' },
    { path: '/vehicles/0/comments', text: 'a&nbsp;b', code: 'html_text' }
  ])
  t.end()
})
