import t from 'tap'

import type { Money } from '../../../src/domain/leads/values.ts'
import type { Price, Vehicle, VehicleInterest } from '../../../src/domain/leads/vehicle.ts'
import { deservesCredit, saleContent } from '../../../src/domain/sales/sale-content.ts'
import type { OpenOpportunity, SaleFacts } from '../../../src/domain/sales/sale-content.ts'
import { readVehicle } from '../../../src/schemas/leads/read-vehicle.ts'

const RECEIVED = new Date('2026-11-21T12:00:00Z')
const ZLOTY: Money = { amount: '79900.00', currency: 'PLN' }

function vehicle(interest: VehicleInterest, price: Partial<Price> | null = null): Vehicle {
  const read = readVehicle({ interest, model: interest })
  const none = { type: null, delta: null, relativeTo: null, source: null }
  return { ...read, price: price && { ...none, ...ZLOTY, ...price } }
}

const deal = (id: string, amount: Money | null = null): OpenOpportunity => ({ id, amount })

function contentOf(facts: Partial<SaleFacts>) {
  const none = { vehicles: [], receivedAt: RECEIVED, promoter: null }
  return saleContent({ ...none, opportunitiesOfLead: [], opportunitiesOfClient: [], ...facts })
}

void t.test('the vehicle is the wanted one', (t) => {
  const soldOf = (...interests: VehicleInterest[]) =>
    contentOf({ vehicles: interests.map((interest) => vehicle(interest)) }).vehicle?.model ?? null
  t.equal(soldOf('trade-in', 'test-drive', 'lease', 'buy'), 'lease')
  t.equal(soldOf('test-drive', 'buy'), 'buy')
  t.equal(soldOf('trade-in', 'test-drive'), 'test-drive')
  t.equal(soldOf('trade-in', 'sell'), null, 'theirs is none that they buy')
  t.equal(soldOf(), null)
  t.end()
})

void t.test('the amount is the deal’s, else the vehicle’s price', (t) => {
  const amountOf = (price: Partial<Price> | null, deals: OpenOpportunity[] = []) =>
    contentOf({ vehicles: [vehicle('buy', price)], opportunitiesOfLead: deals }).amount
  const other = { amount: '70000.00', currency: 'EUR' }
  t.strictSame(amountOf({}), ZLOTY)
  t.strictSame(amountOf({ delta: 'absolute' }), ZLOTY)
  t.strictSame(amountOf({}, [deal('a', other)]), other)
  t.strictSame(amountOf({}, [deal('a')]), ZLOTY, 'a deal without an amount says nothing')
  for (const wrong of [
    { delta: 'percentage' },
    { delta: 'relative' },
    { amount: 'call us' },
    { amount: '-1.00' },
    { amount: '999999999999' },
    { currency: 'zł' }
  ] as Partial<Price>[]) {
    t.equal(amountOf(wrong), null, JSON.stringify(wrong))
  }
  t.equal(amountOf(null), null)
  t.end()
})

void t.test('the deal is the only open one, of the lead before the client', (t) => {
  const dealOf = (ofLead: string[], ofClient: string[]) =>
    contentOf({
      opportunitiesOfLead: ofLead.map((id) => deal(id)),
      opportunitiesOfClient: ofClient.map((id) => deal(id))
    }).opportunityId
  t.equal(dealOf(['a'], ['a']), 'a')
  t.equal(dealOf(['a'], ['a', 'b']), 'a')
  t.equal(dealOf([], ['b']), 'b')
  t.equal(dealOf([], ['a', 'b']), null, 'of two it is not known which')
  t.equal(dealOf(['a', 'b'], ['a', 'b']), null)
  t.equal(dealOf([], []), null)
  t.end()
})

void t.test('a promoter gets credit who was one as the lead came', (t) => {
  const before = new Date(RECEIVED.getTime() - 1)
  const after = new Date(RECEIVED.getTime() + 1)
  const active = { state: 'active', approvedAt: before, removedAt: null } as const
  const removed = { ...active, state: 'removed' } as const
  t.equal(deservesCredit(active, RECEIVED), true)
  t.equal(deservesCredit({ ...removed, removedAt: after }, RECEIVED), true)
  t.equal(deservesCredit({ ...removed, removedAt: before }, RECEIVED), false)
  t.equal(deservesCredit({ ...removed, removedAt: RECEIVED }, RECEIVED), false)
  const turnedDown = { ...removed, approvedAt: null, removedAt: after }
  t.equal(deservesCredit(turnedDown, RECEIVED), false, 'never was one')
  const unapproved = { approvedAt: null, removedAt: null }
  t.equal(deservesCredit({ ...unapproved, state: 'invited' }, RECEIVED), false)
  t.equal(deservesCredit({ ...unapproved, state: 'pending' }, RECEIVED), false)
  const promoter = { id: 'p', ...active }
  t.equal(contentOf({ promoter }).promoterId, 'p')
  t.equal(contentOf({ promoter: { ...promoter, state: 'pending' } }).promoterId, null)
  t.end()
})
