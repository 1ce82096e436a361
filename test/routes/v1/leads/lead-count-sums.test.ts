import { sql } from 'drizzle-orm'
import t from 'tap'

import { foldLeadCounts } from '../../../../src/repositories/leads/lead-counts.ts'
import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { rowsOf } from '../../../support/sql.ts'

const KEYS = sql.raw(`status_id, source_id, assignee_id, queue, temperature, type, is_test, held`)
const SUMMED = sql`select status_id, source_id, assignee_id, queue_id as queue, temperature, type, is_test,
  is_quarantined as held, leads from lead_counts`
const SCANNED = sql`select status_id, source_id, assignee_id,
  case when client_id is null then queue_id end as queue, temperature, type, is_test,
  quarantine_reason is not null as held, -1 from leads`

/** A sequence of numbers below `limit` that is the same in every run. */
function numbersFrom(seed: number) {
  let state = seed
  return (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
}

void t.test('sums of leads are those of a scan after every kind of change', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const { admin } = dealer
  const users = [await dealer.withUser({ inQueue: true }), await dealer.withUser()]
  const { body: queue } = await admin('POST', '/v1/queues', { name: 'Vans' })
  const statusIds = await findStatusIds(admin)
  const next = numbersFrom(20_261_130)
  const one = <Item>(items: readonly Item[]): Item => must(items[next(items.length)])
  const leads: string[] = []
  const operations: string[] = []
  /** The kinds of which a change was not refused. */
  const done = new Set(['capture', 'test', 'prequalification', 'held', 'fold'])
  let current = ''
  let held = ''
  let converted = ''

  const differences = () =>
    database.db.read(dealer.id, (tx) =>
      rowsOf(
        tx,
        sql`select ${KEYS}, sum(leads) from (${SUMMED} union all ${SCANNED}) as counted
          group by ${KEYS} having sum(leads) <> 0`
      )
    )
  const call = async (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => {
    const answer = await admin(method, path as '/v1/leads', body)
    if (answer.status < 300) done.add(current)
    const { operationId } = (answer.body ?? {}) as { operationId?: string }
    if (operationId !== undefined) operations.push(operationId)
    return answer
  }
  const capture = async (words: object = {}) => {
    const { id } = await postLead(admin, { source: one(['website', 'portal']), ...words })
    leads.push(id)
  }
  const move = (group: string) =>
    call('POST', `/v1/leads/${one(leads)}/status`, { statusId: statusIds[group], reason: 'So' })

  /** Some are refused, by what the lead is at that time: these change no count either. */
  const CHANGES: Record<string, () => Promise<unknown>> = {
    capture: () => capture(),
    test: () => capture({ isTest: true }),
    prequalification: () => capture({ type: 'prequalification' }),
    held: async () => {
      held = (await postQuarantinedLead(admin)).id
      leads.push(held)
    },
    release: () => call('POST', `/v1/leads/${held}/release`),
    status: () => move(one(['new', 'working', 'qualified', 'sold', 'lost'])),
    delete: () => move('deleted'),
    restore: () => move('new'),
    assign: () => call('POST', `/v1/leads/${one(leads)}/assign`, { assigneeId: one(users).id }),
    requeue: () => call('POST', `/v1/leads/${one(leads)}/assign`, { queueId: queue.id }),
    bulk: () =>
      call('POST', '/v1/leads/assign', {
        leadIds: [...new Set([one(leads), one(leads), one(leads)])],
        assigneeId: one(users).id
      }),
    temperature: () =>
      call('PATCH', `/v1/leads/${one(leads)}`, { temperature: one(['hot', 'warm', 'cold']) }),
    convert: async () => {
      converted = one(leads)
      const wish = { allowDuplicate: true, planActivity: false }
      await call('POST', `/v1/leads/${converted}/convert`, wish)
    },
    unlink: () => call('POST', `/v1/leads/${converted}/unlink`),
    merge: async () => {
      const [kept, merged] = (await admin('GET', '/v1/clients')).body.data
      if (kept && merged)
        await call('POST', `/v1/clients/${kept.id}/merge`, { clientId: merged.id })
    },
    undo: async () => {
      const id = operations.pop()
      if (id !== undefined) await call('POST', `/v1/operations/${id}/undo`)
    },
    regroup: async () => {
      const named = { name: `Odd ${next(1e9)}`, group: 'working' }
      const { body: odd } = await admin('POST', '/v1/statuses', named)
      const to = { statusId: odd.id, reason: 'So' }
      await call('POST', `/v1/leads/${one(leads)}/status`, to)
      await call('PATCH', `/v1/statuses/${odd.id}`, { group: one(['nurturing', 'sold', 'lost']) })
      await call('DELETE', `/v1/statuses/${odd.id}?replacementId=${must(statusIds.working)}`)
    },
    fold: () => database.db.transaction(dealer.id, foldLeadCounts)
  }

  for (let count = 0; count < 6; count += 1) await capture()
  const kinds = Object.keys(CHANGES)
  // Each kind in turn, and between them any.
  for (const kind of [...kinds, ...Array.from({ length: 60 }, () => one(kinds))]) {
    current = kind
    await must(CHANGES[kind])()
    t.strictSame(await differences(), [], kind)
  }
  t.strictSame([...done].toSorted(), kinds.toSorted())
})
