import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, openConnections, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import type { AssignmentRulesVersion } from '../../../support/contract-types.ts'

const URL = '/v1/assignment-rules'
const ONLINE = { type: 'team', team: 'online_sales' }

/** Publishes these entries and answers the version. */
async function publish(admin: Caller, entries: object[]): Promise<AssignmentRulesVersion> {
  const { body, status, text } = await admin('POST', URL, { rules: { entries } })
  if (status !== 201) throw new Error(`the draft was refused: ${text}`)
  return (await admin('POST', `${URL}/${body.id}/publish`)).body
}

/** So many members of online sales, in the order of turns. */
async function hire(dealer: TestDealer, count: number, words: object = {}) {
  const users = []
  for (let i = 0; i < count; i += 1) {
    users.push(await dealer.withUser({ name: `User ${i}`, team: 'online_sales', ...words }))
  }
  return users.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function routedDecision(admin: Caller, leadId: string) {
  const { body } = await admin('GET', `/v1/leads/${leadId}/decisions`)
  return body.data.findLast((decision: { step: string }) => decision.step === 'routed')
}

void t.test('assignment rules', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('drafts are written, published, superseded and rolled back to', async (t) => {
    const { admin } = await createDealer()
    const entry = { name: 'Everything', target: ONLINE }
    const created = await admin('POST', URL, { note: 'First', rules: { entries: [entry] } })
    t.equal(created.status, 201)
    t.hasStrict(created.body, { state: 'draft', number: null, note: 'First', version: 1 })
    t.hasStrict(created.body.rules.entries, [
      { name: 'Everything', on: 'captured', criteria: { all: [] }, asOffer: false }
    ])
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)
    const changed = await admin('PATCH', url, { note: null }, { 'if-match': '"1"' })
    t.hasStrict(changed.body, { note: null, version: 2 })
    t.equal((await admin('PATCH', url, {}, { 'if-match': '"1"' })).status, 412)

    const first = await admin('POST', `${url}/publish`)
    t.hasStrict(first.body, { state: 'published', number: 1 })
    t.equal((await admin('POST', `${url}/publish`)).status, 409)
    t.equal((await admin('PATCH', url, { note: 'X' })).status, 409)
    t.equal((await admin('DELETE', url)).status, 409)

    const copy = (await admin('POST', URL, {})).body
    t.strictSame(copy.rules, first.body.rules, 'a draft begins with what holds')
    const second = await admin('POST', `${URL}/${copy.id}/publish`)
    t.hasStrict(second.body, { state: 'published', number: 2 })
    t.equal((await admin('GET', url)).body.state, 'superseded')
    t.equal((await admin('POST', `${URL}/${copy.id}/roll-back`)).status, 409, 'it holds')

    const back = await admin('POST', `${url}/roll-back`, {}, { 'idempotency-key': 'once' })
    t.equal(back.status, 201)
    t.hasStrict(back.body, { state: 'published', number: 3, rules: first.body.rules })
    const again = await admin('POST', `${url}/roll-back`, {}, { 'idempotency-key': 'once' })
    t.equal(again.body.id, back.body.id)
    const { body } = await admin('GET', `${URL}?state=published`)
    t.strictSame(
      body.data.map(({ id }: { id: string }) => id),
      [back.body.id]
    )
    const draft = (await admin('POST', URL, {})).body
    t.equal((await admin('DELETE', `${URL}/${draft.id}`)).status, 204)
    t.equal((await admin('GET', `${URL}/${draft.id}`)).status, 404)
    const events = await admin('GET', '/v1/events?type=rule_set.published')
    t.equal(events.body.data.length, 3)
  })

  await t.test('422 names what is wrong by its place', async (t) => {
    const { admin } = await createDealer()
    const other = await createDealer()
    const pointersOf = async (entry: object) => {
      const rules = { entries: [{ name: 'X', target: ONLINE, ...entry }] }
      const { status, problem } = await admin('POST', URL, { rules })
      t.equal(status, 422)
      return problem.errors?.map(({ pointer }: { pointer: string }) => pointer)
    }
    const at = '/rules/entries/0'
    const cases: [object, string][] = [
      [{ target: { type: 'user' } }, `${at}/target/userId`],
      [{ target: { type: 'user', userId: newId() } }, `${at}/target/userId`],
      [{ target: { type: 'user', userId: other.ownerId } }, `${at}/target/userId`],
      [{ target: { type: 'queue', queueId: other.defaultQueueId } }, `${at}/target/queueId`],
      [{ target: { ...ONLINE, queueId: newId() } }, `${at}/target/queueId`],
      [{ target: { type: 'team', team: 'choir' } }, `${at}/target/team`],
      [{ criteria: {} }, `${at}/criteria`],
      [{ criteria: { field: 'shoeSize', equals: 43 } }, `${at}/criteria/field`],
      [{ criteria: { field: 'score', equals: 'high' } }, `${at}/criteria`],
      [{ criteria: { field: 'score', from: 5, to: 1 } }, `${at}/criteria/to`],
      [{ criteria: { field: 'timeOfDay', from: '20:00' } }, `${at}/criteria`],
      [{ criteria: { field: 'timeOfDay', from: '20:00', to: 'late' } }, `${at}/criteria`],
      [{ criteria: { field: 'make', equals: 'Kia' } }, `${at}/criteria/field`],
      [{ criteria: { all: [{ field: 'source.key' }] } }, `${at}/criteria/all/0`],
      [{ criteria: { not: { field: 'message', contains: '!!' } } }, `${at}/criteria/not`],
      [{ colour: 'red' }, `${at}/colour`]
    ]
    for (const [entry, pointer] of cases) {
      t.strictSame(await pointersOf(entry), [pointer], JSON.stringify(entry))
    }
  })

  await t.test('422 names faults of form and of criteria at once', async (t) => {
    const { admin } = await createDealer()
    const bad = { field: 'shoeSize', equals: 43 }
    const entries = [
      { name: 'X', target: { type: 'team', team: 'choir' }, criteria: bad },
      { name: 'Y', target: ONLINE, criteria: { all: [bad] } },
      { name: 'Z', target: ONLINE, criteria: { all: 'none' } }
    ]
    const { status, problem } = await admin('POST', URL, { rules: { entries } })
    t.equal(status, 422)
    t.strictSame(problem.errors?.map(({ pointer }: { pointer: string }) => pointer).toSorted(), [
      '/rules/entries/0/criteria/field',
      '/rules/entries/0/target/team',
      '/rules/entries/1/criteria/all/0/field',
      '/rules/entries/2/criteria/all'
    ])
  })

  await t.test('the first entry that fits decides, and the decision says why', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const [ann, ben] = await hire(dealer, 2)
    const vans = (await admin('POST', '/v1/queues', { name: 'Vans' })).body
    const rules = await publish(admin, [
      {
        name: 'Vans wait',
        criteria: { field: 'vehicle.make', oneOf: ['Iveco', 'MAN'] },
        target: { type: 'queue', queueId: vans.id }
      },
      {
        name: 'Polish to Ben',
        criteria: {
          all: [
            { field: 'contact.language', equals: 'pl' },
            { field: 'contact.phoneValid', equals: true }
          ]
        },
        target: { type: 'user', userId: must(ben).id }
      },
      {
        name: 'Blue to Ann',
        criteria: { field: 'message', contains: 'BLUE' },
        target: { type: 'user', userId: must(ann).id }
      }
    ])
    const vehicles = (make: string) => [{ interest: 'buy', condition: 'used', make }]
    const van = await postLead(admin, { vehicles: vehicles('iveco') })
    t.hasStrict(van, { assignee: null, queue: { id: vans.id } })
    const polish = await postLead(admin, {
      contact: { fullName: 'Jan', phone: '601 234 567', language: 'pl' }
    })
    t.equal(polish.assignee?.id, must(ben).id)
    t.equal(polish.queue, null)
    const blue = await postLead(admin, { message: 'Is the blue one still there?' })
    t.equal(blue.assignee?.id, must(ann).id)
    const rest = await postLead(admin)
    t.equal(rest.queue?.id, dealer.defaultQueueId)
    t.hasStrict(await routedDecision(admin, blue.id), {
      outcome: 'assigned',
      facts: { ruleSetId: rules.id, ruleSetNumber: 1, entryId: must(rules.rules.entries[2]).id }
    })
    t.hasStrict(await routedDecision(admin, rest.id), {
      outcome: 'queued',
      code: 'no_rule_fits'
    })
  })

  await t.test('the named user and the person’s present user come before all rules', async (t) => {
    const dealer = await createDealer()
    const [ann, ben] = await hire(dealer, 2)
    await publish(dealer.admin, [{ name: 'Ben', target: { type: 'user', userId: must(ben).id } }])
    const person = { fullName: 'Ada', email: `ada${newId()}@example.com` }
    const named = await postLead(dealer.admin, { contact: person, assignee: must(ann).id })
    t.equal(named.assignee?.id, must(ann).id)
    const next = await postLead(dealer.admin, { contact: person, message: 'Me again' })
    t.equal(next.assignee?.id, must(ann).id)
    t.equal((await postLead(dealer.admin)).assignee?.id, must(ben).id)
  })

  await t.test('an absent or full user is passed over; who left is not asked', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const always = { from: '2020-01-01T00:00:00Z', until: null }
    const absent = await dealer.withUser({ team: 'online_sales', routing: { absences: [always] } })
    await dealer.withUser({ team: 'online_sales', routing: { active: false } })
    const limited = await dealer.withUser({ team: 'online_sales', routing: { capacityPerDay: 2 } })
    await publish(admin, [{ name: 'Team', target: ONLINE }])
    const got = []
    for (let i = 0; i < 4; i += 1) got.push(await postLead(admin))
    t.strictSame(
      got.map(({ assignee }) => assignee?.id ?? null),
      [limited.id, limited.id, null, null]
    )
    const { facts } = must(await routedDecision(admin, must(got[3]).id))
    const passedOver = facts.passedOver as { userId: string; code: string }[]
    t.strictSame(passedOver.map(({ code }) => code).toSorted(), ['user_absent', 'user_full'])
    const named = await postLead(admin, { assignee: absent.id })
    const again = must(await routedDecision(admin, named.id)).facts.passedOver as object[]
    t.equal(again.length, 2, 'who was named, too, is there once')
    t.equal((await admin('PATCH', `/v1/users/${absent.id}`, { absences: [] })).status, 200)
    t.equal((await postLead(admin)).assignee?.id, absent.id)
  })

  await t.test('weights share out in proportion; least busy fills up evenly', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const [ann, ben] = await hire(dealer, 2)
    const weights = [{ userId: must(ann).id, weight: 3 }]
    await publish(admin, [{ name: 'Weighted', target: { ...ONLINE, by: 'weighted', weights } }])
    const counts = { [must(ann).id]: 0, [must(ben).id]: 0 }
    for (let i = 0; i < 8; i += 1) {
      const id = must((await postLead(admin)).assignee).id
      counts[id] = (counts[id] ?? 0) + 1
    }
    t.strictSame(counts, { [must(ann).id]: 6, [must(ben).id]: 2 })
    await publish(admin, [{ name: 'Idle', target: { ...ONLINE, by: 'least_busy' } }])
    for (let i = 0; i < 4; i += 1) {
      t.equal((await postLead(admin)).assignee?.id, must(ben).id, 'who has four fewer')
    }
    const both = [
      must((await postLead(admin)).assignee).id,
      must((await postLead(admin)).assignee).id
    ]
    t.strictSame(both.toSorted(), [must(ann).id, must(ben).id])
  })

  // Guards `isBusy` of the status groups, and that it reaches the count of a held turn.
  await t.test('least busy counts leads that are being worked on, and no others', async (t) => {
    const groups = {
      working: true,
      nurturing: true,
      qualified: true,
      unqualified: false,
      lost: false
    }
    for (const [group, isBusy] of Object.entries(groups)) {
      const dealer = await createDealer()
      const { admin } = dealer
      const [ann, ben] = await hire(dealer, 2)
      await publish(admin, [{ name: 'Idle', target: { ...ONLINE, by: 'least_busy' } }])
      await postLead(admin)
      const bens = await postLead(admin)
      t.equal(bens.assignee?.id, must(ben).id, 'their turn')
      const move = { statusId: (await findStatusIds(admin))[group], reason: 'Wrong number' }
      t.equal((await admin('POST', `/v1/leads/${bens.id}/status`, move)).status, 200, group)
      const next = must((await postLead(admin)).assignee).id
      t.equal(next, isBusy ? must(ann).id : must(ben).id, group)
    }
  })

  await t.test('turns go on from version to version of an entry', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const users = await hire(dealer, 3)
    await publish(admin, [{ name: 'Team', target: ONLINE }])
    t.equal((await postLead(admin)).assignee?.id, must(users[0]).id)
    const copy = (await admin('POST', URL, {})).body
    await admin('POST', `${URL}/${copy.id}/publish`)
    t.equal((await postLead(admin)).assignee?.id, must(users[1]).id)
  })

  await t.test('only who is on shift, and who speaks the language', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const never = { timeZone: null, week: {}, holidays: [] }
    const off = await dealer.withUser({ team: 'online_sales', routing: { workingHours: never } })
    const polish = await dealer.withUser({ team: 'online_sales', routing: { languages: ['pl'] } })
    const german = await dealer.withUser({ team: 'online_sales', routing: { languages: ['de'] } })
    await publish(admin, [
      { name: 'Team', target: { ...ONLINE, onShiftOnly: true, matchLanguage: true } }
    ])
    const inLanguage = async (language: string) => {
      const contact = { fullName: 'X', email: `x${newId()}@example.com`, language }
      return (await postLead(admin, { contact })).assignee?.id ?? null
    }
    t.equal(await inLanguage('de-AT'), german.id)
    t.equal(await inLanguage('PL'), polish.id)
    t.equal(await inLanguage('fr'), null)
    await admin('PATCH', `/v1/users/${off.id}`, { workingHours: null, languages: ['fr'] })
    t.equal(await inLanguage('fr'), off.id)
  })

  // Guards the lock on the dealer's turns: without it these land unevenly.
  await t.test('leads at the same moment take turns', async (t) => {
    const dealer = await createDealer()
    const users = await hire(dealer, 4)
    await publish(dealer.admin, [{ name: 'Team', target: ONLINE }])
    await openConnections(dealer.admin)
    const leads = await Promise.all(Array.from({ length: 40 }, () => postLead(dealer.admin)))
    for (const { id } of users) {
      t.equal(leads.filter(({ assignee }) => must(assignee).id === id).length, 10)
    }
  })

  // Guards the count of a limited user's day: it is taken while the turns are held.
  await t.test('nobody gets more than their day holds, however many come at once', async (t) => {
    const dealer = await createDealer()
    await hire(dealer, 2, { routing: { capacityPerDay: 5 } })
    const target = { ...ONLINE, by: 'least_busy' }
    await publish(dealer.admin, [{ name: 'Team', target }])
    await openConnections(dealer.admin)
    const leads = await Promise.all(Array.from({ length: 20 }, () => postLead(dealer.admin)))
    t.equal(leads.filter(({ assignee }) => assignee !== null).length, 10)
  })

  await t.test('members read rules and change none; other kinds are not found here', async (t) => {
    const dealer = await createDealer()
    const rules = await publish(dealer.admin, [{ name: 'Team', target: ONLINE }])
    const { call } = await dealer.withUser()
    t.equal((await call('GET', `${URL}/${rules.id}`)).status, 200)
    t.equal((await call('POST', URL, {})).status, 403)
    t.equal((await call('POST', `${URL}/${rules.id}/roll-back`)).status, 403)
  })
})
