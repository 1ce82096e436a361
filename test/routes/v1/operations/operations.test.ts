import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const PROBLEM = 'urn:leadyard:problem:'

void t.test('operations', async (t) => {
  const { createDealer } = await sharedTestApp()
  const undo = (call: Caller, id: string) => call('POST', `/v1/operations/${id}/undo`)
  const convert = async (call: Caller, words: object = {}) => {
    const lead = await postLead(call, words)
    return (await call('POST', `/v1/leads/${lead.id}/convert`, {})).body
  }

  await t.test('undo of a conversion removes what it made and puts the lead back', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const contact = { fullName: 'Ada Person', email: 'ada@example.com' }
    const lead = await postLead(admin, { contact })
    await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.qualified })
    const { body: made } = await admin('POST', `/v1/leads/${lead.id}/convert`, {})

    const before = await admin('GET', `/v1/operations/${made.operationId}`)
    t.hasStrict(before.body, {
      kind: 'conversion',
      state: 'done',
      leadId: lead.id,
      createdClientId: made.client.id,
      createdActivityId: must(made.activity).id,
      undoneAt: null
    })
    const undone = await undo(admin, made.operationId)
    t.equal(undone.status, 200)
    t.hasStrict(undone.body, { id: made.operationId, state: 'undone' })
    t.not(undone.body.undoneAt, null)
    t.strictSame((await admin('GET', `/v1/operations/${made.operationId}`)).body, undone.body)

    t.equal((await admin('GET', `/v1/clients/${made.client.id}`)).status, 404)
    t.equal((await admin('GET', `/v1/activities/${must(made.activity).id}`)).status, 404)
    t.strictSame((await admin('GET', '/v1/clients?q=ada')).body.data, [])
    const now = (await admin('GET', `/v1/leads/${lead.id}`)).body
    t.hasStrict(now, { status: { id: statuses.qualified }, client: null })
    const conversion = await admin('GET', `/v1/conversions/${made.conversionId}`)
    t.equal(conversion.body.undoneAt, undone.body.undoneAt, 'its record stays')
    const [event] = await historyOf(admin, lead.id, 'operation.undone')
    t.hasStrict(event?.data, { kind: 'conversion', toGroup: 'qualified' })

    const again = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal(again.status, 201, 'nothing of the removed client matches')
  })

  await t.test('undo of a link puts the lead back; the client stays', async (t) => {
    const { admin } = await createDealer()
    const client = await admin('POST', '/v1/clients', { contact: { fullName: 'Jan' } })
    const lead = await postLead(admin)
    const link = { clientId: client.body.id }
    const { body } = await admin('POST', `/v1/leads/${lead.id}/link`, link)
    t.equal((await undo(admin, body.operationId)).status, 200)
    const now = (await admin('GET', `/v1/leads/${lead.id}`)).body
    t.hasStrict(now, { status: { group: 'new' }, client: null })
    t.strictSame((await admin('GET', '/v1/activities')).body.data, [])
    const after = (await admin('GET', `/v1/clients/${client.body.id}`)).body
    t.strictSame({ ...after, warnings: [] }, client.body)
  })

  await t.test('409 changed-since names what was changed, and changes nothing', async (t) => {
    const { admin } = await createDealer()
    const changesAfter = async (change: (made: Awaited<ReturnType<typeof convert>>) => unknown) => {
      const made = await convert(admin)
      await change(made)
      const stood = (await admin('GET', `/v1/leads/${made.lead.id}`)).body
      const { status, problem } = await undo(admin, made.operationId)
      t.equal(status, 409)
      t.equal(problem.type, `${PROBLEM}changed-since`)
      t.strictSame((await admin('GET', `/v1/leads/${made.lead.id}`)).body, stood)
      t.equal((await admin('GET', `/v1/clients/${made.client.id}`)).status, 200)
      return problem.changes
    }
    t.strictSame(
      await changesAfter(({ lead }) => admin('PATCH', `/v1/leads/${lead.id}`, { message: 'Hm' })),
      ['lead']
    )
    t.strictSame(
      await changesAfter(({ client }) =>
        admin('PATCH', `/v1/clients/${client.id}`, { description: 'Hm' })
      ),
      ['client']
    )
    t.strictSame(
      await changesAfter(({ activity }) =>
        admin('PATCH', `/v1/activities/${must(activity).id}`, { state: 'done' })
      ),
      ['activity']
    )
    t.strictSame(
      await changesAfter(({ client }) =>
        admin('POST', '/v1/activities', { type: 'note', clientId: client.id })
      ),
      ['client-activities']
    )
    t.strictSame(
      await changesAfter(async ({ client }) => {
        const other = await postLead(admin)
        await admin('POST', `/v1/leads/${other.id}/link`, {
          clientId: client.id,
          planActivity: false
        })
      }),
      ['client-leads']
    )
    t.strictSame(
      await changesAfter(async ({ lead, client }) => {
        await admin('POST', `/v1/leads/${lead.id}/unlink`)
        await admin('POST', '/v1/activities', { type: 'note', clientId: client.id })
      }),
      ['lead', 'client', 'client-activities', 'activity']
    )
  })

  await t.test('the status before was deleted since: 409 changed-since', async (t) => {
    const { admin } = await createDealer()
    const { body: status } = await admin('POST', '/v1/statuses', {
      name: 'Hot',
      group: 'qualified'
    })
    const lead = await postLead(admin)
    await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: status.id })
    const { body } = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal((await admin('DELETE', `/v1/statuses/${status.id}`)).status, 204)
    t.strictSame((await undo(admin, body.operationId)).problem.changes, ['status'])
  })

  // Guards the lock on the operation: without it two undo at once.
  await t.test('of ten undos at once one holds; the others answer conflict', async (t) => {
    const { admin } = await createDealer()
    const { operationId } = await convert(admin)
    const answers = await Promise.all(Array.from({ length: 10 }, () => undo(admin, operationId)))
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, ...Array(9).fill(409)])
    const refused = answers.filter(({ status }) => status === 409)
    t.ok(refused.every(({ problem }) => problem.type === `${PROBLEM}conflict`))
  })

  // Guards the lock on the client: a link or an activity at the same moment is refused or counts.
  await t.test(
    'an undo and a link to its client at once: never a lead without its client',
    async (t) => {
      const { admin } = await createDealer()
      for (let round = 0; round < 8; round++) {
        const { operationId, client } = await convert(admin)
        const other = await postLead(admin)
        const [undone, linked, noted] = await Promise.all([
          undo(admin, operationId),
          admin('POST', `/v1/leads/${other.id}/link`, { clientId: client.id, planActivity: false }),
          admin('POST', '/v1/activities', { type: 'note', clientId: client.id })
        ])
        const isThere = (await admin('GET', `/v1/clients/${client.id}`)).status === 200
        t.equal(undone.status, isThere ? 409 : 200)
        t.equal(
          [linked, noted].some(({ status }) => status === 201),
          isThere
        )
        t.ok([linked, noted].every(({ status }) => [201, 404].includes(status)))
      }
    }
  )

  await t.test('members undo their own operations; others’ with the grant', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const ben = await withUser()
    const eva = await withUser({ grants: ['leads.unlink'] })
    const others = await convert(admin, { assignee: ben.id })
    t.equal((await ben.call('GET', `/v1/operations/${others.operationId}`)).status, 200)
    t.equal((await undo(ben.call, others.operationId)).status, 403)
    t.equal((await undo(eva.call, others.operationId)).status, 404, 'a lead she does not see')
    t.equal((await undo(await withKey(['write']), others.operationId)).status, 403)
    const lead = await postLead(admin, { assignee: ben.id })
    const own = await ben.call('POST', `/v1/leads/${lead.id}/convert`, {})
    t.hasStrict(own.body.client.responsibleUser, { id: ben.id })
    t.equal((await undo(ben.call, own.body.operationId)).status, 200)
    const hers = await convert(admin, { assignee: eva.id })
    t.equal((await undo(eva.call, hers.operationId)).status, 200)
  })

  await t.test("another dealer's operation answers 404", async (t) => {
    const [ours, theirs] = [await createDealer(), await createDealer()]
    const { operationId } = await convert(ours.admin)
    t.equal((await theirs.admin('GET', `/v1/operations/${operationId}`)).status, 404)
    t.equal((await undo(theirs.admin, operationId)).status, 404)
    t.equal((await ours.admin('GET', `/v1/operations/${operationId}`)).body.state, 'done')
  })
})
