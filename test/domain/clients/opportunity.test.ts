import t from 'tap'

import {
  settleAmount,
  settleStanding,
  sumOfProducts
} from '../../../src/domain/clients/opportunity.ts'
import type { OpportunityProduct } from '../../../src/domain/clients/opportunity.ts'
import { invalid } from '../../../src/domain/refusals.ts'

const NOW = new Date('2026-11-21T10:00:00Z')
const BEFORE = new Date('2026-11-01T10:00:00Z')

function product(amount: string | null, currency = 'PLN', quantity = 1): OpportunityProduct {
  const price = amount === null ? null : { amount, currency }
  return { vehicle: {} as OpportunityProduct['vehicle'], price, quantity }
}

void t.test('the amount is the sum of the products', async (t) => {
  const sum = (...products: OpportunityProduct[]) => sumOfProducts(products)?.amount ?? null
  t.equal(sum(), null, 'nothing is worth nothing one could say')
  t.equal(sum(product('79900')), '79900.00')
  t.equal(sum(product('0.10', 'PLN', 3), product('0.2')), '0.50', 'no float would say so')
  t.equal(sum(product('0.0050')), '0.01', 'half a cent is rounded up')
  t.equal(sum(product('0.0049')), '0.00')
  t.equal(sum(product('0.3333', 'PLN', 3)), '1.00', 'rounded once, at the end')
  t.equal(sum(product('100'), product('-30.5')), '69.50', 'what is traded in counts against it')
  t.equal(sum(product('-0.5')), '-0.50')
  t.equal(sum(product('1'), product(null)), null, 'a price is missing')
  t.equal(sum(product('1'), product('1', 'EUR')), null, 'two currencies')
  t.equal(sum(product('999999999999.99')), '999999999999.99', 'the most there is room for')
  t.equal(sum(product('999999999999.995')), null)
  t.equal(sum(product('999999999999', 'PLN', 99)), null)
})

void t.test(
  'an amount that was given stays, one that is the sum follows the products',
  async (t) => {
    const money = (amount: string) => ({ amount, currency: 'PLN' })
    const summed = { amount: money('5.00'), products: [product('5')] }
    const given = { amount: money('4.50'), products: [product('5')] }
    t.strictSame(settleAmount(null, {}), null)
    t.strictSame(settleAmount(null, { amount: money('1') }), money('1'))
    t.strictSame(settleAmount(null, { products: [product('2')] }), money('2.00'))
    t.strictSame(settleAmount(summed, { products: [product('7')] }), money('7.00'))
    t.strictSame(settleAmount(summed, { products: [] }), null)
    t.strictSame(settleAmount(given, { products: [product('7')] }), money('4.50'))
    t.strictSame(settleAmount(given, {}), money('4.50'))
    t.strictSame(settleAmount(given, { amount: null }), money('5.00'))
    t.strictSame(settleAmount(given, { amount: money('3') }), money('3'))
  }
)

void t.test('a change settles the stage, the reason and the end of an opportunity', async (t) => {
  const required = { refusal: 'reason-required', pointer: '/closeReason' } as const
  const withoutEnd = invalid('/closeReason', 'reason-without-end')
  const open = { stage: 'offer', closeReason: null, closedAt: null } as const
  const lost = { stage: 'lost', closeReason: 'Too dear.', closedAt: BEFORE } as const
  const won = { stage: 'won', closeReason: 'Liked it.', closedAt: BEFORE } as const
  const settle = settleStanding
  t.strictSame(settle(null, {}, NOW), { ...open, stage: 'discovery' })
  t.strictSame(settle(open, { stage: 'won' }, NOW), { ...won, closeReason: null, closedAt: NOW })
  t.strictSame(settle(open, { stage: 'won', closeReason: 'x' }, NOW), {
    stage: 'won',
    closeReason: 'x',
    closedAt: NOW
  })
  t.strictSame(settle(open, { stage: 'lost' }, NOW), required)
  t.strictSame(settle(open, { stage: 'lost', closeReason: '  ' }, NOW), required)
  t.strictSame(settle(open, { stage: 'lost', closeReason: 'Too dear.' }, NOW), {
    ...lost,
    closedAt: NOW
  })
  t.strictSame(settle(lost, {}, NOW), lost, 'the end does not change')
  t.strictSame(settle(lost, { closeReason: 'Moved away.' }, NOW), {
    ...lost,
    closeReason: 'Moved away.'
  })
  t.strictSame(settle(lost, { closeReason: null }, NOW), required)
  t.strictSame(
    settle(won, { stage: 'lost' }, NOW),
    required,
    'the reason of a won opportunity is not kept'
  )
  t.strictSame(settle(lost, { stage: 'won' }, NOW), { ...won, closeReason: null, closedAt: NOW })
  t.strictSame(settle(lost, { stage: 'offer' }, NOW), open)
  t.strictSame(settle(lost, { stage: 'offer', closeReason: 'x' }, NOW), withoutEnd)
  t.strictSame(settle(open, { closeReason: 'x' }, NOW), withoutEnd)
})
