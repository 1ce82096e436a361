import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import type { Caller } from '../../../support/response.ts'

const CONTACT = { firstName: 'Rita', lastName: 'Regular', email: 'rita@example.com' }

/** Posts the lead of Rita, and returns what the response, the list and the decisions name. */
async function namedTo(call: Caller, message: string) {
  const posted = await call('POST', '/v1/leads', { source: 'website', contact: CONTACT, message })
  const url = `/v1/leads/${posted.body.id}` as const
  const listed = await call('GET', `${url}/matches`)
  const decisions = (await call('GET', `${url}/decisions`)).body.data
  const best = decisions.find(({ step }: { step: string }) => step === 'matched')?.facts.best as
    { id: string | null } | undefined
  const ids = (matches: { id: string }[]) => matches.map(({ id }) => id)
  return { posted: ids(posted.body.matches), listed: ids(listed.body.data), best }
}

void t.test('what a member does not see is not named to them', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('matches of a captured lead are those of the list', async (t) => {
    const { admin, withUser } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const body = { contact: CONTACT, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const hidden = await postLead(admin, { assignee: ben.id, contact: CONTACT })
    const shown = await namedTo(anna.call, 'The first')
    t.strictSame(shown.posted, [client.id], 'clients of colleagues are shown')
    t.strictSame(shown.posted, shown.listed)
    t.equal(shown.best?.id, client.id)
    await admin('PATCH', '/v1/dealer', { settings: { matchesShowColleaguesClients: false } })
    const carl = await withUser()
    const off = await namedTo(carl.call, 'The second')
    t.strictSame(off.posted, [], 'nor here')
    t.strictSame(off.posted, off.listed)
    t.match(off.best, { type: 'client', id: null })
    const all = await namedTo(admin, 'The third')
    t.ok(all.posted.includes(client.id) && all.posted.includes(hidden.id))
    t.equal(all.best?.id, client.id)
  })

  for (const [by, more] of [
    ['externalId', { externalId: 'ext-77' }],
    ['a double click', {}]
  ] as const) {
    await t.test(`a repeat by ${by} gives its user sight of the lead`, async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben] = [await withUser(), await withUser()]
      const lead = { source: 'website', contact: CONTACT, message: 'Mine', ...more }
      const first = await ben.call('POST', '/v1/leads', lead)
      t.equal(first.status, 201)
      const url = `/v1/leads/${first.body.id}` as const
      t.equal((await anna.call('GET', url)).status, 404)
      const repeat = await anna.call('POST', '/v1/leads', lead)
      t.strictSame([repeat.status, repeat.body.id], [200, first.body.id])
      t.strictSame(repeat.body.contact, first.body.contact)
      t.equal((await anna.call('GET', url)).status, 200, 'who enters a lead can open it')
      t.equal((await anna.call('PATCH', url, { message: 'Hers' })).status, 403, 'and no more')
      const own = await ben.call('POST', '/v1/leads', lead)
      t.strictSame([own.status, own.body.contact], [200, first.body.contact])
      const allSeen = await admin('POST', '/v1/leads', lead)
      t.strictSame([allSeen.status, allSeen.body.contact], [200, first.body.contact])
    })
  }

  await t.test('a repeat fills no lead that its user does not see', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const [anna, ben] = [await withUser(), await withUser()]
    const lead = { source: 'website', contact: CONTACT, externalId: 'ext-78' }
    const first = await ben.call('POST', '/v1/leads', lead)
    const url = `/v1/leads/${first.body.id}` as const
    const again = { ...lead, message: 'From a stranger' }
    const repeat = await anna.call('POST', '/v1/leads', again)
    t.strictSame([repeat.status, repeat.body.outcome], [200, 'repeated'])
    t.equal((await admin('GET', url)).body.message, null, 'not filled')
    const events = (await admin('GET', `/v1/events?type=lead.resent&leadId=${first.body.id}`)).body
    t.equal(events.data.length, 1, 'what was sent is kept')
    const website = await withKey(['leads:capture'])
    const sent = await website('POST', '/v1/leads', { ...lead, message: 'From the website' })
    t.equal(sent.status, 200)
    t.equal((await admin('GET', url)).body.message, 'From the website')
    const own = { ...lead, timeframe: { description: 'this month' } }
    t.equal((await ben.call('POST', '/v1/leads', own)).status, 200)
    t.equal((await admin('GET', url)).body.timeframe?.description, 'this month')
  })

  await t.test('a lead does not name an unseen one that it repeats', async (t) => {
    const { admin, withUser } = await createDealer({ keepOwner: false })
    const [anna, ben] = [await withUser(), await withUser()]
    const asked = { contact: CONTACT, vehicles: [{ make: 'Kia', stockNumber: 'K1' }] }
    const first = await postLead(admin, { ...asked, message: 'One', assignee: ben.id })
    const lead = { source: 'website', ...asked, message: 'Two' }
    const posted = await anna.call('POST', '/v1/leads', lead)
    t.equal(posted.status, 201)
    const url = `/v1/leads/${posted.body.id}` as const
    t.equal((await admin('GET', url)).body.duplicateOf, first.id, 'it repeats that')
    const status = (await admin('GET', '/v1/statuses')).body.data.find(
      ({ group }) => group === 'working'
    )
    const named = [
      posted.body.duplicateOf,
      (await anna.call('GET', url)).body.duplicateOf,
      (await anna.call('GET', '/v1/leads')).body.data[0]?.duplicateOf,
      (await anna.call('PATCH', url, { message: 'Three' })).body.duplicateOf,
      (await anna.call('POST', `${url}/status`, { statusId: status?.id })).body.duplicateOf
    ]
    t.strictSame(named, [null, null, null, null, null])
    t.notMatch((await anna.call('GET', `${url}/history`)).text, first.id)
    t.notMatch((await anna.call('GET', `${url}/timeline`)).text, first.id)
    await admin('PATCH', `/v1/users/${anna.id}`, { grants: ['data.export'] })
    const repeats = `?duplicateOf=${first.id}` as const
    const csv = { accept: 'text/csv' }
    const countOf = async () =>
      (await anna.call('GET', `/v1/leads/counts${repeats}&by=status`)).body.total
    t.strictSame((await anna.call('GET', `/v1/leads${repeats}`)).body.data, [])
    t.equal(await countOf(), 0)
    const exported = await anna.call('GET', '/v1/exports/leads', undefined, csv)
    t.match(exported.text, posted.body.id)
    t.notMatch(exported.text, first.id)
    await admin('POST', `/v1/leads/${first.id}/assign`, { assigneeId: anna.id })
    t.equal((await anna.call('GET', url)).body.duplicateOf, first.id, 'seen')
    t.equal((await anna.call('GET', `/v1/leads${repeats}`)).body.data.length, 1)
    t.equal(await countOf(), 1)
    t.match((await anna.call('GET', '/v1/exports/leads', undefined, csv)).text, first.id)
  })
})
