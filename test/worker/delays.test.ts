import { pino } from 'pino'
import t from 'tap'

import { watchDelays } from '../../src/worker/delays.ts'
import { createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { until } from '../support/worker.ts'

// Guards that a silence of the workers is heard: due deliveries stayed pending and nothing said so.
void t.test('deliveries that nobody takes are warned of', async (t) => {
  const { database, createDealer } = await createTestApp(t)
  const { db, ownerUrl } = database
  const { admin } = await createDealer({ leadAddress: 'leads@dealer.test' })
  const lines: string[] = []
  const logger = pino({}, { write: (line: string) => lines.push(line) })
  t.teardown(watchDelays(db, logger, 10))
  const contact = { fullName: 'Ada Łoś', email: 'ada@example.test' }
  const key = { 'idempotency-key': 'a lead that is announced' }
  await admin('POST', '/v1/leads', { source: 'website', contact }, key)
  await until(
    () => db.readDeliveryDelay(),
    (seconds) => seconds > 0
  )
  t.strictSame(lines, [], 'a moment is no delay')

  await asClient(ownerUrl, (client) =>
    client.query("update deliveries set due_at = now() - interval '6 minutes'")
  )
  const [line = ''] = await until(
    () => Promise.resolve(lines),
    ({ length }) => length > 0
  )
  t.match(JSON.parse(line), {
    level: 40,
    msg: 'deliveries are due and no worker takes them',
    seconds: 360
  })
})
