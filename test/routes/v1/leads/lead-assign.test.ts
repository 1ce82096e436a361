import { sql } from 'drizzle-orm'
import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { createTestApp } from '../../../support/app.ts'
import {
  findStatusIds,
  historyOf,
  openConnections,
  postAdf,
  postLead,
  postQuarantinedLead
} from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { must } from '../../../support/must.ts'

void t.test('assigning a lead', async (t) => {
  const clock = { now: new Date('2026-11-21T17:00:00.000Z') }
  const { createDealer, database } = await createTestApp(t, { now: () => clock.now })
  const { db } = database
  /** What is owed about a lead, the oldest first, without what queues are told (`queued-leads.test.ts`). */
  const owed = async (dealerId: string, leadId: string) => {
    const rows = await db.transaction(dealerId, (tx) =>
      rowsOf<{ purpose: string; address: string }>(
        tx,
        sql`select purpose, target->>'address' as address from deliveries
         where dealer_id = ${dealerId} and lead_id = ${leadId} and state = 'pending'
           and purpose <> 'queue_mail' order by id`
      )
    )
    return rows.map(({ purpose, address }) => [purpose, address])
  }

  await t.test(
    '200 gives a lead to a user, who hears of it, and a job to the worker',
    async (t) => {
      const { id: dealerId, admin, withUser, defaultQueueId } = await createDealer()
      const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser({ name: 'Ben' })]
      const lead = await postLead(admin)
      const url = `/v1/leads/${lead.id}/assign` as const
      const given = await admin('POST', url, { assigneeId: anna.id })
      t.equal(given.status, 200)
      t.strictSame(given.body.assignee, { id: anna.id, name: 'Anna' })
      t.equal(given.body.queue, null)
      t.equal(given.headers.etag, '"2"')
      t.equal((await admin('POST', url, { assigneeId: anna.id })).body.version, 2, 'it is hers')
      t.strictSame(await owed(dealerId, lead.id), [['assignee_mail', anna.email]])
      await anna.call('POST', url, { assigneeId: ben.id })
      t.strictSame(await owed(dealerId, lead.id), [
        ['assignee_mail', anna.email],
        ['assignee_mail', ben.email]
      ])
      const [second, first] = await historyOf(admin, lead.id, 'lead.assigned')
      t.strictSame(first?.data, {
        fromAssigneeId: null,
        toAssigneeId: anna.id,
        fromQueueId: defaultQueueId,
        toQueueId: null
      })
      t.hasStrict(second, { actor: { id: anna.id, name: 'Anna' }, names: { [ben.id]: 'Ben' } })
    }
  )

  await t.test('200 puts it into a queue, unassigned, and nobody hears of it', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer()
    const anna = await withUser()
    const queue = (await admin('POST', '/v1/queues', { name: 'Used cars' })).body
    const lead = await postLead(admin, { assignee: anna.id })
    const before = await owed(dealerId, lead.id)
    const url = `/v1/leads/${lead.id}/assign` as const
    const put = await anna.call('POST', url, { queueId: queue.id })
    t.equal(put.status, 200)
    t.equal(put.body.assignee, null)
    t.strictSame(put.body.queue, { id: queue.id, name: 'Used cars' })
    t.equal((await admin('POST', url, { queueId: queue.id })).body.version, 2)
    t.strictSame(await owed(dealerId, lead.id), before)
    t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).status, 200, 'she was told of it')
    const took = await anna.call('POST', url, { assigneeId: anna.id })
    t.equal(took.status, 403, 'and is not in that queue')
  })

  await t.test('nobody is mailed of what they took, and of tests only one address', async (t) => {
    const {
      id: dealerId,
      admin,
      withUser
    } = await createDealer({
      testAddress: 'test@dealer.test'
    })
    const silent = await createDealer()
    const anna = await withUser({ inQueue: true })
    const taken = await postLead(admin)
    await anna.call('POST', `/v1/leads/${taken.id}/assign`, { assigneeId: anna.id })
    t.strictSame(await owed(dealerId, taken.id), [])

    const test = await postLead(admin, { isTest: true })
    await admin('POST', `/v1/leads/${test.id}/assign`, { assigneeId: anna.id })
    t.strictSame((await owed(dealerId, test.id)).at(-1), ['test_mail', 'test@dealer.test'])
    t.notOk((await owed(dealerId, test.id)).some(([, address]) => address === anna.email))

    const someone = await silent.withUser()
    const untold = await postLead(silent.admin, { isTest: true })
    await silent.admin('POST', `/v1/leads/${untold.id}/assign`, { assigneeId: someone.id })
    t.strictSame(await owed(silent.id, untold.id), [])

    const held = await postQuarantinedLead(admin)
    await admin('POST', `/v1/leads/${held.id}/assign`, { assigneeId: anna.id })
    t.strictSame(await owed(dealerId, held.id), [], 'quarantined')
  })

  await t.test(
    '422 for users and queues that are not there, inactive, or none, or both',
    async (t) => {
      const { id: dealerId, admin, withUser, defaultQueueId } = await createDealer()
      const foreign = await createDealer()
      const anna = await withUser()
      await db.transaction(dealerId, (tx) =>
        rowsOf(
          tx,
          sql`update users set active = false where dealer_id = ${dealerId} and id = ${anna.id}`
        )
      )
      const lead = await postLead(admin)
      const refused = async (body: object, pointer: string) => {
        const answer = await admin('POST', `/v1/leads/${lead.id}/assign`, body)
        t.equal(answer.status, 422, JSON.stringify(body))
        t.equal(answer.problem.errors?.[0]?.pointer, pointer)
      }
      await refused({ assigneeId: anna.id }, '/assigneeId')
      await refused({ assigneeId: newId() }, '/assigneeId')
      await refused({ assigneeId: foreign.ownerId }, '/assigneeId')
      await refused({ queueId: foreign.defaultQueueId }, '/queueId')
      await refused({ assigneeId: anna.id, queueId: defaultQueueId }, '/queueId')
      await refused({}, '')
      t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.version, 1)
    }
  )

  await t.test('404 for what one does not see; of two takers at once, one gets it', async (t) => {
    const { id: dealerId, admin, withUser, withKey } = await createDealer()
    const foreign = await createDealer()
    const users = [await withUser({ inQueue: true }), await withUser({ inQueue: true })]
    const outsider = await withUser()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}/assign` as const
    const body = { assigneeId: outsider.id }
    t.equal((await outsider.call('POST', url, body)).status, 404)
    t.equal((await foreign.admin('POST', url, body)).status, 404)
    t.equal((await (await withKey(['read']))('POST', url, body)).status, 403)
    await openConnections(admin)
    // Without the lead's lock, both see it unassigned.
    const answers = await Promise.all(
      users.map(({ id, call }) => call('POST', url, { assigneeId: id }))
    )
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 403])
    t.equal((await historyOf(admin, lead.id, 'lead.assigned')).length, 1)
    t.strictSame(await owed(dealerId, lead.id), [], 'they took it themselves')
  })

  await t.test('a released lead goes on from where it stopped, with its own time', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer({ leadAddress: 'all@dealer.test' })
    const anna = await withUser()
    const known = { firstName: 'Iga', lastName: 'Lis', email: 'iga@example.com' }
    await postLead(admin, { contact: known, assignee: anna.id })
    const held = await postQuarantinedLead(admin)
    t.equal(held.outcome, 'quarantined')
    t.strictSame(await owed(dealerId, held.id), [])
    await admin('PATCH', `/v1/leads/${held.id}`, { contact: { ...known, fullName: null } })
    clock.now = new Date(clock.now.getTime() + 3_600_000)
    const released = await admin('POST', `/v1/leads/${held.id}/release`)
    t.equal(released.status, 200)
    t.hasStrict(released.body, {
      quarantined: false,
      quarantineReason: null,
      receivedAt: held.receivedAt,
      assignee: { id: anna.id },
      queue: null
    })
    t.strictSame(await owed(dealerId, held.id), [
      ['assignee_mail', anna.email],
      ['dealer_mail', 'all@dealer.test']
    ])
    const { body } = await admin('GET', `/v1/leads/${held.id}/decisions`)
    t.hasStrict(
      body.data.filter(({ step }: { step: string }) => ['routed', 'announced'].includes(step)),
      [
        { step: 'routed', outcome: 'queued' },
        { step: 'announced', outcome: 'none', code: 'quarantined' },
        { step: 'routed', outcome: 'assigned', code: 'known_person' },
        { step: 'announced', outcome: 'enqueued' }
      ]
    )
    const [event] = await historyOf(admin, held.id, 'lead.released')
    t.hasStrict(event?.data, { quarantineReason: 'unreachable', assigneeId: anna.id })
    t.equal((await admin('POST', `/v1/leads/${held.id}/release`)).status, 409, 'it is out')
    t.equal((await admin('PATCH', `/v1/leads/${held.id}`, { temperature: 'hot' })).status, 200)
  })

  await t.test('released unreachable, it is announced to those who can be told', async (t) => {
    const {
      id: dealerId,
      admin,
      withUser,
      defaultQueueId
    } = await createDealer({
      leadAddress: 'all@dealer.test'
    })
    const [anna, outsider] = [await withUser({ inQueue: true }), await withUser()]
    const held = await postQuarantinedLead(admin)
    t.equal((await outsider.call('POST', `/v1/leads/${held.id}/release`)).status, 404)
    const released = await anna.call('POST', `/v1/leads/${held.id}/release`)
    t.equal(released.status, 200)
    t.hasStrict(released.body, { quarantined: false, queue: { id: defaultQueueId } })
    t.strictSame(await owed(dealerId, held.id), [['dealer_mail', 'all@dealer.test']])
  })

  await t.test('a release keeps the place that somebody gave it meanwhile', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer()
    const anna = await withUser()
    const queue = (await admin('POST', '/v1/queues', { name: 'Doubtful' })).body
    const [given, queued] = [await postQuarantinedLead(admin), await postQuarantinedLead(admin)]
    await admin('POST', `/v1/leads/${given.id}/assign`, { assigneeId: anna.id })
    await admin('POST', `/v1/leads/${queued.id}/assign`, { queueId: queue.id })
    const hers = await admin('POST', `/v1/leads/${given.id}/release`)
    t.equal(hers.body.assignee?.id, anna.id)
    t.strictSame(await owed(dealerId, given.id), [['assignee_mail', anna.email]])
    t.equal((await admin('POST', `/v1/leads/${queued.id}/release`)).body.queue?.id, queue.id)
  })

  await t.test('a release finds the earlier lead it repeats, never a later one', async (t) => {
    const { admin } = await createDealer()
    const contact = { fullName: 'Jan Kos', email: 'jan.kos@example.com' }
    const adf = (email: string) => `<adf><prospect><vehicle><make>Kia</make></vehicle><customer>
      <contact><name part="full">Jan Kos</name>${email}</contact></customer></prospect></adf>`
    const earlier = (await postAdf(admin, adf(`<email>${contact.email}</email>`))).body.data[0]
    clock.now = new Date(clock.now.getTime() + 1000)
    const held = await postQuarantinedLead(admin)
    await admin('PATCH', `/v1/leads/${held.id}`, { contact })
    const alone = await postQuarantinedLead(admin)
    await admin('PATCH', `/v1/leads/${alone.id}`, {
      contact: { ...contact, email: 'other@example.com' }
    })
    clock.now = new Date(clock.now.getTime() + 1000)
    await postAdf(admin, adf('<email>other@example.com</email>'))
    const again = await admin('POST', `/v1/leads/${held.id}/release`)
    t.equal(again.body.duplicateOf, must(earlier).id)
    const first = await admin('POST', `/v1/leads/${alone.id}/release`)
    t.equal(first.body.duplicateOf, null)
  })

  await t.test(
    '409 for a lead that is not held, or deleted; one of many releases counts',
    async (t) => {
      const { id: dealerId, admin } = await createDealer({ leadAddress: 'all@dealer.test' })
      const statuses = await findStatusIds(admin)
      const lead = await postLead(admin)
      t.equal((await admin('POST', `/v1/leads/${lead.id}/release`)).status, 409)
      const held = await postQuarantinedLead(admin)
      const deleted = { statusId: statuses.deleted, reason: 'Spam' }
      await admin('POST', `/v1/leads/${held.id}/status`, deleted)
      t.equal((await admin('POST', `/v1/leads/${held.id}/release`)).status, 409)
      await admin('POST', `/v1/leads/${held.id}/status`, { statusId: statuses.new })
      await openConnections(admin)
      // Without the lead's lock, it is announced more than once.
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => admin('POST', `/v1/leads/${held.id}/release`))
      )
      t.equal(answers.filter(({ status }) => status === 200).length, 1)
      t.equal((await owed(dealerId, held.id)).length, 1)
      t.equal((await admin('POST', `/v1/leads/${newId()}/release`)).status, 404)
    }
  )
})
