import { Writable } from 'node:stream'

import ICAL from 'ical.js'
import { pino } from 'pino'
import { sql } from 'drizzle-orm'
import t from 'tap'

import { issueSecret } from '../../../../src/security/credentials.ts'
import { logOptions } from '../../../../src/logging.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { readICalendar, textOf, timeOf, valueOf } from '../../../support/icalendar.ts'
import { postLead } from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'
import { must } from '../../../support/must.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY).toISOString()

void t.test('calendars', async (t) => {
  const { call, createDealer, database } = await createTestApp(t, { now: () => NOW })
  const add = async (as: Caller, words: object) => {
    const { body, status } = await as('POST', '/v1/activities', { type: 'appointment', ...words })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body
  }
  const subscribe = async (as: Caller): Promise<string> => {
    const { status, body } = await as('POST', '/v1/me/calendar')
    t.equal(status, 201)
    return String(body.url).replace('http://leadyard.test', '')
  }
  const get = async (url: string, headers: Record<string, string> = {}) =>
    await call(null, { method: 'GET', url, headers })
  /** The feed, read by a strict reader and by a library, as its events. */
  const read = async (url: string) => {
    const { status, text, headers } = await get(url)
    t.equal(status, 200)
    t.equal(headers['content-type'], 'text/calendar; charset=utf-8')
    const calendar = readICalendar(text)
    ICAL.parse(text)
    return calendar.components
  }
  const user = async (dealer: TestDealer) => {
    const someone = await dealer.withUser()
    return { ...someone, url: await subscribe(someone.call) }
  }

  await t.test('shows a user’s appointments as what they are', async (t) => {
    const dealer = await createDealer()
    const anna = await user(dealer)
    const lead = await postLead(dealer.admin, {
      assignee: anna.id,
      contact: { fullName: 'Łukasz Żółć', email: 'l@example.pl' },
      vehicles: [
        { interest: 'trade-in', make: 'Opel', model: 'Astra' },
        { interest: 'buy', year: 2022, make: 'Kia', model: 'Ceed' }
      ]
    })
    const made = await add(anna.call, {
      type: 'test_drive',
      leadId: lead.id,
      text: 'Bring the blue one round.',
      dueAt: inDays(1),
      remindAt: inDays(0.9)
    })
    const [event, ...others] = await read(anna.url)
    t.equal(others.length, 0)
    t.equal(valueOf(must(event), 'UID'), made.id)
    t.equal(textOf(must(event), 'SUMMARY'), 'Test drive: Łukasz Żółć, 2022 Kia Ceed')
    const [text, url] = textOf(must(event), 'DESCRIPTION').split('\n\n')
    t.equal(text, 'Bring the blue one round.')
    t.match(url, /^http:\/\/leadyard\.test\/l\/[\w-]+$/)
    const page = await call(null, { method: 'GET', url: new URL(must(url)).pathname })
    t.equal(page.status, 200, 'the link opens the lead')
    t.match(page.text, 'Łukasz Żółć')
    t.equal(timeOf(must(event), 'DTSTART'), inDays(1))
    t.equal(
      timeOf(must(event), 'DTEND'),
      new Date(Date.parse(inDays(1)) + 30 * MINUTE).toISOString()
    )
    t.equal(valueOf(must(event), 'SEQUENCE'), '1')
    t.equal(valueOf(must(event), 'STATUS'), 'CONFIRMED')
    t.equal(timeOf(must(event), 'LAST-MODIFIED'), NOW.toISOString())
    t.equal(timeOf(must(event), 'DTSTAMP'), NOW.toISOString())
    const [alarm] = must(event).components
    t.equal(valueOf(must(alarm), 'ACTION'), 'DISPLAY')
    t.equal(timeOf(must(alarm), 'TRIGGER'), inDays(0.9), 'reminds when it was asked to')
    t.equal(must(must(must(alarm).properties.get('TRIGGER'))[0]).parameters, ';VALUE=DATE-TIME')

    await anna.call('PATCH', `/v1/activities/${made.id}`, { state: 'cancelled' })
    const [cancelled] = await read(anna.url)
    t.equal(valueOf(must(cancelled), 'UID'), made.id, 'the same one')
    t.equal(valueOf(must(cancelled), 'SEQUENCE'), '2')
    t.equal(valueOf(must(cancelled), 'STATUS'), 'CANCELLED')
    t.equal(must(cancelled).components.length, 0)
  })

  await t.test(
    'of one user alone, of the types that have a place in a day, around now',
    async (t) => {
      const dealer = await createDealer()
      const [anna, ben] = [await user(dealer), await user(dealer)]
      const shown: string[] = []
      for (const type of ['call', 'meeting', 'appointment', 'test_drive', 'visit', 'contract']) {
        shown.push((await add(anna.call, { type, dueAt: inDays(shown.length + 1) })).id)
      }
      for (const days of [-89, 364]) shown.push((await add(anna.call, { dueAt: inDays(days) })).id)
      for (const type of ['email', 'offer', 'reservation', 'note']) {
        await add(anna.call, { type, dueAt: inDays(1) })
      }
      await add(anna.call, {})
      for (const days of [-91, 366]) await add(anna.call, { dueAt: inDays(days) })
      const theirs = await add(anna.call, { dueAt: inDays(1), userId: ben.id })
      const uids = async (url: string) =>
        (await read(url)).map((event) => valueOf(event, 'UID')).toSorted()
      t.strictSame(await uids(anna.url), shown.toSorted())
      t.strictSame(await uids(ben.url), [theirs.id])
      t.strictSame((await read((await user(await createDealer())).url)).length, 0)
    }
  )

  await t.test('speaks the dealer’s language', async (t) => {
    const dealer = await createDealer()
    await dealer.admin('PATCH', '/v1/dealer', { locale: 'pl' })
    const anna = await user(dealer)
    await add(anna.call, { type: 'test_drive', dueAt: inDays(1) })
    t.equal(textOf(must((await read(anna.url))[0]), 'SUMMARY'), 'Jazda próbna')
  })

  await t.test('keeps moments on the days when clocks change', async (t) => {
    const anna = await user(await createDealer())
    // In Warsaw: 01:30 and 03:30, an hour apart; then 02:30 twice.
    const moments = [
      '2027-03-28T00:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
      '2027-10-31T00:30:00.000Z',
      '2027-10-31T01:30:00.000Z'
    ]
    for (const dueAt of moments) await add(anna.call, { dueAt })
    const events = await read(anna.url)
    t.strictSame(
      events.map((event) => timeOf(event, 'DTSTART')),
      moments
    )
    for (const event of events) {
      const [from, to] = [timeOf(event, 'DTSTART'), timeOf(event, 'DTEND')]
      t.equal(Date.parse(to) - Date.parse(from), 30 * MINUTE)
    }
  })

  await t.test('takes text as text, whatever it is', async (t) => {
    const dealer = await createDealer()
    const anna = await user(dealer)
    const hostile =
      'a,b;c\\n:"q"\r\nEND:VEVENT\nBEGIN:VEVENT\rUID:x\tű 👩‍👩‍👧‍👦 ' + '😀é'.repeat(100) + '\u0007\u001b'
    const clientUrl = 'https://desk.test/clients/{id}'
    await dealer.admin('PATCH', '/v1/dealer', { settings: { clientUrl } })
    const client = await dealer.admin('POST', '/v1/clients', {
      contact: { fullName: 'Ada\r\nSTATUS:CANCELLED;,\\ 🚗 \u202eevil' },
      responsibleUserId: anna.id
    })
    t.equal(client.status, 201)
    await add(anna.call, { dueAt: inDays(1), text: hostile, clientId: client.body.id })
    const events = await read(anna.url)
    t.equal(events.length, 1, 'it makes no event of its own')
    const [event] = events
    t.equal(valueOf(must(event), 'STATUS'), 'CONFIRMED')
    t.equal(textOf(must(event), 'SUMMARY'), 'Appointment: Ada STATUS:CANCELLED;,\\ 🚗 evil')
    const expected = hostile.replace(/\r\n?/g, '\n').replace('\u0007\u001b', '')
    const link = `https://desk.test/clients/${client.body.id}`
    t.equal(textOf(must(event), 'DESCRIPTION'), `${expected}\n\n${link}`, 'nothing of it is lost')
  })

  await t.test('is the same while nothing changes', async (t) => {
    const anna = await user(await createDealer())
    const { id } = await add(anna.call, { dueAt: inDays(1) })
    const { headers } = await get(anna.url)
    t.equal(headers['cache-control'], 'private, no-cache')
    const etag = String(headers.etag)
    const asked = async (tag: string) => await get(anna.url, { 'if-none-match': tag })
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await asked(tag)
      t.equal(again.status, 304)
      t.equal(again.text, '')
      t.equal(again.headers.etag, etag)
    }
    t.equal((await asked('"x"')).status, 200)
    await anna.call('PATCH', `/v1/activities/${id}`, { text: 'New' })
    const changed = await asked(etag)
    t.equal(changed.status, 200)
    t.not(changed.headers.etag, etag)
  })

  await t.test(
    '404 where the address is wrong, replaced, taken away, or its user gone',
    async (t) => {
      const dealer = await createDealer()
      const anna = await user(dealer)
      const exists = async () => (await anna.call('GET', '/v1/me/calendar')).body.exists
      const status = async (url: string) => (await get(url)).status
      t.equal(await status(anna.url), 200)
      t.equal(await status(anna.url.replace('.ics', '')), 200, 'with or without its ending')
      t.equal(await exists(), true)
      const wrong = issueSecret('lc_', dealer.id).text
      for (const token of [wrong, `${wrong}.ics`, 'lc_', 'x'.repeat(67), anna.url.slice(-66)]) {
        t.equal(await status(`/v1/calendars/${token}`), 404)
      }
      const nobody = issueSecret('lc_', '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e').text
      t.equal(await status(`/v1/calendars/${nobody}.ics`), 404, 'a dealer that is not there')
      const key = issueSecret('lk_live_', dealer.id).text
      t.equal(await status(`/v1/calendars/${key}`), 404)

      const second = await subscribe(anna.call)
      t.equal(await status(anna.url), 404, 'replaced')
      t.equal(await status(second), 200)
      const path = `/v1/users/${anna.id}` as const
      t.equal((await dealer.admin('PATCH', path, { active: false })).status, 200)
      t.equal(await status(second), 404, 'deactivated')
      await dealer.admin('PATCH', path, { active: true })
      t.equal(await status(second), 200)
      t.equal((await anna.call('DELETE', '/v1/me/calendar')).status, 204)
      t.equal(await status(second), 404, 'taken away')
      t.equal(await exists(), false)
      t.equal((await anna.call('DELETE', '/v1/me/calendar')).status, 204)
      const { body } = await dealer.admin('GET', '/v1/events?type=user.updated')
      const calendars = body.data.filter(({ data }: { data: { fields?: string[] } }) =>
        data.fields?.includes('calendar')
      )
      t.equal(calendars.length, 3, 'made, replaced, taken away: once each')
      t.equal((await dealer.admin('POST', '/v1/me/calendar')).status, 403, 'keys have none')
    }
  )

  await t.test('a repeat shows no address and changes none', async (t) => {
    const { call } = await (await createDealer()).withUser()
    const ask = () => call('POST', '/v1/me/calendar', undefined, { 'idempotency-key': 'once' })
    const [first, second] = [await ask(), await ask()]
    t.equal(second.status, 201)
    t.equal(second.body.url, null)
    t.equal((await get(new URL(must(first.body.url)).pathname)).status, 200)
  })

  await t.test('at most 2,000: what is next first', async (t) => {
    const dealer = await createDealer()
    const anna = await user(dealer)
    await database.db.transaction(dealer.id, (tx) =>
      rowsOf(
        tx,
        sql`insert into activities (dealer_id, id, type, state, text, due_at, user_id, version, created_at, updated_at)
         select ${dealer.id}, gen_random_uuid(), 'call', 'planned', 'n ' || n,
                ${NOW.toISOString()}::timestamptz + (n - 1500) * interval '1 hour' / 2, ${anna.id}, 1, ${NOW.toISOString()}, ${NOW.toISOString()}
         from generate_series(0, 3499) n`
      )
    )
    const started = performance.now()
    const { text } = await get(anna.url)
    t.comment(
      `2,000 entries in ${Math.round(performance.now() - started)} ms, ${text.length} bytes`
    )
    const numbers = [...text.matchAll(/DESCRIPTION:n (\d+)/g)].map(([, n]) => Number(n))
    t.equal(numbers.length, 2000)
    t.equal(numbers[0], 1500, 'with more than 2,000 ahead, none of those past')
    t.equal(numbers.at(-1), 3499)
  })

  await t.test('the secret is stored nowhere and logged nowhere', async (t) => {
    const lines: string[] = []
    const stream = new Writable({
      write(line: Buffer, _encoding, done) {
        lines.push(line.toString())
        done()
      }
    })
    const logger = pino(logOptions('trace'), stream)
    const logged = await createTestApp(t, { logger })
    const { call: as, id } = await (await logged.createDealer()).withUser()
    const { body } = await as('POST', '/v1/me/calendar')
    const { pathname } = new URL(must(body.url))
    const secret = pathname.slice('/v1/calendars/'.length, -'.ics'.length)
    for (const url of [
      pathname,
      `${pathname}/x`,
      `${pathname}?x=1`,
      pathname.replace('v1', 'v2')
    ]) {
      await logged.app.inject({ method: 'GET', url })
      await logged.app.inject({ method: 'POST', url })
    }
    const output = lines.join('')
    t.match(output, '"route":"/v1/calendars/:token"', 'there is a log')
    t.notOk(output.includes(secret), 'without the secret')
    t.notOk(output.includes(secret.slice(-32)))
    const [row] = await logged.database.db.transaction(
      (await as('GET', '/v1/me')).body.dealer.id,
      (tx) =>
        rowsOf<{ user: string; answers: string }>(
          tx,
          sql`select (select u::text from users u where id = ${id}) as user,
                  (select string_agg(e::text, '') from events e) as answers`
        )
    )
    t.notOk(JSON.stringify(row).includes(secret))
  })
})
