import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { checkLists } from '../../../support/reports.ts'
import type { Caller, TestResponse } from '../../../support/response.ts'

type Row = TestResponse['body']

const DAY = 'from=2026-11-10&to=2026-11-10'

/** The times of one duration. */
const one = (seconds: number) => ({
  count: 1,
  seconds: { mean: seconds, median: seconds, p90: seconds }
})

void t.test('the numbers of one day, counted by hand', async (t) => {
  let time = new Date('2026-11-10T08:00:00Z')
  const at = (clock: string) => {
    time = new Date(`2026-11-10T${clock}:00Z`)
  }
  const { createDealer } = await createTestApp(t, { now: () => time })
  const { admin, withUser } = await createDealer()
  const anna = await withUser({ name: 'Anna', team: 'call_center' })
  const bruno = await withUser({ name: 'Bruno', team: 'online_sales' })
  const celina = await withUser({ name: 'Celina', team: 'store_sales' })
  const groups = await findStatusIds(admin)
  const ask = async (call: Caller, url: string, body: object = {}) => {
    const answer = await call('POST', url, body)
    t.ok(answer.status < 300, `${url} ${answer.text}`)
    return answer.body
  }
  const did = (user: { id: string; call: Caller }, leadId: string, what: object) =>
    ask(user.call, '/v1/activities', { state: 'done', userId: user.id, leadId, ...what })
  const give = (leadId: string, user: { id: string }) =>
    ask(admin, `/v1/leads/${leadId}/assign`, { assigneeId: user.id })

  // The day: three leads of Anna, one of Bruno. Anna calls the first, then it goes to Bruno, who
  // writes, and to Celina, who takes a reservation. Bruno gets the second before any contact, and
  // calls. He sets a status of his own. Anna does nothing about her last.
  const sold = await postLead(admin, { assignee: anna.id })
  const passed = await postLead(admin, { assignee: anna.id })
  const ownOfBruno = await postLead(admin, { assignee: bruno.id })
  await postLead(admin, { assignee: anna.id })
  at('08:20')
  await did(anna, sold.id, { type: 'call', outcome: 'reached' })
  at('08:30')
  await give(sold.id, bruno)
  await give(passed.id, bruno)
  at('08:40')
  await did(bruno, sold.id, { type: 'email', outcome: 'sent' })
  // Reservations that came to nothing are none.
  await did(bruno, sold.id, { type: 'reservation', outcome: 'withdrawn' })
  await did(bruno, sold.id, { type: 'reservation', outcome: 'expired' })
  at('09:00')
  await did(bruno, passed.id, { type: 'call', outcome: 'no_answer' })
  await ask(bruno.call, `/v1/leads/${ownOfBruno.id}/status`, { statusId: groups.working })
  at('09:30')
  await give(sold.id, celina)
  await did(celina, sold.id, { type: 'reservation' })
  at('10:00')
  const converted = await ask(celina.call, `/v1/leads/${sold.id}/convert`, {
    opportunity: { name: 'Ceed', amount: { amount: '79900.00', currency: 'PLN' } }
  })
  at('11:00')
  const won = await celina.call('PATCH', `/v1/opportunities/${converted.opportunity.id}`, {
    stage: 'won'
  })
  t.equal(won.status, 200, won.text)

  const read = async (url: string, call = admin) => {
    const answer = await call('GET', url)
    t.equal(answer.status, 200, answer.text)
    return answer.body
  }
  const times = `/v1/reports/response-times?${DAY}` as const
  const team = `/v1/reports/team?${DAY}` as const

  await t.test('a won opportunity sells its lead: one sale, linked both ways', async (t) => {
    const { data } = (await admin('GET', `/v1/sales?lead=${sold.id}`)).body
    t.equal(data.length, 1)
    t.hasStrict(data[0], {
      id: won.body.saleId,
      opportunityId: converted.opportunity.id,
      clientId: converted.client.id,
      amount: { amount: '79900.00', currency: 'PLN' }
    })
    t.equal((await read(`/v1/leads/${sold.id}`)).status.group, 'sold')
    const url = `/v1/opportunities/${converted.opportunity.id}`
    await admin('PATCH', url, { stage: 'negotiation' })
    await admin('PATCH', url, { stage: 'won' })
    t.equal((await read(`/v1/sales?lead=${sold.id}`)).data.length, 1, 'still one')
  })

  await t.test('a first contact is of the user who made it, after the lead went on', async (t) => {
    const { rows, total } = await read(`${times}&by=user`)
    t.strictSame(
      rows.map(({ name, received, leadToContact, leadToReached, leadToClient }: Row) => [
        name,
        received,
        leadToContact.count,
        leadToReached.count,
        leadToClient.count
      ]),
      [
        ['Anna', 3, 1, 1, 0],
        ['Bruno', 3, 1, 0, 0],
        ['Celina', 1, 0, 0, 1]
      ]
    )
    t.hasStrict(rows[0].leadToContact, one(1200), 'twenty minutes')
    t.hasStrict(rows[1].leadToContact, one(3600), 'an hour')
    t.hasStrict(rows[2].leadToClient, one(7200), 'two hours')
    t.equal(total.received, 4, 'each lead once')
    t.equal(total.leadToContact.count, 2)
    for (const row of rows) {
      await checkLists(t, admin, row, {
        '': row.received,
        '&measure=leadToContact': row.leadToContact.count,
        '&measure=leadToReached': row.leadToReached.count,
        '&measure=leadToClient': row.leadToClient.count
      })
    }
  })

  await t.test('user and team are those who had the lead, whoever has it now', async (t) => {
    const numbersOf = async (filter: string) => {
      const { total } = await read(`${times}&${filter}`)
      return [total.received, total.leadToContact.count, total.leadToClient.count]
    }
    t.strictSame(await numbersOf(`user=${anna.id}`), [3, 1, 0])
    t.strictSame(await numbersOf('team=online_sales'), [3, 1, 0])
    t.strictSame(await numbersOf('team=store_sales'), [1, 0, 1])
    t.strictSame(await numbersOf(`team=store_sales&user=${anna.id}`), [0, 0, 0])
    for (const [name, number] of [
      ['sources', 3],
      ['sources-by-month', 3]
    ] as const) {
      const { total } = await read(`/v1/reports/${name}?${DAY}&user=${anna.id}`)
      t.equal(total.received, number, name)
      await checkLists(t, admin, total, { '': number, '&measure=sold': 1 })
    }
  })

  await t.test('a member counts what they did with leads that they see', async (t) => {
    const { total } = await read(times, anna.call)
    t.equal(total.received, 3, 'those that went on too')
    await checkLists(t, anna.call, total, { '': 3, '&measure=leadToContact': 1 })
    const ofCelina = (await read(times, celina.call)).total
    t.equal(ofCelina.leadToClient.count, 1)
  })

  await t.test('handled is worked: who only has a lead has not handled it', async (t) => {
    const { rows } = await read(team)
    const named = ['Anna', 'Bruno', 'Celina', 'Olga Owner']
    t.strictSame(
      rows.map(({ user, handled, reservations, sales, directSales }: Row) => [
        user.name,
        handled,
        reservations,
        sales,
        directSales
      ]),
      [
        [named[0], 1, 0, 0, 0],
        [named[1], 3, 0, 0, 0],
        [named[2], 1, 1, 1, 0],
        [named[3], 0, 0, 0, 0]
      ]
    )
    for (const row of rows) {
      const { handled, reservations, sales } = row
      await checkLists(t, admin, row, {
        '&measure=handled': handled,
        '&measure=reservations': reservations,
        '&measure=sales': sales
      })
    }
  })

  await t.test('incentives pay for work done, and for a reservation', async (t) => {
    const rates = [
      { measure: 'handled', amount: '10.00' },
      { measure: 'reservations', amount: '50.00' },
      { measure: 'directSales', amount: '100.00' }
    ]
    const written = await admin('PUT', '/v1/incentive-rates', { rates }, { 'if-match': '"0"' })
    t.equal(written.status, 200, written.text)
    const { rows, total } = await read(`/v1/reports/incentives?${DAY}`)
    t.strictSame(
      rows.map((row: Row) => row.total.amount),
      ['10.00', '30.00', '60.00', '0.00']
    )
    t.equal(total.amount, '100.00')
  })

  await t.test('a lost opportunity names its open lead, and closes it on request', async (t) => {
    const { id } = await postLead(admin, { assignee: bruno.id, isTest: true })
    const made = await ask(admin, `/v1/leads/${id}/convert`, {
      opportunity: { name: 'Rio' },
      allowDuplicate: true
    })
    const url = `/v1/opportunities/${made.opportunity.id}`
    const lost = await admin('PATCH', url, { stage: 'lost', closeReason: 'too dear' })
    t.hasStrict(lost.body, { openLeadId: id, saleId: null })
    t.equal((await read(`/v1/leads/${id}`)).status.group, 'converted', 'it asks first')
    const closed = await admin('PATCH', url, { closeLead: true })
    t.equal(closed.body.openLeadId, null, closed.text)
    t.equal((await read(`/v1/leads/${id}`)).status.group, 'lost')
  })

  await t.test('a sold lead becomes a client and stays sold, with its sale', async (t) => {
    const { id } = await postLead(admin, { assignee: bruno.id })
    await ask(admin, `/v1/leads/${id}/status`, { statusId: groups.sold })
    const { client, lead } = await ask(admin, `/v1/leads/${id}/convert`, { allowDuplicate: true })
    t.equal(lead.status.group, 'sold')
    t.equal((await read(`/v1/sales?lead=${id}`)).data[0].clientId, client.id)
  })
})
