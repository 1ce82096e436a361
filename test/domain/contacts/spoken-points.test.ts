import vm from 'node:vm'
import t from 'tap'

import { findPoints } from '../../../src/domain/contacts/found-points.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'
import { readContact } from '../../../src/schemas/leads/contact.ts'

/** What a message holds. */
function inMessage(country: string, text: string): string[] {
  const { emails, phones } = findPoints(text, { ...contactReading(country), countries: [country] })
  return [...emails.map(({ address }) => address), ...phones.map(({ number }) => number)]
}

/** What a field holds that can be used. */
function inField(country: string, given: { email: string } | { phone: string }): string[] {
  const { emails, phones } = readContact(given, country).contact
  return [
    ...emails.flatMap(({ address, valid }) => (valid ? address : [])),
    ...phones.flatMap(({ number, valid }) => (valid ? number : []))
  ]
}

void t.test('links of programs for chats and calls lead to their number', (t) => {
  for (const link of [
    'viber://chat?number=%2B48601234567',
    'viber://add?number=48601234567',
    'whatsapp://send?phone=48601234567',
    'whatsapp://send?text=hej&phone=%2B48601234567',
    'https://api.whatsapp.com/send?phone=48601234567&text=x',
    'tg://resolve?phone=48601234567',
    'https://signal.me/#p/+48601234567',
    'https://t.me/+48601234567',
    'sms:+48601234567',
    'smsto:601234567',
    'skype:+48601234567?call'
  ]) {
    t.strictSame(inField('PL', { phone: link }), ['+48601234567'], link)
    t.strictSame(inMessage('PL', `pisz: ${link} proszę`), ['+48601234567'], link)
  }
  for (const link of [
    'skype:jan.kos?call',
    'skype:jan601234567?call',
    'skype:live:.cid.601234567?chat'
  ]) {
    t.strictSame(inField('PL', { phone: link }), [], link)
    t.strictSame(inMessage('PL', `pisz: ${link} proszę`), [], link)
  }
  t.end()
})

void t.test('addresses whose signs are words', (t) => {
  for (const [text, address] of [
    ['jan AT gmail DOT com', 'jan@gmail.com'],
    ['jan (at) gmail (dot) com', 'jan@gmail.com'],
    ['jan[at]gmail.com', 'jan@gmail.com'],
    ['juan arroba gmail.com', 'juan@gmail.com'],
    ['juan arroba gmail punto com', 'juan@gmail.com'],
    ['jan małpa gmail.com', 'jan@gmail.com'],
    ['jan malpa wp kropka pl', 'jan@wp.pl'],
    ['jan kropka kos małpa firma kropka com kropka pl', 'jan.kos@firma.com.pl'],
    ['jan klammeraffe gmx punkt de', 'jan@gmx.de'],
    ['jan.kos at gmail.com', 'jan.kos@gmail.com'],
    ['jan @ gmail . com', 'jan@gmail.com'],
    ['jan@gmail dot com', 'jan@gmail.com']
  ] as const) {
    t.strictSame(inField('PL', { email: text }), [address], text)
    t.strictSame(inField('PL', { phone: text }), [address], text)
    for (const message of [text, `email: ${text}`, `Please write to ${text}, thanks`]) {
      t.strictSame(inMessage('PL', message), [address], message)
    }
  }
  t.strictSame(inField('PL', { email: 'jan at firma dot example' }), ['jan@firma.example'])
  for (const text of [
    "I'm at gmail dot com office",
    'reach me at gmail dot com',
    'the dealer at gmail dot com has it',
    'we meet at salon.pl tomorrow',
    'Look AT otomoto DOT pl',
    'spotkajmy się @ salon.pl',
    'visto en coches punto net'
  ]) {
    t.strictSame(inMessage('PL', text), [], text)
  }
  t.strictSame(inField('PL', { phone: "I'm at gmail dot com office" }), [])
  t.end()
})

void t.test('the other signs of addresses are words too', (t) => {
  for (const [text, address] of [
    ['jan underscore kos at gmail dot com', 'jan_kos@gmail.com'],
    ['jan underscore kos at firma.pl', 'jan_kos@firma.pl'],
    ['JAN UNDERSCORE KOS AT GMAIL DOT COM', 'JAN_KOS@gmail.com'],
    ['juan guion bajo perez arroba gmail punto com', 'juan_perez@gmail.com'],
    ['juan guión bajo perez arroba gmail.com', 'juan_perez@gmail.com'],
    ['juan guion perez arroba gmail punto com', 'juan-perez@gmail.com'],
    ['jan podkreślnik kos małpa wp kropka pl', 'jan_kos@wp.pl'],
    ['jan myślnik kos małpa firma kropka pl', 'jan-kos@firma.pl'],
    ['jan minus kos malpka wp kropka pl', 'jan-kos@wp.pl'],
    ['jan unterstrich kos ät firma punkt de', 'jan_kos@firma.de'],
    ['jan bindestrich kos ät gmx punkt de', 'jan-kos@gmx.de'],
    ['jan dash kos at gmail dot com', 'jan-kos@gmail.com'],
    ['jan hyphen kos at gmail dot com', 'jan-kos@gmail.com'],
    ['jan ät auto minus haus punkt de', 'jan@auto-haus.de'],
    ['jan (underscore) kos (at) gmail (dot) com', 'jan_kos@gmail.com'],
    ['jan underscore kos@gmail.com', 'jan_kos@gmail.com'],
    ['max (minus) muster (at) gmx (punkt) de', 'max-muster@gmx.de'],
    ['max-muster[ät]gmx[.]de', 'max-muster@gmx.de'],
    ['ann plus car at gmail dot com', 'ann+car@gmail.com']
  ] as const) {
    t.strictSame(inField('PL', { email: text }), [address], text)
    t.strictSame(inField('PL', { phone: text }), [address], text)
    for (const message of [text, `Please write to ${text}, thanks`]) {
      t.strictSame(inMessage('PL', message), [address], message)
    }
  }
  t.strictSame(inField('PL', { email: 'ann dot lee@gmail.com' }), ['ann.lee@gmail.com'])
  t.end()
})

void t.test('an address in words within a sentence', (t) => {
  for (const [text, address] of [
    ['reach me at ann DOT lee AT gmail DOT com please', 'ann.lee@gmail.com'],
    ['reach me at ann dot lee at gmail dot com please', 'ann.lee@gmail.com'],
    ['reach me at ann at gmail dot com please', 'ann@gmail.com'],
    ['you can reach me at ann dot lee at firma dot com', 'ann.lee@firma.com'],
    ['best at ann underscore lee at firma dot com please', 'ann_lee@firma.com'],
    ['my email: ann at firma dot com', 'ann@firma.com'],
    ['reach me at ann.lee at firma dot com', 'ann.lee@firma.com'],
    ['ann dot lee at gmail.com at work', 'ann.lee@gmail.com']
  ] as const) {
    t.strictSame(inMessage('PL', text), [address], text)
    t.strictSame(inField('PL', { email: text }), [address], text)
  }
  for (const text of [
    'I like the dash cam at bmw dot pl',
    'the dash cam at gmail.com',
    'I saw it on otomoto dot pl at salon dot pl',
    'see otomoto dot pl at gmail dot com',
    'otomoto.pl at salon dot pl',
    'a price of 10 minus 5 at firma dot com',
    'the price plus tax at gmail dot com',
    'the red dot sight at firma dot com is nice',
    'we meet at noon at salon.pl',
    'Mail is down at firma dot pl'
  ]) {
    t.strictSame(inMessage('PL', text), [], text)
  }
  t.end()
})

void t.test('long texts of words for signs take no longer', (t) => {
  for (const part of ['a dot ', 'a at ', 'a underscore ', 'a at b dot c ', 'dash ', 'a dash a ']) {
    const text = part.repeat(16_000 / part.length)
    const run = () => inMessage('PL', `${text}x`)
    vm.runInNewContext('run()', { run }, { timeout: 2000 })
  }
  t.end()
})

void t.test('numbers and the words that touch them', (t) => {
  for (const [country, text, number] of [
    ['PL', '22 123 45 67rano', '+48221234567'],
    ['GB', '07911-123456pm', '+447911123456'],
    ['PL', 'tel601234567', '+48601234567'],
    ['PL', 'tel.601234567rano', '+48601234567'],
    ['PL', '601234567dzwonić po 17', '+48601234567'],
    ['PL', 'dzwonić601 234 567', '+48601234567'],
    ['DE', '0171/2345678abends', '+491712345678'],
    ['ES', '612345678gracias', '+34612345678'],
    ['US', '(415) 234-5678after 5pm', '+14152345678']
  ] as const) {
    t.strictSame(inField(country, { phone: text }), [number], text)
    t.strictSame(inMessage(country, `hi ${text}`), [number], text)
  }
  for (const text of ['cena 221 234 567zł', 'przebieg 221234567km', 'KL601234567AB']) {
    t.strictSame(inMessage('PL', text), [], text)
  }
  t.end()
})

void t.test('words that touch the numbers on both sides', (t) => {
  for (const [country, text, ...numbers] of [
    ['PL', '601234572lub602234572', '+48601234572', '+48602234572'],
    ['PL', '601234573oraz602234573', '+48601234573', '+48602234573'],
    ['PL', '601234573i602234573', '+48601234573', '+48602234573'],
    ['PL', '601 234 573lub+48 602 234 573', '+48601234573', '+48602234573'],
    ['ES', '612345678o612345679', '+34612345678', '+34612345679'],
    ['ES', '612345678y612345679', '+34612345678', '+34612345679'],
    ['DE', '01712345678oder01712345679', '+491712345678', '+491712345679'],
    ['US', '4152345671or4152345672', '+14152345671', '+14152345672'],
    ['US', '2125550101or2125550102', '+12125550101', '+12125550102']
  ] as const) {
    t.strictSame(inField(country, { phone: text }), numbers, text)
    t.strictSame(inMessage(country, `hi ${text}`), numbers, text)
  }
  t.end()
})

void t.test('addresses of chats are numbers', (t) => {
  for (const [text, number] of [
    ['48601234579@s.whatsapp.net', '+48601234579'],
    ['+48601234578@c.us', '+48601234578'],
    ['48601234578:12@s.whatsapp.net', '+48601234578'],
    ['34612345678@c.us', '+34612345678']
  ] as const) {
    t.strictSame(inField('PL', { phone: text }), [number], text)
    t.strictSame(inField('PL', { email: text }), [number], text)
    t.strictSame(inMessage('PL', `pisz: ${text} proszę`), [number], text)
  }
  t.strictSame(inField('PL', { email: '48601234579@c.usa.example' }), ['48601234579@c.usa.example'])
  t.end()
})

void t.test('numbers of papers are no phones', (t) => {
  const words =
    'Invoice,Rechnung,Rechnung Nr.,Faktura,Faktura nr,Kundennummer,Auftrag,Order no.,Angebot:,Pedido,Factura,' +
    'Zamówienie,Ticket,Umowa,Buchung'
  for (const word of words.split(',')) {
    for (const number of ['2026-000123', '2026-004512', '2026-123456', '2024-5550123']) {
      for (const country of ['DE', 'US', 'ES', 'PL']) {
        t.strictSame(inMessage(country, `${word} ${number}`), [], `${country} ${word} ${number}`)
      }
    }
  }
  t.strictSame(inMessage('DE', 'Rechnung 2026 000123'), [])
  t.strictSame(inMessage('US', 'Call me about 2026-000123'), [], 'and none that is asked for')
  t.strictSame(inMessage('US', 'Invoice 2026-555123 415 234 5678'), ['+14152345678'])
  t.strictSame(inMessage('US', 'tel. 2026-555123'), ['+12026555123'], 'its label says that it is')
  t.strictSame(inMessage('US', '202-655-5123'), ['+12026555123'])
  t.end()
})

void t.test('a phone at the end of a long text', (t) => {
  const prose = 'Lorem ipsum dolor sit amet 12. '
  const numbers = Array.from({ length: 200 }, (_, at) => `cena ${100_000_000 + at} zł`).join(' ')
  for (const start of [prose.repeat(700), prose.repeat(4000), numbers + prose.repeat(700)]) {
    t.strictSame(inMessage('PL', `${start} Tel. 601 222 334`), ['+48601222334'], `${start.length}`)
    t.strictSame(inMessage('PL', `${start} jan@x.example`), ['jan@x.example'], `${start.length}`)
  }
  t.end()
})

void t.test('signs in Markdown are none of an address or number in a message', (t) => {
  for (const [text, point] of [
    ['mail jan\\_kos@x.example, ok', 'jan_kos@x.example'],
    ['pisz: _jan@x.example_', 'jan@x.example'],
    ['**jan@x.example**', 'jan@x.example'],
    ['tel \\+48 601\\-234\\-567', '+48601234567']
  ] as const) {
    t.strictSame(inMessage('PL', text), [point], text)
  }
  t.end()
})
