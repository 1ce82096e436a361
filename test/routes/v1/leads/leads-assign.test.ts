import pg from 'pg'
import { sql } from 'drizzle-orm'
import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Bodies } from '../../../support/contract-types.ts'
import type { Caller } from '../../../support/response.ts'
import {
  historyOf,
  openConnections,
  postLead,
  postQuarantinedLead
} from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { must } from '../../../support/must.ts'

void t.test('many leads given at once', async (t) => {
  const clock = { now: new Date('2026-11-21T17:00:00.000Z') }
  const { createDealer, database } = await createTestApp(t, { now: () => clock.now })
  const postMany = async (call: Caller, count: number, words: object = {}): Promise<string[]> => {
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) ids.push((await postLead(call, words)).id)
    return ids
  }
  const assign = (call: Caller, leadIds: string[], to: object) =>
    call('POST', '/v1/leads/assign', { leadIds, ...to })
  const undo = (call: Caller, id: string | null) => call('POST', `/v1/operations/${must(id)}/undo`)
  const owed = async (dealerId: string, address: string): Promise<string[]> => {
    const rows = await database.db.transaction(dealerId, (tx) =>
      rowsOf<{ id: string }>(
        tx,
        sql`select lead_id as id from deliveries
         where dealer_id = ${dealerId} and target->>'address' = ${address} 
           and state = 'pending' and purpose <> 'queue_mail' order by lead_id`
      )
    )
    return rows.map(({ id }) => id)
  }
  /** Everything of leads that giving them away sets, versions left out. */
  const placesOf = async (dealerId: string) =>
    await database.db.transaction(dealerId, (tx) =>
      rowsOf(
        tx,
        sql`select id, assignee_id, assigned_at, first_assigned_at, queue_id, home_queue_id
         from leads where dealer_id = ${dealerId} order by id`
      )
    )

  await t.test('200 gives all to a user, who hears of each; those they had stay', async (t) => {
    const { id: dealerId, admin, withUser, defaultQueueId } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const [waiting, bens, hers] = [
      await postMany(admin, 2),
      await postMany(admin, 1, { assignee: ben.id }),
      await postMany(admin, 1, { assignee: anna.id })
    ]
    const before = await owed(dealerId, anna.email)
    const answer = await assign(admin, [...hers, ...bens, ...waiting.toReversed()], {
      assigneeId: anna.id
    })
    t.equal(answer.status, 200)
    const changed = [...bens, ...waiting.toReversed()]
    t.strictSame(
      outcomesOf(answer.body),
      [[must(hers[0]), 'unchanged', undefined], ...changed.map((id) => [id, 'changed', undefined])],
      'in the order they were named'
    )
    const list = await admin('GET', `/v1/leads?assignee=${anna.id}`)
    t.equal(list.body.data.length, 4)
    t.strictSame(await owed(dealerId, anna.email), [...before, ...changed].toSorted())
    t.strictSame(await historyOf(admin, must(hers[0]), 'lead.assigned'), [])
    const { operationId } = answer.body
    const [[first], [second]] = [
      await historyOf(admin, must(waiting[0]), 'lead.assigned'),
      await historyOf(admin, must(bens[0]), 'lead.assigned')
    ]
    t.strictSame(first?.data, {
      fromAssigneeId: null,
      toAssigneeId: anna.id,
      fromQueueId: defaultQueueId,
      toQueueId: null,
      operationId
    })
    t.hasStrict(second?.data, { fromAssigneeId: ben.id, fromQueueId: null })
    const operation = await admin('GET', `/v1/operations/${operationId}`)
    t.hasStrict(operation.body, { kind: 'assignment', state: 'done', leadId: null })
    t.strictSame(operation.body.leadIds.toSorted(), changed.toSorted())
  })

  await t.test('200 with nothing to change has nothing to take back', async (t) => {
    const { admin, defaultQueueId } = await createDealer()
    const ids = await postMany(admin, 2)
    const { body } = await assign(admin, ids, { queueId: defaultQueueId })
    t.equal(body.operationId, null)
    t.strictSame(
      outcomesOf(body),
      ids.map((id) => [id, 'unchanged', undefined])
    )
  })

  await t.test('each that is not there for the caller, or not theirs, stays', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer()
    const foreign = await createDealer()
    const [anna, ben] = [await withUser({ inQueue: true }), await withUser()]
    const [seen] = await postMany(admin, 1)
    const [hidden] = await postMany(admin, 1, { assignee: ben.id })
    const [entered] = await postMany(anna.call, 1, { assignee: ben.id })
    const [theirs] = await postMany(foreign.admin, 1)
    const before = await placesOf(dealerId)
    const ids = [must(hidden), must(seen), must(entered), must(theirs), newId()]
    const wrong = await assign(anna.call, ids, { assigneeId: foreign.ownerId })
    t.strictSame(wrong.problem.errors, [
      { pointer: '/assigneeId', message: 'is not a known user', code: 'unknown-user' }
    ])
    t.strictSame(await placesOf(dealerId), before)
    const answer = await assign(anna.call, ids, { assigneeId: anna.id })
    t.equal(answer.status, 200)
    t.strictSame(outcomesOf(answer.body), [
      [hidden, 'refused', 404],
      [seen, 'changed', undefined],
      [entered, 'refused', 403],
      [ids[3], 'refused', 404],
      [ids[4], 'refused', 404]
    ])
    t.strictSame(
      (await placesOf(dealerId)).filter(({ id }) => id !== seen),
      before.filter(({ id }) => id !== seen)
    )
    t.strictSame(await owed(dealerId, anna.email), [], 'and nobody mails them what they did')
    t.equal((await undo(anna.call, answer.body.operationId)).status, 200)
    t.strictSame(await placesOf(dealerId), before, 'one operation undoes what changed')
  })

  await t.test('422 for what no request may ask', async (t) => {
    const { admin, withUser } = await createDealer()
    const foreign = await createDealer()
    const anna = await withUser()
    const [seen] = await postMany(admin, 1)
    for (const body of [
      { leadIds: [], assigneeId: anna.id },
      { leadIds: [seen, seen], assigneeId: anna.id },
      { leadIds: Array.from({ length: 201 }, newId), assigneeId: anna.id },
      { leadIds: [seen] },
      { leadIds: [seen], assigneeId: anna.id, queueId: foreign.defaultQueueId }
    ]) {
      t.equal((await admin('POST', '/v1/leads/assign', body)).status, 422)
    }
  })

  await t.test('as many statements for forty leads as for one', async (t) => {
    const { admin, withUser } = await createDealer({ testAddress: 'test@dealer.test' })
    const anna = await withUser()
    const [one, many] = [await postMany(admin, 1), await postMany(admin, 40)]
    const counts = []
    for (const ids of [one, many]) {
      const counted = countStatements()
      t.equal((await assign(admin, ids, { assigneeId: anna.id })).status, 200)
      counts.push(counted.end())
      const back = countStatements()
      const [operation] = (await historyOf(admin, must(ids[0]), 'lead.assigned')).map(
        ({ data }) => data
      )
      t.equal((await undo(admin, String(must(operation).operationId))).status, 200)
      counts.push(back.end())
    }
    const [given = 0, returned = 0, givenMany = 0, returnedMany = 0] = counts
    t.equal(givenMany, given)
    // Those who lost many leads are told with the digest, and of one at once.
    t.ok(returnedMany <= returned, counts.join(' '))
    t.ok(
      counts.every((count) => count > 4 && count < 30),
      counts.join(' ')
    )
  })

  await t.test('of tests one address hears, of quarantined ones nobody', async (t) => {
    const {
      id: dealerId,
      admin,
      withUser
    } = await createDealer({ testAddress: 'test@dealer.test' })
    const anna = await withUser()
    const [test] = await postMany(admin, 1, { isTest: true })
    const held = await postQuarantinedLead(admin)
    const before = await owed(dealerId, 'test@dealer.test')
    await assign(admin, [must(test), held.id], { assigneeId: anna.id })
    t.strictSame(await owed(dealerId, anna.email), [])
    t.strictSame(await owed(dealerId, 'test@dealer.test'), [...before, test])
  })

  await t.test('undo puts each back where it was, with the times of then', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser({ inQueue: true })]
    const vans = (await admin('POST', '/v1/queues', { name: 'Vans' })).body
    const ids = [
      ...(await postMany(admin, 2)),
      ...(await postMany(admin, 1, { assignee: anna.id })),
      ...(await postMany(admin, 1))
    ]
    await ben.call('POST', `/v1/leads/${must(ids[3])}/claim`)
    await admin('POST', `/v1/leads/${must(ids[1])}/assign`, { queueId: vans.id })
    const before = await placesOf(dealerId)
    clock.now = new Date(clock.now.getTime() + 3_600_000)
    const { operationId } = (await assign(admin, ids, { queueId: vans.id })).body
    t.notSame(await placesOf(dealerId), before)
    const undone = await undo(admin, operationId)
    t.equal(undone.status, 200)
    t.hasStrict(undone.body, { kind: 'assignment', state: 'undone' })
    t.strictSame(await placesOf(dealerId), before)
    const [event] = await historyOf(admin, must(ids[2]), 'lead.assigned')
    t.hasStrict(event?.data, { toAssigneeId: anna.id, by: 'undo', operationId })
    const [notMoved] = await historyOf(admin, must(ids[1]), 'lead.assigned')
    t.equal(must(notMoved).data.by, undefined, 'it was there already')
    t.equal((await undo(admin, operationId)).status, 409, 'once')
  })

  await t.test('409 changed-since names the leads that changed, and changes nothing', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const [first] = await postMany(admin, 1)
    const [second, third] = await postMany(admin, 2, { assignee: ben.id })
    const ids = [must(first), must(second), must(third)]
    const { operationId } = (await assign(admin, ids, { assigneeId: anna.id })).body
    await admin('PATCH', `/v1/leads/${must(first)}`, { message: 'Hm' })
    const before = await placesOf(dealerId)
    const refused = await undo(admin, operationId)
    t.equal(refused.status, 409)
    t.hasStrict(refused.body, {
      type: 'urn:leadyard:problem:changed-since',
      changes: ['lead'],
      leadIds: [first]
    })
    await admin('PATCH', `/v1/users/${ben.id}`, { active: false })
    const both = await undo(admin, operationId)
    t.strictSame(both.problem.changes, ['lead', 'assignee'])
    t.strictSame(both.problem.leadIds?.toSorted(), ids.toSorted())
    t.strictSame(await placesOf(dealerId), before)
    t.equal((await admin('GET', `/v1/operations/${operationId}`)).body.state, 'done')
  })

  await t.test('a member takes back what they gave away, and nothing of others', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser()
    const other = await withUser({ grants: ['leads.unlink'] })
    const ids = await postMany(admin, 2, { assignee: anna.id })
    const { operationId } = (await assign(anna.call, ids, { assigneeId: other.id })).body
    const url = `/v1/leads/${must(ids[0])}` as const
    t.equal((await anna.call('GET', url)).status, 200, 'she was told of it')
    t.equal((await anna.call('PATCH', url, { message: 'Hers' })).status, 403, 'it is hers no more')
    t.equal((await other.call('GET', `/v1/operations/${operationId}`)).status, 404)
    t.equal((await undo(other.call, operationId)).status, 404)
    t.equal((await undo(anna.call, operationId)).status, 200)
    t.equal((await anna.call('GET', `/v1/leads/${must(ids[0])}`)).status, 200)
  })

  await t.test(
    'of two at once over the same leads both come through, one after the other',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben] = [await withUser(), await withUser()]
      const ids = await postMany(admin, 30)
      await openConnections(admin)
      for (let round = 0; round < 5; round += 1) {
        const answers = await Promise.all([
          assign(admin, ids, { assigneeId: anna.id }),
          assign(admin, ids.toReversed(), { assigneeId: ben.id })
        ])
        t.strictSame(
          answers.map(({ status }) => status),
          [200, 200]
        )
        const { body } = await admin('GET', '/v1/leads?limit=200')
        const owners = new Set(body.data.map((lead) => must(lead.assignee).id))
        t.equal(owners.size, 1, 'all of them one user’s')
      }
    }
  )
})

/** The id, outcome and status of the problem of each lead. */
function outcomesOf({ results }: Bodies['assignLeads']) {
  return results.map(({ leadId, outcome, problem }) => [leadId, outcome, problem?.status])
}

/** Counts what is sent to the database from now on. */
function countStatements(): { end: () => number } {
  const { prototype } = pg.Client
  const query = Reflect.get(prototype, 'query') as (...words: unknown[]) => unknown
  let count = 0
  Reflect.set(prototype, 'query', function (this: pg.Client, ...words: unknown[]) {
    count += 1
    return Reflect.apply(query, this, words)
  })
  return {
    end: () => {
      Reflect.set(prototype, 'query', query)
      return count
    }
  }
}
