import t from 'tap'

import { isAbsentName } from '../../../src/domain/text/absent-names.ts'

void t.test('a value of a program for nothing is no name, and words that are names stay', (t) => {
  for (const text of ['0', '0.0', 'false', '[object Object]', 'neznámý', 'ohne', 'Nema', 'nil']) {
    t.equal(isAbsentName(text, []), true, text)
  }
  t.equal(isAbsentName('Ohne', ['Max']), false, 'a surname beside a first name')
  t.equal(isAbsentName('ohne', ['Max']), true, 'a word of a template')
  t.equal(isAbsentName('Nil', []), false, 'a first name')
  t.equal(isAbsentName('007', []), false)
  t.end()
})
