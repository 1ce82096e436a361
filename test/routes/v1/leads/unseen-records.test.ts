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
    await t.test(`a repeat by ${by} gives no sight of another's lead`, async (t) => {
      const { admin, withUser } = await createDealer()
      const [anna, ben] = [await withUser(), await withUser()]
      const lead = { source: 'website', contact: CONTACT, message: 'Mine', ...more }
      const first = await ben.call('POST', '/v1/leads', lead)
      t.equal(first.status, 201)
      const url = `/v1/leads/${first.body.id}` as const
      t.equal((await anna.call('GET', url)).status, 404)
      const repeat = await anna.call('POST', '/v1/leads', lead)
      t.strictSame([repeat.status, repeat.body.id], [200, first.body.id])
      t.strictSame(
        Object.keys(repeat.body).toSorted(),
        ['externalId', 'id', 'outcome', 'receivedAt', 'status', 'warnings'],
        'the receipt'
      )
      t.equal((await anna.call('GET', url)).status, 404)
      const own = await ben.call('POST', '/v1/leads', lead)
      t.strictSame([own.status, own.body.contact], [200, first.body.contact])
      const allSeen = await admin('POST', '/v1/leads', lead)
      t.strictSame([allSeen.status, allSeen.body.contact], [200, first.body.contact])
    })
  }
})
