import t from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/worker.ts'

// The real program, whose worker looks at the clock every minute; only time is helped along.
void t.test('nobody acts: a warning, then a breach, and the next user has it', async (t) => {
  const { app, createDealer, database } = await createTestApp(t)
  const dealer = await createDealer({ responseLimitMinutes: 60, responseWarningMinutes: 45 })
  const [first, second] = [
    await dealer.withUser({ team: 'online_sales' }),
    await dealer.withUser({ team: 'online_sales' })
  ]
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: database.ownerUrl,
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN
    }
  })
  const token = app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(program.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) })
    })
    if (!answer.ok) throw new Error(await answer.text())
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
    return (await answer.json()) as any
  }
  const target = { type: 'team', team: 'online_sales' }
  const entries = ['captured', 'overdue'].map((on) => ({ name: on, on, target }))
  const draft = await call('POST', '/v1/assignment-rules', { rules: { entries } })
  await call('POST', `/v1/assignment-rules/${draft.id}/publish`, {})

  const lead = await call('POST', '/v1/leads', {
    source: 'website',
    contact: { firstName: 'Ada', email: 'ada@example.test' }
  })
  const has = lead.assignee.id as string
  const other = has === first.id ? second.id : first.id
  const clockOf = () => call('GET', `/v1/leads/${lead.id}/clock`)
  const { respondBy } = await clockOf()
  t.equal(Date.parse(respondBy) - Date.parse(lead.receivedAt) >= 3_600_000, true, 'an hour')

  /** As if so many minutes had gone by. */
  const pass = async (minutes: number) => {
    await asClient(database.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(`select set_config('app.tenant', $1, true)`, [dealer.id])
      const { rowCount } = await client.query(
        `update leads set respond_by = respond_by - $2 * interval '1 minute',
           clock_due_at = clock_due_at - $2 * interval '1 minute' where id = $1`,
        [lead.id, minutes]
      )
      await client.query('commit')
      t.equal(rowCount, 1)
    })
  }
  const told = async (type: string) =>
    await until(
      () => call('GET', `/v1/events?type=${type}`),
      ({ data }) => data.length > 0,
      { seconds: 100, what: type }
    )
  await pass(50)
  const warning = (await told('lead.response_warning')).data
  t.hasStrict(warning, [{ data: { assigneeId: has, escalations: 0 } }])
  t.equal((await call('GET', `/v1/leads/${lead.id}`)).assignee.id, has, 'only warned')

  await pass(15)
  const breach = (await told('lead.response_overdue')).data
  t.hasStrict(breach, [{ data: { assigneeId: has, escalations: 1 }, actor: { type: 'system' } }])
  t.equal((await call('GET', `/v1/leads/${lead.id}`)).assignee.id, other, 'the next user')
  const clock = await clockOf()
  t.hasStrict(clock, { overdue: false, escalations: 1, attempted: null })
  t.ok(Date.parse(clock.respondBy) > Date.now() + 3_500_000, 'who has an hour again')

  await call('POST', '/v1/activities', {
    ...{ leadId: lead.id, type: 'call', state: 'done', userId: other, outcome: 'reached' }
  })
  t.hasStrict(await clockOf(), { respondBy: null, running: null })
  t.equal(await program.stop(), 0)
})
