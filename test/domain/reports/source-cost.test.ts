import t from 'tap'

import { shareOf, sumOf } from '../../../src/domain/reports/source-cost.ts'

void t.test('the cost per lead is exact to the cent', (t) => {
  const cases: [string | null, number, string | null][] = [
    ['100.00', 3, '33.33'],
    ['200.00', 3, '66.67'],
    ['0.01', 2, '0.01'],
    ['0.00', 5, '0.00'],
    // More digits than a number holds.
    ['123456789012.34', 1, '123456789012.34'],
    ['10.00', 0, null],
    [null, 3, null]
  ]
  for (const [amount, count, each] of cases) t.equal(shareOf(amount, count), each)
  t.equal(sumOf(['0.10', null, '0.20']), '0.30')
  t.equal(sumOf([null]), null)
  t.equal(sumOf([]), null)
  t.end()
})
