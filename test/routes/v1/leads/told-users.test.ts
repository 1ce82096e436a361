import { sql } from 'drizzle-orm'
import t from 'tap'

import { STAFF_MAIL_PURPOSES } from '../../../../src/domain/deliveries/delivery.ts'
import type { StaffMailPurpose } from '../../../../src/domain/deliveries/delivery.ts'
import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { rowsOf } from '../../../support/sql.ts'

void t.test('who is told of a lead can open it', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const { admin, withUser } = dealer
  const users = {
    anna: await withUser({ team: 'online_sales' }),
    ben: await withUser({ team: 'store_sales' }),
    carl: await withUser()
  }
  const { anna, ben, carl } = users

  /** Anna asks Carl for a link to a client of his. */
  const ask = async () => {
    await admin('PATCH', '/v1/dealer', { settings: { linkToColleaguesClient: 'ask' } })
    const contact = { fullName: 'Rita Regular', email: `rita${(asked += 1)}@example.com` }
    const body = { contact, responsibleUserId: carl.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const lead = await postLead(admin, { assignee: anna.id, contact })
    const made = await anna.call('POST', `/v1/leads/${lead.id}/link-requests`, {
      clientId: client.id
    })
    return made.body.id
  }
  let asked = 0

  /** What each mail is caused by. A new one does not compile without its cause. */
  const CAUSES: Record<StaffMailPurpose, () => Promise<void>> = {
    assignee_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
      await admin('POST', `/v1/leads/${lead.id}/assign`, { queueId: dealer.defaultQueueId })
    },
    responsible_mail: async () => {
      const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
      const body = { contact, responsibleUserId: carl.id }
      const client = (await admin('POST', '/v1/clients', body)).body
      const lead = await postLead(admin, { assignee: anna.id })
      const link = { clientId: client.id, notifyResponsible: true }
      await admin('POST', `/v1/leads/${lead.id}/link`, link)
      await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: ben.id })
    },
    offer_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const made = await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: ben.id })
      await anna.call('POST', `/v1/handovers/${made.body.id}/withdraw`)
    },
    offer_response_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const body = { toTeam: 'store_sales' }
      const made = await anna.call('POST', `/v1/leads/${lead.id}/handovers`, body)
      await ben.call('POST', `/v1/handovers/${made.body.id}/accept`)
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: carl.id })
    },
    link_request_mail: async () => {
      await ask()
    },
    link_response_mail: async () => {
      const id = await ask()
      await carl.call('POST', `/v1/link-requests/${id}/decline`, { reason: 'Her brother' })
      const { lead } = (await admin('GET', `/v1/link-requests/${id}`)).body
      await admin('POST', `/v1/leads/${lead.id}/assign`, { queueId: dealer.defaultQueueId })
    },
    feedback_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const meeting = { type: 'appointment', leadId: lead.id, userId: ben.id }
      const planned = await anna.call('POST', '/v1/activities', {
        ...meeting,
        dueAt: '2027-01-01T10:00:00Z'
      })
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
      await ben.call('PATCH', `/v1/activities/${planned.body.id}`, {
        state: 'done',
        outcome: 'interested',
        feedback: 'Bought'
      })
    }
  }

  for (const purpose of STAFF_MAIL_PURPOSES) {
    await t.test(purpose, async (t) => {
      await CAUSES[purpose]()
      const told = await database.db.transaction(dealer.id, (tx) =>
        rowsOf<{ leadId: string; userId: string; address: string }>(
          tx,
          sql`select lead_id as "leadId", user_id as "userId", target->>'address' as address
            from deliveries where dealer_id = ${dealer.id} and purpose = ${purpose}`
        )
      )
      t.ok(told.length > 0, 'it was caused')
      for (const { leadId, userId, address } of told) {
        const user = must(Object.values(users).find(({ id }) => id === userId))
        t.equal(address, user.email)
        t.equal((await user.call('GET', `/v1/leads/${leadId}`)).status, 200, address)
      }
    })
  }

  await t.test('every mail to a team member is among these', async (t) => {
    const rows = await database.db.transaction(dealer.id, (tx) =>
      rowsOf<{ purpose: string; isUsers: boolean }>(
        tx,
        sql`select distinct purpose, user_id is not null as "isUsers" from deliveries d
          where dealer_id = ${dealer.id} and exists (select from users u
            where u.dealer_id = d.dealer_id and u.email = d.target->>'address')`
      )
    )
    t.strictSame(rows.map(({ purpose }) => purpose).toSorted(), [...STAFF_MAIL_PURPOSES].toSorted())
    t.ok(rows.every(({ isUsers }) => isUsers))
  })
})
