import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller, TestResponse } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const PROBLEM = 'urn:leadyard:problem:'

void t.test('conversions', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  await t.test('201 makes a client of all that the lead holds', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin, {
      source: 'portal',
      assignee: anna.id,
      contact: {
        firstName: 'Łukasz',
        lastName: 'Żółć',
        email: 'l@example.pl',
        otherEmails: ['lz@example.pl'],
        phone: '601 234 567',
        otherPhones: [{ number: '+48 22 123 45 67', type: 'work' }],
        address: { street: ['ul. Długa 7'], city: 'Kraków', country: 'PL' }
      },
      message: 'Is the blue one still there?',
      vehicles: [{ make: 'Kia', model: 'Ceed', stockNumber: 'U1234' }],
      consents: [{ purpose: 'marketing', channel: 'email', granted: true }],
      customFields: { budget: 'B', nested: { a: [1] } }
    })
    const { status, headers, body } = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal(status, 201)
    t.equal(headers.location, `/v1/operations/${body.operationId}`)
    t.hasStrict(body.client, {
      name: 'Łukasz Żółć',
      contact: lead.contact,
      description: lead.message,
      vehicleInterests: lead.vehicles,
      consents: lead.consents,
      customFields: lead.customFields,
      source: lead.source,
      responsibleUser: { id: anna.id, name: 'Anna' },
      createdFromLead: lead.id,
      version: 1
    })
    t.equal(body.lead.status.id, statuses.converted)
    t.strictSame(body.lead.client, { id: body.client.id, name: 'Łukasz Żółć' })
    t.hasStrict(body.activity, { type: 'call', userId: anna.id, clientId: body.client.id })
    t.strictSame((await admin('GET', `/v1/clients/${body.client.id}`)).body, body.client)
    const conversion = await admin('GET', `/v1/conversions/${body.conversionId}`)
    t.hasStrict(conversion.body, {
      leadId: lead.id,
      clientId: body.client.id,
      operationId: body.operationId,
      activityId: must(body.activity).id,
      undoneAt: null
    })
    const [converted] = await historyOf(admin, lead.id, 'lead.converted')
    t.hasStrict(converted?.data, { fromGroup: 'new', toGroup: 'converted' })
    t.equal(JSON.stringify(await historyOf(admin, lead.id)).includes('example.pl'), false)
  })

  await t.test('values of the request take precedence over the lead’s', async (t) => {
    const { admin, withUser } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const convert = async (body: object) => {
      const lead = await postLead(admin, { assignee: anna.id, message: 'Hello' })
      return await admin('POST', `/v1/leads/${lead.id}/convert`, body)
    }
    const said = await convert({
      responsibleUserId: ben.id,
      description: null,
      planActivity: false
    })
    t.hasStrict(said.body.client, { responsibleUser: { id: ben.id }, description: null })
    t.equal(said.body.activity, null)
    const unknown = await convert({ responsibleUserId: said.body.client.id })
    t.equal(unknown.status, 422)
    t.equal(unknown.problem.errors?.[0]?.pointer, '/responsibleUserId')
  })

  await t.test('409 client-exists with the matches, unless a duplicate is wanted', async (t) => {
    const { admin } = await createDealer()
    const contact = { fullName: 'Ada Person', email: 'ada@example.com' }
    const [one, two] = [await postLead(admin, { contact }), await postLead(admin, { contact })]
    const first = await admin('POST', `/v1/leads/${one.id}/convert`, {})
    const refused = await admin('POST', `/v1/leads/${two.id}/convert`, {})
    t.equal(refused.status, 409)
    t.equal(refused.problem.type, `${PROBLEM}client-exists`)
    t.hasStrict(refused.problem.matches, [
      { type: 'client', id: first.body.client.id, band: 'sure' }
    ])
    t.hasStrict((await admin('GET', `/v1/leads/${two.id}`)).body, { client: null, version: 1 })
    const wanted = await admin('POST', `/v1/leads/${two.id}/convert`, { allowDuplicate: true })
    t.equal(wanted.status, 201)
    const again = await admin('POST', `/v1/leads/${two.id}/convert`, { allowDuplicate: true })
    t.equal(again.problem.type, `${PROBLEM}lead-not-open`)
  })

  // Guards the locks that `convertLead` is called under: without them many find no client yet.
  await t.test('50 conversions of 50 leads of one person at once: one client', async (t) => {
    const { admin } = await createDealer()
    const spellings = ['Łukasz Żółć', 'LUKASZ ZOLC', 'lukasz żółć']
    const ids: string[] = []
    for (let index = 0; index < 50; index++) {
      const contact = {
        fullName: spellings[index % 3],
        // Two share the e-mail, two the phone: the locks of one person overlap, not coincide.
        ...(index % 2 === 0 ? { email: 'Lukasz@Example.pl' } : {}),
        phone: '601 234 567'
      }
      ids.push((await postLead(admin, { contact })).id)
    }
    // On a busy machine the last of the fifty wait longer than a lock may: 503, come again.
    const convert = async (id: string, tries = 5): Promise<TestResponse> => {
      const answer = await admin('POST', `/v1/leads/${id}/convert`, {})
      return answer.status === 503 && tries > 0 ? await convert(id, tries - 1) : answer
    }
    const answers = await Promise.all(ids.map((id) => convert(id)))
    t.strictSame(answers.map(({ status }) => status).toSorted(), [201, ...Array(49).fill(409)])
    const made = answers.find(({ status }) => status === 201)?.body.client
    t.ok(
      answers
        .filter(({ status }) => status === 409)
        .every(({ body }) => body.matches.length === 1 && body.matches[0].id === made.id)
    )
    const clients = await admin('GET', '/v1/clients')
    t.strictSame(clients.body.data, [made])
  })

  // A key of very many leads says nothing about who somebody is; that of one client still does.
  await t.test('a client is found behind more leads than a key may have', async (t) => {
    const { id, admin } = await createDealer()
    const contact = { fullName: 'Ada Person', email: 'ada@example.com' }
    const [one, two] = [await postLead(admin, { contact }), await postLead(admin, { contact })]
    t.equal((await admin('POST', `/v1/leads/${one.id}/convert`, {})).status, 201)
    await asClient(database.ownerUrl, (owner) =>
      owner.query(
        `insert into match_keys (dealer_id, key, record_type, record_id)
         select $1, 'e:ada@example.com', 'lead', gen_random_uuid() from generate_series(1, 150)`,
        [id]
      )
    )
    t.equal((await admin('POST', `/v1/leads/${two.id}/convert`, {})).status, 409)
  })

  const STEPS = [
    'clients',
    'match_keys',
    'leads',
    'activities',
    'operations',
    'conversions',
    'events'
  ]
  await t.test('a conversion that fails at any step leaves nothing behind', async (t) => {
    const { id, admin } = await createDealer()
    const lead = await postLead(admin)
    const count = () =>
      asClient(database.ownerUrl, async (owner) => {
        const counts = STEPS.map(
          (table) => `(select count(*)::int from ${table} where dealer_id = $1)`
        )
        return (
          await owner.query({ text: `select ${counts.join(', ')}`, values: [id], rowMode: 'array' })
        ).rows[0]
      })
    const before = await count()
    for (const table of STEPS) {
      await asClient(database.ownerUrl, (owner) =>
        owner.query(`
          create function fail() returns trigger language plpgsql as $$
          begin raise exception 'injected'; end $$;
          create trigger fail before insert or update on ${table} execute function fail()`)
      )
      const failed = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
      t.equal(failed.status, 500, table)
      await asClient(database.ownerUrl, (owner) => owner.query('drop function fail cascade'))
      t.strictSame(await count(), before, table)
      t.strictSame((await admin('GET', `/v1/leads/${lead.id}`)).body.version, 1, table)
    }
    t.equal((await admin('POST', `/v1/leads/${lead.id}/convert`, {})).status, 201)
  })

  await t.test('members see conversions of their leads, with the grant', async (t) => {
    const { admin, withUser } = await createDealer()
    const [plain, granted] = [await withUser(), await withUser({ grants: ['conversions.view'] })]
    const convert = async (assignee: string) => {
      const lead = await postLead(admin, { assignee })
      return (await admin('POST', `/v1/leads/${lead.id}/convert`, {})).body.conversionId
    }
    const [own, others] = [await convert(granted.id), await convert(plain.id)]
    t.equal((await plain.call('GET', '/v1/conversions')).status, 403)
    t.equal((await plain.call('GET', `/v1/conversions/${others}`)).status, 403)
    const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)
    t.strictSame(idsOf((await granted.call('GET', '/v1/conversions')).body), [own])
    t.equal((await granted.call('GET', `/v1/conversions/${own}`)).status, 200)
    t.equal((await granted.call('GET', `/v1/conversions/${others}`)).status, 404)
    t.strictSame(idsOf((await admin('GET', '/v1/conversions')).body), [others, own])
    const first = await admin('GET', '/v1/conversions?limit=1&sort=createdAt')
    t.strictSame(idsOf(first.body), [own])
    const next = `/v1/conversions?limit=1&sort=createdAt&cursor=${first.body.nextCursor}` as const
    t.strictSame(idsOf((await admin('GET', next)).body), [others])
    const { admin: stranger } = await createDealer()
    t.equal((await stranger('GET', `/v1/conversions/${own}`)).status, 404)
    t.strictSame((await stranger('GET', '/v1/conversions')).body.data, [])
  })

  await t.test('without the grant a converted lead is changed only with its client', async (t) => {
    const { admin, withUser } = await createDealer()
    const [plain, granted] = [await withUser(), await withUser({ grants: ['conversions.view'] })]
    const other = await withUser()
    const convert = async (assignee: string, words: object = {}) => {
      const lead = await postLead(admin, { assignee })
      const { body } = await admin('POST', `/v1/leads/${lead.id}/convert`, words)
      return { id: lead.id, clientId: body.client.id }
    }
    const toOther = { responsibleUserId: other.id }
    const [own, hidden] = [await convert(plain.id), await convert(plain.id, toOther)]
    const seen = await convert(granted.id, toOther)
    const statusOf = async (call: Caller, id: string) =>
      (await call('GET', `/v1/leads/${id}`)).status
    const listed = async (call: Caller) =>
      (await call('GET', '/v1/leads')).body.data.map(({ id }) => id)
    t.equal(await statusOf(plain.call, own.id), 200, 'their client')
    t.equal((await plain.call('PATCH', `/v1/leads/${own.id}`, { message: 'x' })).status, 200)
    t.equal(await statusOf(plain.call, hidden.id), 200, 'it is still theirs to read')
    t.equal(await statusOf(other.call, hidden.id), 200, 'responsible for the client')
    t.equal(await statusOf(plain.call, seen.id), 404)
    t.equal((await plain.call('GET', `/v1/clients/${hidden.clientId}`)).status, 200)
    for (const [method, path, status, body] of [
      ['PATCH', '', 403, { message: 'x' }],
      ['POST', '/assign', 403, { assigneeId: plain.id }],
      ['GET', '/history', 200, undefined],
      ['GET', '/timeline', 200, undefined],
      ['GET', '/matches', 200, undefined]
    ] as const) {
      const url = `/v1/leads/${hidden.id}${path}`
      t.equal((await plain.call(method, url, body)).status, status, url)
    }
    t.strictSame(await listed(plain.call), [own.id])
    t.equal(await statusOf(granted.call, seen.id), 200, 'the grant')
    t.strictSame(await listed(granted.call), [seen.id])
    t.equal(await statusOf(other.call, seen.id), 200, 'responsible for the client')

    const again = await postLead(admin, { assignee: plain.id })
    await admin('POST', `/v1/leads/${again.id}/link`, { clientId: hidden.clientId })
    t.ok((await listed(plain.call)).includes(hidden.id), 'by another lead they see the client')
  })

  await t.test(
    'a member who may not see the client is shown it, unless the dealer hides it',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben] = [await withUser(), await withUser()]
      const contact = { fullName: 'Ada Person', email: 'ada@example.com' }
      const one = await postLead(admin, { contact, assignee: anna.id })
      const two = await postLead(admin, { contact, assignee: ben.id })
      t.equal((await anna.call('POST', `/v1/leads/${one.id}/convert`, {})).status, 201)
      const refused = await ben.call('POST', `/v1/leads/${two.id}/convert`, {})
      t.equal(refused.status, 409)
      t.hasStrict(refused.problem.matches, [
        { type: 'client', name: 'Ada Person', band: 'sure', responsibleUser: { id: anna.id } }
      ])
      await admin('PATCH', '/v1/dealer', { settings: { matchesShowColleaguesClients: false } })
      const hidden = await ben.call('POST', `/v1/leads/${two.id}/convert`, {})
      t.equal(hidden.status, 409)
      t.strictSame(hidden.problem.matches, [])
    }
  )
})
