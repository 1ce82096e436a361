import t from 'tap'

import { ask, mailed, openDealer } from './qualification-scene.ts'
import type { Scene } from './qualification-scene.ts'
import { makeTemplate } from '../support/auto-responses.ts'
import { asClient } from '../support/database.ts'

// The real program, with its worker and outbox: who hears back by itself, and when.

let people = 0

/** A lead of somebody new, unless said otherwise, and the decision on its answer. */
async function post({ owner }: Scene, words: object = {}) {
  people += 1
  const contact = { firstName: 'Ada', email: `p${people}@example.test` }
  const body = { source: 'website', contact, ...words }
  const { id } = await ask(owner, 'POST', '/v1/leads', body)
  return await decided({ owner }, id)
}

async function decided({ owner }: Pick<Scene, 'owner'>, id: string) {
  const { data } = await ask(owner, 'GET', `/v1/leads/${id}/decisions`)
  const decision = data.findLast(({ step }: { step: string }) => step === 'auto_responded')
  return { id, outcome: decision?.outcome, code: decision?.code }
}

async function publish({ owner }: Scene, rules: object) {
  const draft = await ask(owner, 'POST', '/v1/auto-responses', { rules })
  await ask(owner, 'POST', `/v1/auto-responses/${draft.id}/publish`)
  return draft.id as string
}

async function autoResponsesOf({ owner }: Scene, { id }: { id: string }) {
  const path = `/v1/leads/${id}/deliveries?purpose=auto_response` as const
  return (await ask(owner, 'GET', path)).data
}

/** The template whose mail was sent. */
async function templateSent(scene: Scene, { id }: { id: string }): Promise<string | undefined> {
  const [mail] = await mailed(scene, id, 'auto_response', 1)
  const { text } = await scene.owner('GET', `/v1/deliveries/${mail?.id}/message`)
  return /^Subject: (.+?)\r?$/m.exec(text)?.[1]
}

void t.test('auto-responses go to some people, and not to others', async (t) => {
  const scene = await openDealer(t)
  const { owner, dealer, database, program } = scene
  const template = (name: string) => makeTemplate(database, dealer, name)
  const [usual, kias, cars] = [
    await template('Usual'),
    await template('Kias'),
    await template('Cars')
  ]
  const entry = (name: string, templateId: string | null, consent?: object) => ({
    ...{ name, templateId, criteria: { field: 'message', contains: name } },
    ...(consent && { consent })
  })
  const nobody = async (code: string, words: object) => {
    const lead = await post(scene, words)
    t.strictSame([lead.outcome, lead.code], ['none', code])
    t.strictSame(await autoResponsesOf(scene, lead), [])
  }
  const answered = async (templateName: string, words: object) => {
    const lead = await post(scene, words)
    t.equal(await templateSent(scene, lead), templateName)
    return lead
  }

  const silent = await post(scene)
  t.equal(silent.outcome, undefined, 'without rules nobody hears back, and nothing is decided')

  // Two sets, one of them active; the first that fits decides, and else the default.
  const first = await publish(scene, { default: { templateId: kias } })
  const second = await publish(scene, {
    entries: [
      entry('van', null),
      entry('kia', kias),
      entry('car', cars, { purpose: 'communication' })
    ],
    default: { templateId: usual }
  })
  const active = await ask(owner, 'GET', '/v1/auto-responses?state=published')
  t.strictSame(
    active.data.map(({ id }: { id: string }) => id),
    [second]
  )
  await answered('Kias', { message: 'A Kia car' })
  await answered('Usual', { message: 'A boat' })
  await nobody('entry_without_template', { message: 'A Kia van' })

  // Consent.
  const consents = (granted: boolean) => [
    { purpose: 'communication', channel: 'email', granted, text: 'Yes, write to me' }
  ]
  await nobody('consent_missing', { message: 'A car' })
  await nobody('consent_refused', {
    ...{ message: 'A car', consents: consents(false) }
  })
  await answered('Cars', { message: 'A car', consents: consents(true) })

  // Once per person and window.
  const contact = { fullName: 'Bob', email: 'bob@example.test', phone: '601234567' }
  await answered('Usual', { contact })
  for (const [email, make] of [
    ['bob@example.test', 'Audi'],
    ['BOB@example.test', 'BMW'],
    ['bob.other@example.test', 'Seat']
  ] as const) {
    const again = { contact: { ...contact, email }, vehicles: [{ make }] }
    await nobody('auto_responded_recently', again)
  }

  // Automatic senders, tests, and who is held.
  await nobody('automatic_text', {
    message: 'Automatic reply: I am out of the office until Monday.'
  })
  await nobody('automatic_header', {
    attribution: { autoSubmitted: 'auto-replied', subject: 'Urlop' }
  })
  await nobody('automatic_address', {
    contact: { email: 'no-reply@portal.test' }
  })
  await nobody('test_lead', { isTest: true })
  const { id: held } = await postHeld(scene)
  t.strictSame(await decided(scene, held), {
    ...{ id: held, outcome: 'none', code: 'quarantined' }
  })

  // Back to the first set, and off.
  await ask(owner, 'POST', `/v1/auto-responses/${first}/roll-back`)
  await answered('Kias', { message: 'A boat' })
  await publish(scene, {})
  await nobody('no_entry_fits', { message: 'A boat' })
  t.equal(await program.stop(), 0)
})

void t.test('quiet hours over midnight, by the dealer’s clock', async (t) => {
  const scene = await openDealer(t)
  const { owner, dealer, database, program } = scene
  const templateId = await makeTemplate(database, dealer, 'Usual')
  for (const timeZone of ['Europe/Warsaw', 'America/New_York']) {
    await ask(owner, 'PATCH', '/v1/dealer', { timeZone })
    // Nearly all day and night, but for an hour that is over: they reach over midnight.
    const quietHours = {
      from: wallClock(timeZone, Date.now() - HOUR_MS),
      to: wallClock(timeZone, Date.now() - 2 * HOUR_MS)
    }
    await publish(scene, { default: { templateId }, quietHours })
    const lead = await post(scene)
    t.strictSame([lead.outcome, lead.code], ['enqueued', 'entry_fits_after_quiet_hours'])
    const [owed] = await autoResponsesOf(scene, lead)
    t.equal(owed.nextAttemptAt, nextTime(timeZone, quietHours.to), `they end in ${timeZone}`)
    // What is not held back is sent meanwhile.
    const usual = await ask(owner, 'POST', '/v1/leads', {
      ...{ source: 'website', contact: { email: 'staff@example.test' } },
      assignee: scene.anna.id
    })
    await mailed(scene, usual.id, 'assignee_mail', 1)
    t.hasStrict(
      await autoResponsesOf(scene, lead),
      [{ state: 'pending', attemptCount: 0 }],
      'it waits'
    )
    await comeDue(scene, owed.id)
    t.equal(await templateSent(scene, lead), 'Usual', 'and is sent when it is due')
  }
  await publish(scene, { default: { templateId } })
  t.equal(await templateSent(scene, await post(scene)), 'Usual', 'without them it is sent at once')
  t.equal(await program.stop(), 0)
})

const HOUR_MS = 3_600_000

function wallClock(timeZone: string, at: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' })
  return format.format(at)
}

/** When the clocks of a zone next show a time, asked of Intl minute by minute. */
function nextTime(timeZone: string, time: string): string {
  let at = Math.ceil(Date.now() / 60_000) * 60_000
  while (wallClock(timeZone, at) !== time) at += 60_000
  return new Date(at).toISOString()
}

/** A lead with nobody to reach. */
async function postHeld({ owner, program }: Scene): Promise<{ id: string }> {
  const { key } = await ask(owner, 'POST', '/v1/api-keys', { name: 'ADF', scopes: ['write'] })
  const answer = await fetch(`${program.baseUrl}/v1/leads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/xml' },
    body: `<adf><prospect><vehicle><make>Kia</make></vehicle><customer><contact>
      <name part="full">Nobody</name></contact></customer></prospect></adf>`
  })
  const { data } = (await answer.json()) as { data: { id: string }[] }
  const [lead] = data
  if (!lead) throw new Error('the document was not taken in')
  return lead
}

/** As if the time of a delivery had come. */
async function comeDue({ database, dealer }: Scene, deliveryId: string): Promise<void> {
  await asClient(database.ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(`select set_config('app.tenant', $1, true)`, [dealer.id])
    const { rowCount } = await client.query(
      'update deliveries set next_attempt_at = now(), due_at = now() where id = $1',
      [deliveryId]
    )
    await client.query('commit')
    if (rowCount !== 1) throw new Error('there is no delivery')
  })
}
