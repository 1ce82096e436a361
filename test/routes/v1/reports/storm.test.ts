import t from 'tap'

import { REPORT_LIMITS } from '../../../../src/database/limits.ts'
import { createTestApp } from '../../../support/app.ts'
import { holdReport } from '../../../support/held-reports.ts'
import { postLead } from '../../../support/leads.ts'

void t.test('a storm of reports is its dealer’s own', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const [busy, other] = [await createDealer(), await createDealer()]
  const held = Array.from({ length: REPORT_LIMITS.atOnceOfDealer }, () =>
    holdReport(database.db, busy.id)
  )
  await Promise.all(held.map(({ begun }) => begun))

  const tooMany = 5
  const refused: { status: number; body: unknown; retryAfter: unknown }[] = []
  let haveEnough = (): void => undefined
  const enough = new Promise<void>((resolve) => (haveEnough = resolve))
  const storm = Array.from({ length: REPORT_LIMITS.waitingOfDealer + tooMany }, async () => {
    const { status, body, headers } = await busy.admin('GET', '/v1/reports/sources')
    if (status !== 200) refused.push({ status, body, retryAfter: headers['retry-after'] })
    if (refused.length === tooMany) haveEnough()
    return status
  })
  await enough

  t.match(refused, Array(tooMany).fill({ status: 429, retryAfter: '8' }))
  t.match(refused[0]?.body, { type: 'urn:leadyard:problem:rate-limited' })
  t.equal((await other.admin('GET', '/v1/reports/sources')).status, 200, 'another’s report')
  t.ok((await postLead(other.admin)).id, 'another’s capture')
  t.ok((await postLead(busy.admin)).id, 'its own capture')
  t.equal((await busy.admin('GET', '/v1/leads')).status, 200, 'its own list')

  for (const { end } of held) await end()
  const responses = await Promise.all(storm)
  t.equal(responses.filter((status) => status === 200).length, REPORT_LIMITS.waitingOfDealer)
})
