import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import { must, only } from '../../../support/must.ts'

const ADDRESS = { postalCode: '31-146', city: 'Kraków', country: 'PL' }
const NAME = { firstName: 'Remigiusz', lastName: 'Brzęczyszczykiewicz' }
const ONE = { ...NAME, email: 'remek.b@firma-kowal.example', address: ADDRESS }
/** The same person by another contact point. */
const OTHER = { ...NAME, lastName: 'Brzeczyszczykiewicz', phone: '601 234 567', address: ADDRESS }

void t.test('clients who may be one person', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  const addClient = async (call: Caller, contact: object, words: object = {}) => {
    const made = await call('POST', '/v1/clients', { contact, allowDuplicate: true, ...words })
    if (made.status !== 201) throw new Error(made.text)
    return made.body.id
  }
  const merge = async (call: Caller, survivorId: string, clientId: string) => {
    const merged = await call('POST', `/v1/clients/${survivorId}/merge`, { clientId })
    if (merged.status !== 201) throw new Error(merged.text)
    return merged.body.operationId
  }
  const pairsOf = async (call: Caller, state = 'open') => {
    const { body } = await call('GET', `/v1/duplicates?state=${state}`)
    return body.data.map(({ clients }) => clients.map(({ id }) => id))
  }

  await t.test('are listed best first, page by page, with reasons in words', async (t) => {
    const { admin, findDuplicates } = await createDealer()
    const [a, b] = [await addClient(admin, ONE), await addClient(admin, OTHER)]
    const points = { email: 'ada.lis@example.com', phone: '602 222 333' }
    const ada = { fullName: 'Ada Lis', ...points }
    const [c, d] = [await addClient(admin, ada), await addClient(admin, ada)]
    await addClient(admin, { fullName: 'Ewa Kos', phone: '603 222 333' })
    t.strictSame(await pairsOf(admin), [])
    const before = (await admin('GET', '/v1/duplicates/counts')).body
    t.strictSame(before, { open: 0, unassigned: 0, mine: 0, toCompare: 5 })
    await findDuplicates()
    const { body } = await admin('GET', '/v1/duplicates')
    const [best, next] = body.data
    t.equal(body.data.length, 2)
    t.hasStrict(best, { state: 'open', band: 'sure', clients: [{ id: c }, { id: d }], version: 1 })
    t.hasStrict(next, { band: 'possible', clients: [{ id: a }, { id: b }] })
    t.ok(must(best).reasons.some(({ sentence }) => sentence === 'The phone number is the same.'))
    const first = await admin('GET', '/v1/duplicates?limit=1')
    t.strictSame(first.body.data, [best])
    const cursor = must(first.body.nextCursor)
    const second = await admin('GET', `/v1/duplicates?limit=1&cursor=${cursor}`)
    t.strictSame(second.body, { data: [next], nextCursor: null })
    t.strictSame((await admin('GET', `/v1/duplicates/${must(next).id}`)).body, next)
    const ofOne = await admin('GET', `/v1/duplicates?client=${b}`)
    t.strictSame(ofOne.body.data, [next])
    const after = (await admin('GET', '/v1/duplicates/counts')).body
    t.strictSame(after, { open: 2, unassigned: 2, mine: 0, toCompare: 0 })
  })

  await t.test('are compared anew after a change, and by another policy', async (t) => {
    const { admin, findDuplicates } = await createDealer()
    const [a, b] = [await addClient(admin, ONE), await addClient(admin, OTHER)]
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [[a, b]])
    await admin('PATCH', '/v1/dealer', { settings: { matchingPolicy: 'exact' } })
    t.equal((await admin('GET', '/v1/duplicates/counts')).body.toCompare, 2)
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [], 'they share no e-mail and no phone')
    await admin('PATCH', '/v1/dealer', { settings: { matchingPolicy: 'fuzzy' } })
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [[a, b]])
    const other = { contact: { firstName: 'Ola', lastName: 'Wilk' } }
    t.equal((await admin('PATCH', `/v1/clients/${b}`, other)).status, 200)
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [])
  })

  await t.test('are never listed again once they are different, also after merges', async (t) => {
    const { admin, withUser, findDuplicates } = await createDealer()
    const owner = await withUser({ role: 'owner', name: 'Olga' })
    const [a, b] = [await addClient(admin, ONE), await addClient(admin, OTHER)]
    await findDuplicates()
    const pair = only((await admin('GET', '/v1/duplicates')).body.data)
    const url = `/v1/duplicates/${pair.id}` as const
    const stale = { 'if-match': '"7"' }
    t.equal((await owner.call('PATCH', url, { state: 'different' }, stale)).status, 412)
    const decided = await owner.call('PATCH', url, { state: 'different' })
    t.equal(decided.status, 200)
    t.hasStrict(decided.body, {
      ...{ state: 'different', version: 2 },
      decidedBy: { id: owner.id, name: 'Olga' }
    })
    await admin('PATCH', `/v1/clients/${b}`, { description: 'Wants a van.' })
    await admin('PATCH', `/v1/clients/${b}`, { contact: OTHER })
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [])
    t.strictSame(await pairsOf(admin, 'different'), [[a, b]])

    // A third client may be either, until it becomes one with `b`.
    const c = await addClient(admin, OTHER)
    await findDuplicates()
    t.strictSame(
      (await pairsOf(admin)).toSorted(),
      [
        [a, c],
        [b, c]
      ].toSorted()
    )
    const operationId = await merge(admin, c, b)
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [], 'the survivor is not the same person as the first')
    t.strictSame(await pairsOf(admin, 'different'), [[a, c]])
    t.strictSame(await pairsOf(admin, 'merged'), [[b, c]])
    t.equal((await admin('POST', `/v1/operations/${operationId}/undo`)).status, 200)
    await findDuplicates()
    t.strictSame(await pairsOf(admin, 'different'), [[a, b]])
    t.strictSame(
      (await pairsOf(admin)).toSorted(),
      [
        [a, c],
        [b, c]
      ].toSorted()
    )
    const back = await owner.call('PATCH', url, { state: 'open' })
    t.hasStrict(back.body, { state: 'open', decidedBy: null, decidedAt: null })
  })

  await t.test('are merged from the list, once', async (t) => {
    const { admin, findDuplicates } = await createDealer()
    const [a, b] = [await addClient(admin, ONE), await addClient(admin, OTHER)]
    const other = await addClient(admin, { fullName: 'Ewa Kos', phone: '603 222 333' })
    await findDuplicates()
    const pair = only((await admin('GET', '/v1/duplicates')).body.data)
    const url = `/v1/duplicates/${pair.id}` as const
    const wrong = await admin('POST', `${url}/merge`, { survivorId: other })
    t.equal(wrong.status, 422)
    t.equal(wrong.problem.errors?.[0]?.pointer, '/survivorId')
    const key = { 'idempotency-key': 'once' }
    const merged = await admin('POST', `${url}/merge`, { survivorId: b }, key)
    t.equal(merged.status, 201)
    t.equal(merged.body.client.id, b)
    t.strictSame((await admin('POST', `${url}/merge`, { survivorId: b }, key)).body, merged.body)
    t.equal((await admin('POST', `${url}/merge`, {})).status, 409)
    t.equal((await admin('PATCH', url, { state: 'different' })).status, 409)
    t.strictSame(await pairsOf(admin), [])
    t.strictSame(await pairsOf(admin, 'merged'), [[a, b]])
    await admin('POST', `/v1/operations/${merged.body.operationId}/undo`)
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [[a, b]])
  })

  await t.test('are assigned and counted; members see those of clients they see', async (t) => {
    const { admin, withUser, findDuplicates } = await createDealer()
    const [anna, ben] = [await withUser({ name: 'Anna' }), await withUser()]
    const of = (userId: string) => ({ responsibleUserId: userId })
    await addClient(admin, ONE, of(anna.id))
    await addClient(admin, OTHER, of(anna.id))
    const ada = { fullName: 'Ada Lis', email: 'ada.lis@example.com' }
    await addClient(admin, ada, of(anna.id))
    await addClient(admin, ada, of(ben.id))
    await findDuplicates()
    t.equal((await pairsOf(admin)).length, 2)
    const seen = only((await anna.call('GET', '/v1/duplicates')).body.data)
    t.strictSame(await pairsOf(ben.call), [])
    t.equal((await ben.call('GET', `/v1/duplicates/${seen.id}`)).status, 404)
    const url = `/v1/duplicates/${seen.id}` as const
    const unknown = { assigneeId: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e' }
    t.equal((await anna.call('PATCH', url, unknown)).status, 422)
    const assigned = await anna.call('PATCH', url, { assigneeId: 'me' })
    t.strictSame(assigned.body.assignee, { id: anna.id, name: 'Anna' })
    t.equal(assigned.body.state, 'open')
    const mine = await anna.call('GET', '/v1/duplicates?assignee=me')
    t.strictSame(mine.body.data, [assigned.body])
    const counts = { open: 1, unassigned: 0, mine: 1, toCompare: 0 }
    t.strictSame((await anna.call('GET', '/v1/duplicates/counts')).body, counts)
    const all = (await admin('GET', '/v1/duplicates/counts')).body
    t.strictSame(all, { open: 2, unassigned: 1, mine: 0, toCompare: 0 })
    t.equal((await anna.call('POST', `${url}/merge`, {})).status, 403)
  })

  await t.test('that are merged, compared and undone at once leave true pairs', async (t) => {
    const dealer = await createDealer()
    const { admin, findDuplicates } = dealer
    const ids: string[] = []
    for (let at = 0; at < 8; at += 1) ids.push(await addClient(admin, ONE))
    const [survivor, ...others] = ids
    const merges = others.map((clientId) =>
      admin('POST', `/v1/clients/${must(survivor)}/merge`, { clientId })
    )
    const comparisons = [findDuplicates(), findDuplicates()]
    const merged = await Promise.all(merges)
    await Promise.all(comparisons)
    t.strictSame(new Set(merged.map(({ status }) => status)), new Set([201]))
    await findDuplicates()
    t.strictSame(await pairsOf(admin), [])
    const rows = await asClient(database.ownerUrl, (client) =>
      client.query(
        `select from duplicates d where dealer_id = $1 and state = 'open' and not exists (
           select from clients c where c.dealer_id = $1 and c.id = d.first_id
             and c.merged_into_id is not null)
         and not exists (select from clients c where c.dealer_id = $1 and c.id = d.second_id
             and c.merged_into_id is not null)`,
        [dealer.id]
      )
    )
    t.equal(rows.rowCount, 0)
  })
})
