import t from 'tap'
import type { Test } from 'tap'

import { deliverNow } from '../support/deliver-now.ts'
import { autoResponsesOf, makeTemplate, publishAutoResponses } from '../support/auto-responses.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import { postLead } from '../support/leads.ts'
import { LATER, contextOf } from '../support/delivery-context.ts'
import { only, must } from '../support/must.ts'

const CONSENT = { purpose: 'communication', channel: 'email', granted: true }
const NO_AUTO_RESPONSE = { purpose: 'auto_response', channel: 'email', granted: false }

void t.test('an auto-response and what the person says after the lead came', async (t) => {
  const { createDealer, call, database } = await createTestApp(t)
  const { db } = database

  /** A dealer with rules for auto-responses, and a lead whose auto-response waits to be sent. */
  async function enqueued(lead: object = {}, rule: object = {}) {
    const dealer = await createDealer()
    const templateId = await makeTemplate(database, dealer)
    await publishAutoResponses(dealer.admin, { default: { templateId, ...rule } })
    const { id } = await postLead(dealer.admin, lead)
    return { dealer, leadId: id, key: await keyOf(dealer, id) }
  }
  async function keyOf({ id: dealerId, admin }: TestDealer, leadId: string) {
    const [delivery, ...others] = await autoResponsesOf(admin, leadId)
    if (delivery?.state !== 'pending' || others.length > 0) {
      throw new Error(`not one auto-response waits: ${JSON.stringify(others)}`)
    }
    return { dealerId, deliveryId: delivery.id }
  }
  const say = async ({ admin }: TestDealer, path: string, statement: object) => {
    const { status, text } = await admin('POST', `/v1/${path}/consents`, statement)
    if (status !== 201) throw new Error(text)
  }
  const convert = async ({ admin }: TestDealer, leadId: string) => {
    const { status, body } = await admin('POST', `/v1/leads/${leadId}/convert`, {})
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body.client.id
  }

  const REFUSALS = {
    'automatic responses by e-mail': NO_AUTO_RESPONSE,
    'automatic responses by any channel': { ...NO_AUTO_RESPONSE, channel: null },
    'automatic responses, in other letters': { ...NO_AUTO_RESPONSE, purpose: 'AUTO_RESPONSE' },
    'the consent that the rule needs': { ...CONSENT, granted: false },
    'the consent that the rule needs, by any channel': {
      ...CONSENT,
      channel: null,
      granted: false
    }
  }
  const REASONS = ['auto_response_refused', 'consent_refused']

  /** The auto-response is cancelled with a reason, and nothing is sent. */
  async function isStopped(
    t: Test,
    { dealer, key, leadId }: Awaited<ReturnType<typeof enqueued>>,
    name: string
  ) {
    const { context, handed } = contextOf(db)
    t.equal((await deliverNow(context, key)).verdict, 'cancelled', name)
    t.strictSame(handed, [], name)
    const { state, reason } = only(await autoResponsesOf(dealer.admin, leadId))
    t.equal(state, 'cancelled')
    return must(reason).code
  }

  await t.test('a refusal on the lead stops it', async (t) => {
    for (const [name, refusal] of Object.entries(REFUSALS)) {
      const owed = await enqueued(
        { consents: [CONSENT] },
        { consent: { purpose: 'communication' } }
      )
      await say(owed.dealer, `leads/${owed.leadId}`, refusal)
      t.ok(REASONS.includes(await isStopped(t, owed, name)))
      const retry = await owed.dealer.admin('POST', `/v1/deliveries/${owed.key.deliveryId}/retry`)
      t.equal(retry.status, 409, 'and it can’t be retried')
    }
  })

  await t.test('a refusal on the record of its client stops it', async (t) => {
    for (const [name, refusal] of Object.entries(REFUSALS)) {
      const owed = await enqueued(
        { consents: [CONSENT] },
        { consent: { purpose: 'communication' } }
      )
      const clientId = await convert(owed.dealer, owed.leadId)
      await say(owed.dealer, `clients/${clientId}`, refusal)
      t.ok(REASONS.includes(await isStopped(t, owed, name)))
    }
  })

  await t.test('a link to a client who has refused stops it', async (t) => {
    const owed = await enqueued()
    const { body } = await owed.dealer.admin('POST', '/v1/clients', {
      contact: { fullName: 'Ada' }
    })
    await say(owed.dealer, `clients/${body.id}`, NO_AUTO_RESPONSE)
    const url = `/v1/leads/${owed.leadId}/link` as const
    t.equal((await owed.dealer.admin('POST', url, { clientId: body.id })).status, 201)
    t.equal(await isStopped(t, owed, 'linked'), REASONS[0])
  })

  await t.test(
    'a refusal on the record of a client who is surely the person stops it',
    async (t) => {
      const contact = { firstName: 'Jan', lastName: 'Nowak', email: 'jan.nowak@example.com' }
      for (const isKnownBefore of [true, false]) {
        const dealer = await createDealer()
        const templateId = await makeTemplate(database, dealer)
        await publishAutoResponses(dealer.admin, { default: { templateId } })
        const create = async () => (await dealer.admin('POST', '/v1/clients', { contact })).body.id
        const known = isKnownBefore ? await create() : null
        const { id: leadId } = await postLead(dealer.admin, { contact })
        const key = await keyOf(dealer, leadId)
        await say(dealer, `clients/${known ?? (await create())}`, NO_AUTO_RESPONSE)
        t.equal(await isStopped(t, { dealer, leadId, key }, 'matched'), REASONS[0])
      }
    }
  )

  await t.test('a refusal of another person with the same e-mail address does not', async (t) => {
    const email = 'family@example.com'
    const { dealer, key } = await enqueued({
      contact: { firstName: 'Jan', lastName: 'Nowak', email }
    })
    const contact = { firstName: 'Zofia', lastName: 'Kowal', email }
    const { body } = await dealer.admin('POST', '/v1/clients', { contact })
    await say(dealer, `clients/${body.id}`, NO_AUTO_RESPONSE)
    t.equal((await deliverNow(contextOf(db).context, key)).verdict, 'sent')
  })

  await t.test('a merge of its client into one who has refused stops it', async (t) => {
    const owed = await enqueued()
    const { admin } = owed.dealer
    const clientId = await convert(owed.dealer, owed.leadId)
    const { body } = await admin('POST', '/v1/clients', { contact: { fullName: 'Ada' } })
    await say(owed.dealer, `clients/${body.id}`, NO_AUTO_RESPONSE)
    const merged = await admin('POST', `/v1/clients/${body.id}/merge`, { clientId })
    t.equal(merged.status, 201)
    t.equal(await isStopped(t, owed, 'merged'), REASONS[0])
  })

  await t.test('a refusal after a failed attempt stops the next one', async (t) => {
    const owed = await enqueued()
    t.equal((await deliverNow(contextOf(db, LATER).context, owed.key)).verdict, 'retry')
    await say(owed.dealer, `leads/${owed.leadId}`, NO_AUTO_RESPONSE)
    t.equal(await isStopped(t, owed, 'the second attempt'), REASONS[0])
  })

  await t.test('a refusal that was taken back, or is about something else, does not', async (t) => {
    const others = {
      'taken back': [NO_AUTO_RESPONSE, { ...NO_AUTO_RESPONSE, granted: true }],
      'another purpose': [{ ...NO_AUTO_RESPONSE, purpose: 'marketing' }],
      'another channel': [{ ...NO_AUTO_RESPONSE, channel: 'sms' }]
    }
    for (const [name, statements] of Object.entries(others)) {
      const { dealer, leadId, key } = await enqueued()
      for (const statement of statements) await say(dealer, `leads/${leadId}`, statement)
      const { context, handed } = contextOf(db)
      t.equal((await deliverNow(context, key)).verdict, 'sent', name)
      t.equal(handed.length, 1)
    }
  })

  await t.test('a suppressed address gets none, in whatever letters it is written', async (t) => {
    const owed = await enqueued({ contact: { firstName: 'Ada', email: 'Ada.Lis@Example.com' } })
    const body = { email: 'ADA.LIS@example.com' }
    t.equal((await owed.dealer.admin('POST', '/v1/suppressions', body)).status, 201)
    t.equal(await isStopped(t, owed, 'suppressed'), 'address_suppressed')
  })

  // Guards the comparison form of the address in the link: without it the next mail is sent.
  await t.test('an unsubscribe by an address with capitals ends all mail to it', async (t) => {
    const contact = { firstName: 'Ada', email: 'Ada.Lis@Example.com' }
    const { dealer, key, leadId } = await enqueued({ contact })
    const { context, handed } = contextOf(db)
    t.equal((await deliverNow(context, key)).verdict, 'sent')
    t.equal(handed[0]?.envelope.to, 'Ada.Lis@example.com', 'sent as it was given')
    const [, url = ''] = /<http:\/\/leadyard\.test(\/u\/\w+)>/.exec(String(handed[0]?.raw)) ?? []

    const waiting = await postLead(dealer.admin, { contact: { email: 'other@example.com' } })
    const waitingKey = await keyOf(dealer, waiting.id)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const payload = 'List-Unsubscribe=One-Click'
    t.equal((await call(null, { method: 'POST', url, headers, payload })).status, 200)
    const { body } = await dealer.admin('GET', '/v1/suppressions')
    t.match(body.data, [{ email: 'ada.lis@example.com', reason: 'unsubscribed', leadId }])

    for (const email of ['Ada.Lis@Example.com', 'ada.lis@example.com', 'ADA.LIS@EXAMPLE.COM']) {
      const vehicles = [{ make: `Kia ${email}` }]
      const lead = await postLead(dealer.admin, { contact: { firstName: 'Ada', email }, vehicles })
      t.strictSame(await autoResponsesOf(dealer.admin, lead.id), [], email)
    }
    t.equal(
      (await deliverNow(context, waitingKey)).verdict,
      'sent',
      'another person still gets theirs'
    )
  })
})
