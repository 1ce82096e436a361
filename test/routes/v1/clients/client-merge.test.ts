import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import { copyLead, historyOf, openConnections, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('merging clients', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  const addClient = async (call: Caller, contact: object, words: object = {}) => {
    const answer = await call('POST', '/v1/clients', { contact, allowDuplicate: true, ...words })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.body
  }
  const link = async (call: Caller, clientId: string, words: object = {}) => {
    const lead = await postLead(call, words)
    const linked = await call('POST', `/v1/leads/${lead.id}/link`, { clientId })
    if (linked.status !== 201) throw new Error(linked.text)
    return lead.id
  }
  const merge = (call: Caller, survivor: string, gone: string, words: object = {}) =>
    call('POST', `/v1/clients/${survivor}/merge`, { clientId: gone, ...words })
  const idsOf = async (call: Caller, url: string): Promise<string[]> =>
    (await call('GET', url)).body.data.map(({ id }: { id: string }) => id).toSorted()

  await t.test('201 moves what belongs to the one that goes, fills what is empty', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna' })
    const kept = await addClient(admin, {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.com'
    })
    const gone = await addClient(
      admin,
      {
        firstName: 'Augusta',
        lastName: 'King',
        email: 'ADA@example.com',
        otherEmails: ['king@example.com'],
        phone: '+48601234567',
        language: 'en'
      },
      {
        description: 'Wants a van.',
        responsibleUserId: anna.id,
        vehicleInterests: [{ interest: 'buy', make: 'Kia' }]
      }
    )
    const leads = [
      await link(admin, kept.id),
      await link(admin, gone.id),
      await link(admin, gone.id)
    ]
    const opportunity = await admin('POST', '/v1/opportunities', { name: 'Van', clientId: gone.id })
    t.equal(opportunity.status, 201)

    const { status, headers, body } = await merge(admin, kept.id, gone.id)
    t.equal(status, 201)
    t.equal(headers.location, `/v1/operations/${body.operationId}`)
    t.equal(headers.etag, `"${body.client.version}"`)
    t.hasStrict(body.client, {
      id: kept.id,
      name: 'Ada Lovelace',
      description: 'Wants a van.',
      responsibleUser: { id: anna.id, name: 'Anna' }
    })
    t.hasStrict(body.client.contact, {
      email: 'ada@example.com',
      otherEmails: ['king@example.com'],
      phone: '+48601234567',
      language: 'en'
    })
    t.equal(body.client.vehicleInterests.length, 1)
    t.strictSame(await idsOf(admin, `/v1/clients/${kept.id}/leads`), leads.toSorted())
    t.strictSame(await idsOf(admin, `/v1/opportunities?client=${kept.id}`), [opportunity.body.id])
    t.equal((await admin('GET', `/v1/activities?client=${kept.id}`)).body.data.length, 3)

    const again = await admin('GET', `/v1/clients/${gone.id}`)
    t.equal(again.headers.etag, headers.etag)
    t.strictSame(again.body, body.client, 'its id answers with the survivor')
    for (const url of ['/leads', '/consents', '/consents/history'] as const) {
      const [ours, theirs] = await Promise.all(
        [kept.id, gone.id].map((id) => admin('GET', `/v1/clients/${id}${url}`))
      )
      t.strictSame(must(theirs).body.data, must(ours).body.data, url)
    }
    t.strictSame(await idsOf(admin, `/v1/leads?client=${gone.id}`), leads.toSorted(), 'in filters')
    t.strictSame(await idsOf(admin, '/v1/clients'), [kept.id], 'it is in no list')
    t.strictSame(await idsOf(admin, '/v1/clients?q=augusta'), [], 'and not found')
    t.strictSame(await idsOf(admin, '/v1/clients?q=king'), [kept.id])
    const linked = await admin('POST', `/v1/leads/${(await postLead(admin)).id}/link`, {
      clientId: gone.id
    })
    t.equal(linked.body.client.id, kept.id, 'as a target it means the survivor')
    const patched = await admin('PATCH', `/v1/clients/${gone.id}`, { description: 'Two vans.' })
    t.hasStrict(patched.body, { id: kept.id, description: 'Two vans.' })
    const [event] = await historyOf(admin, must(leads[1]), 'lead.moved')
    t.hasStrict(event?.data, { fromClientId: gone.id, toClientId: kept.id })
    const told = await admin('GET', '/v1/events?type=client.merged')
    t.strictSame(
      told.body.data.map(({ clientId }) => clientId).toSorted(),
      [kept.id, gone.id].toSorted()
    )
  })

  await t.test('overwrite: what goes counts over what stays', async (t) => {
    const { admin } = await createDealer()
    const kept = await addClient(admin, { fullName: 'A. Old', language: 'pl' })
    const gone = await addClient(admin, { fullName: 'Ada New', language: 'en' })
    const { body } = await merge(admin, kept.id, gone.id, { overwrite: true })
    t.hasStrict(body.client.contact, { fullName: 'Ada New', language: 'en' })
  })

  await t.test(
    'a refusal of either client holds for both; after the undo each has its own again',
    async (t) => {
      const { admin } = await createDealer()
      const marketing = (channel: string | null, granted: boolean) => ({
        purpose: 'marketing',
        channel,
        granted
      })
      const kept = await addClient(
        admin,
        { fullName: 'Ada' },
        { consents: [marketing('email', true), marketing('sms', false)] }
      )
      const gone = await addClient(
        admin,
        { fullName: 'Ada K', email: 'k@example.com' },
        { consents: [marketing(null, true), marketing('email', false), marketing('post', true)] }
      )
      const lead = await link(admin, gone.id)
      const [before, theirs] = [kept.id, gone.id].map((id) => admin('GET', `/v1/clients/${id}`))
      const versions = [(await must(before)).body, (await must(theirs)).body]
      const answers = async (id: string) => {
        const { body } = await admin('GET', `/v1/clients/${id}/consents`)
        return body.data
          .map(
            ({ channel, granted }: { channel: string | null; granted: boolean }) =>
              `${granted ? '+' : '-'}${channel ?? '*'}`
          )
          .toSorted()
      }
      const { body } = await merge(admin, kept.id, gone.id)
      t.strictSame(await answers(kept.id), ['+*', '+post', '-email', '-sms'].toSorted())
      t.strictSame(
        body.client.consents.map(({ channel }) => channel).toSorted(),
        (await admin('GET', `/v1/clients/${kept.id}/consents`)).body.data
          .map(({ channel }) => channel)
          .toSorted()
      )
      const undone = await admin('POST', `/v1/operations/${body.operationId}/undo`)
      t.equal(undone.status, 200)
      t.hasStrict(undone.body, { kind: 'merge', state: 'undone', leadIds: [lead] })
      t.strictSame(await answers(kept.id), ['+email', '-sms'].toSorted())
      t.strictSame(await answers(gone.id), ['+*', '+post', '-email'].toSorted())
      for (const was of versions) {
        const { version: _, updatedAt: __, consents: ___, ...words } = was
        t.hasStrict((await admin('GET', `/v1/clients/${was.id}`)).body, words)
      }
      t.strictSame(await idsOf(admin, `/v1/clients/${gone.id}/leads`), [lead])
      t.strictSame(await idsOf(admin, '/v1/clients?q=k@example.com'), [gone.id], 'found again')
      t.equal((await admin('POST', `/v1/operations/${body.operationId}/undo`)).status, 409)
    }
  )

  await t.test(
    'an undo after later changes keeps them, and takes back what was merged',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser({ name: 'Ben' })]
      const kept = await addClient(admin, { fullName: 'Ada', email: 'ada@example.com' })
      const gone = await addClient(
        admin,
        { fullName: 'Ada K', email: 'k@example.com', phone: '+48601234567' },
        { description: 'Wants a van.', responsibleUserId: anna.id }
      )
      const own = await link(admin, kept.id)
      const theirs = await link(admin, gone.id)
      const elsewhere = await link(admin, gone.id)
      const before = (await admin('GET', `/v1/clients/${gone.id}`)).body
      const { operationId } = (await merge(admin, kept.id, gone.id)).body

      await admin('PATCH', `/v1/clients/${kept.id}`, {
        contact: { otherEmails: ['k@example.com', 'new@example.com'] },
        responsibleUserId: ben.id
      })
      await admin('PATCH', `/v1/leads/${theirs}`, { message: 'New.' })
      const post = async (url: string, body: object) => {
        const made = await admin('POST', url, body)
        if (made.status !== 201) throw new Error(made.text)
        return made.body.id as string
      }
      const deal = await post('/v1/opportunities', {
        ...{ name: 'Van', clientId: kept.id, leadId: theirs }
      })
      const about = { leadId: theirs, clientId: kept.id }
      const ofLead = await post('/v1/activities', { type: 'call', ...about })
      const ofDeal = await post('/v1/activities', { type: 'call', opportunityId: deal })
      const ofKept = await post('/v1/activities', { type: 'call', clientId: kept.id })
      const third = await addClient(admin, { fullName: 'Ola' })
      const moved = await admin('POST', `/v1/leads/${elsewhere}/move`, { clientId: third.id })
      t.equal(moved.status, 201)
      const statement = (granted: boolean) => ({ purpose: 'marketing', channel: 'sms', granted })
      await admin('POST', `/v1/leads/${theirs}/consents`, {
        ...{ purpose: 'marketing', channel: 'phone', granted: true }
      })
      await admin('POST', `/v1/clients/${kept.id}/consents`, statement(false))

      const undone = await admin('POST', `/v1/operations/${operationId}/undo`)
      t.equal(undone.status, 200, undone.text)
      const [survivor, back] = await Promise.all(
        [kept.id, gone.id].map(async (id) => (await admin('GET', `/v1/clients/${id}`)).body)
      )
      t.hasStrict(survivor, {
        id: kept.id,
        name: 'Ada',
        description: null,
        responsibleUser: { id: ben.id, name: 'Ben' },
        contact: { email: 'ada@example.com', otherEmails: ['new@example.com'], phone: null }
      })
      const { version: _, updatedAt: __, consents: ___, ...words } = before
      t.hasStrict(back, words, 'the merged client is as it was')
      t.strictSame(await idsOf(admin, `/v1/clients/${kept.id}/leads`), [own])
      t.strictSame(await idsOf(admin, `/v1/clients/${gone.id}/leads`), [theirs])
      t.strictSame(await idsOf(admin, `/v1/clients/${third.id}/leads`), [elsewhere])
      t.strictSame(await idsOf(admin, `/v1/opportunities?client=${gone.id}`), [deal])
      const activities = await idsOf(admin, `/v1/activities?client=${gone.id}`)
      for (const id of [ofLead, ofDeal]) t.ok(activities.includes(id), 'goes with its lead or deal')
      t.ok((await idsOf(admin, `/v1/activities?client=${kept.id}`)).includes(ofKept))
      const channels = async (id: string) =>
        (await admin('GET', `/v1/clients/${id}/consents`)).body.data
          .map(({ channel, granted }) => `${granted ? '+' : '-'}${channel ?? '*'}`)
          .toSorted()
      t.strictSame(await channels(kept.id), ['-sms'])
      t.strictSame(await channels(gone.id), ['+phone', '-sms'], 'a refusal holds for both')
      t.strictSame(await idsOf(admin, '/v1/clients?q=k@example.com'), [gone.id])
    }
  )

  await t.test('fields are chosen one by one, as the preview says', async (t) => {
    const { admin } = await createDealer()
    const kept = await addClient(admin, {
      ...{ firstName: 'Ada', lastName: 'Lis', language: 'pl', email: 'ada@example.com' }
    })
    const gone = await addClient(
      admin,
      { firstName: 'Adela', lastName: 'Kos', language: 'en', email: 'adela@example.com' },
      { description: 'Wants a van.' }
    )
    await link(admin, gone.id)
    const preview = (words: object) =>
      admin('POST', `/v1/clients/${kept.id}/merge-preview`, { clientId: gone.id, ...words })
    const { status, body } = await preview({})
    t.equal(status, 200)
    const shown = (from: string) => body.fields.find(({ field }) => field === from)
    t.hasStrict(shown('contact.name'), {
      ...{ remaining: { firstName: 'Ada', lastName: 'Lis' }, from: 'remaining', isChoice: true },
      merged: { firstName: 'Adela', lastName: 'Kos' }
    })
    t.hasStrict(shown('contact.emails'), {
      ...{ value: ['ada@example.com', 'adela@example.com'], from: 'both', isChoice: false }
    })
    t.hasStrict(shown('description'), { value: 'Wants a van.', from: 'merged' })
    t.hasStrict(shown('contact.language'), { value: 'pl', from: 'remaining' })
    t.equal(shown('contact.companyName'), undefined, 'equal fields are left out')
    t.strictSame(body.moves, { leads: 1, activities: 1, opportunities: 0, sales: 0 })
    t.strictSame((await admin('GET', `/v1/clients/${gone.id}`)).body.id, gone.id)

    const fields = { 'contact.name': 'merged', description: 'remaining' } as const
    const chosen = await preview({ fields })
    const { value } = must(chosen.body.fields.find(({ field }) => field === 'contact.name'))
    t.hasStrict(value, { firstName: 'Adela', lastName: 'Kos' })
    const wrong = await preview({ fields: { 'contact.emails': 'merged' } })
    t.equal(wrong.problem.errors?.[0]?.pointer, '/fields/contact.emails')
    t.equal((await merge(admin, kept.id, gone.id, { fields: { nothing: 'merged' } })).status, 422)
    t.equal((await preview({ clientId: kept.id })).status, 409)
    const merged = await merge(admin, kept.id, gone.id, { fields })
    t.hasStrict(merged.body.client, { name: 'Adela Kos', description: null })
    t.hasStrict(merged.body.client.contact, { language: 'pl', otherEmails: ['adela@example.com'] })
    t.equal((await preview({})).status, 409, 'merged before')
    await admin('POST', `/v1/operations/${merged.body.operationId}/undo`)
    t.hasStrict((await admin('GET', `/v1/clients/${kept.id}`)).body, { name: 'Ada Lis' })
  })

  // Guards the look at what the client has become: without it a lead would be with one nobody sees.
  await t.test('an undo that would put a lead back on a merged client is refused', async (t) => {
    const { admin } = await createDealer()
    const [kept, gone] = [
      await addClient(admin, { fullName: 'A' }),
      await addClient(admin, { fullName: 'B' })
    ]
    const lead = await link(admin, gone.id)
    const unlinked = await admin('POST', `/v1/leads/${lead}/unlink`)
    t.equal(unlinked.status, 201)
    const merged = await merge(admin, kept.id, gone.id)
    t.equal(merged.status, 201)
    const undo = (id: string) => admin('POST', `/v1/operations/${id}/undo`)
    const refused = await undo(unlinked.body.operationId)
    t.equal(refused.status, 409)
    t.strictSame(refused.problem.changes, ['client'])
    t.equal((await undo(merged.body.operationId)).status, 200)
    t.equal((await undo(unlinked.body.operationId)).status, 200)
    t.strictSame(await idsOf(admin, `/v1/clients/${gone.id}/leads`), [lead])
  })

  await t.test('chains are one step; undone in their order', async (t) => {
    const { admin } = await createDealer()
    const [a, b, c] = [
      await addClient(admin, { fullName: 'A' }),
      await addClient(admin, { fullName: 'B' }),
      await addClient(admin, { fullName: 'C' })
    ]
    const one = await merge(admin, b.id, a.id)
    const two = await merge(admin, c.id, b.id)
    for (const { id } of [a, b, c]) t.equal((await admin('GET', `/v1/clients/${id}`)).body.id, c.id)
    t.equal((await merge(admin, c.id, a.id)).status, 409, 'not merged again')
    t.equal((await merge(admin, a.id, a.id)).status, 409)
    t.equal((await merge(admin, c.id, c.id)).status, 409, 'nor with itself')
    const undo = (operationId: string) => admin('POST', `/v1/operations/${operationId}/undo`)
    t.hasStrict((await undo(one.body.operationId)).body, { changes: ['client'] })
    t.equal((await undo(two.body.operationId)).status, 200)
    t.equal((await admin('GET', `/v1/clients/${a.id}`)).body.id, b.id)
    t.equal((await admin('GET', `/v1/clients/${c.id}`)).body.id, c.id)
  })

  await t.test('members need the grant, and to see both', async (t) => {
    const { admin, withUser } = await createDealer()
    const may = await withUser({ grants: ['leads.unlink'] })
    const mayNot = await withUser({})
    const mine = (user: { id: string }) => ({ responsibleUserId: user.id })
    const [a, b] = [
      await addClient(admin, { fullName: 'A' }, mine(may)),
      await addClient(admin, { fullName: 'B' }, mine(may))
    ]
    const hidden = await addClient(admin, { fullName: 'C' })
    t.equal((await merge(mayNot.call, a.id, b.id)).status, 403)
    t.equal((await merge(may.call, a.id, hidden.id)).status, 404)
    t.equal((await merge(may.call, hidden.id, a.id)).status, 404)
    const { status, body } = await merge(may.call, a.id, b.id)
    t.equal(status, 201)
    t.equal((await mayNot.call('GET', `/v1/operations/${body.operationId}`)).status, 404)
    t.equal((await may.call('GET', `/v1/operations/${body.operationId}`)).status, 200)
    t.equal((await may.call('POST', `/v1/operations/${body.operationId}/undo`)).status, 200)
  })

  await t.test('412 on another version; 409 beyond 2,000 leads, and nothing moved', async (t) => {
    const { id, admin } = await createDealer()
    const [kept, gone] = [
      await addClient(admin, { fullName: 'A' }),
      await addClient(admin, { fullName: 'B' })
    ]
    const ifMatch = { 'if-match': '"7"' }
    const stale = await admin(
      'POST',
      `/v1/clients/${kept.id}/merge`,
      { clientId: gone.id },
      ifMatch
    )
    t.equal(stale.status, 412)
    const copies = { dealerId: id, leadId: await link(admin, gone.id), count: 2000 }
    await asClient(database.ownerUrl, (owner) => copyLead(owner, copies))
    const answer = await merge(admin, kept.id, gone.id)
    t.equal(answer.status, 409)
    t.match(answer.problem.detail, 'limit of 2000 leads')
    t.equal((await admin('GET', `/v1/clients/${gone.id}`)).body.id, gone.id)
  })

  // Guards the locks in `lockBoth`: without them both find the other there, and point at each other.
  await t.test('two merges of the same two, from both sides at once: one survives', async (t) => {
    const { admin } = await createDealer()
    await openConnections(admin)
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [
        await addClient(admin, { fullName: 'A' }),
        await addClient(admin, { fullName: 'B' })
      ]
      const leads = [await link(admin, a.id), await link(admin, b.id)]
      const answers = await Promise.all([merge(admin, a.id, b.id), merge(admin, b.id, a.id)])
      t.strictSame(answers.map(({ status }) => status).toSorted(), [201, 409])
      const survivors = await Promise.all(
        [a.id, b.id].map(async (id) => (await admin('GET', `/v1/clients/${id}`)).body.id)
      )
      t.equal(survivors[0], survivors[1], 'both ids mean the same client')
      t.strictSame(await idsOf(admin, `/v1/clients/${a.id}/leads`), leads.toSorted())
    }
  })

  await t.test('captures, links and merges of one person at once leave one client', async (t) => {
    const { admin } = await createDealer()
    await openConnections(admin)
    const person = { firstName: 'Ada', lastName: 'Lis', email: 'ada.lis@example.com' }
    const ids: string[] = []
    for (let at = 0; at < 6; at += 1) ids.push((await addClient(admin, person)).id)
    const [survivor = '', ...others] = ids
    const linked: string[] = []
    for (let at = 0; at < 20; at += 1) {
      linked.push((await postLead(admin, { contact: person, externalId: `linked-${at}` })).id)
    }
    const capture = (at: number) =>
      postLead(admin, { contact: person, externalId: `captured-${at}` })
    const [merges, links, captured] = await Promise.all([
      Promise.all(others.map((id) => merge(admin, survivor, id))),
      Promise.all(
        linked.map((id, at) =>
          admin('POST', `/v1/leads/${id}/link`, { clientId: ids[at % ids.length] })
        )
      ),
      Promise.all(Array.from({ length: 25 }, (_, at) => capture(at)))
    ])
    t.ok(links.every(({ status }) => status === 201))
    t.equal(captured.length, 25)
    for (const [at, { status }] of merges.entries()) {
      t.match(String(status), /^(201|409)$/, 'or asked to come again')
      if (status === 409) t.equal((await merge(admin, survivor, must(others[at]))).status, 201)
    }
    t.strictSame(await idsOf(admin, '/v1/clients'), [survivor])
    t.strictSame(await idsOf(admin, `/v1/clients/${survivor}/leads`), linked.toSorted())
    for (const id of others) {
      t.equal((await admin('GET', `/v1/clients/${id}`)).body.id, survivor)
    }
    const { matches } = await postLead(admin, { contact: person, externalId: 'last' })
    const clients = matches.filter(({ type }) => type === 'client')
    t.hasStrict(clients, [{ id: survivor, band: 'sure' }])
    t.equal(clients.length, 1)
  })

  await t.test('links to a client who is merged at that moment go to the survivor', async (t) => {
    const { admin } = await createDealer()
    await openConnections(admin)
    for (let round = 0; round < 5; round += 1) {
      const [kept, gone] = [
        await addClient(admin, { fullName: 'A' }),
        await addClient(admin, { fullName: 'B' })
      ]
      const leads = await Promise.all(Array.from({ length: 4 }, () => postLead(admin)))
      const [merged, ...links] = await Promise.all([
        merge(admin, kept.id, gone.id),
        ...leads.map(({ id }) => admin('POST', `/v1/leads/${id}/link`, { clientId: gone.id }))
      ])
      t.match(merged.status, /^(201|409)$/, 'or asked to come again')
      t.ok(links.every(({ status }) => status === 201))
      if (merged.status === 409) t.equal((await merge(admin, kept.id, gone.id)).status, 201)
      t.strictSame(
        await idsOf(admin, `/v1/clients/${kept.id}/leads`),
        leads.map(({ id }) => id).toSorted()
      )
    }
  })
})
