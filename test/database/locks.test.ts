import t from 'tap'

import { KEY_LOCK, lockNumbers } from '../../src/database/locks.ts'
import { newId } from '../../src/ids.ts'

void t.test('locks are taken in one order: idempotency keys first, then ascending', (t) => {
  const dealerId = newId()
  const texts = Array.from({ length: 50 }, (_, n) => `person ${n}`)
  const keys = Array.from({ length: 5 }, (_, n) => `${KEY_LOCK}caller ${n}`)
  const numbers = lockNumbers(dealerId, [...texts, ...keys, ...texts])
  t.equal(numbers.length, 55, 'each once')
  const ofKeys = lockNumbers(dealerId, keys)
  t.strictSame(numbers.slice(0, 5), ofKeys)
  for (const part of [ofKeys, numbers.slice(5)]) {
    t.ok(part.every((number, at) => at === 0 || number > (part[at - 1] ?? number)))
  }
  t.strictSame(lockNumbers(dealerId, [...texts, ...keys].toReversed()), numbers)
  t.notSame(lockNumbers(newId(), keys), ofKeys, "another dealer's equal texts differ")
  t.end()
})
