import t from 'tap'
import type { Test } from 'tap'

import { STAFF_MAIL_PURPOSES } from '../../src/domain/deliveries/delivery.ts'
import { NO_TEAM_COUNTS } from '../../src/domain/reports/team.ts'
import { must } from '../support/must.ts'
import { SCREEN, openDesk, setUp } from './desk-scene.ts'
import type { Desk, Person } from './desk-scene.ts'
import {
  approvePromoter,
  askForLink,
  comeDue,
  handAround,
  leave,
  startClocks,
  undoAssignment
} from './due-scene.ts'
import { namesOf, subjectTo } from './follow-mails.ts'
import { ask } from './qualification-scene.ts'

// A day at a dealer by the real program, told from the side of each of its people: what they do over
// HTTP, what they are told by mail, and that they can open and read what they are told of.

const HOUR = 3_600_000

/** As portals send it. */
const PORTAL_DOCUMENT = `<?xml version="1.0"?><?adf version="1.0"?>
<adf><prospect><vehicle status="used"><make>Seat</make><model>Leon</model></vehicle>
  <customer><contact><name part="full">Ewa Lis</name><phone>602 345 678</phone></contact></customer>
</prospect></adf>`

async function seesInList({ call }: Person, leadId: string): Promise<boolean> {
  const { data } = await ask(call, 'GET', '/v1/leads')
  return data.some(({ id }: { id: string }) => id === leadId)
}

const now = () => new Date().toISOString()

void t.test('a day at a dealer, by role', async (t) => {
  const desk = await setUp(await openDesk(t))
  const leads: Record<string, string> = {}

  await t.test('a salesperson enters a walk-in, has it and works on it', async (t) => {
    leads.bruno = await walkIn(t, desk)
  })
  await t.test('the website’s lead goes to the call centre', async (t) => {
    leads.ada = await fromWebsite(t, desk)
  })
  await t.test('the portal’s document waits in the queue until a member takes it', async (t) => {
    leads.ewa = await fromPortal(t, desk)
  })
  await t.test('the call centre qualifies and hands over, the store takes over', async (t) => {
    await handOver(t, desk, must(leads.ada))
  })
  await t.test('a lead of a colleague’s client is linked, and the colleague told', async (t) => {
    leads.rita = await linkToColleague(t, desk)
  })
  await t.test('a promoter accepts, hands out a link and brings a lead', async (t) => {
    const brought = await bringByPromoter(t, desk)
    leads.cleo = brought.leadId
    await t.test('which is converted, and whose deal is won', async (t) => {
      await winDeal(t, desk, brought)
    })
  })
  await t.test('another one signs up, and those who can approve are told', async (t) => {
    await approvePromoter(t, desk)
  })
  await t.test('the store sells to the person of the website', async (t) => {
    const { sara, statuses } = desk
    const sold = statuses.find(({ group }: { group: string }) => group === 'sold')
    const moved = await ask(sara.call, 'POST', `/v1/leads/${leads.ada}/status`, {
      statusId: sold.id
    })
    t.equal(moved.status.group, 'sold')
    await desk.mails.follow(t)
  })
  await t.test('the reports say who did what', async (t) => {
    await countWork(t, desk)
  })
  await t.test('each entry of a calendar leads to its lead', async (t) => {
    await openCalendar(t, desk)
  })
  // They are the first to wait: meanwhile happens what is told at once.
  await t.test('two leads get a response limit', async (t) => {
    await startClocks(t, desk)
  })
  await t.test('a link that needs a colleague’s consent is asked for, and given', async (t) => {
    await askForLink(t, desk)
  })
  await t.test('an assignment is undone, and both users are told', async (t) => {
    await undoAssignment(t, desk)
  })
  await t.test('a lead and a client go to a colleague, and the users are told', async (t) => {
    await handAround(t, desk)
  })
  await t.test('a user leaves, and owners and admins are told of their open leads', async (t) => {
    await leave(t, desk)
  })
  await t.test('what comes due is told to those who must see to it', async (t) => {
    await comeDue(t, desk, must(leads.ewa))
  })
  await t.test('at the end of the day every link of a user still opens', async (t) => {
    await desk.mails.readAgain(t)
    const purposes = new Set(desk.mails.mails.map(({ purpose }) => purpose))
    for (const purpose of STAFF_MAIL_PURPOSES) {
      // The outbox refuses no mail, of which managers would be told (`failed-mails.test.ts`).
      if (purpose !== 'failed_mail') t.ok(purposes.has(purpose), `${purpose} was sent`)
    }
  })
  await t.test('with screens of the dealer’s own, links lead there', async (t) => {
    await useOwnScreens(t, desk)
  })
  t.equal(await desk.program.stop(), 0)
})

async function walkIn(t: Test, { stefan, sara, mails }: Desk): Promise<string> {
  const contact = { fullName: 'Bruno Walk', email: 'bruno@people.test', phone: '603 000 001' }
  const entered = await stefan.call('POST', '/v1/leads', { source: 'walk-in', contact })
  t.equal(entered.status, 201, entered.text)
  const { id } = entered.body
  t.hasStrict(await ask(stefan.call, 'GET', `/v1/leads/${id}`), { assignee: { id: stefan.id } })
  t.ok(await seesInList(stefan, id))
  t.equal((await sara.call('GET', `/v1/leads/${id}`)).status, 404, 'it is no colleague’s')
  for (const [type, outcome] of [
    ['offer', 'accepted'],
    ['reservation', 'confirmed']
  ]) {
    const done = { type, leadId: id, state: 'done', outcome, doneAt: now() }
    await ask(stefan.call, 'POST', '/v1/activities', done)
  }
  const sent = namesOf(await mails.follow(t))
  t.ok(!sent.some((name) => name.includes(stefan.address)), 'who entered it is not told of it')
  t.ok(sent.includes('dealer_mail desk@auto.test'))
  return id
}

async function fromWebsite(t: Test, { machine, anna, olek, mails }: Desk): Promise<string> {
  const posted = await machine('POST', '/v1/leads', {
    source: 'website',
    contact: { firstName: 'Ada', lastName: 'Nowak', email: 'ada@people.test', language: 'pl' },
    message: 'Is the blue one still there?',
    vehicles: [{ make: 'Kia', model: 'Ceed', condition: 'used' }]
  })
  t.equal(posted.status, 201, posted.text)
  const { id } = posted.body
  const sent = await mails.follow(t)
  t.strictSame(namesOf(sent), [
    'assignee_mail anna@auto.test',
    'auto_response ada@people.test',
    'dealer_adf crm@auto.test',
    'dealer_mail desk@auto.test'
  ])
  t.equal(subjectTo(sent, anna), 'Nowy lead dla Ciebie: Ada Nowak, Kia Ceed')
  const mail = must(sent.find(({ purpose }) => purpose === 'assignee_mail'))
  t.match(mail.text, 'Źródło: Strona internetowa\nStatus: Nowy')
  t.match(mail.text, 'Nowy czy używany: Używany')
  t.ok(await seesInList(anna, id))
  t.notOk(await seesInList(olek, id))
  return id
}

async function fromPortal(t: Test, { machine, olek, anna, mails }: Desk): Promise<string> {
  const posted = await machine(
    'POST',
    '/v1/leads?source=portal',
    PORTAL_DOCUMENT,
    'application/xml'
  )
  t.equal(posted.status, 201, posted.text)
  const { id } = posted.body.data[0]
  for (const member of [olek, anna]) t.ok(await seesInList(member, id), 'it waits for each of them')
  // Sent before the claim: a queue hears no more of a lead that is taken.
  const sent = namesOf(await mails.follow(t))
  const claimed = await olek.call('POST', `/v1/leads/${id}/claim`)
  t.equal(claimed.status, 200, claimed.text)
  t.equal((await anna.call('POST', `/v1/leads/${id}/claim`)).status, 409, 'it is taken')
  t.ok(sent.includes('dealer_mail desk@auto.test'))
  return id
}

async function handOver(t: Test, desk: Desk, leadId: string): Promise<void> {
  const { anna, sara, stefan, questions, mails } = desk
  const path = `/v1/leads/${leadId}`
  const call = { type: 'call', leadId, state: 'done', outcome: 'reached', doneAt: now() }
  await ask(anna.call, 'POST', '/v1/activities', call)
  const clues = [{ questionId: questions[0].id, clueId: questions[0].clues[0].id }]
  const { result } = await ask(anna.call, 'POST', `${path}/qualifications`, { clues })
  t.equal(result, 'qualified')
  const appointment = await ask(anna.call, 'POST', '/v1/activities', {
    ...{ type: 'appointment', leadId, userId: sara.id },
    dueAt: new Date(Date.now() + 24 * HOUR).toISOString()
  })
  t.strictSame(namesOf(await mails.follow(t)), ['planned_mail sara@auto.test'])
  await ask(sara.call, 'PUT', '/v1/me/notifications', { kinds: { movedActivity: 'now' } })
  const give = (userId: string | null) =>
    ask(anna.call, 'PATCH', `/v1/activities/${appointment.id}`, { userId })
  await give(null)
  t.strictSame(namesOf(await mails.follow(t)), ['moved_mail sara@auto.test'])
  await give(sara.id)
  t.strictSame(namesOf(await mails.follow(t)), ['planned_mail sara@auto.test'])
  const email = { type: 'email', leadId, userId: sara.id }
  const { id: planned } = await ask(anna.call, 'POST', '/v1/activities', email)
  await mails.follow(t)
  await ask(anna.call, 'PATCH', `/v1/activities/${planned}`, { state: 'cancelled' })
  t.strictSame(namesOf(await mails.follow(t)), ['cancelled_mail sara@auto.test'])
  const offer = { toTeam: 'store_sales', message: 'Wants it by Friday' }
  const { id } = await ask(anna.call, 'POST', `${path}/handovers`, offer)
  const offered = await mails.follow(t)
  t.strictSame(namesOf(offered), ['offer_mail sara@auto.test', 'offer_mail stefan@auto.test'])
  t.match(subjectTo(offered, sara), 'A lead is offered to you: Ada Nowak')
  t.match(subjectTo(offered, stefan), 'Propozycja przejęcia leada: Ada Nowak')
  await ask(sara.call, 'POST', `/v1/handovers/${id}/accept`)
  const answered = await mails.follow(t)
  t.strictSame(namesOf(answered), ['offer_response_mail anna@auto.test'])
  t.equal((await anna.call('GET', path)).status, 200, 'who offered it goes on reading it')

  const came = { state: 'done', outcome: 'interested', feedback: 'Drove it', doneAt: now() }
  await ask(sara.call, 'PATCH', `/v1/activities/${appointment.id}`, came)
  const told = await mails.follow(t)
  t.strictSame(namesOf(told), ['feedback_mail anna@auto.test'])
  t.match(must(told[0]).text, 'Rodzaj: Umówiona wizyta')
  t.match(must(told[0]).text, 'Wynik: Klient zainteresowany')
}

async function linkToColleague(t: Test, { sara, stefan, mails }: Desk): Promise<string> {
  const contact = { fullName: 'Rita Regular', email: 'rita@people.test' }
  const client = await ask(sara.call, 'POST', '/v1/clients', {
    contact,
    responsibleUserId: sara.id
  })
  const lead = await ask(stefan.call, 'POST', '/v1/leads', {
    source: 'phone',
    contact,
    message: 'Winter tyres?'
  })
  t.equal(lead.assignee.id, stefan.id)
  await mails.follow(t)
  const [match] = (await ask(stefan.call, 'GET', `/v1/leads/${lead.id}/matches`)).data
  t.hasStrict(match, { id: client.id, name: 'Rita Regular', responsibleUser: { name: 'Sara' } })
  const link = { clientId: client.id, notifyResponsible: true, planActivity: false }
  await ask(stefan.call, 'POST', `/v1/leads/${lead.id}/link`, link)
  const sent = await mails.follow(t)
  t.strictSame(namesOf(sent), ['responsible_mail sara@auto.test'])
  t.equal(subjectTo(sent, sara), 'New lead from your client: Rita Regular')
  return lead.id
}

/** The promoter's page as JSON. */
async function readPage(url: string) {
  const answer = await fetch(url, { headers: { accept: 'application/json' } })
  return (await answer.json()) as { links: { url: string }[]; totals: object }
}

interface Brought {
  leadId: string
  /** The address of the promoter's page. */
  page: string
}

async function bringByPromoter(t: Test, desk: Desk): Promise<Brought> {
  const { program, olek, owner, mails } = desk
  await ask(olek.call, 'POST', '/v1/promoter-invitations', {
    ...{ email: 'piotr@promoters.test', name: 'Piotr Lis', locale: 'es' },
    message: 'As we spoke of'
  })
  const invited = await mails.follow(t)
  t.strictSame(namesOf(invited), ['promoter_invitation piotr@promoters.test'])
  const [invitation = ''] = must(invited[0]).links
  const post = (url: string, fields: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', 'accept-language': 'pl' },
      body: new URLSearchParams(fields)
    })
  const accepted = await post(`${invitation}/accept`, { name: 'Piotr Lis', phone: '602 000 002' })
  t.equal(accepted.status, 303)
  const page = must(accepted.headers.get('location'))
  const [link] = (await readPage(page)).links
  const landing = await fetch(must(link).url, { headers: { accept: 'text/html' } })
  t.equal(landing.status, 200, 'the link leads to a page')
  const [, action = ''] = must(/<form method="post" action="([^"]+)"/.exec(await landing.text()))
  const person = { name: 'Cleo Kern', email: 'cleo@people.test', message: 'Piotr sent me' }
  const stored = await post(program.baseUrl + action, person)
  t.equal(stored.status, 303)
  t.equal((await fetch(must(stored.headers.get('location')))).status, 200, 'the thanks')

  const sent = await mails.follow(t)
  t.strictSame(namesOf(sent), [
    'assignee_mail olek@auto.test',
    'auto_response cleo@people.test',
    'dealer_adf crm@auto.test',
    'dealer_mail desk@auto.test',
    'promoter_mail piotr@promoters.test',
    'promoter_response_mail olek@auto.test',
    'promoter_welcome piotr@promoters.test'
  ])
  t.equal(subjectTo(sent, olek, 'assignee_mail'), 'Nuevo lead para usted: Cleo Kern')
  const news = must(sent.find(({ purpose }) => purpose === 'promoter_mail'))
  t.notMatch(news.text, 'cleo@people.test', 'a promoter does not learn the address')
  const [lead] = (await ask(owner.call, 'GET', '/v1/leads?q=cleo@people.test')).data
  t.hasStrict(lead, { assignee: { id: olek.id }, promoter: { name: 'Piotr Lis' } })
  return { leadId: lead.id, page }
}

async function winDeal(t: Test, { olek, owner, mails }: Desk, { leadId, page }: Brought) {
  const done = { type: 'call', leadId, state: 'done', outcome: 'reached', doneAt: now() }
  await ask(olek.call, 'POST', '/v1/activities', done)
  const wish = { opportunity: { name: 'A Ceed for Cleo' }, planActivity: false }
  const converted = await ask(olek.call, 'POST', `/v1/leads/${leadId}/convert`, wish)
  t.equal(converted.lead.status.group, 'converted')
  const path = `/v1/opportunities/${converted.opportunity.id}`
  const amount = { amount: '79900.00', currency: 'PLN' }
  const won = await ask(olek.call, 'PATCH', path, { stage: 'won', amount })
  t.hasStrict(won, { stage: 'won', leadId })
  const lead = await ask(owner.call, 'GET', `/v1/leads/${leadId}`)
  t.hasStrict(lead, { status: { group: 'sold' }, client: { id: converted.client.id } })
  const [sale, ...others] = (await ask(owner.call, 'GET', `/v1/sales?lead=${leadId}`)).data
  t.strictSame(others, [], 'one sale')
  t.hasStrict(sale, { id: won.saleId, opportunityId: converted.opportunity.id, userId: olek.id })
  const shown = await readPage(page)
  t.hasStrict(shown.totals, { leads: 1, sales: 1, rewards: { eligible: 500 } })
  await mails.follow(t)
}

/** Counted by hand from what each of them did above. */
async function countWork(t: Test, { adam, anna, olek, sara, stefan }: Desk): Promise<void> {
  const dayAt = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString().slice(0, 10)
  // The dealer's day, or a month, may have begun meanwhile.
  const period = `from=${dayAt(-24)}&to=${dayAt(24)}`
  const report = (name: string, words = '') =>
    ask(adam.call, 'GET', `/v1/reports/${name}?${period}${words}`)
  const rowOf = (rows: { user: { id: string } }[], { id }: Person) =>
    must(rows.find(({ user }) => user.id === id))

  const team = await report('team')
  const counted: [Person, Partial<typeof NO_TEAM_COUNTS>, number][] = [
    [
      anna,
      {
        ...{
          handled: 1,
          worked: 1,
          assessed: 1,
          qualified: 1,
          qualifiedShown: 1,
          qualifiedSold: 1
        },
        ...{ handedOver: 1, appointmentsMade: 1, appointmentsShown: 1, storeSales: 1 }
      },
      1
    ],
    // He took a second lead from the queue and did nothing about it: that is not handled.
    [olek, { handled: 1, worked: 1, sales: 1, directSales: 1 }, 1],
    [sara, { handled: 1, worked: 1, sales: 1 }, 1],
    // One by its reservation, one by the link.
    [stefan, { handled: 2, worked: 1, reservations: 1 }, 2]
  ]
  for (const [person, numbers, activities] of counted) {
    const expected = { ...NO_TEAM_COUNTS, ...numbers, activities }
    t.hasStrict(rowOf(team.rows, person), expected, person.name)
  }

  const { rows: paid } = await report('incentives')
  for (const [person, amount] of [
    [anna, '86.75'],
    [olek, '101.00'],
    [sara, '1.00'],
    [stefan, '32.00']
  ] as const) {
    t.strictSame(rowOf(paid, person), {
      ...rowOf(paid, person),
      ...{ total: { amount, currency: 'PLN' } }
    })
  }

  const times = await report('response-times', '&by=user')
  const timesOf = ({ id }: Person) =>
    must(times.rows.find(({ key }: { key: string | null }) => key === id))
  for (const [person, received, contacts, clients] of [
    [anna, 1, 1, 0],
    [olek, 2, 1, 1],
    // She has the lead that Anna called.
    [sara, 1, 0, 0],
    [stefan, 2, 0, 1]
  ] as const) {
    t.hasStrict(
      timesOf(person),
      { received, leadToContact: { count: contacts }, leadToClient: { count: clients } },
      person.name
    )
  }
  t.hasStrict(times.total, { received: 5, leadToContact: { count: 2 }, leadToClient: { count: 2 } })
}

async function openCalendar(t: Test, { program, sara, mails }: Desk): Promise<void> {
  const { url } = await ask(sara.call, 'POST', '/v1/me/calendar')
  t.ok(url.startsWith(program.baseUrl))
  const feed = (await (await fetch(url)).text()).replaceAll('\r\n ', '')
  const entries = Array.from(feed.matchAll(/^URL:(\S+)$/gm), ([, link = '']) => link)
  t.equal(entries.length, 1, 'the appointment')
  t.match(feed, 'SUMMARY:Appointment: Ada Nowak', 'in her language')
  for (const link of entries) await mails.openLink(t, link, sara, 'calendar')
}

async function useOwnScreens(t: Test, { adam, machine, anna, mails }: Desk): Promise<void> {
  await ask(adam.call, 'PATCH', '/v1/dealer', { settings: { leadUrl: `${SCREEN}{id}` } })
  const contact = { fullName: 'Ada Nowak', email: 'ada@people.test' }
  const message = 'And the red one?'
  const { body } = await machine('POST', '/v1/leads', { source: 'website', contact, message })
  const sent = (await mails.follow(t)).filter(({ to }) => to.address === anna.address)
  t.strictSame(
    sent.map(({ links }) => links),
    [[SCREEN + String(body.id)]]
  )
}
