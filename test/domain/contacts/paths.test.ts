import t from 'tap'

import { contactKeys } from '../../../src/domain/leads/contact.ts'
import { contactPaths } from '../../support/contact-paths.ts'
import type { Given } from '../../support/contact-paths.ts'

const FIRST = ['Łukasz', 'María José', 'Jürgen', 'Anne-Marie', 'Żaneta', 'Íñigo', "D'Arcy", 'Zoë']
const LAST = ['Żółć', 'Núñez García', 'Müller-Lüdenscheidt', "O'Brien", 'Kos', 'Weiß', 'Smith']
const NAMES = ['N', 'Pan N', 'Dr. N', 'Don N', 'Frau N', ' N ', 'Mr N', 'Sra. N', '\u200bN']

/** The country, its code, the first digits of a number, how many follow, and how it is dialled there. */
const PLANS = [
  ['PL', '48', '601', 6, ['N', 'N.0', '="N"', "'N", 'N (dom)', '0N', '+48 (0) N']],
  ['ES', '34', '612', 6, ['N', 'N.0', 'móvil: N', 'N ext. 5']],
  ['DE', '49', '151', 8, ['0N', '+49 (0) N', 'Handy 0N']],
  ['US', '1', '415', 7, ['N', '1N', 'N.0', 'cell N', 'N x12']],
  ['MX', '52', '55', 8, ['N', '044N', '+52 1 N', '521N']],
  ['AR', '54', '11', 8, ['+54 9 N', '+549N', '0N']]
] as const

const ANYWHERE = [
  ...[
    '+C N',
    '+CN',
    '00CN',
    'tel:+CN',
    'p:+CN',
    '(+C) N',
    'callto:+CN',
    '="+CN"',
    "'+CN",
    'Tel.: +CN'
  ],
  ...['\u202a+CN\u202c', '+C\u200bN', '+CN wew. 12', '+CN Durchwahl 4', '\u00a0+C\u00a0N']
]
const EMAILS = ['E', 'mailto:E', 'Jan <E>', 'E,', 'E\u200b', '<E>', '"E"', ' E', 'E;', '\ufeffE']

/** The same numbers below `bound` in every run. */
function seeded(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

const next = seeded(7)
const pick = <T>(from: readonly [T, ...T[]] | readonly T[], otherwise: T): T =>
  from[next(from.length)] ?? otherwise

void t.test('300 people in 30 spellings are the same on every path, with the same keys', (t) => {
  const seen = new Set<string>()
  for (let person = 0; person < 300; person += 1) {
    const [country, code, start, length, national] = pick(PLANS, PLANS[0])
    const rest = Array.from({ length }, (_, place) => (place === 0 ? 2 + next(4) : next(10)))
    const number = start + rest.join('')
    const name = `${pick(FIRST, '')} ${pick(LAST, '')}`
    const address = `person${person}@example.${country.toLowerCase()}`
    const keys = [`e:${address}`, `p:+${code}${number}`]
    const paths = contactPaths(country)
    for (let way = 0; way < 30; way += 1) {
      const form = pick([...ANYWHERE, ...national], '+CN')
      const given: Given = [
        pick(NAMES, 'N').replace('N', name),
        pick(EMAILS, 'E').replace('E', address),
        form.replace('C', code).replace('N', number)
      ]
      seen.add(given.join('|'))
      const json = paths.json(given)
      const isKnown = contactKeys(json.contact).join() === keys.join()
      if (!isKnown) t.fail(`${country} keys: ${given.join(' | ')}`)
      for (const path of ['adf', 'list'] as const) {
        const isSame = JSON.stringify(paths[path](given)) === JSON.stringify(json)
        if (!isSame) t.fail(`${country} ${path}: ${given.join(' | ')}`)
      }
    }
  }
  t.ok(seen.size > 7_000, 'the spellings differ')
  t.end()
})

/** By country of the dealer: name, e-mail and phone as given, the keys, the codes of the repairs. */
const CASES: [string, string, Given, string, string[]][] = [
  [
    'direction marks',
    'PL',
    ['Ola Kos', '', '\u202a+48 601 500 101\u202c'],
    'p:+48601500101',
    ['repaired_phone']
  ],
  ['tel:', 'PL', ['Ola Kos', '', 'tel:+48601500103'], 'p:+48601500103', ['repaired_phone']],
  ['p:', 'US', ['Al Fox', '', 'p:+14152345104'], 'p:+14152345104', ['repaired_phone']],
  [
    'old Mexican 1',
    'US',
    ['Al Fox', '', '+52 1 55 2345 5106'],
    'p:+525523455106',
    ['repaired_phone']
  ],
  ['Argentina with 15', 'AR', ['Al Fox', '', '+54 11 15 2345 5107'], 'p:+541123455107', []],
  ['Argentina with 9', 'AR', ['Al Fox', '', '+54 9 11 2345 5107'], 'p:+541123455107', []],
  ['trunk zero', 'DE', ['Al Fox', '', '+49 (0) 151 23455108'], 'p:+4915123455108', []],
  ['extension', 'PL', ['Al Fox', '', '22 234 51 09 wew. 7'], 'p:+48222345109', ['repaired_phone']],
  ['decimal', 'PL', ['Al Fox', '', '601500110.0'], 'p:+48601500110', ['repaired_phone']],
  ['text formula', 'PL', ['Al Fox', '', '="601500111"'], 'p:+48601500111', ['repaired_phone']],
  ['apostrophe', 'PL', ['Al Fox', '', "'601500112"], 'p:+48601500112', ['repaired_phone']],
  ['vanity', 'US', ['Al Fox', '', '1-800-FLOWERS'], 'p:+18003569377', ['repaired_phone']],
  ['unreadable phone', 'PL', ['Al Fox', '', '999 999 999 999 999 999'], '', ['unreadable_value']],
  [
    'zero width',
    'PL',
    ['Al Fox', 'al@e1.example\u200b', ''],
    'e:al@e1.example',
    ['repaired_email']
  ],
  ['mailto:', 'PL', ['Al Fox', 'mailto:al@e2.example', ''], 'e:al@e2.example', ['repaired_email']],
  ['name', 'PL', ['Al Fox', 'Al <al@e3.example>', ''], 'e:al@e3.example', ['repaired_email']],
  ['comma', 'PL', ['Al Fox', 'al@e4.example,', ''], 'e:al@e4.example', ['repaired_email']],
  ['curly', 'PL', ['Al Fox', 'o’fox@e5.example', ''], "e:o'fox@e5.example", ['repaired_email']],
  ['e-mail as phone', 'PL', ['Al Fox', '', 'al@a5.example'], 'e:al@a5.example', ['moved_to_email']],
  ['null', 'PL', ['N/A', 'null', '601 500 119'], 'p:+48601500119', ['absent_value', 'absent_value']]
]

for (const [title, country, given, keys, codes] of CASES) {
  void t.test(`${title}: the same contact and repairs by JSON, ADF and list`, (t) => {
    for (const [path, read] of Object.entries(contactPaths(country))) {
      const { contact, codes: found } = read(given)
      t.equal(contactKeys(contact).join(), keys, path)
      t.strictSame(found, codes, `${path} tells its repairs`)
    }
    t.end()
  })
}
