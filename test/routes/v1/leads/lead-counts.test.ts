import t from 'tap'

import { COUNTED_BY } from '../../../../src/domain/leads/lead-count.ts'
import { foldLeadCounts } from '../../../../src/repositories/leads/lead-counts.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { copyLead, findStatusIds, openConnections, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

type By = (typeof COUNTED_BY)[number]

/** Only some leads have a reason: the others are not counted by it. */
const COUNTED_OF_ALL = COUNTED_BY.filter((by) => by !== 'statusReason')

/** Counts by name, of values that leads have. */
async function countsOf(call: Caller, by: By, filter = ''): Promise<Record<string, number>> {
  const { status, body } = await call('GET', `/v1/leads/counts?by=${by}${filter}`)
  if (status !== 200) throw new Error(`${by}${filter}: ${status}`)
  const rows = body.data.filter(({ count }) => count > 0)
  return Object.fromEntries(rows.map(({ name, count }) => [name ?? 'none', count]))
}

void t.test('counts of leads', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  await t.test('each count is the length of the list with the same filters', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna', inQueue: true })
    const statusIds = await findStatusIds(admin)
    const move = async (id: string, group: string, reason?: string) => {
      const body = { statusId: must(statusIds[group]), reason }
      t.equal((await admin('POST', `/v1/leads/${id}/status`, body)).status, 200)
    }
    const leads = [
      await postLead(admin),
      await postLead(admin, { source: 'portal' }),
      await postLead(admin, { assignee: anna.id }),
      await postLead(admin, { assignee: anna.id, type: 'prequalification' }),
      await postLead(admin, { isTest: true })
    ]
    const [first, second, third] = leads.map(({ id }) => id)
    await move(must(second), 'working')
    await move(must(third), 'lost', 'Bought elsewhere')
    await move(must(first), 'deleted', 'Spam')
    t.strictSame(await countsOf(admin, 'status'), { new: 2, working: 1, lost: 1 })
    t.strictSame(await countsOf(admin, 'statusGroup', '&statusGroup=deleted'), { deleted: 1 })
    t.strictSame(await countsOf(admin, 'assignee'), { Anna: 2, none: 2 })
    t.strictSame(await countsOf(admin, 'queue'), { Default: 2, none: 2 })
    t.strictSame(await countsOf(admin, 'source', '&isTest=false'), { Website: 2, Portal: 1 })
    const { body: bySource } = await admin('GET', '/v1/leads/counts?by=source')
    for (const { value, count } of bySource.data) {
      const { body } = await admin('GET', `/v1/leads?source=${must(value)}`)
      t.equal(body.data.length, count, 'the value is one that the filter takes')
    }
    for (const call of [admin, anna.call]) {
      for (const filter of [
        '',
        '&status=new,working',
        '&statusGroup=lost,deleted',
        '&source=website',
        '&unassigned=true',
        '&unassigned=false',
        '&queue=Default',
        `&assignee=${anna.id}`,
        '&type=prequalification',
        '&isTest=false',
        '&quarantined=false',
        '&q=Ada',
        '&createdFrom=2026-01-01'
      ]) {
        const { body: list } = await call('GET', `/v1/leads?limit=200${filter}`)
        for (const by of filter === '' ? COUNTED_OF_ALL : (['source', 'statusGroup'] as const)) {
          const { body } = await call('GET', `/v1/leads/counts?by=${by}${filter}`)
          const sum = body.data.reduce((all, { count }) => all + count, 0)
          t.strictSame([sum, body.total, body.isExact], [list.data.length, sum, true], by + filter)
        }
      }
    }
  })

  await t.test(
    'a member counts what their list has, whatever the reason that it is there',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const anna = await withUser({ name: 'Anna', inQueue: true })
      const bea = await withUser({ name: 'Bea', inQueue: true })
      const cleo = await withUser({ name: 'Cleo', grants: ['conversions.view'] })
      const people = [anna, bea, cleo]
      const statusIds = await findStatusIds(admin)
      for (const { id, call } of people) {
        const [own, lost, converted, moved, offered] = [
          await postLead(admin, { assignee: id }),
          await postLead(admin, { assignee: id, source: 'portal' }),
          await postLead(admin, { assignee: id }),
          await postLead(call, { assignee: id }),
          await postLead(admin, { assignee: id })
        ]
        await postLead(admin)
        const next = must(people[(people.findIndex((one) => one.id === id) + 1) % people.length])
        const write = async (path: string, body: object) => {
          const { status } = await admin('POST', path as '/v1/leads', body)
          t.ok(status < 300, `${path}: ${status}`)
        }
        await write(`/v1/leads/${own.id}/status`, { statusId: must(statusIds.working) })
        await write(`/v1/leads/${lost.id}/status`, {
          statusId: must(statusIds.lost),
          reason: 'Bought elsewhere'
        })
        await write(`/v1/leads/${converted.id}/convert`, {})
        await write(`/v1/leads/${moved.id}/assign`, { assigneeId: next.id })
        for (const group of ['converted', 'working', 'sold', 'lost', 'deleted']) {
          const { id: unowned } = await postLead(admin)
          if (group === 'converted' || group === 'working') {
            await write(`/v1/leads/${unowned}/convert`, {})
          }
          if (group === 'converted') continue
          const to = { statusId: must(statusIds[group]), reason: 'Said so' }
          await write(`/v1/leads/${unowned}/status`, to)
        }
        const offer = await call('POST', `/v1/leads/${offered.id}/handovers`, { toUserId: next.id })
        t.equal(offer.status, 201)
      }
      for (const { call } of people) {
        const { body: all } = await call('GET', '/v1/leads?limit=200')
        t.ok(all.data.length > 4)
        for (const filter of [
          '',
          '&statusGroup=converted',
          '&statusGroup=deleted,sold',
          '&source=portal',
          '&queue=Default',
          '&unassigned=false',
          '&unassigned=true'
        ]) {
          const { body: list } = await call('GET', `/v1/leads?limit=200${filter}`)
          for (const by of COUNTED_BY) {
            const { body } = await call('GET', `/v1/leads/counts?by=${by}${filter}`)
            const sum = body.data.reduce((total, { count }) => total + count, 0)
            t.strictSame([sum, body.isExact], [list.data.length, true], by + filter)
          }
        }
      }
    }
  )

  await t.test('a value that no lead has is zero, in the order of the dealer', async (t) => {
    const { admin } = await createDealer()
    const { body } = await admin('GET', '/v1/leads/counts?by=status')
    const { body: all } = await admin('GET', '/v1/statuses')
    const shown = all.data.filter(({ group }) => group !== 'deleted')
    t.strictSame(
      body.data,
      shown.map(({ id, name }) => ({ value: id, name, count: 0 }))
    )
    const temperatures = (await admin('GET', '/v1/leads/counts?by=temperature')).body
    t.strictSame(
      temperatures.data.map(({ value }) => value),
      ['hot', 'warm', 'cold']
    )
  })

  await t.test(
    'counts stay exact while many write at once, and when they are folded',
    async (t) => {
      const { admin, id: dealerId } = await createDealer()
      const other = await createDealer()
      await postLead(other.admin)
      const statusIds = await findStatusIds(admin)
      await openConnections(admin)
      await Promise.all(
        Array.from({ length: 12 }, async (_, index) => {
          const { id } = await postLead(admin)
          if (index % 3 > 0) return
          const body = { statusId: must(statusIds.working) }
          await admin('POST', `/v1/leads/${id}/status`, body)
        })
      )
      const expected = { new: 8, working: 4 }
      t.strictSame(await countsOf(admin, 'status'), expected)
      t.equal(
        await database.db.transaction(dealerId, foldLeadCounts),
        0,
        'few are left as they are'
      )
      const lead = await postLead(admin)
      for (let round = 0; round < 100; round += 1) {
        const group = round % 2 === 0 ? 'working' : 'new'
        await database.db.transaction(dealerId, async (tx) => {
          await tx.orm.execute(
            `update leads set status_id = '${must(statusIds[group])}' where id = '${lead.id}'`
          )
        })
      }
      const more = { ...expected, new: 9 }
      t.strictSame(await countsOf(admin, 'status'), more)
      const folds = Array.from({ length: 4 }, () =>
        database.db.transaction(dealerId, foldLeadCounts)
      )
      t.ok((await Promise.all(folds)).some((count) => count >= 200))
      t.strictSame(await countsOf(admin, 'status'), more, 'folded')
      const rows = await database.db.read(dealerId, (tx) =>
        tx.orm.execute('select 1 from lead_counts')
      )
      t.ok(rows.rows.length < 10, 'to few rows')
      t.strictSame(await countsOf(other.admin, 'status'), { new: 1 })
    }
  )

  await t.test('without a sum, the newest are counted and it is said', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const lead = await postLead(admin)
    await asClient(database.ownerUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [dealerId])
      await copyLead(client, { dealerId, leadId: lead.id, count: 10_050 })
    })
    const sums = await admin('GET', '/v1/leads/counts?by=status')
    t.strictSame([sums.body.total, sums.body.isExact], [10_051, true])
    const rows = await admin('GET', '/v1/leads/counts?by=status&createdFrom=2020-01-01')
    t.strictSame([rows.body.total, rows.body.isExact], [10_000, false])
  })

  await t.test('422 for what leads are not counted by, and for unknown words', async (t) => {
    const { admin } = await createDealer()
    t.equal((await admin('GET', '/v1/leads/counts?by=colour')).problem.errors?.[0]?.pointer, '?by')
    t.equal((await admin('GET', '/v1/leads/counts')).problem.errors?.[0]?.pointer, '?by')
    const { problem } = await admin('GET', '/v1/leads/counts?by=status&source=billboard')
    t.match(problem.errors?.[0]?.message, 'trade-fair')
  })
})
