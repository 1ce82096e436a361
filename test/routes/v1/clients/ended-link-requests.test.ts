import t from 'tap'

import { signLink } from '../../../../src/security/signed-links.ts'
import { watchTime } from '../../../../src/worker/watch.ts'
import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'
import { must, only } from '../../../support/must.ts'
import { TEST_SECRET } from '../../../support/postgres.ts'
import type { Caller } from '../../../support/response.ts'

void t.test('who asked for a link is told of each end that others brought about', async (t) => {
  const { call, createDealer, database } = await createTestApp(t)
  const watch = async () => {
    await watchTime(database.db, { now: () => new Date(), mailDomain: 'leadyard.test' })
  }
  const prepare = async () => {
    const dealer = await createDealer({ keepOwner: false, linkToColleaguesClient: 'ask' })
    const { admin, withUser } = dealer
    const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser({ name: 'Ben' })]
    const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
    const body = { contact, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const lead = await postLead(anna.call, { source: 'walk-in', contact })
    const url = `/v1/leads/${lead.id}` as const
    const asked = await anna.call('POST', `${url}/link-requests`, { clientId: client.id })
    t.equal(asked.status, 201, asked.text)
    await sendAll(database.db, dealer)
    /** The mails to Anna since, and how the request ended by then. */
    const endOf = async () => {
      await watch()
      const { mails } = await sendAll(database.db, dealer)
      const { body } = await anna.call('GET', `/v1/link-requests/${asked.body.id}`)
      const told = mails.filter(
        ({ to, subject }) => to === anna.email && subject.includes('request')
      )
      return { told, state: body.state, withdrawal: body.withdrawal }
    }
    /** The page of the lead as Anna reads it. */
    const page = async (language: string) => {
      const link = {
        dealerId: dealer.id,
        id: lead.id,
        reader: { kind: 'user', id: anna.id },
        expiresAt: new Date(Date.now() + 3_600_000)
      } as const
      const path = `/l/${signLink(TEST_SECRET, 'lead', link)}`
      return await call(null, {
        method: 'GET',
        url: path,
        headers: { 'accept-language': language }
      })
    }
    return { ...dealer, anna, ben, client, lead, url, id: asked.body.id, endOf, page }
  }

  type Scene = Awaited<ReturnType<typeof prepare>>
  const moveTo = async (admin: Caller, url: Scene['url'], group: 'lost' | 'deleted') => {
    const statusId = must((await findStatusIds(admin))[group])
    const moved = await admin('POST', `${url}/status`, { statusId, reason: 'Bought a bicycle' })
    t.equal(moved.status, 200, moved.text)
  }
  const WAYS: Record<string, [(scene: Scene) => Promise<unknown>, string]> = {
    request_lead_linked: [
      ({ admin, url, client }) => admin('POST', `${url}/link`, { clientId: client.id }),
      'The lead was linked to a client.'
    ],
    request_lead_converted: [
      ({ admin, url }) => admin('POST', `${url}/convert`, { allowDuplicate: true }),
      'The lead was converted.'
    ],
    request_lead_reassigned: [
      ({ admin, url, ben }) => admin('POST', `${url}/assign`, { assigneeId: ben.id }),
      'The lead went to another user or queue.'
    ],
    request_client_merged: [
      async ({ admin, client }) => {
        const contact = { fullName: 'Rita R.' }
        const { id } = (await admin('POST', '/v1/clients', { contact })).body
        return await admin('POST', `/v1/clients/${id}/merge`, { clientId: client.id })
      },
      'The client was merged into another.'
    ],
    request_lead_closed: [({ admin, url }) => moveTo(admin, url, 'lost'), 'The lead was closed.'],
    request_lead_deleted: [
      ({ admin, url }) => moveTo(admin, url, 'deleted'),
      'The lead was deleted.'
    ]
  }
  for (const [code, [happen, sentence]] of Object.entries(WAYS)) {
    await t.test(code, async (t) => {
      const scene = await prepare()
      await happen(scene)
      const { told, state, withdrawal } = await scene.endOf()
      t.strictSame([state, withdrawal?.code, withdrawal?.sentence], ['withdrawn', code, sentence])
      const { subject, text } = only(told)
      t.match(subject, 'Your request for a link was withdrawn: Rita Regular')
      t.match(text, sentence)
      const { data } = (await scene.anna.call('GET', '/v1/notifications')).body
      t.ok(data.some(({ kind, leadId }) => kind === 'linkResponse' && leadId === scene.lead.id))
      t.strictSame((await scene.endOf()).told, [], 'once')
    })
  }

  await t.test('by a person: who it was; the page says why, in each language', async (t) => {
    const scene = await prepare()
    const withdrawn = await scene.admin('POST', `/v1/link-requests/${scene.id}/withdraw`)
    t.hasStrict(withdrawn.body, { state: 'withdrawn', withdrawal: null })
    t.equal((await scene.endOf()).told.length, 1)
    const other = await prepare()
    await other.admin('POST', `${other.url}/assign`, { assigneeId: other.ben.id })
    t.match((await other.page('en')).text, 'The lead went to another user or queue.')
    t.match((await other.page('es')).text, 'El lead pasó a otro usuario o a una cola.')
    t.match((await other.page('pl')).text, 'Lead trafił do innej osoby lub kolejki.')
  })

  await t.test('not of what they did themselves', async (t) => {
    const own = await prepare()
    await own.anna.call('POST', `/v1/link-requests/${own.id}/withdraw`)
    t.strictSame((await own.endOf()).told, [])
    const closed = await prepare()
    await closed.anna.call('POST', `${closed.url}/convert`, { allowDuplicate: true })
    const ended = await closed.endOf()
    t.strictSame([ended.told, ended.withdrawal?.code], [[], 'request_lead_converted'])
    const lost = await prepare()
    await moveTo(lost.anna.call, lost.url, 'lost')
    const { body } = await lost.anna.call('GET', `/v1/link-requests/${lost.id}`)
    t.hasStrict(body, { state: 'withdrawn', endedBy: { id: lost.anna.id } }, 'at once')
    t.strictSame((await lost.endOf()).told, [])
    const muted = await prepare()
    await muted.anna.call('PUT', '/v1/me/notifications', { kinds: { linkResponse: 'off' } })
    await muted.admin('POST', `${muted.url}/assign`, { assigneeId: muted.ben.id })
    const { told, state } = await muted.endOf()
    t.strictSame([told, state], [[], 'withdrawn'])
  })
})
