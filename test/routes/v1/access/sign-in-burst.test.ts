import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

// In a file of its own: while it runs, every other sign-in of the process waits or is refused.
void t.test('503 refuses sign-ins that would only wait, and says when to come back', async (t) => {
  const { call } = await createTestApp(t)
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
