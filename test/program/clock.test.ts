import t from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/worker.ts'
import type { BodyOf, Method } from '../support/response.ts'
import { must } from '../support/must.ts'

// The real program, whose worker looks at the clock every minute; only time is helped along.
void t.test(
  'a lead without a response gets a warning, is overdue, and goes to the next user',
  async (t) => {
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
    const call = async <const M extends Method, const U extends string>(
      method: M,
      path: U,
      body?: object
    ) => {
      const answer = await fetch(program.baseUrl + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) })
      })
      if (!answer.ok) throw new Error(await answer.text())
      return (await answer.json()) as BodyOf<M, U>
    }
    const target = { type: 'team', team: 'online_sales' }
    const entries = ['captured', 'overdue'].map((on) => ({ name: on, on, target }))
    const draft = await call('POST', '/v1/assignment-rules', { rules: { entries } })
    await call('POST', `/v1/assignment-rules/${draft.id}/publish`, {})

    const post = (name: string) =>
      call('POST', '/v1/leads', {
        source: 'website',
        contact: { firstName: name, email: `${name}@example.test` }
      })
    const [early, late] = [await post('ada'), await post('bob')]
    const clockOf = ({ id }: { id: string }) => call('GET', `/v1/leads/${id}/clock`)
    const { respondBy } = await clockOf(late)
    t.ok(Date.parse(must(respondBy)) - Date.parse(late.receivedAt) >= 3_600_000, 'an hour')

    /** As if so many minutes had gone by. */
    const pass = async ({ id }: { id: string }, minutes: number) => {
      await asClient(database.ownerUrl, async (client) => {
        await client.query('begin')
        await client.query(`select set_config('app.tenant', $1, true)`, [dealer.id])
        const { rowCount } = await client.query(
          `update leads set respond_by = respond_by - $2 * interval '1 minute',
           clock_due_at = clock_due_at - $2 * interval '1 minute' where id = $1`,
          [id, minutes]
        )
        await client.query('commit')
        t.equal(rowCount, 1)
      })
    }
    const told = async (type: string) =>
      await until(
        () => call('GET', `/v1/events?type=${type}`),
        ({ data }) => data.length > 0,
        { seconds: 150, what: type }
      )
    // Both in the same minute: the worker looks once a minute, and tests have four.
    await pass(early, 50)
    await pass(late, 65)
    const [had, other] =
      must(late.assignee).id === first.id ? [first.id, second.id] : [second.id, first.id]
    const warned = (await told('lead.response_warning')).data
    t.hasStrict(warned, [{ leadId: early.id, data: { escalations: 0 } }])
    const breached = (await told('lead.response_overdue')).data
    t.hasStrict(breached, [
      { leadId: late.id, data: { assigneeId: had, escalations: 1 }, actor: { type: 'system' } }
    ])
    const assigneeOf = async ({ id }: { id: string }) =>
      must((await call('GET', `/v1/leads/${id}`)).assignee).id
    t.equal(await assigneeOf(early), must(early.assignee).id, 'only warned')
    t.equal(await assigneeOf(late), other, 'the next user')
    const clock = await clockOf(late)
    t.hasStrict(clock, { overdue: false, escalations: 1, attempted: null })
    t.ok(Date.parse(must(clock.respondBy)) > Date.now() + 3_300_000, 'who has an hour again')

    await call('POST', '/v1/activities', {
      ...{ leadId: late.id, type: 'call', state: 'done', userId: other, outcome: 'reached' }
    })
    t.hasStrict(await clockOf(late), { respondBy: null, running: null })
    t.equal(await program.stop(), 0)
  }
)
