import PostalMime from 'postal-mime'
import t from 'tap'

import { suppressions } from '../../../../src/database/schema.ts'
import { SYSTEM_ACTOR } from '../../../../src/domain/events/event.ts'
import { newId } from '../../../../src/ids.ts'
import { lockDelivery } from '../../../../src/repositories/deliveries/deliveries.ts'
import { DeliveryFacts } from '../../../../src/worker/channels/delivery-facts.ts'
import {
  autoRespondedDecision,
  autoResponsesOf,
  makeTemplate,
  publishAutoResponses
} from '../../../support/auto-responses.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import { deliveryContext } from '../../../support/delivery-context.ts'
import { openConnections, postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { only, must } from '../../../support/must.ts'

const HOUR_MS = 3_600_000

void t.test('leads that get an auto-response at capture', async (t) => {
  const start = new Date('2026-11-21T12:00:00Z')
  let now = start
  const later = (hours: number) => {
    now = new Date(now.getTime() + hours * HOUR_MS)
  }
  t.beforeEach(() => {
    now = start
  })
  const { createDealer, database } = await createTestApp(t, { now: () => now })

  /** A dealer who answers everybody, unless said otherwise. */
  async function autoRespondingDealer(rules: object = {}) {
    const dealer = await createDealer()
    const templateId = await makeTemplate(database, dealer)
    const ruleSetId = await publishAutoResponses(dealer.admin, {
      default: { templateId },
      ...rules
    })
    return { ...dealer, templateId, ruleSetId }
  }
  const post = (call: Caller, email: string, words: object = {}) =>
    postLead(call, { contact: { firstName: 'Ann', lastName: 'Lee', email }, ...words })
  const reasonOf = async (call: Caller, { id }: { id: string }) =>
    (await autoRespondedDecision(call, id))?.code

  await t.test('no decision where no rules are published', async (t) => {
    const { admin } = await createDealer()
    const lead = await post(admin, 'ann@example.com')
    t.equal(await autoRespondedDecision(admin, lead.id), undefined)
    t.strictSame(await autoResponsesOf(admin, lead.id), [])
  })

  await t.test('an auto-response is created at once, with the reason', async (t) => {
    const { admin, templateId, ruleSetId, id: dealerId } = await autoRespondingDealer()
    const lead = await post(admin, 'Ann@Example.com')
    const autoResponse = only(await autoResponsesOf(admin, lead.id))
    t.hasStrict(autoResponse, {
      purpose: 'auto_response',
      state: 'pending',
      channel: 'mail',
      target: { name: 'Ann Lee', address: 'Ann@example.com' },
      nextAttemptAt: now.toISOString()
    })
    t.hasStrict(await autoRespondedDecision(admin, lead.id), {
      outcome: 'enqueued',
      code: 'entry_fits',
      facts: { ruleSetId, entryId: null, templateId, consentPurpose: null, dueAt: null }
    })
    const rows = await asDealer(
      dealerId,
      'select about_id from deliveries where id = $1',
      autoResponse.id
    )
    t.strictSame(rows, [{ about_id: templateId }])
    t.ok(Math.abs(await dueIn(autoResponse.id)) < 60, 'the worker takes it')
  })

  await t.test('under an Idempotency-Key, and once', async (t) => {
    const { admin } = await autoRespondingDealer()
    const body = { source: 'website', contact: { email: 'ann@example.com' } }
    const [first, again] = [
      await admin('POST', '/v1/leads', body, { 'idempotency-key': 'once' }),
      await admin('POST', '/v1/leads', body, { 'idempotency-key': 'once' })
    ]
    t.equal(first.status, 201)
    t.equal(again.status, 200)
    t.equal(again.body.id, first.body.id)
    t.equal((await autoResponsesOf(admin, first.body.id)).length, 1)
  })

  await t.test('within quiet hours it is due at their end', async (t) => {
    const { admin } = await autoRespondingDealer({ quietHours: { from: '12:00', to: '07:30' } })
    const lead = await post(admin, 'ann@example.com')
    const autoResponse = only(await autoResponsesOf(admin, lead.id))
    const dueAt = '2026-11-22T06:30:00.000Z'
    t.equal(autoResponse.nextAttemptAt, dueAt, 'in the morning, in Warsaw')
    t.hasStrict(await autoRespondedDecision(admin, lead.id), {
      outcome: 'enqueued',
      facts: { dueAt }
    })
    const seconds = await dueIn(autoResponse.id)
    t.ok(Math.abs(seconds - 18.5 * 3600) < 60, 'by the clock of the database')

    later(18)
    const second = await post(admin, 'ann@example.com', { vehicles: [{ make: 'Kia' }] })
    t.equal(await reasonOf(admin, second), 'auto_responded_recently')
    later(24)
    const third = await post(admin, 'ann@example.com', { vehicles: [{ make: 'Audi' }] })
    t.match(await reasonOf(admin, third), /^auto_responded_recently$/, 'which begins as it is sent')
    later(1)
    const fourth = await post(admin, 'ann@example.com', { vehicles: [{ make: 'BMW' }] })
    t.match(await reasonOf(admin, fourth), /^entry_fits/)
  })

  await t.test('once within the window, by any e-mail or phone', async (t) => {
    const { admin } = await autoRespondingDealer({ windowHours: 10 })
    const contact = { email: 'ann@example.com', phone: '601234567' }
    await postLead(admin, { contact })
    const ask = async (contact: object) => reasonOf(admin, await postLead(admin, { contact }))
    later(1)
    t.match(await ask({ email: 'ANN@example.com' }), /^auto_responded_recently$/)
    t.match(
      await ask({ email: 'b@example.com', phone: '+48601234567' }),
      /^auto_responded_recently$/
    )
    t.match(
      await ask({ email: 'c@example.com', otherEmails: ['ann@example.com'] }),
      /^auto_responded_recently$/
    )
    t.equal(await ask({ email: 'bob@example.com' }), 'entry_fits', 'somebody else is')
    later(9)
    const words = { vehicles: [{ make: 'Kia' }] }
    t.equal(await reasonOf(admin, await postLead(admin, { contact, ...words })), 'entry_fits')
  })

  await t.test(
    'a repeated lead gets no auto-response unless it comes after the window',
    async (t) => {
      const { admin, templateId } = await autoRespondingDealer({ default: null, windowHours: 2 })
      const first = await post(admin, 'ann@example.com')
      t.equal(await reasonOf(admin, first), 'no_entry_fits')
      await publishAutoResponses(admin, { default: { templateId }, windowHours: 2 })
      later(1)
      const second = await post(admin, 'ann@example.com')
      t.equal(second.duplicateOf, first.id)
      t.equal(await reasonOf(admin, second), 'repeats_recent_lead')
      later(1)
      const third = await post(admin, 'ann@example.com')
      t.equal(third.duplicateOf, first.id)
      t.equal(await reasonOf(admin, third), 'entry_fits')
    }
  )

  // Guards the locks of `captureLeads`, and that the record keeps who was answered.
  await t.test('ten simultaneous leads of one person get one auto-response', async (t) => {
    const { admin } = await autoRespondingDealer()
    await openConnections(admin)
    const leads = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const contact = { phone: '601234567', email: `a${index}@example.com` }
        return postLead(admin, { contact, vehicles: [{ make: 'Kia', year: 2000 + index }] })
      })
    )
    const answers = await Promise.all(leads.map(({ id }) => autoResponsesOf(admin, id)))
    t.equal(answers.flat().length, 1)
  })

  await t.test('the installation, the dealer and its people are not', async (t) => {
    const { admin, withUser } = await autoRespondingDealer()
    const { email } = await withUser()
    await admin('PATCH', '/v1/dealer', {
      settings: { leadAddress: 'leads@dealer.test', adfAddress: 'Adf@dealer.test' }
    })
    for (const own of [
      ...[email, 'hello@dealer.test', 'Leads@dealer.test', 'adf@dealer.test'],
      'desk@leadyard.test'
    ]) {
      t.equal(await reasonOf(admin, await post(admin, own)), 'own_address', own)
    }
    const neighbour = await post(admin, 'somebody@leadyard.test')
    t.equal(await reasonOf(admin, neighbour), 'entry_fits', 'of that domain alone')
  })

  await t.test('suppressed addresses are not, whichever the person gives', async (t) => {
    const { admin, id } = await autoRespondingDealer()
    await database.db.transaction(id, (tx) =>
      tx.orm.insert(suppressions).values({
        ...{ dealerId: id, id: newId(), emailKey: 'ann@example.com', reason: 'unsubscribed' },
        ...{ leadId: null, actorType: SYSTEM_ACTOR.type, actorId: null, createdAt: now }
      })
    )
    for (const contact of [
      { email: 'Ann@Example.com' },
      { email: 'other@example.com', otherEmails: ['ann@example.com'] }
    ]) {
      const lead = await postLead(admin, { contact })
      t.equal(await reasonOf(admin, lead), 'address_suppressed')
    }
    const elsewhere = await autoRespondingDealer()
    const lead = await post(elsewhere.admin, 'ann@example.com')
    t.equal(await reasonOf(elsewhere.admin, lead), 'entry_fits', 'another dealer may')
  })

  await t.test('not tests, machines, and those without an e-mail', async (t) => {
    const { admin } = await autoRespondingDealer()
    const ask = async (words: object) => reasonOf(admin, await postLead(admin, words))
    t.equal(await ask({ isTest: true }), 'test_lead')
    t.equal(await ask({ contact: { phone: '601234567' } }), 'no_usable_email')
    t.match(await ask({ contact: { email: 'no-reply@portal.example' } }), /^automatic_/)
    t.match(await ask({ attribution: { autoSubmitted: 'auto-replied' } }), /^automatic_/)
    t.match(await ask({ message: 'Abwesenheitsnotiz: Urlaub' }), /^automatic_/)
  })

  await t.test('a held lead is, once it is released', async (t) => {
    const { admin } = await autoRespondingDealer({ quietHours: { from: '20:00', to: '08:00' } })
    const held = await postQuarantinedLead(admin, '<email>ann@</email>')
    t.equal(held.outcome, 'quarantined')
    t.equal(await reasonOf(admin, held), 'quarantined')
    const contact = { firstName: 'Ann', email: 'ann@example.com' }
    await admin('PATCH', `/v1/leads/${held.id}`, { contact })
    later(9)
    const released = await admin('POST', `/v1/leads/${held.id}/release`)
    t.equal(released.status, 200)
    t.equal(await reasonOf(admin, held), 'entry_fits_after_quiet_hours', 'of that night')
    const autoResponse = only(await autoResponsesOf(admin, held.id))
    t.equal(autoResponse.nextAttemptAt, '2026-11-22T07:00:00.000Z')
    t.ok(Math.abs((await dueIn(autoResponse.id)) - 10 * 3600) < 60)
    later(1)
    const again = await post(admin, 'ann@example.com', { vehicles: [{ make: 'Kia' }] })
    t.match(await reasonOf(admin, again), /^auto_responded_recently$/, 'and that is remembered')
  })

  await t.test('with the consent that an entry asks for', async (t) => {
    const { admin, templateId } = await autoRespondingDealer()
    const consent = { purpose: 'communication' }
    const entry = { name: 'With consent', templateId, consent }
    await publishAutoResponses(admin, { entries: [entry], default: { templateId } })
    const say = (granted: boolean, channel: string | null = 'email') => ({
      consents: [{ purpose: 'communication', channel, granted }]
    })
    const ask = async (words: object) => reasonOf(admin, await postLead(admin, words))
    t.equal(await ask({}), 'consent_missing')
    t.equal(await ask(say(false)), 'consent_refused')
    t.equal(await ask(say(true)), 'entry_fits')
    t.equal(await ask(say(true, null)), 'entry_fits')

    const contact = { firstName: 'Ann', lastName: 'Lee', email: 'known@example.com' }
    const first = await postLead(admin, { contact, ...say(false) })
    await admin('POST', `/v1/leads/${first.id}/convert`, {})
    const second = await postLead(admin, { contact, ...say(true), vehicles: [{ make: 'Kia' }] })
    t.equal(await reasonOf(admin, second), 'consent_refused')
  })

  await t.test('an answer that was called off is none', async (t) => {
    const { admin, id } = await autoRespondingDealer()
    const first = await post(admin, 'ann@example.com')
    const autoResponse = only(await autoResponsesOf(admin, first.id))
    await asDealer(id, `update deliveries set state = 'cancelled' where id = $1`, autoResponse.id)
    later(1)
    const second = await post(admin, 'ann@example.com', { vehicles: [{ make: 'Kia' }] })
    t.equal(await reasonOf(admin, second), 'entry_fits')
  })

  await t.test('a switchboard’s number says nothing about who was answered', async (t) => {
    const { admin, id } = await autoRespondingDealer()
    const contact = (email: string) => ({ email, phone: '601234567' })
    await postLead(admin, { contact: contact('ann@example.com') })
    t.match(
      await reasonOf(admin, await postLead(admin, { contact: contact('bob@example.com') })),
      /^auto_responded_recently$/
    )
    await asDealer(
      id,
      `insert into match_keys (dealer_id, key, record_type, record_id)
       select $1, k, 'lead', gen_random_uuid() from unnest(array['p:+48601234567',
         'e:ann@example.com']) k, generate_series(1, 101)`,
      id
    )
    t.equal(
      await reasonOf(admin, await postLead(admin, { contact: contact('eve@example.com') })),
      'entry_fits'
    )
    t.match(
      await reasonOf(admin, await postLead(admin, { contact: contact('ann@example.com') })),
      /^auto_responded_recently$/,
      'an e-mail does, however many leads it has'
    )
  })

  await t.test('two prospects of one document get one auto-response', async (t) => {
    const { admin } = await autoRespondingDealer()
    const prospect = (make: string) => `<prospect><vehicle><make>${make}</make></vehicle><customer>
      <contact><name part="full">Ann Lee</name><email>ann@example.com</email></contact></customer></prospect>`
    const { status, body } = await admin(
      'POST',
      '/v1/leads',
      `<adf>${prospect('Kia')}${prospect('Audi')}</adf>`,
      { 'content-type': 'application/xml' }
    )
    t.equal(status, 201)
    const reasons = []
    for (const lead of body.data) reasons.push(await reasonOf(admin, lead))
    t.strictSame(reasons, ['entry_fits', 'auto_responded_recently'])
  })

  await t.test('a mail that waited is dated when it is written, not in the night', async (t) => {
    const { admin, id: dealerId } = await autoRespondingDealer({
      quietHours: { from: '12:00', to: '07:30' }
    })
    const lead = await post(admin, 'ann@example.com')
    const autoResponse = only(await autoResponsesOf(admin, lead.id))
    const morning = new Date(must(autoResponse.nextAttemptAt))
    t.ok(morning > now)
    const { mail } = deliveryContext(database.db).channels
    const composed = await database.db.transaction(dealerId, async (tx) => {
      const delivery = await lockDelivery(tx, autoResponse.id)
      const prepared =
        delivery && (await mail.prepare(new DeliveryFacts(tx, [lead.id]), delivery, morning))
      if (!prepared || 'obstacle' in prepared) throw new Error('it is not to be sent')
      return await mail.compose(delivery, prepared, morning)
    })
    if ('refusal' in composed) throw new Error(composed.refusal.code)
    const { date } = await PostalMime.parse(composed.message)
    t.equal(date, morning.toISOString())
  })

  /** Runs one statement as the owner, who is no other than a tenant to row security. */
  async function asDealer(dealerId: string, statement: string, value: string) {
    return await asClient(database.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(`select set_config('app.tenant', $1, true)`, [dealerId])
      const { rows } = await client.query(statement, [value])
      await client.query('commit')
      return rows
    })
  }

  /** In how many seconds the worker takes a delivery. */
  async function dueIn(deliveryId: string): Promise<number> {
    return await asClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ seconds: number }>(
        `select extract(epoch from due_at - now())::float8 as seconds
         from deliveries where id = $1 and state = 'pending'`,
        [deliveryId]
      )
      return only(rows).seconds
    })
  }
})
