import t from 'tap'

import { because, REASONS } from '../../src/domain/reasons/reasons.ts'
import type { ReasonCode } from '../../src/domain/reasons/reasons.ts'
import { REASON_WORDINGS, fieldMessageOf, sentenceOf } from '../../src/wording/reasons.ts'

const codes = Object.keys(REASONS) as ReasonCode[]

for (const [locale, wording] of Object.entries(REASON_WORDINGS)) {
  void t.test(`every code has a sentence in ${locale}, with facts that its reason has`, (t) => {
    t.strictSame(Object.keys(wording).toSorted(), codes.toSorted(), 'one sentence for each code')
    for (const code of codes) {
      const sentence = wording[code]
      t.match(sentence, /^\p{Lu}.*[.})]$/su, `${code} is a sentence`)
      const named = placeholdersOf(sentence)
      const unknown = named.filter((name) => !(REASONS[code] as readonly string[]).includes(name))
      t.strictSame(unknown, [], `${code} names facts of its own only`)
    }
    t.end()
  })
}

void t.test('codes are snake_case, and all languages name the same facts', (t) => {
  for (const code of codes) {
    t.match(code, /^[a-z]+(_[a-z0-9]+)*$/)
    const [first, ...others] = Object.values(REASON_WORDINGS).map((wording) =>
      placeholdersOf(wording[code]).toSorted()
    )
    for (const other of others) t.strictSame(other, first, code)
  }
  t.end()
})

void t.test('a sentence shows its facts in the language of the reader', (t) => {
  const tooLong = because('row_too_long', { limit: 1_000_000 })
  t.equal(sentenceOf(tooLong, 'en'), 'The row is longer than 1,000,000 characters.')
  t.equal(sentenceOf(tooLong, 'es'), 'La fila tiene más de 1.000.000 caracteres.')
  const cell = because('too_many_cells', { cells: 1885, columns: 12_345 })
  t.equal(sentenceOf(cell, 'en'), 'The row has 1885 cells, but the file has 12,345 columns.')
  const rule = because('rule_fits', { ruleName: 'A {ruleName} $& $1' })
  t.equal(sentenceOf(rule, 'en'), 'The assignment rule “A {ruleName} $& $1” fits.', 'as it is')
  t.equal(
    sentenceOf(because('not_one_of', { options: ['new', 'used'] }), 'pl'),
    'Wartość musi być jedną z następujących: new, used.'
  )
  t.equal(fieldMessageOf(because('not_number')), 'must be a number')
  t.end()
})

function placeholdersOf(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
