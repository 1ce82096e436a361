import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import PostalMime from 'postal-mime'
import t from 'tap'

import type { DeliveryReport } from '../../src/worker/deliveries/delivery-context.ts'
import { MAX_INTERRUPTIONS, adfMailTo } from '../../src/domain/deliveries/delivery.ts'
import type {
  MailPurpose,
  PlannedDelivery,
  SendOutcome
} from '../../src/domain/deliveries/delivery.ts'
import { because } from '../../src/domain/reasons/reasons.ts'
import { createDeliveries } from '../../src/repositories/deliveries/deliveries.ts'
import { updateLead } from '../../src/repositories/leads/leads.ts'
import { deliverNow } from '../support/deliver-now.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { LATER, SENT, contextOf, deliveryContext } from '../support/delivery-context.ts'
import { must } from '../support/must.ts'

void t.test('one delivery, attempt by attempt', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { db } = database

  /** A lead, and one delivery of it that no worker has heard of. */
  async function owe(
    dealer: TestDealer,
    address = 'leads@dealer.test',
    purpose: MailPurpose | 'dealer_adf' = 'dealer_mail',
    lead: object = {}
  ) {
    const contact = { fullName: 'Ada Łoś', email: 'ada@example.test' }
    // With a key of its own it is no double click of an equal one.
    const made = await dealer.admin(
      'POST',
      '/v1/leads',
      { source: 'website', contact, ...lead },
      { 'idempotency-key': randomUUID() }
    )
    const leadId = made.body.id
    const target = { name: null, address }
    const deliveries: PlannedDelivery[] = [
      purpose === 'dealer_adf' ? adfMailTo(address) : { channel: 'mail', purpose, target }
    ]
    await db.transaction(dealer.id, (tx) =>
      createDeliveries(tx, { leadId, deliveries, mailDomain: 'leadyard.test', now: new Date() })
    )
    const { body } = await dealer.admin('GET', `/v1/leads/${leadId}/deliveries?purpose=${purpose}`)
    return { leadId, key: { dealerId: dealer.id, deliveryId: must(body.data[0]).id } }
  }

  const read = async (dealer: TestDealer, { deliveryId }: { deliveryId: string }) =>
    (await dealer.admin('GET', `/v1/deliveries/${deliveryId}`)).body

  await t.test('a sent one says so, with its attempt and its event', async (t) => {
    const dealer = await createDealer()
    const { key, leadId } = await owe(dealer)
    const { context, handed } = contextOf(db)
    t.equal((await dealer.admin('GET', `/v1/deliveries/${key.deliveryId}/message`)).status, 404)
    t.equal((await deliverNow(context, key)).verdict, 'sent')
    const delivery = await read(dealer, key)
    t.hasStrict(delivery, { state: 'sent', attemptCount: 1, nextAttemptAt: null, reason: null })
    t.hasStrict(delivery.attempts, [{ number: 1, outcome: 'sent', ...SENT.reason }])
    t.not(delivery.sentAt, null)
    const events = await dealer.admin('GET', `/v1/events?leadId=${leadId}`)
    t.ok(events.body.data.some(({ type }: { type: string }) => type === 'delivery.sent'))

    const message = await dealer.admin('GET', `/v1/deliveries/${key.deliveryId}/message`)
    const [shown, sent] = [message.text, must(handed[0]).raw.toString('utf8')].map((raw) =>
      PostalMime.parse(raw)
    )
    const withoutLink = (text = '') => text.replaceAll(/\/l\/[\w*-]+/g, '/l/')
    t.equal(withoutLink((await shown)?.text), withoutLink((await sent)?.text), 'as it was sent')
    t.equal(withoutLink((await shown)?.html), withoutLink((await sent)?.html))
    t.match((await shown)?.text, '/l/***', 'but for the link of the recipient')
    t.match(message.text, `Message-ID: ${delivery.messageId}`)
    t.match(handed[0]?.envelope, { from: 'desk@leadyard.test', to: 'leads@dealer.test' })

    t.equal((await deliverNow(context, key)).verdict, 'skipped', 'a second job sends nothing')
    t.equal(handed.length, 1)
  })

  await t.test(
    'every attempt sends the same bytes, at growing pauses, then it failed',
    async (t) => {
      const dealer = await createDealer()
      const { key, leadId } = await owe(dealer)
      const { context, handed } = contextOf(db, LATER, LATER, LATER)
      const waits: number[] = []
      for (const verdict of ['retry', 'retry', 'failed']) {
        t.equal((await deliverNow(context, key)).verdict, verdict)
        const { nextAttemptAt, updatedAt } = await read(dealer, key)
        if (nextAttemptAt) waits.push(Date.parse(nextAttemptAt) - Date.parse(updatedAt))
        // What comes of a lead later is not in the message: it was composed once.
        await dealer.admin('PATCH', `/v1/leads/${leadId}`, { message: `changed ${verdict}` })
      }
      t.strictSame(waits, [10_000, 20_000])
      t.equal(new Set(handed.map(({ raw }) => raw.toString())).size, 1)
      t.equal(new Set(handed.map(({ messageId }) => messageId)).size, 1)
      t.hasStrict(await read(dealer, key), { state: 'failed', reason: LATER.reason })
      const { body } = await dealer.admin('GET', `/v1/events?leadId=${leadId}`)
      t.equal(
        body.data.filter(({ type }: { type: string }) => type === 'delivery.failed').length,
        1
      )

      const retried = await dealer.admin('POST', `/v1/deliveries/${key.deliveryId}/retry`)
      t.hasStrict(retried.body, { state: 'pending', attemptCount: 3 })
      t.equal(
        (await deliverNow(contextOf(db, LATER).context, key)).verdict,
        'retry',
        'a new round of attempts'
      )
      t.equal((await deliverNow(context, key)).verdict, 'sent')
      const { attempts } = await read(dealer, key)
      t.strictSame(
        attempts.map(({ number }: { number: number }) => number),
        [1, 2, 3, 4, 5]
      )
    }
  )

  await t.test('a reply to a mail about a lead goes to the person, where that is on', async (t) => {
    const dealer = await createDealer()
    const replyTo = async (purpose?: MailPurpose | 'dealer_adf', contact: object = {}) => {
      const lead = {
        contact: { fullName: 'Łoś\r\nBcc: z z', email: 'ada@example.test', ...contact }
      }
      const { key } = await owe(dealer, 'leads@dealer.test', purpose, lead)
      const { context, handed } = contextOf(db)
      t.equal((await deliverNow(context, key)).verdict, 'sent')
      const raw = must(handed[0]).raw
      t.notMatch(raw.toString('latin1'), /^bcc:/im, 'a name is no header')
      return (await PostalMime.parse(raw)).replyTo
    }
    const person = [{ name: 'Łoś Bcc: z z', address: 'ada@example.test' }]
    t.strictSame(await replyTo(), person)
    t.strictSame(await replyTo('test_mail'), person)
    t.equal(await replyTo('dealer_adf'), undefined, 'a CRM sends no reply')
    const unreachable = { email: 'ada at example', phone: '+48601234567' }
    t.equal(await replyTo('dealer_mail', unreachable), undefined, 'an address that is not valid')
    await dealer.admin('PATCH', '/v1/dealer', { settings: { replyToPerson: false } })
    t.equal(await replyTo(), undefined, 'the setting is off')
  })

  await t.test('a permanent refusal is not tried again', async (t) => {
    const dealer = await createDealer()
    const { key } = await owe(dealer)
    const refusal: SendOutcome = {
      state: 'refused',
      reason: because('receiver_response', { response: '550 No such mailbox' })
    }
    t.equal((await deliverNow(contextOf(db, refusal).context, key)).verdict, 'failed')
    t.hasStrict(await read(dealer, key), { state: 'failed', reason: refusal.reason })
    const odd = await owe(dealer, 'not an address')
    t.equal((await deliverNow(contextOf(db).context, odd.key)).verdict, 'failed')
    t.hasStrict((await read(dealer, odd.key)).attempts, [{ outcome: 'refused' }])
  })

  // Guards the fence in `finishAttempt`: let it record whatever comes, and this fails.
  await t.test('an attempt that wakes up after another took over has no say', async (t) => {
    const dealer = await createDealer()
    const { key } = await owe(dealer)
    const { context, handed } = contextOf(db, async () => {
      const second = await deliverNow(contextOf(db, LATER).context, key)
      t.equal(second.verdict, 'retry')
      return SENT
    })
    t.equal((await deliverNow(context, key)).verdict, 'stale')
    const delivery = await read(dealer, key)
    t.hasStrict(delivery, { state: 'pending', attemptCount: 2, reason: LATER.reason })
    t.hasStrict(delivery.attempts, [
      { number: 1, outcome: 'retry', code: 'worker_interrupted' },
      { number: 2, outcome: 'retry', ...LATER.reason }
    ])
    t.equal(handed.length, 1)
  })

  // Guards the attempt's number in the fence of `finishAttempt`: both attempts are under way.
  await t.test('an attempt that wakes up while another still sends has no say', async (t) => {
    const dealer = await createDealer()
    const { key } = await owe(dealer)
    let finish = (): void => undefined
    const finished = new Promise<void>((resolve) => (finish = resolve))
    let second = Promise.resolve<DeliveryReport | null>(null)
    const { context } = contextOf(db, async () => {
      await new Promise<void>((begun) => {
        const sending = async () => {
          begun()
          await finished
          return SENT
        }
        second = deliverNow(contextOf(db, sending).context, key)
      })
      return LATER
    })
    t.equal((await deliverNow(context, key)).verdict, 'stale')
    const during = await read(dealer, key)
    t.hasStrict(during, { state: 'pending', attemptCount: 2, nextAttemptAt: null, reason: null })
    t.hasStrict(during.attempts, [{ number: 1, outcome: 'retry', code: 'worker_interrupted' }])
    finish()
    t.equal((await second)?.verdict, 'sent')
    const delivery = await read(dealer, key)
    t.hasStrict(delivery, { state: 'sent', attemptCount: 2 })
    t.hasStrict(delivery.attempts[1], { number: 2, outcome: 'sent', ...SENT.reason })
  })

  await t.test(
    'a delivery that is never seen to end is given up, not tried for ever',
    async (t) => {
      const dealer = await createDealer()
      const { key } = await owe(dealer)
      const verdicts: string[] = []
      const dying = deliveryContext(db, { send: () => new Promise(() => undefined) })
      for (let begun = 1; begun <= MAX_INTERRUPTIONS; begun++) {
        void deliverNow(dying, key)
        while ((await read(dealer, key)).attemptCount < begun) await wait(5)
      }
      verdicts.push((await deliverNow(contextOf(db).context, key)).verdict)
      t.strictSame(verdicts, ['failed'])
      t.hasStrict(await read(dealer, key), {
        state: 'failed',
        reason: { code: 'worker_interrupted' }
      })
    }
  )

  await t.test('a fault of ours in composing is a failed attempt, told by its kind', async (t) => {
    const dealer = await createDealer()
    const { key } = await owe(dealer)
    const { context, handed } = contextOf(db)
    const faulty = deliveryContext(db, { publicUrl: 'no URL: ada@example.test' })
    t.equal((await deliverNow(faulty, key)).verdict, 'retry')
    const { reason } = await read(dealer, key)
    t.hasStrict(reason, because('composition_failed', { error: 'TypeError' }))
    t.equal(handed.length, 0)
    t.equal((await deliverNow(context, key)).verdict, 'sent', 'mended, it is sent')
  })

  // Guards the loop in `record`: without it the mail would be sent a second time.
  await t.test('a database that is away for a moment makes no second mail', async (t) => {
    const dealer = await createDealer()
    const { key } = await owe(dealer)
    const { context, handed } = contextOf(db)
    let failures = 2
    const flaky = Object.assign(Object.create(db) as typeof db, {
      transaction: async (...words: Parameters<typeof db.transaction>) => {
        if (handed.length > 0 && failures-- > 0) throw new Error('away')
        return await db.transaction(...words)
      }
    })
    t.equal((await deliverNow({ ...context, db: flaky }, key)).verdict, 'sent')
    t.equal((await read(dealer, key)).attempts.length, 1)
  })

  await t.test('nobody is told who is not to know any more', async (t) => {
    const dealer = await createDealer()
    const leaver = await dealer.withUser()
    const left = await owe(dealer, leaver.email, 'assignee_mail', { assignee: leaver.id })
    const other = await dealer.withUser()
    const moved = await owe(dealer, leaver.email, 'responsible_mail')
    const passed = await owe(dealer, other.email, 'assignee_mail', { assignee: leaver.id })
    const held = await owe(dealer)
    const promoted = await owe(dealer, 'p@promoter.test', 'promoter_mail')
    await db.transaction(dealer.id, (tx) =>
      updateLead(tx, held.leadId, { quarantineReason: 'unreachable' }, new Date())
    )
    await asClient(database.ownerUrl, (client) =>
      client.query('update users set active = false where id = $1', [leaver.id])
    )
    for (const [{ key }, code] of [
      [left, 'user_inactive'],
      [moved, 'user_inactive'],
      [passed, 'lead_reassigned'],
      [held, 'quarantined'],
      [promoted, 'promoter_inactive']
    ] as const) {
      const { context, handed } = contextOf(db)
      t.equal((await deliverNow(context, key)).verdict, 'cancelled', code)
      t.hasStrict(await read(dealer, key), { state: 'cancelled', reason: { code }, attempts: [] })
      t.equal(handed.length, 0)
      const url = `/v1/deliveries/${key.deliveryId}` as const
      t.equal((await dealer.admin('POST', `${url}/retry`)).status, 409)
    }
  })

  await t.test('each purpose has its own message', async (t) => {
    const dealer = await createDealer({ adfPlacement: 'attachment' })
    const user = await dealer.withUser()
    const subjects: string[] = []
    for (const [purpose, address] of [
      ['assignee_mail', user.email],
      ['dealer_mail', 'leads@dealer.test'],
      ['test_mail', 'test@dealer.test'],
      ['dealer_adf', 'adf@dealer.test']
    ] as const) {
      const { key } = await owe(dealer, address, purpose, { assignee: user.id })
      const { context, handed } = contextOf(db)
      t.equal((await deliverNow(context, key)).verdict, 'sent')
      const raw = handed[0]?.raw.toString() ?? ''
      subjects.push(/^Subject: (.*)$/m.exec(raw)?.[1]?.trim() ?? '')
      t.equal(raw.includes('application/xml'), purpose === 'dealer_adf')
    }
    t.equal(new Set(subjects.map((subject) => subject.slice(0, 24))).size, 4, subjects.join('; '))
  })
})
