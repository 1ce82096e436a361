import pg from 'pg'
import t from 'tap'

import { historyOf } from '../../../support/leads.ts'
import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { TestResponse } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

let posts = 0

/** A key that no other request has: with it an equal lead is no double click. */
function ownKey() {
  posts += 1
  return { 'idempotency-key': `post-${posts}` }
}

/** What a website posts, as far as most tests care. */
function enquiry(words: Record<string, unknown> = {}) {
  return {
    source: 'website',
    contact: {
      firstName: 'Łukasz',
      lastName: 'Żółć',
      email: 'lukasz@example.pl',
      phone: '601 234 567'
    },
    vehicles: [{ make: 'Kia', model: 'Ceed', year: 2022 }],
    ...words
  }
}

void t.test('POST /v1/leads', async (t) => {
  const clock = { now: new Date('2026-11-21T17:03:12.345Z') }
  const { createDealer, database, call } = await createTestApp(t, { now: () => clock.now })

  await t.test('201 answers the lead as it can be read: normalised, and as given', async (t) => {
    const { admin } = await createDealer()
    const answer = await admin('POST', '/v1/leads', {
      source: 'trade-fair',
      submittedAt: '2026-11-21T18:03:11+01:00',
      contact: {
        fullName: ' María José Núñez ',
        email: ' MJ.Nunez@EXAMPLE.es ',
        phone: '601 234 567',
        otherPhones: [{ number: '+48 22 123 45 67', type: 'work' }]
      },
      message: 'Zażółć „gęślą” <jaźń> & 🚗',
      customFields: { anything: [1, { deep: null }] }
    })
    t.equal(answer.status, 201)
    const { outcome, matches, warnings, ...lead } = answer.body
    t.strictSame(warnings, [])
    t.equal(outcome, 'created')
    t.strictSame(matches, [])
    t.hasStrict(lead.contact, {
      fullName: 'María José Núñez',
      email: 'MJ.Nunez@example.es',
      emailValid: true,
      phone: '+48601234567',
      phoneRaw: '601 234 567',
      phoneValid: true,
      otherPhones: [
        { number: '+48221234567', raw: '+48 22 123 45 67', valid: true, type: 'work', time: null }
      ]
    })
    t.equal(lead.receivedAt, '2026-11-21T17:03:12.345Z')
    t.strictSame(lead.customFields, { anything: [1, { deep: null }] })
    const read = await admin('GET', String(answer.headers.location))
    t.strictSame(read.body, lead)
    t.equal(read.headers.etag, '"1"')
  })

  await t.test('a phone that can’t be read is kept, and no reason to refuse', async (t) => {
    const { admin } = await createDealer()
    const kept = await admin('POST', '/v1/leads', {
      source: 'website',
      contact: { email: 'jan@example.pl', phone: 'call after 5, ext 12' }
    })
    t.equal(kept.status, 201)
    t.hasStrict(kept.body.contact, { phone: 'call after 5, ext 12', phoneValid: false })
    const nobody = await admin('POST', '/v1/leads', {
      source: 'website',
      contact: { phone: 'none' }
    })
    t.equal(nobody.status, 422)
    t.equal(nobody.body.type, 'urn:leadyard:problem:unreachable-contact')
  })

  await t.test('4xx says what is wrong and where', async (t) => {
    const { admin } = await createDealer()
    const pointers = async (body: object) => {
      const answer = await admin('POST', '/v1/leads', body)
      t.equal(answer.status, 422)
      return answer.problem.errors?.map(({ pointer }: { pointer: string }) => pointer).toSorted()
    }
    t.strictSame(await pointers({ source: 'nowhere', contact: { email: 'a@b.pl' } }), ['/source'])
    t.strictSame(await pointers({ contact: { email: 'a@b.pl' } }), ['/source'])
    t.strictSame(
      await pointers({
        source: 'website',
        contact: { email: 5, phnoe: 'x' },
        vehicles: [{ year: '2022' }]
      }),
      ['/contact/phnoe']
    )
  })

  await t.test('an unreadable body is 400, another type 415, a large body 413', async (t) => {
    const { admin } = await createDealer()
    const key = await asKey(admin)
    const send = (payload: string, type: string) =>
      call(key, { method: 'POST', url: '/v1/leads', payload, headers: { 'content-type': type } })
    t.equal((await send('{"a":', 'application/json')).status, 400)
    t.equal((await send('{"__proto__": {}}', 'application/json')).status, 422)
    t.equal((await send('a=b', 'application/x-www-form-urlencoded')).status, 422)
    t.equal((await send('a=b', 'application/pdf')).status, 415)
    t.equal((await send('hello', 'text/plain')).status, 415)
    t.equal((await send(`"${'x'.repeat(1024 * 1024)}"`, 'application/json')).status, 413)
  })

  // Guards the locks of `captureLeads`: without them this makes several leads, or answers 409.
  for (const [way, body, headers] of [
    ['Idempotency-Key', enquiry(), { 'idempotency-key': 'once' }],
    ['externalId', enquiry({ externalId: 'form-1' }), {}]
  ] as const) {
    await t.test(`50 at the same moment with one ${way}: one lead`, async (t) => {
      const { admin } = await createDealer({ leadAddress: 'leads@dealer.test' })
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => admin('POST', '/v1/leads', body, headers))
      )
      t.strictSame(
        count(answers, ({ status }) => status),
        { 200: 49, 201: 1 }
      )
      t.strictSame(
        count(answers, ({ body }) => body.outcome),
        { created: 1, repeated: 49 }
      )
      t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
      const { body: list } = await admin('GET', '/v1/leads')
      t.equal(list.data.length, 1)
    })
  }

  await t.test('an externalId that comes again with another person is another lead', async (t) => {
    const { admin } = await createDealer()
    const sent = (fullName: string, email: string) =>
      admin('POST', '/v1/leads', enquiry({ externalId: 'fixed', contact: { fullName, email } }))
    const first = await sent('Olga Sikora', 'olga@reused.example')
    const other = await sent('Marek Zych', 'marek@reused.example')
    t.equal(other.status, 201)
    t.not(other.body.id, first.body.id)
    t.notMatch(other.text, 'olga')
    t.equal(other.body.externalId, null)
    t.strictSame(other.body.references, [{ id: 'fixed', source: null, sequence: null }])
    const { body } = await admin('GET', `/v1/leads/${other.body.id}/decisions`)
    t.ok(JSON.stringify(body).includes('external_id_reused'))
    const repeat = await sent('Marek Zych', 'marek@reused.example')
    t.strictSame(
      [repeat.status, repeat.body.id],
      [200, other.body.id],
      'sent again, it is one lead'
    )
    const again = await sent('Olga Sikora', 'Olga@Reused.example')
    t.strictSame([again.status, again.body.id], [200, first.body.id])
  })

  await t.test('a namesake under an id never has the data of the first', async (t) => {
    const { admin } = await createDealer()
    const sent = (email: string, phone: string) => {
      const contact = { fullName: 'Olga Sikora', email, phone }
      return admin('POST', '/v1/leads', enquiry({ externalId: 'constant', contact }))
    }
    const first = await sent('olga@first.example', '+48602711001')
    const other = await sent('sikora@second.example', '+48513200300')
    t.strictSame([first.status, other.status], [201, 201])
    t.notMatch(other.text, 'first.example')
    const { body } = await admin('GET', `/v1/leads/${first.body.id}`)
    t.strictSame([body.contact.otherEmails, body.contact.otherPhones], [[], []])
  })

  await t.test('the hidden tokens of a page make no double click another lead', async (t) => {
    const { admin } = await createDealer({ leadAddress: 'all@dealer.test' })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const send = async (fields: Record<string, string>) => {
      const given = { source: 'website', name: 'Ola Kos', phone: '601 234 511', colour: 'red' }
      const text = new URLSearchParams({ ...given, ...fields }).toString()
      return await admin('POST', '/v1/leads', text as unknown as object, form)
    }
    const first = await send({ _wpnonce: 'a1', form_token: 'x1', ts: '1', 'form[csrf]': 'b1' })
    const tokens = { _wpnonce: 'a2', form_token: 'x2', ts: '2', 'form[csrf]': 'b2' }
    const second = await send({ ...tokens, honeypot: '', build: 'f0'.repeat(16) })
    t.strictSame([second.status, second.body.id], [200, first.body.id])
    const other = await send({ ...tokens, colour: 'blue' })
    t.equal(other.status, 201, 'what a person said is another request')

    const lead = { ...enquiry({ externalId: 'token-1' }), attribution: { sessionId: 's1' } }
    const known = await admin('POST', '/v1/leads', lead)
    await admin('POST', '/v1/leads', { ...lead, attribution: { sessionId: 's2' } })
    t.strictSame(await historyOf(admin, known.body.id, 'lead.resent'), [], 'nothing is new')
  })

  await t.test('a double click without key and externalId, 20 at once: one lead', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        admin('POST', '/v1/leads', {
          ...enquiry({ assignee: user.id }),
          submittedAt: `2026-11-21T17:03:${10 + n}Z`
        })
      )
    )
    t.strictSame(
      count(responses, ({ status }) => status),
      { 200: 19, 201: 1 }
    )
    t.equal(new Set(responses.map(({ body }) => body.id)).size, 1)
    const { body } = await admin('GET', '/v1/deliveries')
    t.equal(body.data.length, 1)
    const others = [
      await admin('POST', '/v1/leads', enquiry({ message: 'And another question' })),
      await admin('POST', '/v1/leads', enquiry({ source: 'phone' })),
      await admin('POST', '/v1/leads', enquiry(), { 'idempotency-key': 'own' })
    ]
    t.strictSame(
      others.map(({ status }) => status),
      [201, 201, 201]
    )
    clock.now = new Date(clock.now.getTime() + 10_000)
    t.equal((await admin('POST', '/v1/leads', enquiry())).status, 201)
  })

  await t.test('an externalId that comes again with other values keeps what is new', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const sent = (words: Record<string, unknown>) =>
      admin(
        'POST',
        '/v1/leads',
        enquiry({ externalId: 'form-7', assignee: user.id, vehicles: [], ...words })
      )
    const first = await sent({ message: 'Is it there?' })
    const resend = { message: 'Is it still there?', vehicles: [{ make: 'Kia' }, { make: 'Fiat' }] }
    const again = await sent(resend)
    t.strictSame([again.status, again.body.outcome], [200, 'repeated'])
    t.equal(again.body.message, 'Is it there?')
    t.strictSame(
      again.body.vehicles.map(({ make }: { make: string | null }) => make),
      ['Kia', 'Fiat']
    )
    await sent(resend)
    await sent({ message: 'Is it there?' })
    const { body: history } = await admin(
      'GET',
      `/v1/events?type=lead.resent&leadId=${first.body.id}`
    )
    t.equal(history.data.length, 1, 'an identical resend is no news')
    const { changes } = must(history.data[0]).data as { changes: { path: string }[] }
    t.hasStrict(
      changes.find(({ path }) => path === '/message'),
      { from: 'Is it there?', to: 'Is it still there?' }
    )
    const { body } = await admin('GET', `/v1/deliveries?leadId=${first.body.id}`)
    t.equal(body.data.length, 2, 'the first mail, and one of the resend')
    const event = must(history.data[0]).id
    const { body: payload } = await admin(
      'GET',
      `/v1/leads/${first.body.id}/payload?event=${event}`
    )
    t.match(payload.body, 'Is it still there?')
    t.notMatch((await admin('GET', `/v1/leads/${first.body.id}/payload`)).body.body, 'still')
    const unknown = await admin('GET', `/v1/leads/${first.body.id}/payload?event=${first.body.id}`)
    t.equal(unknown.status, 404)
  })

  await t.test('another body under the same key is 422, after 24 hours a new lead', async (t) => {
    const { admin } = await createDealer()
    const headers = { 'idempotency-key': 'k' }
    const first = await admin('POST', '/v1/leads', enquiry(), headers)
    const other = await admin('POST', '/v1/leads', enquiry({ message: 'another' }), headers)
    t.equal(other.body.type, 'urn:leadyard:problem:idempotency-key-reused')
    clock.now = new Date(clock.now.getTime() + 24 * 3_600_000 + 1)
    const later = await admin('POST', '/v1/leads', enquiry({ message: 'another' }), headers)
    t.equal(later.status, 201)
    t.not(later.body.id, first.body.id)
  })

  await t.test('two credentials never share a key', async (t) => {
    const { admin, withKey } = await createDealer()
    const second = await withKey(['write'])
    const headers = { 'idempotency-key': 'shared' }
    const [a, b] = [
      await admin('POST', '/v1/leads', enquiry(), headers),
      await second('POST', '/v1/leads', enquiry(), headers)
    ]
    t.strictSame([a.status, b.status], [201, 201])
  })

  await t.test(
    'the same person asking again is a new lead that points at the original',
    async (t) => {
      const { admin } = await createDealer()
      const original = await admin('POST', '/v1/leads', enquiry(), ownKey())
      const again = await admin('POST', '/v1/leads', enquiry({ message: 'Hello?' }))
      t.equal(again.status, 201)
      t.equal(again.body.duplicateOf, original.body.id)
      t.hasStrict(again.body.matches, [{ type: 'lead', id: original.body.id, band: 'sure' }])
      const third = await admin('POST', '/v1/leads', enquiry(), ownKey())
      t.equal(third.body.duplicateOf, original.body.id, 'not at the repeat')
      const otherCar = await admin('POST', '/v1/leads', enquiry({ vehicles: [{ make: 'Seat' }] }))
      t.equal(otherCar.body.duplicateOf, null)
      const otherSource = await admin('POST', '/v1/leads', enquiry({ source: 'phone' }))
      t.equal(otherSource.body.duplicateOf, null)
      clock.now = new Date(clock.now.getTime() + 25 * 3_600_000)
      const nextDay = await admin('POST', '/v1/leads', enquiry(), ownKey())
      t.equal(nextDay.body.duplicateOf, null)
    }
  )

  // Guards the same locks by person: without them two call themselves the original.
  await t.test('repeats that arrive at once point at one original', async (t) => {
    const { admin } = await createDealer()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin('POST', '/v1/leads', enquiry(), ownKey()))
    )
    const originals = answers.filter(({ body }) => body.duplicateOf === null)
    t.equal(originals.length, 1)
    t.ok(
      answers.every(
        ({ body }) => body.duplicateOf === null || body.duplicateOf === must(originals[0]).body.id
      )
    )
  })

  await t.test('names decide between members of one household', async (t) => {
    const { admin } = await createDealer({ matchingPolicy: 'exact' })
    const post = (firstName: string, lastName: string) =>
      admin(
        'POST',
        '/v1/leads',
        enquiry({ contact: { firstName, lastName, phone: '601 234 568' } })
      )
    await post('JÓZEF', 'Żak')
    t.hasStrict((await post('Jozef', 'Zak')).body.matches[0], {
      score: 0.95,
      band: 'sure',
      reasons: [
        { field: 'contact.phone', agreement: 'same' },
        { field: 'contact.firstName', agreement: 'same' },
        { field: 'contact.lastName', agreement: 'same' }
      ]
    })
    const { matches } = (await post('Ewa', 'Żak')).body
    t.ok(
      matches.every(({ score }: { score: number }) => score < 0.5),
      'the wife is somebody else'
    )
  })

  await t.test('a switchboard’s number decides nothing about anybody', async (t) => {
    const { admin, id } = await createDealer()
    const post = (n: number) =>
      admin(
        'POST',
        '/v1/leads',
        enquiry({
          contact: { fullName: 'Jan Kowal', phone: '22 555 11 22', email: `p${n}@firm.pl` }
        })
      )
    for (let n = 0; n < 100; n++) await post(n)
    t.equal((await post(100)).body.matches.length, 10, 'a hundred still say something')
    const crowded = await post(101)
    t.equal(crowded.body.matches.length, 10, 'those who share it are listed')
    for (const match of crowded.body.matches) {
      t.hasStrict(match, { band: 'possible', sharedByMany: true })
    }
    const { body } = await admin('GET', `/v1/leads/${crowded.body.id}`)
    t.equal(body.duplicateOf, null)
    const decision = await asClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ code: string; facts: unknown }>(
        "select code, facts from decisions where dealer_id = $1 and lead_id = $2 and step = 'matched'",
        [id, crowded.body.id]
      )
      return must(rows[0])
    })
    t.hasStrict(decision, {
      code: 'contact_shared_by_many',
      facts: { crowdedKeys: 1, candidates: 0 }
    })
  })

  await t.test('the lead goes to whom the sender named, then to whom the person has', async (t) => {
    const { admin, withUser, defaultQueueId } = await createDealer()
    const user = await withUser({ name: 'Anna Nowak' })
    const unassigned = await admin('POST', '/v1/leads', enquiry({ contact: { email: 'x@y.pl' } }))
    t.strictSame(unassigned.body.queue, { id: defaultQueueId, name: 'Default' })
    const named = await admin('POST', '/v1/leads', enquiry({ assignee: user.id }))
    t.strictSame(named.body.assignee, { id: user.id, name: 'Anna Nowak' })
    t.equal(named.body.queue, null)
    const next = await admin('POST', '/v1/leads', enquiry({ vehicles: [] }))
    t.equal(next.body.assignee?.id, user.id, 'the person’s owner is kept')
    await admin(
      'POST',
      '/v1/leads',
      enquiry({ contact: { fullName: 'Ewa Lis', email: 'ewa@lis.pl' } })
    )
    const stranger = await admin(
      'POST',
      '/v1/leads',
      enquiry({ contact: { fullName: 'Ewa Lis', email: 'ewa@lis.pl' } }),
      ownKey()
    )
    t.equal(stranger.body.assignee, null)
  })

  await t.test(
    'a key that may only capture learns no more than that its lead arrived',
    async (t) => {
      const { admin, withKey } = await createDealer()
      await admin('POST', '/v1/leads', enquiry())
      const portal = await withKey(['leads:capture'])
      const receipt = await portal('POST', '/v1/leads', enquiry(), ownKey())
      t.equal(receipt.status, 201)
      t.strictSame(Object.keys(receipt.body).toSorted(), [
        'externalId',
        'id',
        'outcome',
        'receivedAt',
        'status',
        'warnings'
      ])
      const read = await portal('GET', `/v1/leads/${receipt.body.id}`)
      t.strictSame(read.body, receipt.body)
      const { body: all } = await admin('GET', '/v1/leads')
      const foreign = all.data.find(({ id }: { id: string }) => id !== receipt.body.id)
      t.equal((await portal('GET', `/v1/leads/${must(foreign).id}`)).status, 404)
      t.equal((await portal('GET', '/v1/leads')).status, 403)
    }
  )

  await t.test(
    'a key bound to a source needs to name none, and can speak for no other',
    async (t) => {
      const { admin, withKey } = await createDealer()
      const { body: sources } = await admin('GET', '/v1/sources')
      const portal = sources.data.find(({ key }: { key: string }) => key === 'portal')
      const bound = await withKey(['write'], must(portal).id)
      const { source: _, ...without } = enquiry()
      t.equal((await bound('POST', '/v1/leads', without)).body.source.key, 'portal')
      t.equal((await bound('POST', '/v1/leads', enquiry())).body.source.key, 'portal')
    }
  )

  await t.test('a member sees own leads only, and unassigned ones of their queues', async (t) => {
    const { admin, withUser } = await createDealer()
    const [mine, queued] = [await withUser(), await withUser({ inQueue: true })]
    const own = await admin('POST', '/v1/leads', enquiry({ assignee: mine.id }))
    const waiting = await admin('POST', '/v1/leads', enquiry({ contact: { email: 'w@w.pl' } }))
    const ids = async ({ call }: typeof mine) =>
      (await call('GET', '/v1/leads')).body.data.map(({ id }: { id: string }) => id)
    t.strictSame(await ids(mine), [own.body.id])
    t.strictSame(await ids(queued), [waiting.body.id])
    t.equal((await mine.call('GET', `/v1/leads/${waiting.body.id}`)).status, 404)
    t.equal((await queued.call('GET', `/v1/leads/${own.body.id}`)).status, 404)
    t.equal(
      (await mine.call('PATCH', `/v1/leads/${waiting.body.id}`, { message: 'x' })).status,
      404
    )
  })

  await t.test(
    'takes four statements, beginning and committing among them, and three more the first time',
    async (t) => {
      const { createDealer } = await createTestApp(t, { rememberedMs: 60_000 })
      const { withKey } = await createDealer({ leadAddress: 'leads@dealer.test' })
      const stranger = await withKey(['write'])
      const seen: unknown[] = []
      const query = Reflect.get(pg.Client.prototype, 'query') as (...words: unknown[]) => unknown
      Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...words: unknown[]) {
        seen.push(words[0])
        return query.apply(this, words)
      })
      t.teardown(() => Reflect.set(pg.Client.prototype, 'query', query))
      seen.length = 0
      await stranger('POST', '/v1/leads', enquiry(), { 'idempotency-key': 'trips' })
      t.equal(
        seen.length,
        7,
        'who it is, a share of the limit, begin, the basis, one question, one record, commit'
      )
      const named = seen.filter((one) => typeof one === 'object')
      t.equal(named.length, 5, 'all but begin and commit are prepared once')
      seen.length = 0
      await stranger('POST', '/v1/leads', enquiry({ message: 'Another' }))
      t.equal(seen.length, 4, 'for a moment, who it is is known, and the share lasts')
    }
  )

  await t.test('PATCH merges, removes with null, replaces lists, and heeds If-Match', async (t) => {
    const { admin } = await createDealer()
    const { body: lead } = await admin(
      'POST',
      '/v1/leads',
      enquiry({ customFields: { a: 1, b: 2 } })
    )
    const url = `/v1/leads/${lead.id}` as const
    const { body: changed, status } = await admin(
      'PATCH',
      url,
      {
        contact: { email: null, language: 'pl' },
        customFields: { a: null, c: 3 },
        vehicles: [],
        temperature: 'hot'
      },
      { 'if-match': '"1"' }
    )
    t.equal(status, 200)
    t.hasStrict(changed, {
      version: 2,
      temperature: 'hot',
      vehicles: [],
      customFields: { b: 2, c: 3 }
    })
    t.hasStrict(changed.contact, {
      email: null,
      language: 'pl',
      phone: '+48601234567',
      firstName: 'Łukasz'
    })
    t.equal((await admin('PATCH', url, { message: 'x' }, { 'if-match': '"1"' })).status, 412)
    const unreachable = await admin('PATCH', url, { contact: { phone: null } })
    t.equal(unreachable.body.type, 'urn:leadyard:problem:unreachable-contact')
    const found = await admin('GET', '/v1/leads?q=lukasz%20zolc')
    t.strictSame(
      found.body.data.map(({ id }: { id: string }) => id),
      [lead.id]
    )
    t.strictSame(
      (await admin('GET', '/v1/leads?q=lukasz@example')).body.data,
      [],
      'the e-mail is gone'
    )
  })
})

/** A fresh key's text, for requests that are no JSON. */
async function asKey(admin: TestDealer['admin']): Promise<string> {
  const { body } = await admin('POST', '/v1/api-keys', { name: 'Raw', scopes: ['write'] })
  return must(body.key)
}

function count(answers: readonly TestResponse[], of: (answer: TestResponse) => unknown) {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const key = String(of(answer))
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
