import t from 'tap'
import type { Test } from 'tap'

import { rekey, watchPersons } from '../../../../src/use-cases/matching/rekey.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestApp } from '../../../support/app.ts'
import type { Match } from '../../../support/contract-types.ts'
import { asClient } from '../../../support/database.ts'
import { PATHS, sendByPaths } from '../../../support/four-paths.ts'
import { openConnections, postLead } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'

const ADDRESS = { postalCode: '31-146', city: 'Kraków', country: 'PL' }
const NAME = { firstName: 'Remigiusz', lastName: 'Brzęczyszczykiewicz' }
const BEFORE = { ...NAME, email: 'remek.b@firma-kowal.example', address: ADDRESS }
/** The same person by another contact point, and without an accent. */
const AFTER = {
  firstName: 'Remigiusz',
  lastName: 'Brzeczyszczykiewicz',
  phone: '601 234 567',
  address: ADDRESS
}

const FUZZY = { matchingPolicy: 'fuzzy' } as const

void t.test('a person who shares no e-mail and no phone', async (t) => {
  const app = await createTestApp(t)
  const { createDealer } = app

  await t.test(
    'is shown as possible, with reasons and weights, and nothing is decided',
    async (t) => {
      const { admin, withUser } = await createDealer({ ...FUZZY, keepOwner: true })
      const anna = await withUser({ name: 'Anna' })
      const earlier = await postLead(admin, { contact: BEFORE, assignee: anna.id })
      const lead = await postLead(admin, { contact: AFTER })
      const match = only(lead.matches)
      t.hasStrict(match, { type: 'lead', id: earlier.id, band: 'possible', similarOnly: true })
      t.ok(match.score >= 0.5 && match.score < 0.9, String(match.score))
      t.ok(match.reasons.some(({ field }) => field === 'contact.lastName'))
      t.equal(lead.duplicateOf, null)
      t.not(lead.assignee?.id, anna.id)
      const { body } = await admin('GET', `/v1/leads/${lead.id}/decisions`)
      const matched = must(body.data.find(({ step }) => step === 'matched'))
      t.hasStrict(matched, { outcome: 'none', code: 'contact_similar' })
      t.strictSame((matched.facts as { best: object }).best, {
        ...{ type: 'lead', id: earlier.id, score: match.score }
      })
      const again = await admin('GET', `/v1/leads/${lead.id}/matches`)
      t.strictSame(again.body.data, [match], 'the same is told later')
    }
  )

  await t.test('is nobody where people are compared exactly', async (t) => {
    const { admin } = await createDealer({ matchingPolicy: 'exact' })
    await postLead(admin, { contact: BEFORE })
    const lead = await postLead(admin, { contact: AFTER })
    t.strictSame(lead.matches, [])
    t.strictSame((await admin('GET', `/v1/leads/${lead.id}/matches`)).body.data, [])
    const { body } = await admin('GET', `/v1/leads/${lead.id}/decisions`)
    t.hasStrict(
      body.data.find(({ step }) => step === 'matched'),
      { code: 'contact_unknown' }
    )
  })

  await t.test('is the same match by every path', async (t) => {
    const dealer = await createDealer(FUZZY)
    const { admin } = dealer
    const client = await admin('POST', '/v1/clients', { contact: BEFORE })
    const given = {
      ...{ name: 'Remigiusz Brzęczyszczykiewicz', phone: '601 234 567' },
      ...{ city: 'Kraków', country: 'PL' }
    }
    const sent = only(await sendByPaths(t, app, dealer, [given]))
    const known = (match: Match | undefined) => ({ ...match, responsibleUser: undefined })
    const ofClient = async (leadId: string) => {
      const { body } = await admin('GET', `/v1/leads/${leadId}/matches`)
      return known(body.data.find(({ id }) => id === client.body.id))
    }
    const first = await ofClient(sent.json.lead.id)
    t.hasStrict(first, { type: 'client', band: 'possible', similarOnly: true })
    for (const path of PATHS) t.strictSame(await ofClient(sent[path].lead.id), first, path)
    const { contact } = sent.json.lead
    const captured = await postLead(admin, {
      ...{ source: 'phone' },
      contact: { fullName: given.name, phone: given.phone, address: contact.address }
    })
    t.strictSame(known(captured.matches.find(({ id }) => id === client.body.id)), first)
    const preview = await admin('POST', `/v1/leads/${sent.adf.lead.id}/conversion-preview`, {})
    t.strictSame(known(only(preview.body.matches.clients)), first)
    const created = await admin('POST', '/v1/clients', {
      contact: { fullName: given.name, phone: given.phone }
    })
    t.equal(created.status, 201, 'what is possible refuses no client')
  })

  await t.test('who is a client of a colleague is not shown', async (t) => {
    const { admin, withUser } = await createDealer(FUZZY)
    const [anna, ben] = [await withUser(), await withUser()]
    const body = { contact: BEFORE, responsibleUserId: ben.id }
    const client = (await admin('POST', '/v1/clients', body)).body
    const lead = await postLead(anna.call, { source: 'walk-in', contact: AFTER })
    t.strictSame(lead.matches, [])
    t.strictSame((await anna.call('GET', `/v1/leads/${lead.id}/matches`)).body.data, [])
    const link = { clientId: client.id }
    t.equal((await anna.call('POST', `/v1/leads/${lead.id}/link`, link)).status, 404)
    const seen = (await admin('GET', `/v1/leads/${lead.id}/matches`)).body.data
    t.equal(only(seen).id, client.id)
  })

  await t.test('is found by what is known now', async (t) => {
    const { admin } = await createDealer(FUZZY)
    const matching = async () => {
      const { body } = await admin('POST', '/v1/leads', {
        ...{ source: 'website', externalId: String(Math.random()), isTest: true, contact: AFTER }
      })
      return body.matches.filter(({ type }) => type === 'client').map(({ id }) => id)
    }
    const client = (await admin('POST', '/v1/clients', { contact: BEFORE })).body
    t.strictSame(await matching(), [client.id])
    const other = { contact: { ...BEFORE, firstName: 'Ola', lastName: 'Wilk' } }
    t.equal((await admin('PATCH', `/v1/clients/${client.id}`, other)).status, 200)
    t.strictSame(await matching(), [], 'by its new name only')
    t.equal((await admin('PATCH', `/v1/clients/${client.id}`, { contact: BEFORE })).status, 200)
    t.strictSame(await matching(), [client.id])
    const survivor = (
      await admin('POST', '/v1/clients', { contact: { fullName: 'Ewa Lis', phone: '602 111 222' } })
    ).body
    const merged = await admin('POST', `/v1/clients/${survivor.id}/merge`, {
      clientId: client.id
    })
    t.equal(merged.status, 201)
    t.notOk((await matching()).includes(client.id), 'a merged client is not found')
    await admin('POST', `/v1/operations/${merged.body.operationId}/undo`)
    t.ok((await matching()).includes(client.id), 'and is again')
    await countPersons(t, app)
  })

  await t.test('is found again after a new version of the normaliser', async (t) => {
    const dealer = await createDealer(FUZZY)
    const { admin } = dealer
    const earlier = await postLead(admin, { contact: BEFORE })
    const client = (await admin('POST', '/v1/clients', { contact: BEFORE, allowDuplicate: true }))
      .body
    await asClient(app.database.ownerUrl, async (database) => {
      for (const change of [
        'delete from person_keys where dealer_id = $1',
        `update person_forms set version = 0, keys = '{1}', form = '{}' where dealer_id = $1`,
        'update rekeyings set version = 0 where dealer_id = $1'
      ])
        await database.query(change, [dealer.id])
    })
    const { db } = app.database
    const now = new Date()
    t.strictSame((await postLead(admin, { contact: AFTER, isTest: true })).matches, [])
    t.equal(await watchPersons(db, { dealerId: dealer.id, now }), 1)
    t.equal(await watchPersons(db, { dealerId: dealer.id, now }), 0, 'once')
    const planned = (await admin('GET', '/v1/matching')).body
    t.hasStrict(planned, { policy: 'fuzzy', rekeying: { state: 'waiting', done: 0, percent: 0 } })
    const id = await asClient(app.database.ownerUrl, async (database) => {
      const { rows } = await database.query<{ id: string }>(
        `select id from rekeyings where dealer_id = $1 and state = 'waiting'`,
        [dealer.id]
      )
      return only(rows).id
    })
    const run = { dealerId: dealer.id, id, now: () => now }
    t.equal(await rekey(db, run), 2, 'those of the new version are left')
    t.equal(await rekey(db, run), 0)
    const { rekeying } = (await admin('GET', '/v1/matching')).body
    t.hasStrict(rekeying, { state: 'done', total: 3, done: 3, percent: 100 })
    const { matches } = await postLead(admin, { contact: AFTER, source: 'phone' })
    const found = matches.filter(({ similarOnly }) => similarOnly === true).map((one) => one.id)
    t.strictSame(found.toSorted(), [earlier.id, client.id].toSorted())
  })

  await t.test('at once with forty-nine others: one client, and all are found', async (t) => {
    const { admin } = await createDealer(FUZZY)
    await openConnections(admin)
    const contact = BEFORE
    const leads = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        admin('POST', '/v1/leads', { source: 'website', externalId: `at-once-${at}`, contact })
      )
    )
    t.ok(leads.every(({ status }) => status === 201))
    const originals = leads.filter(({ body }) => body.duplicateOf === null)
    t.equal(originals.length, 1)
    const converted = await Promise.all(
      leads.slice(0, 10).map(({ body }) => admin('POST', `/v1/leads/${body.id}/convert`, {}))
    )
    t.equal(converted.filter(({ status }) => status === 201).length, 1)
    const { matches } = await postLead(admin, { contact: AFTER })
    t.equal(matches.length, 10)
    t.ok(matches.every(({ similarOnly, band }) => similarOnly === true && band === 'possible'))
    await countPersons(t, app)
  })
})

/** Each record has its person, whose keys are all there, and no others. */
async function countPersons(t: Test, { database }: TestApp): Promise<void> {
  const { rows } = await asClient(database.ownerUrl, (client) =>
    client.query<{ left: string }>(
      `select 'record ' || id as left from (
         select dealer_id, id from leads
         union all select dealer_id, id from clients where merged_into_id is null) r
       where not exists (select from person_forms f
         where f.dealer_id = r.dealer_id and f.record_id = r.id)
       union all
       (select 'key ' || k.record_id from person_keys k
        except select 'key ' || f.record_id from person_forms f
        join person_keys k on k.dealer_id = f.dealer_id and k.record_id = f.record_id
          and k.key = any (f.keys))
       union all
       (select 'form ' || f.record_id || key from person_forms f cross join unnest(f.keys) u(key)
        where not exists (select from person_keys k where k.dealer_id = f.dealer_id
          and k.key = u.key and k.record_id = f.record_id))`
    )
  )
  t.strictSame(rows, [])
}
