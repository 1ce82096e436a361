import t from 'tap'

import { ColumnDateTally, orderOf } from '../../../src/domain/imports/column-dates.ts'

/** What the days of a column show at a dealer of Poland and at one of the United States. */
function shown(...values: string[]) {
  const tally = new ColumnDateTally()
  tally.add(
    values.map((value, at) => ({ line: at + 2, cells: ['x', value], fault: null, repair: null }))
  )
  return [tally.of(1, 'PL'), tally.of(1, 'US')]
}

void t.test('the values of a column decide the order of its days, else the dealer', async (t) => {
  const values = (order: 'dmy' | 'mdy') => Array(2).fill({ order, basis: 'values' })
  t.strictSame(shown('3/4/2026', '', '11/20/2026 3:45 PM'), values('mdy'))
  t.strictSame(shown('3/4/2026', 'Fri 20/11/26'), values('dmy'))
  t.strictSame(shown('3/4/2026', '5/6/2026'), [
    { order: 'dmy', basis: 'dealer' },
    { order: 'mdy', basis: 'dealer' }
  ])
  t.strictSame(shown('3.4.2026'), Array(2).fill({ order: 'dmy', basis: 'separator' }))
  t.strictSame(
    shown('20/11/2026', '11/20/2026', '3/4/2026'),
    Array(2).fill({ order: null, basis: 'contradictory' })
  )
  t.strictSame(shown('2026-03-04', '4 Mar 2026', 'soon', '601 234 567'), [null, null])
})

void t.test('the values of a column tell whether the year of two digits is first', async (t) => {
  const order = (...values: string[]) => shown(...values)[0]?.order
  t.equal(order('26-11-05', '26-11-06', '25-11-30'), 'ymd')
  t.equal(order('26-11-25', '26-11-26'), 'ymd')
  t.equal(order('25-11-26', '26-11-26'), 'dmy')
  t.equal(order('05-11-26', '25-11-26'), 'dmy')
  t.equal(order('15-03-08', '26-11-05'), 'dmy')
  t.equal(order('25-11-26'), 'dmy')
  t.equal(order('20-11-26', '20-11-26 15:45'), 'dmy')
  t.equal(shown('25-11-26')[1]?.order, null, 'a month is none')
  t.equal(shown('25-11-30')[0]?.order, null, 'a year far to come')
  t.equal(order('\u066b', '15:45 03/04/2026', '٢٠/١١/٢٠٢٦'), 'dmy')
})

void t.test('a setting goes before the values', async (t) => {
  t.equal(orderOf('auto', { order: 'dmy', basis: 'values' }), 'dmy')
  t.equal(orderOf('mdy', { order: 'dmy', basis: 'values' }), 'mdy')
  t.equal(orderOf('auto', null), null)
})
