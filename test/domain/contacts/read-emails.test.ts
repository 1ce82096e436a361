import t from 'tap'

import { readContact } from '../../../src/schemas/leads/contact.ts'
import { contactPaths } from '../../support/contact-paths.ts'

/** What an e-mail field gives: addresses that can't be read begin with `!`. */
function read(email: string): string[] {
  const { contact } = readContact({ email }, 'PL')
  return [
    ...contact.emails.map(({ address, valid }) => (valid ? address : `!${address}`)),
    ...contact.phones.map(({ number }) => number)
  ]
}

void t.test('several values of one field, and words beside them', async (t) => {
  for (const [text, found] of Object.entries({
    'pat j@x.example, ola@x.example': ['ola@x.example', '!pat j@x.example'],
    '601 234 567 pat j@x.example': ['!pat j@x.example', '+48601234567'],
    'a@x.example / b@x.example': ['a@x.example', 'b@x.example'],
    'a@x.example lub b@x.example': ['a@x.example', 'b@x.example'],
    'Pat <a@x.example>; Ola <b@x.example>': ['a@x.example', 'b@x.example'],
    '"Pat J" <pat@x.example>': ['pat@x.example'],
    'Jan Kos <pat j@x.example>': ['!Jan Kos <pat j@x.example>'],
    'Jan Kos jkos82@x.example': ['jkos82@x.example'],
    'Jan Kos info@x.example': ['info@x.example'],
    'Jan info@x.example': ['!Jan info@x.example'],
    'kom. 601234567 a@x.example': ['a@x.example', '+48601234567'],
    'Jan,601234567,a@x.example': ['a@x.example', '+48601234567'],
    'tel:601234567,mail:a@x.example': ['a@x.example', '+48601234567'],
    'Tel. 22 123 45 67 Fax 22 123 45 68 a@x.example': [
      ...['a@x.example', '+48221234567', '+48221234568']
    ],
    'kom 601234567 a@x.example dom 221234567': ['a@x.example', '+48601234567', '+48221234567'],
    'Tel: 22 123 45 67 | Fax: 22 123 45 68 | E-Mail: a@x.example': [
      ...['a@x.example', '+48221234567', '+48221234568']
    ],
    'Jan|601234567|jan@x.example': ['jan@x.example', '+48601234567'],
    'jan|ewa@x.example': ['!jan|ewa@x.example'],
    'Jan Kos|jan@x.example': ['jan@x.example'],
    '%20jan@x.example': ['jan@x.example'],
    'jan%20@x.example': ['jan@x.example'],
    '\u2022jan@x.example': ['jan@x.example'],
    '\u2022 jan@x.example': ['jan@x.example'],
    'jan@x.example#': ['jan@x.example'],
    'jan@x.example:ewa@x.example': ['jan@x.example', 'ewa@x.example'],
    'emailto:jan@x.example': ['jan@x.example'],
    'a@x.example tel. 601 234 567': ['a@x.example', '+48601234567'],
    'Jan jan@firma.online, Ewa ewa@firma.online': ['jan@firma.online', 'ewa@firma.online'],
    'jan@firma.tech, Pan Jan': ['jan@firma.tech'],
    'jan@salon.auto, tel 601': ['jan@salon.auto'],
    'mailto:jan%2Bauto@x.example': ['jan+auto@x.example'],
    '&lt;jan@x.example&gt;': ['jan@x.example'],
    'jan@x.example&gt;': ['jan@x.example'],
    'jan&amp;co@x.example': ['jan&co@x.example'],
    'jan@x.example/': ['jan@x.example'],
    'jan@x.example-': ['jan@x.example'],
    '#VALUE!': [],
    'nie mam': [],
    'no tengo': [],
    "don't have": [],
    'a@x.example\\nb@x.example': ['a@x.example', 'b@x.example'],
    'pat@x,example 601234567': ['pat@x.example', '+48601234567'],
    'a@x.example+48601234567': ['a@x.example', '+48601234567']
  })) {
    t.strictSame(read(text), found, text)
  }
})

void t.test('a slip is mended where it has one meaning', async (t) => {
  for (const [text, found] of Object.entries({
    'pat@wp,pl': 'pat@wp.pl',
    'pat@wp.pl,com': '!pat@wp.pl,com',
    'pat@gmail com': 'pat@gmail.com',
    'pat@firma com': '!pat@firma com',
    'pat@hotmailcom': 'pat@hotmail.com',
    'pat@firmacom': '!pat@firmacom',
    'pat@x .example': 'pat@x.example',
    'pat@x . example': 'pat@x.example',
    'pat@x. example': 'pat@x.example',
    'pat@x. Proszę': '!pat@x. Proszę',
    'pat@x,example': 'pat@x.example',
    'PAT@X,EXAMPLE': 'PAT@x.example',
    'pat@x,Warszawa': '!pat@x,Warszawa',
    'pat.@x.example': 'pat@x.example',
    'pat..j@x.example': 'pat.j@x.example',
    'pat@x.example\\n': 'pat@x.example',
    '\\r\\npat@x.example\\t': 'pat@x.example',
    'http://pat@x.example': 'pat@x.example',
    'https://pat@x.example/': 'pat@x.example',
    'www.pat@x.example': 'pat@x.example',
    'mailto:mailto:pat@x.example': 'pat@x.example',
    'E:pat@x.example': 'pat@x.example',
    'm: pat@x.example': 'pat@x.example',
    'email2:pat@x.example': 'pat@x.example',
    'pat:j@x.example': '!pat:j@x.example',
    'pat@firma .com': 'pat@firma.com',
    'pat at firma dot com': 'pat@firma.com'
  })) {
    t.strictSame(read(text), [found], text)
  }
})

void t.test('no text takes long', async (t) => {
  const start = process.cpuUsage()
  for (const text of [
    '1 ',
    '@',
    'a@',
    '1/',
    'a.',
    '@a-',
    'Ab ',
    '&#0',
    '1(',
    '.,',
    '..',
    '\\n',
    'e:',
    ',a',
    ' .'
  ]) {
    read(text.repeat(500 / text.length))
    read(`${text.repeat(480 / text.length)}a@x.example`)
  }
  t.ok(process.cpuUsage(start).user < 2_000_000)
})

void t.test('addresses as Markdown and HTML write them are bare, and it is told', (t) => {
  for (const [text, address] of [
    ['jan\\_kos@x.example', 'jan_kos@x.example'],
    ['\\<jan@x.example\\>', 'jan@x.example'],
    ['~jan@x.example~', 'jan@x.example'],
    ['*jan@x.example*', 'jan@x.example'],
    ['`jan@x.example`', 'jan@x.example'],
    ['__jan@x.example__', 'jan@x.example'],
    ['_jan\\_kos@x.example_', 'jan_kos@x.example'],
    ['**_jan@x.example_**', 'jan@x.example'],
    ['jan\\-kos@x\\.example', 'jan-kos@x.example'],
    ['\\*jan@x.example\\*', 'jan@x.example'],
    ['jan&#95;kos@x.example', 'jan_kos@x.example'],
    ['o&#39;brien@x.example', "o'brien@x.example"],
    ['~jan@x.example', '~jan@x.example']
  ] as const) {
    const isPlain = text === address
    const paths = contactPaths('PL')
    for (const path of ['json', 'adf', 'list'] as const) {
      const { contact, codes } = paths[path](['Jan Kos', text, ''])
      t.strictSame(contact.emails, [{ address, raw: text, valid: true }], `${path} ${text}`)
      t.strictSame(codes, isPlain ? [] : ['repaired_email'], `${path} ${text}`)
    }
    const inPhone = readContact({ phone: text }, 'PL').contact
    t.strictSame(
      inPhone.emails.map((email) => email.address),
      [address],
      `as a phone ${text}`
    )
  }
  t.end()
})
