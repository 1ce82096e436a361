import t from 'tap'

import { planRows, readRow } from '../../../src/domain/imports/read-row.ts'
import { contactKeys } from '../../../src/domain/leads/contact.ts'
import type { Contact } from '../../../src/domain/leads/lead.ts'
import { adf } from '../../../src/inbound/adf.ts'
import { rowParsers } from '../../../src/schemas/imports/row-parsers.ts'
import { readContact } from '../../../src/schemas/leads/contact.ts'

const DEALER = { country: 'PL', currency: 'PLN', timeZone: 'Europe/Warsaw' }
const PLAN = planRows(
  {
    target: 'leads',
    columns: ['name', 'email', 'phone'].map((name) => ({ name, dates: null })),
    settings: {
      dateOrder: 'auto',
      mapping: [
        { column: 'name', field: 'contact.fullName' },
        { column: 'email', field: 'contact.email' },
        { column: 'phone', field: 'contact.phone' }
      ]
    }
  },
  { definitions: [], parsers: rowParsers(DEALER) }
)

type Given = readonly [name: string, email: string, phone: string]

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const PATHS: Record<string, (given: Given) => Contact | undefined> = {
  json: ([fullName, email, phone]) => readContact({ fullName, email, phone }, 'PL').contact,
  adf: ([name, email, phone]) => {
    const person = `<name part="full">${escaped(name)}</name><email>${escaped(email)}</email><phone>${escaped(phone)}</phone>`
    const text = `<adf><prospect><customer><contact>${person}</contact></customer></prospect></adf>`
    const parsed = adf.parse(adf.decode(Buffer.from(text), 'utf-8'), DEALER)
    return 'fault' in parsed ? undefined : parsed.contents[0]?.contact
  },
  list: (given) =>
    readRow(PLAN, { number: 1, line: 2, cells: [...given], fault: null }).content.contact
}

const PHONES = [
  ...['N', '+48 N', '0048N', '48N', 'tel:+48N', 'p:+48N', '0N', '+48 (0) N', 'N.0', '="N"', "'N"],
  ...['tel. N', 'N wew. 12', '\u202a+48N\u202c', 'N (dom)']
]
const EMAILS = ['E', 'mailto:E', 'Jan <E>', 'E,', 'E\u200b', '<E>', '"E"']

void t.test('300 people in 30 spellings are the same on every path, with the same keys', (t) => {
  for (let person = 0; person < 300; person += 1) {
    const number = String(601_000_000 + person * 317)
    const address = `person${person}@example.pl`
    const keys = [`e:${address}`, `p:+48${number}`]
    for (let way = 0; way < 30; way += 1) {
      const phone = (PHONES[way % PHONES.length] ?? 'N').replace('N', number)
      const email = (EMAILS[way % EMAILS.length] ?? 'E').replace('E', address)
      const given: Given = [`Jan\u00a0 Kos${person}`, email, phone]
      const { json, ...others } = Object.fromEntries(
        Object.entries(PATHS).map(([path, read]) => [path, read(given)])
      )
      if (!json || contactKeys(json).join() !== keys.join()) t.fail(`${email} ${phone}`)
      for (const [path, contact] of Object.entries(others)) {
        if (JSON.stringify(contact) !== JSON.stringify(json)) t.fail(`${path}: ${email} ${phone}`)
      }
    }
  }
  t.pass('all are the same')
  t.end()
})
