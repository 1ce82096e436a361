import t from 'tap'

import { Passwords } from '../../../../src/security/passwords.ts'
import { createTestApp } from '../../../support/app.ts'

void t.test('503 refuses sign-ins that would only wait, and says when to come back', async (t) => {
  // Long enough that others arrive meanwhile.
  const passwords = new Passwords({ N: 2 ** 14, r: 8, p: 1 })
  const { call } = await createTestApp(t, { passwords })
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, i) => {
      const payload = { dealer: 'none', email: `user${i}@example.test`, password: 'wrong' }
      return call(null, { method: 'POST', url: '/v1/auth/token', payload })
    })
  )
  const refused = answers.filter(({ status }) => status === 503)
  const answered = answers.filter(({ status }) => status === 401)
  t.equal(answered.length + refused.length, 80)
  // Some more where the first were done before the last arrived.
  t.ok(answered.length >= 52, 'two at work, fifty waiting')
  t.ok(refused.length >= 5, `${refused.length} refused`)
  t.ok(refused.every(({ headers }) => Number(headers['retry-after']) > 0))
  const payload = { dealer: 'none', email: 'user@example.test', password: 'wrong' }
  const after = await call(null, { method: 'POST', url: '/v1/auth/token', payload })
  t.equal(after.status, 401, 'the line is empty again')
})
