import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import { findStatusIds, historyOf, postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const PROBLEM = 'urn:leadyard:problem:'

void t.test('linking, unlinking and moving leads', async (t) => {
  // A Saturday evening in Warsaw, an hour before it is Sunday there.
  const clock = { now: new Date('2026-11-21T22:00:00.000Z') }
  const { createDealer, database } = await createTestApp(t, { now: () => clock.now })

  const addClient = async (call: Caller, words: object = {}) => {
    const contact = { firstName: 'Jan', lastName: 'Client', phone: '+48601234567' }
    const answer = await call('POST', '/v1/clients', { contact, allowDuplicate: true, ...words })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.body
  }

  await t.test('a lead that is linked to another client and back keeps its one call', async (t) => {
    const { admin } = await createDealer()
    const [one, other] = [await addClient(admin), await addClient(admin)]
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    const planned = async () =>
      (await admin('GET', `/v1/activities?lead=${lead.id}&state=planned`)).body.data
    const first = (await admin('POST', `${url}/link`, { clientId: one.id })).body
    for (const { id } of [other, one]) {
      await admin('POST', `${url}/unlink`)
      const again = await admin('POST', `${url}/link`, { clientId: id })
      t.equal(must(again.body.activity).id, must(first.activity).id)
    }
    t.equal((await planned()).length, 1)
    const last = (await admin('GET', url)).body
    t.equal(last.client?.id, one.id)
    await admin('POST', `${url}/unlink`)
    const undone = (await admin('POST', `${url}/link`, { clientId: other.id })).body
    t.equal((await admin('POST', `/v1/operations/${undone.operationId}/undo`)).status, 200)
    t.equal((await planned()).length, 1, 'an undo removes only what the link planned')
  })

  await t.test(
    '201 links a lead: its status, its client, a call next Monday at nine',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const statuses = await findStatusIds(admin)
      const anna = await withUser({ name: 'Anna' })
      const client = await addClient(admin, { responsibleUserId: anna.id })
      const lead = await postLead(admin)
      clock.now = new Date(clock.now.getTime() + 60_000)
      const { status, headers, body } = await admin('POST', `/v1/leads/${lead.id}/link`, {
        clientId: client.id
      })
      t.equal(status, 201)
      t.equal(headers.location, `/v1/operations/${body.operationId}`)
      t.equal(headers.etag, '"2"')
      t.strictSame(body.lead.status, { id: statuses.linked, name: 'linked', group: 'linked' })
      t.strictSame(body.lead.client, { id: client.id, name: 'Jan Client' })
      t.equal(body.client.id, client.id)
      t.hasStrict(body.activity, {
        type: 'call',
        state: 'planned',
        dueAt: '2026-11-23T08:00:00.000Z',
        userId: anna.id,
        leadId: lead.id,
        clientId: client.id
      })
      t.strictSame(
        (await admin('GET', `/v1/activities/${must(body.activity).id}`)).body,
        body.activity
      )
      t.strictSame((await admin('GET', `/v1/leads/${lead.id}`)).body, body.lead)
      const leads = await admin('GET', `/v1/clients/${client.id}/leads`)
      t.strictSame(leads.body, { data: [body.lead], nextCursor: null })
      const [linked] = await historyOf(admin, lead.id, 'lead.linked')
      t.strictSame(linked?.data, {
        operationId: body.operationId,
        fromStatusId: statuses.new,
        toStatusId: statuses.linked,
        fromGroup: 'new',
        toGroup: 'linked',
        stoodSeconds: 60
      })
    }
  )

  await t.test(
    'an e-mail is planned where there is no phone; nothing, where not wanted',
    async (t) => {
      const { admin } = await createDealer()
      const client = await addClient(admin, { contact: { email: 'jan@example.com' } })
      const link = async (words: object) => {
        const lead = await postLead(admin)
        const body = { clientId: client.id, ...words }
        return (await admin('POST', `/v1/leads/${lead.id}/link`, body)).body.activity
      }
      t.hasStrict(await link({}), { type: 'email', userId: null })
      t.equal(await link({ planActivity: false }), null)
      t.equal((await admin('GET', '/v1/activities')).body.data.length, 1)
    }
  )

  await t.test('notifyResponsible owes one mail to the responsible user, at once', async (t) => {
    const { id, admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const client = await addClient(admin, { responsibleUserId: anna.id })
    const owed = async (words: object, post: object = {}) => {
      const lead = await postLead(admin, post)
      const link = { clientId: client.id, ...words }
      t.equal((await admin('POST', `/v1/leads/${lead.id}/link`, link)).status, 201)
      return await asClient(database.ownerUrl, async (owner) => {
        const rows = await owner.query(
          `select target->>'address' as address, state, due_at <= now() as due
           from deliveries d where dealer_id = $1 and lead_id = $2 and purpose = 'responsible_mail'`,
          [id, lead.id]
        )
        return rows.rows
      })
    }
    const row = { address: anna.email, state: 'pending', due: true }
    t.strictSame(await owed({ notifyResponsible: true }), [row])
    t.strictSame(await owed({}), [])
    t.strictSame(await owed({ notifyResponsible: true }, { isTest: true }), [], 'of tests, nobody')
  })

  await t.test(
    '409 lead-not-open where the lead has a client; of ten links, one holds',
    async (t) => {
      const { admin } = await createDealer()
      const client = await addClient(admin)
      const lead = await postLead(admin)
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          admin('POST', `/v1/leads/${lead.id}/link`, { clientId: client.id })
        )
      )
      t.strictSame(answers.map(({ status }) => status).toSorted(), [201, ...Array(9).fill(409)])
      const refused = answers.find(({ status }) => status === 409)
      t.equal(refused?.problem.type, `${PROBLEM}lead-not-open`)
      t.equal((await admin('GET', '/v1/activities')).body.data.length, 1)
    }
  )

  await t.test('409 for closed and quarantined leads, 412 on another version', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const client = await addClient(admin)
    const link = (id: string, headers = {}) =>
      admin('POST', `/v1/leads/${id}/link`, { clientId: client.id }, headers)
    const closed = await postLead(admin)
    await admin('POST', `/v1/leads/${closed.id}/status`, { statusId: statuses.lost, reason: 'No' })
    t.equal((await link(closed.id)).problem.type, `${PROBLEM}conflict`)
    const held = await postQuarantinedLead(admin)
    t.equal((await link(held.id)).problem.type, `${PROBLEM}conflict`)
    const lead = await postLead(admin)
    t.equal((await link(lead.id, { 'if-match': '"7"' })).status, 412)
    t.equal((await link(lead.id, { 'if-match': '"1"' })).status, 201)
  })

  await t.test('the same Idempotency-Key links once', async (t) => {
    const { admin } = await createDealer()
    const client = await addClient(admin)
    const lead = await postLead(admin)
    const headers = { 'idempotency-key': 'link-1' }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        admin('POST', `/v1/leads/${lead.id}/link`, { clientId: client.id }, headers)
      )
    )
    t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
    t.equal(new Set(answers.map(({ body }) => body.operationId)).size, 1)
  })

  await t.test('statusId chooses among the statuses of the group, and no other', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const client = await addClient(admin)
    const lead = await postLead(admin)
    const link = (statusId?: string) =>
      admin('POST', `/v1/leads/${lead.id}/link`, { clientId: client.id, statusId })
    const wrong = await link(statuses.converted)
    t.equal(wrong.status, 422)
    t.equal(wrong.problem.errors?.[0]?.pointer, '/statusId')
    const own = await admin('POST', '/v1/statuses', { name: 'Known', group: 'linked' })
    t.equal((await link(own.body.id)).body.lead.status.name, 'Known')
  })

  await t.test('unlink: the lead is new again, and the client keeps nothing of it', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    const { body: made } = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    const other = await postLead(admin)
    await admin('POST', `/v1/leads/${other.id}/link`, { clientId: made.client.id })

    const unlinked = await admin('POST', `/v1/leads/${lead.id}/unlink`)
    t.equal(unlinked.status, 201)
    t.equal(unlinked.body.lead.status.id, statuses.new)
    t.equal(unlinked.body.lead.client, null)
    t.strictSame((await admin('GET', '/v1/leads?statusGroup=new')).body.data, [unlinked.body.lead])
    const left = await admin('GET', `/v1/clients/${made.client.id}/leads`)
    t.strictSame(
      left.body.data.map(({ id }: { id: string }) => id),
      [other.id]
    )
    const client = await admin('GET', `/v1/clients/${made.client.id}`)
    t.equal(client.status, 200, 'the client stays')
    t.equal(client.body.createdFromLead, null)
    const about = await admin('GET', `/v1/activities?client=${made.client.id}`)
    t.strictSame(
      about.body.data.map(({ leadId }) => leadId),
      [other.id]
    )
    t.hasStrict((await historyOf(admin, lead.id, 'lead.unlinked'))[0]?.data, {
      fromGroup: 'converted',
      toGroup: 'new',
      fromClientId: made.client.id,
      toClientId: null
    })

    t.equal((await admin('POST', `/v1/leads/${lead.id}/unlink`)).status, 409)
    const again = await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: made.client.id })
    t.equal(again.status, 201, 'it can be linked again')
  })

  await t.test('undo of an unlink gives the client back what it had', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const { body: made } = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    const { body } = await admin('POST', `/v1/leads/${lead.id}/unlink`)
    t.equal((await admin('POST', `/v1/operations/${body.operationId}/undo`)).status, 200)
    const now = (await admin('GET', `/v1/leads/${lead.id}`)).body
    t.hasStrict(now, { client: { id: made.client.id }, status: { group: 'converted' } })
    const client = await admin('GET', `/v1/clients/${made.client.id}`)
    t.equal(client.body.createdFromLead, lead.id)
    const { data } = (await admin('GET', `/v1/activities?client=${made.client.id}`)).body
    t.strictSame(
      data.map(({ id }: { id: string }) => id),
      [must(made.activity).id]
    )
  })

  await t.test(
    'move: from one client to another with what is about it; undo moves back',
    async (t) => {
      const { admin } = await createDealer()
      const [a, b] = [await addClient(admin), await addClient(admin)]
      const lead = await postLead(admin)
      const move = (clientId: string) => admin('POST', `/v1/leads/${lead.id}/move`, { clientId })
      const leadsOf = async ({ id }: { id: string }) =>
        (await admin('GET', `/v1/clients/${id}/leads`)).body.data.length
      t.equal((await move(b.id)).status, 409, 'it has no client')
      const { body: linked } = await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: a.id })
      t.equal((await move(a.id)).status, 409, 'it is there already')

      const moved = await move(b.id)
      t.equal(moved.status, 201)
      t.hasStrict(moved.body, { client: { id: b.id }, lead: { client: { id: b.id } } })
      t.strictSame(moved.body.lead.status, linked.lead.status)
      t.strictSame([await leadsOf(a), await leadsOf(b)], [0, 1])
      const activity = `/v1/activities/${must(linked.activity).id}` as const
      t.equal((await admin('GET', activity)).body.clientId, b.id)

      await admin('POST', `/v1/operations/${moved.body.operationId}/undo`)
      t.strictSame([await leadsOf(a), await leadsOf(b)], [1, 0])
      t.equal((await admin('GET', activity)).body.clientId, a.id)
    }
  )

  // Guards the order of the locks in `moveLead`: without it these wait for each other.
  await t.test('moves to and fro at once all end', async (t) => {
    const { admin } = await createDealer()
    const convert = async () => {
      const lead = await postLead(admin)
      return (await admin('POST', `/v1/leads/${lead.id}/convert`, {})).body
    }
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await convert(), await convert()]
      const answers = await Promise.all([
        admin('POST', `/v1/leads/${one.lead.id}/move`, { clientId: two.client.id }),
        admin('POST', `/v1/leads/${two.lead.id}/move`, { clientId: one.client.id })
      ])
      t.strictSame(
        answers.map(({ status }) => status),
        [201, 201]
      )
    }
  })

  await t.test('matches: best first, with reasons, without the lead itself', async (t) => {
    const { admin } = await createDealer({ matchingPolicy: 'exact' })
    const contact = { firstName: 'Zoë', lastName: 'Żak', email: 'zoe@example.com' }
    const client = await addClient(admin, { contact })
    const earlier = await postLead(admin, { contact: { email: 'zoe@example.com' } })
    await postLead(admin, { contact: { ...contact, email: 'other@example.com' } })
    const lead = await postLead(admin, { contact: { ...contact, firstName: 'ZOE' } })
    const { body } = await admin('GET', `/v1/leads/${lead.id}/matches`)
    t.strictSame(
      body.data.map(({ id, band }: { id: string; band: string }) => [id, band]),
      [
        [client.id, 'sure'],
        [earlier.id, 'possible']
      ]
    )
    const sentence = (name: string) => `The ${name} is the same.`
    t.strictSame(body.data[0]?.reasons, [
      { field: 'contact.email', agreement: 'same', sentence: sentence('e-mail address') },
      { field: 'contact.firstName', agreement: 'same', sentence: sentence('first name') },
      { field: 'contact.lastName', agreement: 'same', sentence: sentence('last name') }
    ])
  })

  await t.test('matches: the reasons are in the language of the reader, everywhere', async (t) => {
    const { admin, withUser } = await createDealer()
    const { call } = await withUser({ role: 'admin', routing: { locale: 'pl' } })
    const contact = { fullName: 'Ada Lis', email: 'ada.lis@example.com' }
    await addClient(admin, { contact })
    const lead = await postLead(call, { source: 'phone', contact })
    const preview = await call('POST', `/v1/leads/${lead.id}/conversion-preview`, {})
    const refused = await call('POST', '/v1/clients', { contact })
    const all = {
      capture: lead.matches,
      list: (await call('GET', `/v1/leads/${lead.id}/matches`)).body.data,
      preview: preview.body.matches.clients,
      refusal: must(refused.problem.matches)
    }
    for (const [path, matches] of Object.entries(all)) {
      const reasons = matches.flatMap((match) => match.reasons)
      const said = reasons.find(({ field }) => field === 'contact.email')?.sentence
      t.equal(said, 'Adres e-mail jest ten sam.', path)
    }
    const { body } = await admin('GET', `/v1/leads/${lead.id}/matches`)
    t.ok(body.data[0]?.reasons.some(({ sentence }) => sentence === 'The last name is the same.'))
  })

  await t.test('matches: another name with the phone is told, and decides nothing', async (t) => {
    const { admin, withUser } = await createDealer({ matchingPolicy: 'exact' })
    const phone = '601 234 577'
    const ben = await withUser()
    const brother = { contact: { fullName: 'किरण शर्मा', phone }, assignee: ben.id }
    const { id } = await postLead(admin, brother)
    const lead = await postLead(admin, { contact: { fullName: 'करण शर्मा', phone } })
    t.strictSame([lead.duplicateOf, lead.assignee], [null, null])
    const { body } = await admin('GET', `/v1/leads/${lead.id}/matches`)
    t.strictSame(lead.matches, body.data)
    t.strictSame(body.data, [
      {
        type: 'lead',
        id,
        name: 'किरण शर्मा',
        score: 0.4,
        band: 'possible',
        reasons: [
          {
            ...{ field: 'contact.phone', agreement: 'same' },
            sentence: 'The phone number is the same.'
          },
          {
            ...{ field: 'contact.firstName', agreement: 'different' },
            sentence: 'The first names are different.'
          },
          {
            ...{ field: 'contact.lastName', agreement: 'same' },
            sentence: 'The last name is the same.'
          }
        ]
      }
    ])
    const decisions = await admin('GET', `/v1/leads/${lead.id}/decisions`)
    t.hasStrict(
      decisions.body.data.find(({ step }: { step: string }) => step === 'matched'),
      {
        outcome: 'none',
        code: 'contact_known_name_differs',
        facts: { candidates: 1, best: { type: 'lead', id, score: 0.4 } }
      }
    )
  })

  await t.test('matches: one person who writes their name in two ways', async (t) => {
    const { admin, withUser } = await createDealer()
    const ben = await withUser()
    for (const [index, [one, other]] of [
      [{ firstName: 'Tom B.', lastName: 'Moss' }, { fullName: 'Thomas Moss' }],
      [{ firstName: 'Ana María', lastName: 'Gil Ruiz' }, { fullName: 'Ana Maria Gil' }],
      [{ fullName: 'Frau Dr. Käthe Böhm' }, { fullName: 'Kaethe Boehm' }],
      [{ fullName: 'Pani Gosia Lis' }, { firstName: 'Małgorzata', lastName: 'Lis-Nowak' }]
    ].entries()) {
      const email = `person${index}@example.com`
      const first = await postLead(admin, { contact: { ...one, email }, assignee: ben.id })
      const again = await postLead(admin, { contact: { ...other, email } })
      t.hasStrict(again.matches, [{ id: first.id, band: 'sure' }], email)
      t.equal(again.duplicateOf, first.id, email)
      t.equal(again.assignee?.id, ben.id, email)
    }
  })

  await t.test(
    'a member matches and links only what they see, where the dealer says so',
    async (t) => {
      const { admin, withUser } = await createDealer({ matchesShowColleaguesClients: false })
      const contact = { firstName: 'Zoë', lastName: 'Żak', email: 'zoe@example.com' }
      const [ben, eva] = [await withUser(), await withUser({ grants: ['leads.unlink'] })]
      const hidden = await addClient(admin, { contact, responsibleUserId: eva.id })
      const shown = await addClient(admin, { contact, responsibleUserId: ben.id })
      await postLead(admin, { contact, assignee: eva.id })
      const lead = await postLead(admin, { contact, assignee: ben.id })
      const { body } = await ben.call('GET', `/v1/leads/${lead.id}/matches`)
      t.strictSame(
        body.data.map(({ id }: { id: string }) => id),
        [shown.id]
      )
      t.equal((await eva.call('GET', `/v1/leads/${lead.id}/matches`)).status, 404)

      const link = (call: Caller, clientId: string) =>
        call('POST', `/v1/leads/${lead.id}/link`, { clientId })
      t.equal((await link(ben.call, hidden.id)).status, 404)
      t.equal((await link(eva.call, hidden.id)).status, 404)
      t.equal((await link(ben.call, shown.id)).status, 201)
      t.equal((await ben.call('POST', `/v1/leads/${lead.id}/unlink`)).status, 403, 'no grant')
      t.equal((await eva.call('POST', `/v1/leads/${lead.id}/unlink`)).status, 404)
      const granted = await withUser({ grants: ['leads.unlink'] })
      await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: granted.id })
      t.equal((await granted.call('POST', `/v1/leads/${lead.id}/unlink`)).status, 201)
    }
  )

  await t.test(
    'keys: write links, only admin unlinks and moves, capture and read do neither',
    async (t) => {
      const { admin, withKey } = await createDealer()
      const client = await addClient(admin)
      const lead = await postLead(admin)
      const url = `/v1/leads/${lead.id}` as const
      const body = { clientId: client.id }
      const [write, read, capture] = [
        await withKey(['write']),
        await withKey(['read']),
        await withKey(['leads:capture'])
      ]
      for (const call of [read, capture]) {
        t.equal((await call('POST', `${url}/link`, body)).status, 403)
        t.equal((await call('POST', `${url}/convert`, {})).status, 403)
      }
      t.equal((await capture('GET', `${url}/matches`)).status, 403)
      t.equal((await write('POST', `${url}/link`, body)).status, 201)
      t.equal((await write('POST', `${url}/unlink`)).status, 403)
      t.equal((await write('POST', `${url}/move`, body)).status, 403)
      t.equal((await admin('POST', `${url}/unlink`)).status, 201)
    }
  )

  await t.test("another dealer's ids answer 404", async (t) => {
    const [ours, theirs] = [await createDealer(), await createDealer()]
    const [client, foreign] = [await addClient(ours.admin), await addClient(theirs.admin)]
    const lead = await postLead(ours.admin)
    const call = async (who: Caller, path: string, body?: object) =>
      (await who(body ? 'POST' : 'GET', `/v1/leads/${lead.id}/${path}`, body)).status
    t.equal(await call(theirs.admin, 'matches'), 404)
    t.equal(await call(theirs.admin, 'link', { clientId: foreign.id }), 404)
    t.equal(await call(theirs.admin, 'link', { clientId: client.id }), 404)
    t.equal(await call(theirs.admin, 'convert', {}), 404)
    t.equal(await call(ours.admin, 'link', { clientId: foreign.id }), 404)
    t.equal(await call(ours.admin, 'link', { clientId: client.id }), 201)
    t.equal(await call(ours.admin, 'move', { clientId: foreign.id }), 404)
    t.equal(await call(theirs.admin, 'move', { clientId: foreign.id }), 404)
    t.equal((await theirs.admin('POST', `/v1/leads/${lead.id}/unlink`)).status, 404)
  })
})
