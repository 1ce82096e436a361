import t from 'tap'

import { findPoints } from '../../../src/domain/contacts/found-points.ts'
import { plainDigits } from '../../../src/domain/text/clean-text.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'
import { readContact } from '../../../src/schemas/leads/contact.ts'

const MAX_MS = 50
const MESSAGE = 100_000
/** The longest text of a field. */
const FIELD = 320

const PARTS = [
  ...[
    '1',
    '1 ',
    '12-',
    '+',
    '@',
    'a@',
    '.',
    '(',
    '[at]',
    'a at ',
    'a dot ',
    '&',
    '&#',
    '<',
    '\\',
    '_'
  ],
  ...[
    '*',
    '*a@',
    'tel',
    '1a',
    '١',
    '٠1',
    'é',
    '10:',
    '601234567 ',
    'a@b.',
    'skype:',
    'wa.me/',
    '1/1/'
  ],
  ...['\n', '\n1', 'jan at gmail.', 'VIN ', "'", '"']
]

/** The least processor time of several runs, in ms: others use the machine too. */
function cost(work: () => unknown): number {
  const runs = Array.from({ length: 4 }, () => {
    const start = process.cpuUsage()
    work()
    return process.cpuUsage(start).user / 1000
  })
  return Math.min(...runs)
}

function repeated(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length)).slice(0, length)
}

void t.test('texts of nothing but digits and marks hold no other request up', (t) => {
  const reading = { ...contactReading('PL'), countries: ['PL'] }
  for (const part of PARTS) {
    const message = repeated(part, MESSAGE)
    const field = repeated(part, FIELD)
    const name = JSON.stringify(part)
    t.ok(cost(() => findPoints(message, reading)) < MAX_MS, `a message of ${name}`)
    t.ok(cost(() => readContact({ phone: field }, 'PL')) < MAX_MS, `a phone of ${name}`)
    t.ok(cost(() => readContact({ email: field }, 'PL')) < MAX_MS, `an e-mail of ${name}`)
  }
  t.ok(cost(() => plainDigits(repeated('١', MESSAGE))) < MAX_MS / 3, 'a digit is looked up once')
  const parse = () => Array.from({ length: 2_000 }, () => reading.parsePhone('#', 'PL'))
  t.ok(cost(parse) < MAX_MS / 5, 'a text without digits costs no error of the library')
  t.end()
})
