import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { asClient, settle } from '../../../support/database.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { Caller } from '../../../support/response.ts'

/** The ids of all pages of a list, two records each. */
async function walk(call: Caller, query: string): Promise<string[]> {
  const ids: string[] = []
  let cursor = ''
  for (let page = 0; page < 20; page += 1) {
    const { status, body } = await call('GET', `/v1/leads?limit=2&${query}${cursor}`)
    if (status !== 200) throw new Error(`${query}: ${status}`)
    ids.push(...body.data.map(({ id }) => id))
    if (body.nextCursor === null) return ids
    cursor = `&cursor=${body.nextCursor}`
  }
  throw new Error('the list has no end')
}

void t.test('orders of leads', async (t) => {
  let clock = new Date('2026-11-21T09:00:00.000Z')
  const tick = () => (clock = new Date(clock.getTime() + 60_000))
  const { createDealer, database } = await createTestApp(t, { now: () => clock })

  await t.test('each order puts leads without the value last, in both directions', async (t) => {
    const { admin, id: dealerId } = await createDealer()
    const leads = []
    for (let count = 0; count < 5; count += 1) {
      tick()
      leads.push((await postLead(admin)).id)
    }
    const [a, b, c, d, e] = leads.map((id) => must(id))
    const scores = [
      [a, 10],
      [b, 90],
      [c, 90]
    ] as const
    await asClient(database.ownerUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [dealerId])
      await client.query('update leads set score = null')
      for (const [id, score] of scores) {
        await client.query('update leads set score = $2 where id = $1', [id, score])
      }
    })
    t.strictSame(await walk(admin, 'sort=score'), [a, b, c, d, e])
    t.strictSame(await walk(admin, 'sort=-score'), [c, b, a, e, d])

    const plan = async (leadId: string | undefined, dueAt: string) => {
      const activity = { type: 'call', state: 'planned', dueAt, leadId }
      const { status, body } = await admin('POST', '/v1/activities', activity)
      t.equal(status, 201)
      return body.id
    }
    await plan(d, '2026-11-25T09:00:00Z')
    const soon = await plan(d, '2026-11-22T09:00:00Z')
    await plan(b, '2026-11-23T09:00:00Z')
    t.strictSame(await walk(admin, 'sort=nextAction'), [d, b, a, c, e])
    t.strictSame(await walk(admin, 'sort=-nextAction'), [b, d, e, c, a])
    tick()
    const done = await admin('PATCH', `/v1/activities/${soon}`, { state: 'done' })
    t.equal(done.status, 200)
    t.strictSame(await walk(admin, 'sort=nextAction'), [b, d, a, c, e], 'the next one counts')

    const statusIds = await findStatusIds(admin)
    tick()
    const move = { statusId: must(statusIds.working) }
    t.equal(
      (await admin('POST', `/v1/leads/${a}/status`, move)).body.lastTouchAt,
      clock.toISOString()
    )
    t.strictSame(await walk(admin, 'sort=lastTouchAt'), [d, a, b, c, e])
    t.strictSame(await walk(admin, 'sort=-lastTouchAt'), [a, d, e, c, b])
    t.strictSame(await walk(admin, 'sort=statusSince'), [b, c, d, e, a])
    t.strictSame(await walk(admin, 'sort=-statusSince'), [a, e, d, c, b])
    tick()
    t.equal((await admin('PATCH', `/v1/leads/${c}`, { message: 'Another' })).status, 200)
    t.strictSame((await walk(admin, 'sort=-updatedAt')).slice(0, 2), [c, a])
    t.strictSame(await walk(admin, 'sort=createdAt'), leads)
  })

  await t.test('members have the same orders over what they see', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const mine = []
    for (let count = 0; count < 3; count += 1) {
      tick()
      mine.push((await postLead(admin, { assignee: anna.id })).id)
      await postLead(admin)
    }
    const [one, two, three] = mine
    const activity = {
      type: 'call',
      state: 'planned',
      leadId: three,
      dueAt: '2026-11-25T09:00:00Z'
    }
    t.equal((await admin('POST', '/v1/activities', activity)).status, 201)
    t.strictSame(await walk(anna.call, 'sort=nextAction'), [three, one, two])
    await settle(database)
    t.strictSame(await walk(anna.call, 'sort=updatedAt'), [one, two, three])
  })

  await t.test(
    'an assignment is no work on a lead, and a removed activity is not its next',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const anna = await withUser({ name: 'Anna' })
      const lead = await postLead(admin)
      t.equal(lead.lastTouchAt, null)
      t.equal(lead.statusSince, lead.createdAt)
      const given = await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: anna.id })
      t.equal(given.body.lastTouchAt, null)
      const planned = {
        type: 'call',
        state: 'planned',
        leadId: lead.id,
        dueAt: '2026-11-25T09:00:00Z'
      }
      const { body: activity } = await admin('POST', '/v1/activities', planned)
      const at = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body
      t.equal((await at()).nextAction?.id, activity.id)
      t.equal((await at()).lastTouchAt, null, 'a plan is no work')
      await admin('PATCH', `/v1/activities/${activity.id}`, { state: 'cancelled' })
      t.equal((await at()).nextAction, null)
      const other = await postLead(admin)
      t.strictSame(await walk(admin, 'sort=nextAction'), [lead.id, other.id])
    }
  )

  await t.test('a link is work on a lead; its correction is none', async (t) => {
    const { admin } = await createDealer()
    const made = async (fullName: string) =>
      (await admin('POST', '/v1/clients', { contact: { fullName } })).body.id
    const [rita, rosa, rena] = [await made('Rita'), await made('Rosa'), await made('Rena')]
    const { id } = await postLead(admin)
    const touchedAt = async () => (await admin('GET', `/v1/leads/${id}`)).body.lastTouchAt
    tick()
    const linkedAt = clock.toISOString()
    const linked = await admin('POST', `/v1/leads/${id}/link`, { clientId: rita })
    t.equal(linked.status, 201, linked.text)
    t.equal(await touchedAt(), linkedAt)
    const correct = async (url: string, body: object) => {
      tick()
      const { status, text } = await admin('POST', url as '/v1/leads/{id}/move', body as never)
      t.ok(status < 300, text)
      t.equal(await touchedAt(), linkedAt, url)
    }
    await correct(`/v1/leads/${id}/move`, { clientId: rosa })
    await correct(`/v1/clients/${rena}/merge`, { clientId: rosa })
    await correct(`/v1/leads/${id}/unlink`, {})
  })

  await t.test('leads are shown by what people know', async (t) => {
    const { admin } = await createDealer()
    const named = async (contact: object) => (await postLead(admin, { contact })).displayName
    t.equal(await named({ firstName: 'Ada', lastName: 'Byron', email: 'a@x.example' }), 'Ada Byron')
    t.equal(await named({ companyName: 'Auto Sp.', email: 'b@x.example' }), 'Auto Sp.')
    t.equal(await named({ email: 'c@x.example', phone: '+48601234567' }), 'c@x.example')
    t.equal(await named({ phone: '+48601234568' }), '+48601234568')
  })

  await t.test('422 for an unknown order, and for the cursor of another', async (t) => {
    const { admin } = await createDealer()
    for (let count = 0; count < 3; count += 1) await postLead(admin)
    const { problem } = await admin('GET', '/v1/leads?sort=colour')
    t.strictSame(problem.errors?.[0]?.pointer, '?sort')
    t.match(problem.errors?.[0]?.message, 'nextAction')
    const { body } = await admin('GET', '/v1/leads?sort=score&limit=1')
    const other = await admin(
      'GET',
      `/v1/leads?sort=-score&limit=1&cursor=${must(body.nextCursor)}`
    )
    t.equal(other.problem.errors?.[0]?.pointer, '?cursor')
  })
})
