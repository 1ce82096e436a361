import t from 'tap'

import { expireLinkRequests } from '../../../../src/use-cases/clients/expire-link-requests.ts'
import { createTestApp, sharedTestApp } from '../../../support/app.ts'
import { openConnections, postLead } from '../../../support/leads.ts'
import type { Caller } from '../../../support/response.ts'

void t.test('a lead of a colleague’s client', async (t) => {
  const { createDealer } = await sharedTestApp()
  const prepare = async (settings: Parameters<typeof createDealer>[0] = {}) => {
    const dealer = await createDealer({ keepOwner: false, ...settings })
    const { admin, withUser } = dealer
    const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser({ name: 'Ben' })]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com', phone: '601 234 567' }
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const given = { fullName: 'R. Regular', email: 'rita@example.com' }
    const lead = await postLead(anna.call, { source: 'walk-in', contact: given })
    return { admin, anna, ben, client, lead, url: `/v1/leads/${lead.id}` as const }
  }

  await t.test('is matched with it, by name, responsible user and what agrees', async (t) => {
    const { anna, ben, client, url } = await prepare()
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 404, 'not hers')
    const [match, ...others] = (await anna.call('GET', `${url}/matches`)).body.data
    t.strictSame(others, [])
    t.hasStrict(match, {
      type: 'client',
      id: client.id,
      name: 'Rita Regular',
      responsibleUser: { id: ben.id, name: 'Ben' }
    })
    t.ok(match?.reasons.some(({ field }) => field === 'contact.email'))
  })

  await t.test('is linked at once, and the client is then seen with it', async (t) => {
    const { anna, ben, client, lead, url } = await prepare()
    const linked = await anna.call('POST', `${url}/link`, {
      clientId: client.id,
      notifyResponsible: true
    })
    t.equal(linked.status, 201)
    t.hasStrict(linked.body, { lead: { client: { id: client.id } }, client: { id: client.id } })
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 200)
    t.equal((await ben.call('GET', url)).status, 200, 'he was told')
    const undone = await anna.call('POST', `/v1/operations/${linked.body.operationId}/undo`)
    t.equal(undone.status, 200)
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 404)
    t.ok(lead.id)
  })

  await t.test(
    'is not linked to a client that does not match, nor where that is off',
    async (t) => {
      const { admin, anna, ben, client, url } = await prepare({ linkToColleaguesClient: 'no' })
      t.equal((await anna.call('GET', `${url}/matches`)).body.data.length, 1)
      const refused = await anna.call('POST', `${url}/link`, { clientId: client.id })
      t.equal(refused.status, 403)
      const contact = { fullName: 'Otto Other', email: 'otto@example.com' }
      const other = await admin('POST', '/v1/clients', { contact, responsibleUserId: ben.id })
      const unknown = await anna.call('POST', `${url}/link`, { clientId: other.body.id })
      t.equal(unknown.status, 404)
    }
  )

  await t.test('is matched with nothing where the dealer hides what is others’', async (t) => {
    const { admin, anna, client, url } = await prepare({ matchesShowColleaguesClients: false })
    t.strictSame((await anna.call('GET', `${url}/matches`)).body.data, [])
    t.equal((await anna.call('POST', `${url}/link`, { clientId: client.id })).status, 404)
    t.equal((await admin('GET', `${url}/matches`)).body.data.length, 1)
    const given = { fullName: 'Rita Regular', email: 'rita@example.com', phone: '601 234 567' }
    const lead = await postLead(anna.call, { source: 'walk-in', contact: given })
    const refused = await anna.call('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal(refused.status, 409)
    t.hasStrict(refused.problem, { type: 'urn:leadyard:problem:client-exists', matches: [] })
    t.match(refused.problem.detail, /Ask an owner or admin, who sees the client/)
    t.notMatch(refused.text, /Rita|Ben/)
    const linked = await admin('POST', `/v1/leads/${lead.id}/link`, { clientId: client.id })
    t.equal(linked.status, 201, 'as the text says')
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 200)
  })
})

void t.test('a link to a colleague’s client that needs agreement', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const prepare = async () => {
    const dealer = await createDealer({ keepOwner: false, linkToColleaguesClient: 'ask' })
    const { admin, withUser } = dealer
    const anna = await withUser({ name: 'Anna' })
    const ben = await withUser({ name: 'Ben' })
    const cleo = await withUser({ name: 'Cleo' })
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const lead = await postLead(anna.call, { source: 'walk-in', contact })
    const url = `/v1/leads/${lead.id}` as const
    const ask = (message: string | null = null) =>
      anna.call('POST', `${url}/link-requests`, { clientId: client.id, message })
    return { ...dealer, anna, ben, cleo, client, lead, url, ask }
  }
  const purposesOf = async (admin: Caller, url: `/v1/leads/${string}`) =>
    (await admin('GET', `${url}/deliveries?sort=createdAt`)).body.data.map(
      ({ purpose, target }) => `${purpose} ${target.address}`
    )

  await t.test('is refused with the way to ask, for a link and a conversion', async (t) => {
    const { anna, client, url } = await prepare()
    for (const action of ['link', 'convert', 'conversion-preview'] as const) {
      const refused = await anna.call('POST', `${url}/${action}`, { clientId: client.id })
      t.equal(refused.status, 409, action)
      t.match(refused.text, /POST \/v1\/leads\/\{id\}\/link-requests/)
    }
  })

  await t.test('asks the responsible user by mail, who can read the lead', async (t) => {
    const { admin, anna, ben, cleo, client, lead, url, ask } = await prepare()
    t.equal((await ben.call('GET', url)).status, 404, 'not before')
    const made = await ask(' She is at my desk. ')
    t.equal(made.status, 201, made.text)
    t.hasStrict(made.body, {
      state: 'asked',
      lead: { id: lead.id },
      client: { id: client.id },
      from: { id: anna.id },
      to: { id: ben.id },
      message: 'She is at my desk.'
    })
    t.ok((await purposesOf(admin, url)).includes(`link_request_mail ${ben.email}`))
    t.equal((await ben.call('GET', url)).status, 200)
    t.equal((await ask()).status, 409, 'one open request at a time')
    for (const { call } of [anna, ben]) {
      t.strictSame(
        (await call('GET', '/v1/link-requests')).body.data.map(({ id }) => id),
        [made.body.id]
      )
    }
    t.strictSame((await cleo.call('GET', '/v1/link-requests')).body.data, [])
    t.equal((await cleo.call('POST', `/v1/link-requests/${made.body.id}/accept`)).status, 404)
    t.equal((await anna.call('POST', `/v1/link-requests/${made.body.id}/accept`)).status, 403)
  })

  await t.test('is made when the responsible user accepts, and told to who asked', async (t) => {
    const { admin, anna, ben, client, url, ask } = await prepare()
    const { id } = (await ask()).body
    const accepted = await ben.call('POST', `/v1/link-requests/${id}/accept`)
    t.equal(accepted.status, 200, accepted.text)
    t.hasStrict(accepted.body, { state: 'accepted', endedBy: { id: ben.id } })
    t.hasStrict((await anna.call('GET', url)).body, {
      client: { id: client.id },
      status: { group: 'linked' }
    })
    t.equal((await anna.call('GET', `/v1/clients/${client.id}`)).status, 200)
    t.ok((await purposesOf(admin, url)).includes(`link_response_mail ${anna.email}`))
    t.equal((await ben.call('POST', `/v1/link-requests/${id}/decline`, {})).status, 409)
    const linked = (await admin('GET', '/v1/events')).body.data.find(
      ({ type }: { type: string }) => type === 'lead.linked'
    )
    t.match(linked?.actor, { type: 'user', id: anna.id }, 'it is the act of who asked')
    t.match(linked?.data, { linkRequestId: id, requestedBy: anna.id, agreedBy: ben.id })
    const { data: activities } = (await admin('GET', `/v1/activities?client=${client.id}`)).body
    t.match(
      activities[0],
      { state: 'planned', userId: ben.id },
      'as where the link is made at once'
    )
    t.notOk((await purposesOf(admin, url)).some((told) => told.startsWith('planned_mail')))
    const timeline = (await anna.call('GET', `${url}/timeline`)).body.data
    const told = JSON.stringify(timeline)
    t.match(told, /A colleague was asked to agree to a link/)
    t.match(told, /The link was agreed to/)
  })

  await t.test('goes with the client to its new responsible user', async (t) => {
    const { admin, cleo, ben, client, url, ask } = await prepare()
    const { id } = (await ask()).body
    const changed = await admin('PATCH', `/v1/clients/${client.id}`, { responsibleUserId: cleo.id })
    t.equal(changed.status, 200, changed.text)
    t.ok((await purposesOf(admin, url)).includes(`link_request_mail ${cleo.email}`))
    t.equal((await ben.call('POST', `/v1/link-requests/${id}/accept`)).status, 404)
    const accepted = await cleo.call('POST', `/v1/link-requests/${id}/accept`)
    t.equal(accepted.status, 200, accepted.text)
  })

  await t.test('ends when who asked has the lead no more', async (t) => {
    const { admin, cleo, ben, url, ask } = await prepare()
    const { id } = (await ask()).body
    await admin('POST', `${url}/assign`, { assigneeId: cleo.id })
    const { body } = await admin('GET', `/v1/link-requests/${id}`)
    t.equal(body.state, 'withdrawn')
    t.match(body.withdrawal, { code: 'request_lead_reassigned' })
    t.equal((await ben.call('POST', `/v1/link-requests/${id}/accept`)).status, 409)
  })

  await t.test('is undone by the responsible user, also one that was made at once', async (t) => {
    for (const way of ['ask', 'at_once']) {
      const { admin, anna, ben, cleo, client, url, ask } = await prepare()
      await admin('PATCH', '/v1/dealer', { settings: { linkToColleaguesClient: way } })
      if (way === 'ask') {
        await ben.call('POST', `/v1/link-requests/${(await ask()).body.id}/accept`)
      } else await anna.call('POST', `${url}/link`, { clientId: client.id })
      const { data } = (await admin('GET', '/v1/events')).body
      const linked = data.find(({ type }: { type: string }) => type === 'lead.linked')
      const operationId = String(linked?.data.operationId)
      const undo = `/v1/operations/${operationId}/undo` as const
      t.equal((await cleo.call('POST', undo)).status, 404)
      const undone = await ben.call('POST', undo)
      t.equal(undone.status, 200, undone.text)
      t.equal((await anna.call('GET', url)).body.client, null)
    }
  })

  await t.test('is not made when declined, and the reason is told', async (t) => {
    const { admin, anna, ben, url, ask } = await prepare()
    const { id } = (await ask()).body
    const declined = await ben.call('POST', `/v1/link-requests/${id}/decline`, { reason: 'A twin' })
    t.hasStrict(declined.body, { state: 'declined', reason: 'A twin' })
    t.equal((await anna.call('GET', url)).body.client, null)
    t.ok((await purposesOf(admin, url)).includes(`link_response_mail ${anna.email}`))
    t.equal((await ask()).status, 201, 'and can be asked for again')
  })

  await t.test(
    'is withdrawn by who asked, and when the lead gets a client otherwise',
    async (t) => {
      const { admin, anna, ben, client, url, ask } = await prepare()
      const first = (await ask()).body.id
      t.equal((await ben.call('POST', `/v1/link-requests/${first}/withdraw`)).status, 403)
      const withdrawn = await anna.call('POST', `/v1/link-requests/${first}/withdraw`)
      t.equal(withdrawn.body.state, 'withdrawn')
      const second = (await ask()).body.id
      const linked = await admin('POST', `${url}/link`, { clientId: client.id })
      t.equal(linked.status, 201, 'an admin needs no agreement')
      t.equal((await anna.call('GET', `/v1/link-requests/${second}`)).body.state, 'withdrawn')
      t.equal((await ben.call('POST', `/v1/link-requests/${second}/accept`)).status, 409)
    }
  )

  await t.test('expires after a week, and who asked is told', async (t) => {
    const { id: dealerId, admin, anna, ben, url, ask } = await prepare()
    const { id } = (await ask()).body
    const watch = { dealerId, mailDomain: 'leadyard.test' }
    const later = new Date(Date.now() + 7 * 86_400_000 + 1_000)
    t.equal(await expireLinkRequests(database.db, { ...watch, now: new Date() }), 0)
    t.equal(await expireLinkRequests(database.db, { ...watch, now: later }), 1)
    t.equal(await expireLinkRequests(database.db, { ...watch, now: later }), 0)
    t.equal((await anna.call('GET', `/v1/link-requests/${id}`)).body.state, 'expired')
    t.equal((await ben.call('POST', `/v1/link-requests/${id}/accept`)).status, 409)
    t.ok((await purposesOf(admin, url)).includes(`link_response_mail ${anna.email}`))
  })

  // Without the lock of the lead in `lockRequest` both find it open.
  await t.test('is answered once, of two answers at once', async (t) => {
    const { admin, ben, ask } = await prepare()
    const { id } = (await ask()).body
    await openConnections(admin)
    const answers = await Promise.all([
      ben.call('POST', `/v1/link-requests/${id}/accept`),
      admin('POST', `/v1/link-requests/${id}/decline`, {})
    ])
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 409])
  })

  await t.test('needs none where no active user is responsible', async (t) => {
    const { admin, anna, ben, client, url, ask } = await prepare()
    await admin('PATCH', `/v1/users/${ben.id}`, { active: false })
    t.equal((await ask()).status, 409)
    const linked = await anna.call('POST', `${url}/link`, { clientId: client.id })
    t.equal(linked.status, 201, linked.text)
  })

  await t.test('is forgotten with a client that an undone conversion removes', async (t) => {
    const { admin, anna, ben, url } = await prepare()
    const contact = { fullName: 'Nora New', email: 'nora@example.com' }
    const known = await postLead(ben.call, { source: 'walk-in', contact })
    const made = (await admin('POST', `/v1/leads/${known.id}/convert`, {})).body
    const lead = await postLead(anna.call, { source: 'phone', contact })
    const asked = await anna.call('POST', `/v1/leads/${lead.id}/link-requests`, {
      clientId: made.client.id
    })
    t.equal(asked.status, 201, asked.text)
    const undone = await admin('POST', `/v1/operations/${made.operationId}/undo`)
    t.equal(undone.status, 200, undone.text)
    t.equal((await anna.call('GET', `/v1/link-requests/${asked.body.id}`)).status, 404)
    t.ok(url)
  })
})

void t.test('a conversion fills a colleague’s client by the same setting', async (t) => {
  const { createDealer } = await sharedTestApp()
  for (const [setting, status] of [
    ['at_once', 201],
    ['no', 403]
  ] as const) {
    const { admin, withUser } = await createDealer({
      keepOwner: false,
      linkToColleaguesClient: setting
    })
    const [anna, ben] = [await withUser(), await withUser()]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const lead = await postLead(anna.call, {
      source: 'walk-in',
      contact: { ...contact, phone: '601 234 567' }
    })
    const url = `/v1/leads/${lead.id}/convert` as const
    const converted = await anna.call('POST', url, { clientId: client.id })
    t.equal(converted.status, status, converted.text)
    const seen = (await admin('GET', `/v1/clients/${client.id}`)).body
    t.equal(seen.contact.phone, status === 201 ? '+48601234567' : null)
    t.equal(seen.responsibleUser?.id, ben.id)
  }
})

void t.test(
  'a lead brings a colleague’s client values, and no other responsible user',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const prepare = async () => {
      const { admin, withUser } = await createDealer({ keepOwner: false })
      const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser({ name: 'Ben' })]
      const body = { contact, responsibleUserId: ben.id, description: 'A regular' }
      const client = (await admin('POST', '/v1/clients', body)).body
      const given = { source: 'walk-in', contact, message: 'Wants a van' }
      const lead = await postLead(anna.call, given)
      const url = `/v1/leads/${lead.id}` as const
      const into = { clientId: client.id, planActivity: false }
      const path = `/v1/clients/${client.id}` as const
      return { admin, anna, ben, client, lead, url, into, path }
    }

    await t.test('with `overwrite`; its responsible user is told, and undoes it', async (t) => {
      for (const overwrite of [true, false]) {
        const { admin, anna, ben, client, url, into, path } = await prepare()
        const converted = await anna.call('POST', `${url}/convert`, { ...into, overwrite })
        t.equal(converted.status, 201, converted.text)
        t.equal(converted.body.client.responsibleUser?.id, ben.id)
        const seen = await ben.call('GET', path)
        t.equal(seen.body.description, overwrite ? 'Wants a van' : 'A regular')
        const { data } = (await ben.call('GET', '/v1/notifications')).body
        t.ok(data.some(({ kind }) => kind === 'linkedClient'))
        const operation = `/v1/operations/${converted.body.operationId}` as const
        t.equal((await ben.call('GET', operation)).status, 200)
        const undone = await ben.call('POST', `${operation}/undo`)
        t.equal(undone.status, 200, undone.text)
        t.equal((await admin('GET', path)).body.description, 'A regular')
        t.equal((await admin('GET', url)).body.client, null)
        t.ok(client.id)
      }
    })

    await t.test('of their own choice neither', async (t) => {
      const { admin, anna, ben, url, into, path } = await prepare()
      const taking = { ...into, overwrite: true, responsibleUserId: anna.id }
      t.equal((await anna.call('POST', `${url}/convert`, taking)).status, 403)
      t.equal((await admin('GET', path)).body.responsibleUser?.id, ben.id)
      const given = await admin('POST', `${url}/convert`, taking)
      t.equal(given.body.client.responsibleUser?.id, anna.id, 'an admin decides')
    })

    await t.test('nor by a change of the client, its account or opportunity', async (t) => {
      const { admin, anna, ben, url, into, path } = await prepare()
      const account = (await ben.call('POST', '/v1/accounts', { name: `Rita's ${url}` })).body
      await ben.call('PATCH', path, { accountId: account.id })
      const deal = { name: 'A van', clientId: into.clientId }
      const opportunity = (await ben.call('POST', '/v1/opportunities', deal)).body
      t.equal((await anna.call('POST', `${url}/link`, into)).status, 201)
      const records = [
        path,
        `/v1/accounts/${account.id}`,
        `/v1/opportunities/${opportunity.id}`
      ] as const
      for (const record of records) {
        const of = async (caller: Caller, responsibleUserId: string | null) =>
          await caller('PATCH', record as typeof path, { responsibleUserId })
        for (const to of [anna.id, null]) {
          const refused = await of(anna.call, to)
          t.equal(refused.status, 403, `${record} ${refused.text}`)
        }
        t.equal((await of(anna.call, ben.id)).status, 200, 'it is that already')
        t.equal((await of(ben.call, null)).status, 200, 'their own')
        t.equal((await of(anna.call, anna.id)).status, 200, 'nobody’s')
        t.equal((await of(admin, ben.id)).status, 200)
      }
    })

    await t.test('but the responsible user of a client takes its deals back', async (t) => {
      const { anna, ben, url, into } = await prepare()
      await anna.call('POST', `${url}/link`, into)
      const deal = { name: 'A van', clientId: into.clientId }
      const { id } = (await anna.call('POST', '/v1/opportunities', deal)).body
      const taken = await ben.call('PATCH', `/v1/opportunities/${id}`, {
        responsibleUserId: ben.id
      })
      t.equal(taken.status, 200, taken.text)
    })
  }
)

void t.test(
  'a converted lead waits in no queue, and is not claimed, with `conversions.view` neither',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin, withUser } = await createDealer()
    const lead = await postLead(admin)
    await admin('POST', `/v1/leads/${lead.id}/convert`, { responsibleUserId: null })
    const [without, withGrant] = [
      await withUser({ inQueue: true }),
      await withUser({ inQueue: true, grants: ['conversions.view'] })
    ]
    t.equal((await without.call('POST', `/v1/leads/${lead.id}/claim`)).status, 404)
    t.equal((await withGrant.call('POST', `/v1/leads/${lead.id}/claim`)).status, 404)
  }
)
