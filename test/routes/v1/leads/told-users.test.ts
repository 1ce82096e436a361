import { sql } from 'drizzle-orm'
import t from 'tap'

import { STAFF_MAIL_PURPOSES } from '../../../../src/domain/deliveries/delivery.ts'
import type { StaffMailPurpose } from '../../../../src/domain/deliveries/delivery.ts'
import { KINDS } from '../../../../src/domain/notifications/kinds.ts'
import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import { deliverNow } from '../../../support/deliver-now.ts'
import { REFUSED, contextOf } from '../../../support/delivery-context.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { rowsOf } from '../../../support/sql.ts'

void t.test('who is told of a lead can open it', async (t) => {
  let now = new Date()
  const { createDealer, database, call } = await createTestApp(t, { now: () => now })
  const dealer = await createDealer({ responseLimitMinutes: 30, responseWarningMinutes: 20 })
  const { admin, withUser } = dealer
  const users = {
    anna: await withUser({ team: 'online_sales' }),
    ben: await withUser({ team: 'store_sales' }),
    carl: await withUser(),
    olga: await withUser({ role: 'owner', inQueue: true })
  }
  const { anna, ben, carl } = users
  const later = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
    await watchTime(database.db, { now: () => now, mailDomain: 'leadyard.test' })
  }
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
  const reassign = async (leadId: string) => {
    await admin('POST', `/v1/leads/${leadId}/assign`, { assigneeId: carl.id })
  }

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

  /** A person signs up through a link of Anna's. */
  const signUp = async () => {
    const link = (await anna.call('POST', '/v1/referral-links', {})).body
    const email = `piotr-${link.code}@example.com`.toLowerCase()
    const person = { name: 'Piotr Lis', email }
    const url = `/v1/referrals/${link.code}/promoters` as const
    t.equal((await call(null, { method: 'POST', url, payload: person })).status, 202)
    const { data } = (await anna.call('GET', `/v1/promoters?q=${email}`)).body
    return must(data[0]).id
  }

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
      // And those that the service withdrew.
      const leadOf = async (requestId: string) =>
        (await admin('GET', `/v1/link-requests/${requestId}`)).body.lead.id
      await reassign(await leadOf(await ask()))
      const linked = await leadOf(await ask())
      const contact = { fullName: 'Nora New' }
      const client = (await admin('POST', '/v1/clients', { contact })).body
      await admin('POST', `/v1/leads/${linked}/link`, { clientId: client.id })
      const { data } = (await admin('GET', '/v1/statuses')).body
      for (const group of ['lost', 'deleted']) {
        const statusId = must(data.find((status) => status.group === group)).id
        const closed = await leadOf(await ask())
        await admin('POST', `/v1/leads/${closed}/status`, { statusId, reason: 'Bought' })
      }
      await later(1)
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
    },
    queue_mail: async () => {
      const lead = await postLead(admin)
      await reassign(lead.id)
    },
    offer_ending_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      await anna.call('POST', `/v1/leads/${lead.id}/handovers`, { toTeam: 'store_sales' })
      await later(100)
      await later(60)
    },
    planned_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const drive = { type: 'test_drive', leadId: lead.id, userId: ben.id }
      await admin('POST', '/v1/activities', { ...drive, dueAt: inMinutes(5) })
      await reassign(lead.id)
    },
    moved_mail: async () => {
      await anna.call('PUT', '/v1/me/notifications', { kinds: { movedActivity: 'now' } })
      const lead = await postLead(admin, { assignee: anna.id })
      const call = { type: 'call', leadId: lead.id, dueAt: inMinutes(5) }
      await anna.call('POST', '/v1/activities', call)
      await reassign(lead.id)
    },
    cancelled_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const drive = { type: 'test_drive', leadId: lead.id, userId: ben.id }
      await admin('POST', '/v1/activities', { ...drive, dueAt: inMinutes(5) })
      const { data } = (await admin('GET', '/v1/statuses')).body
      const statusId = must(data.find(({ group }) => group === 'deleted')).id
      await admin('POST', `/v1/leads/${lead.id}/status`, { statusId, reason: 'spam' })
    },
    moved_lead_mail: async () => {
      await anna.call('PUT', '/v1/me/notifications', { kinds: { movedLead: 'now' } })
      const lead = await postLead(admin, { assignee: anna.id })
      await reassign(lead.id)
      const other = await postLead(admin, { assignee: anna.id })
      await admin('POST', `/v1/leads/${other.id}/assign`, { queueId: dealer.defaultQueueId })
    },
    new_client_mail: async () => {
      const contact = { fullName: 'Nela Novel', email: `nela${(asked += 1)}@example.com` }
      await admin('POST', '/v1/clients', { contact, responsibleUserId: anna.id })
    },
    moved_client_mail: async () => {
      await anna.call('PUT', '/v1/me/notifications', { kinds: { movedClient: 'now' } })
      for (const to of [ben.id, null]) {
        const contact = { fullName: 'Mona Moved', email: `mona${(asked += 1)}@example.com` }
        const body = { contact, responsibleUserId: anna.id }
        const client = (await admin('POST', '/v1/clients', body)).body
        await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: to })
      }
    },
    sale_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const { data } = (await admin('GET', '/v1/statuses')).body
      for (const group of ['sold', 'working']) {
        const statusId = must(data.find((status) => status.group === group)).id
        await admin('POST', `/v1/leads/${lead.id}/status`, { statusId })
      }
    },
    taken_back_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const body = { leadIds: [lead.id], assigneeId: ben.id }
      const { operationId } = (await admin('POST', '/v1/leads/assign', body)).body
      await admin('POST', `/v1/operations/${operationId}/undo`)
    },
    reminder_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const call = { type: 'call', leadId: lead.id, userId: ben.id, remindAt: inMinutes(5) }
      await admin('POST', '/v1/activities', call)
      await reassign(lead.id)
      await later(6)
    },
    overdue_mail: async () => {
      await ben.call('PUT', '/v1/me/notifications', { kinds: { overdue: 'now' } })
      const lead = await postLead(admin, { assignee: anna.id })
      const call = { type: 'call', leadId: lead.id, userId: ben.id, dueAt: inMinutes(5) }
      await admin('POST', '/v1/activities', call)
      await later(6)
    },
    response_warning_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      await later(21)
      await reassign(lead.id)
    },
    response_overdue_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      await later(31)
      await reassign(lead.id)
    },
    quiet_source_mail: async () => {
      const source = { key: 'portal-x', name: 'Portal X', kind: 'portal', quietAfterHours: 1 }
      await admin('POST', '/v1/sources', source)
      await postLead(admin, { source: 'portal-x', assignee: anna.id })
      await later(1440)
    },
    open_leads_mail: async () => {
      const gone = await withUser()
      await postLead(admin, { assignee: gone.id })
      await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
    },
    pending_promoter_mail: async () => {
      await signUp()
    },
    failed_mail: async () => {
      const lead = await postLead(admin, { assignee: anna.id })
      const path = `/v1/leads/${lead.id}/deliveries?purpose=assignee_mail` as const
      const [owed] = (await admin('GET', path)).body.data
      const { context } = contextOf(database.db, REFUSED)
      await deliverNow(context, { dealerId: dealer.id, deliveryId: must(owed).id })
    },
    promoter_response_mail: async () => {
      const id = await signUp()
      await admin('PATCH', `/v1/promoters/${id}`, { state: 'active' })
    }
  }

  for (const purpose of STAFF_MAIL_PURPOSES) {
    await t.test(purpose, async (t) => {
      await CAUSES[purpose]()
      const told = await database.db.transaction(dealer.id, (tx) =>
        rowsOf<{ leadId: string | null; userId: string; address: string }>(
          tx,
          sql`select lead_id as "leadId", user_id as "userId", target->>'address' as address
            from deliveries where dealer_id = ${dealer.id} and purpose = ${purpose}`
        )
      )
      t.ok(told.length > 0, 'it was caused')
      // The first owner signs in nowhere here; Olga, another one, is told the same.
      for (const { leadId, userId, address } of told.filter(
        (one) => one.userId !== dealer.ownerId
      )) {
        const user = must(Object.values(users).find(({ id }) => id === userId))
        t.equal(address, user.email)
        if (leadId === null) continue
        t.equal((await user.call('GET', `/v1/leads/${leadId}`)).status, 200, address)
      }
    })
  }

  const PATHS: Record<string, string> = {
    lead: 'leads',
    activity: 'activities',
    handover: 'handovers',
    source: 'sources',
    user: 'users',
    promoter: 'promoters',
    delivery: 'deliveries'
  }

  await t.test('and reads what each notification is about', async (t) => {
    const kinds = new Set<string>()
    for (const { call, email } of Object.values(users)) {
      const { data } = (await call('GET', '/v1/notifications?limit=200')).body
      for (const { kind, subject, leadId } of data) {
        kinds.add(kind)
        const path = `/v1/${must(PATHS[subject.type])}/${subject.id}` as const
        t.equal((await call('GET', path)).status, 200, `${kind} for ${email}`)
        if (leadId !== null) t.equal((await call('GET', `/v1/leads/${leadId}`)).status, 200, kind)
      }
    }
    t.strictSame([...kinds].toSorted(), [...KINDS].toSorted())
  })

  await t.test('every mail to a team member is among these', async (t) => {
    const rows = await database.db.transaction(dealer.id, (tx) =>
      rowsOf<{ purpose: string; isUsers: boolean }>(
        tx,
        sql`select distinct purpose, user_id is not null as "isUsers" from deliveries d
          where dealer_id = ${dealer.id} and exists (select from users u
            where u.dealer_id = d.dealer_id and u.email = d.target->>'address')`
      )
    )
    const known = [...STAFF_MAIL_PURPOSES, 'digest_mail']
    t.strictSame(rows.map(({ purpose }) => purpose).toSorted(), known.toSorted())
    t.ok(rows.every(({ isUsers }) => isUsers))
  })
})
