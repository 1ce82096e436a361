import type { Test } from 'tap'

import { ask, openDealer } from './qualification-scene.ts'
import type { Call, Scene } from './qualification-scene.ts'
import { asClient } from '../support/database.ts'
import { until } from '../support/worker.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Guests of the trade fair: so many on the last evening of a month, the others after midnight. */
const EVENING_GUESTS = 300
const NIGHT_GUESTS = 200

/**
 * The midnight between the two months before this one by Warsaw's clocks, at which it is still the
 * evening in UTC: all of the day that is told here is over.
 */
function monthsEnd(): { months: [string, string]; midnight: number } {
  const dateOf = (at: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(at)
  const [year = 0, month = 0] = dateOf(Date.now()).split('-').map(Number)
  const first = Date.UTC(year, month - 2, 1)
  const midnight = [1, 2]
    .map((hours) => first - hours * HOUR)
    .find((at) => dateOf(at) !== dateOf(at - 1))
  if (midnight === undefined) throw new Error('that day has no midnight')
  const monthOf = (at: number) => dateOf(at).slice(0, 7)
  return { months: [monthOf(midnight - 1), monthOf(midnight)], midnight }
}

/** Every day from nine to five. */
const WORKING_HOURS = {
  week: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [
      day,
      [{ from: '09:00', to: '17:00' }]
    ])
  )
}

const FORM = {
  questions: [
    {
      kind: 'timing',
      text: 'When do they want to drive it?',
      weight: 40,
      clues: [{ text: 'Their lease ends within a month', strength: 1 }]
    },
    { kind: 'budget', text: 'What?', weight: 20, clues: [{ text: 'Names a price', strength: 1 }] }
  ],
  qualifiesFrom: 30,
  notYetFrom: 10,
  followUpDays: 30,
  routes: false
}

/** The dealer before the day: its hours, its form, its promoter, and what else the day needs. */
async function openDay(t: Test) {
  const scene = await openDealer(t)
  const { owner, olek } = scene
  await ask(owner, 'PATCH', '/v1/dealer', { workingHours: WORKING_HOURS })
  const { questions } = await ask(owner, 'PUT', '/v1/qualification-forms/inquiry', FORM)
  const programme = { name: 'Friends', pointsPerSale: 500, eligibleWhen: 'recorded', active: true }
  await ask(owner, 'POST', '/v1/reward-programmes', programme)
  const piotr = await ask(owner, 'POST', '/v1/promoters', { name: 'Piotr', userId: olek.id })
  const link = await ask(owner, 'POST', '/v1/referral-links', {
    promoterId: piotr.id,
    targetUrl: 'https://dealer.test/cars'
  })
  const statuses = (await ask(owner, 'GET', '/v1/statuses')).data
  return { ...scene, ...monthsEnd(), questions, piotr, link, statuses }
}

export type Day = Awaited<ReturnType<typeof openDay>> & { leads: Record<Lead, string> }

export type Lead = 'ada' | 'adaAgain' | 'winner' | 'nobody' | 'ewa' | 'cleo'

/** Puts a lead back to the moment at which the story says it came. */
async function cameAt({ database, dealer }: Scene, leadId: string, at: number): Promise<void> {
  await asClient(database.ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(`select set_config('app.tenant', $1, true)`, [dealer.id])
    await client.query(
      `update leads set received_at = $2, status_changed_at = $2,
        assigned_at = case when assigned_at is not null then $2::timestamptz end,
        first_assigned_at = case when first_assigned_at is not null then $2::timestamptz end
      where id = $1`,
      [leadId, new Date(at)]
    )
    await client.query('commit')
  })
}

/** As portals send it. */
const documentOf = (name: string, phone: string) => `<?xml version="1.0"?><?adf version="1.0"?>
<adf><prospect><vehicle status="used"><make>Seat</make><model>Leon</model></vehicle>
  <customer><contact><name part="full">${name}</name><phone>${phone}</phone></contact></customer>
</prospect></adf>`

/** Leads of the day, one by one, from where each comes. */
async function bringLeads(day: Awaited<ReturnType<typeof openDay>>): Promise<Record<Lead, string>> {
  const { program, owner, upload, anna, olek, link, midnight } = day
  const fromWebsite = async (contact: object, message?: string) => {
    const lead = { source: 'website', contact, message, assignee: anna.id }
    return (await ask(owner, 'POST', '/v1/leads', lead)).id as string
  }
  const adasContact = { firstName: 'Ada', email: 'ada@example.test' }
  const ada = await fromWebsite(adasContact)
  const adaAgain = await fromWebsite(adasContact, 'Did you get my request?')
  await cameAt(day, ada, midnight - 30 * MINUTE)
  await cameAt(day, adaAgain, midnight - 20 * MINUTE)
  const winner = await fromWebsite({ email: 'you-won@example.test' })
  await cameAt(day, winner, midnight + 2 * DAY)
  const sendDocument = async (source: string, document: string): Promise<string> =>
    (await upload(`/v1/leads?source=${source}`, 'application/xml', document)).data[0].id
  const nobody = await sendDocument('website', documentOf('Nobody', '12'))
  await cameAt(day, nobody, midnight + 2 * DAY)

  const ewa = await sendDocument('portal', documentOf('Ewa Lis', '602 345 678'))
  await ask(owner, 'POST', `/v1/leads/${ewa}/assign`, { assigneeId: olek.id })
  await cameAt(day, ewa, midnight + 30 * MINUTE)

  for (let visit = 0; visit < 3; visit += 1) {
    await fetch(`${program.baseUrl}/r/${link.code}`, { redirect: 'manual' })
  }
  const referred = { contact: { firstName: 'Cleo', email: 'cleo@example.test' } }
  const cleo = (await ask(owner, 'POST', `/v1/referrals/${link.code}/leads`, referred)).id as string
  await cameAt(day, cleo, midnight + DAY)
  return { ada, adaAgain, winner, nobody, ewa, cleo }
}

/** The list of the trade fair, as its organiser exports it. */
function guestList(midnight: number): string {
  const rows = Array.from({ length: EVENING_GUESTS + NIGHT_GUESTS }, (_, index) => {
    const from = index < EVENING_GUESTS ? midnight - 2 * HOUR : midnight
    const met = new Date(from + index * 1000).toISOString()
    return `Gość ${index};guest-${index}@example.test;${601_000_000 + index};${met};Kia;Ceed`
  })
  return ['Imię i nazwisko;E-mail;Telefon;Data;Marka;Model', ...rows].join('\r\n')
}

async function importGuests({ owner, upload, anna, midnight }: Day): Promise<string> {
  const address = '/v1/imports?source=trade-fair&name=guests.csv'
  const { id } = await upload(address, 'text/csv', guestList(midnight))
  await ask(owner, 'PATCH', `/v1/imports/${id}`, {
    settings: {
      mapping: [
        { column: 'Imię i nazwisko', field: 'contact.fullName' },
        { column: 'E-mail', field: 'contact.email' },
        { column: 'Telefon', field: 'contact.phone' },
        { column: 'Data', field: 'submittedAt' },
        { column: 'Marka', field: 'vehicle.make' },
        { column: 'Model', field: 'vehicle.model' }
      ],
      placement: { type: 'user', userId: anna.id }
    }
  })
  await ask(owner, 'POST', `/v1/imports/${id}/start`)
  await until(
    () => ask(owner, 'GET', `/v1/imports/${id}`),
    ({ state }: { state: string }) => state === 'done',
    { seconds: 120, what: 'the guests' }
  )
  return id
}

async function findGuest({ owner }: Scene, index: number): Promise<string> {
  return (await ask(owner, 'GET', `/v1/leads?q=guest-${index}@example.test`)).data[0].id
}

/** Something that is over, at a moment of the story. */
const done = (type: string, leadId: string, at: number, outcome: string) => ({
  type,
  leadId,
  state: 'done',
  outcome,
  doneAt: new Date(at).toISOString()
})

function moving({ owner, statuses }: Pick<Day, 'owner' | 'statuses'>) {
  return (leadId: string, to: string, reason: string | null = null, call: Call = owner) => {
    const status = statuses.find(({ group }: { group: string }) => group === to)
    return ask(call, 'POST', `/v1/leads/${leadId}/status`, { statusId: status.id, reason })
  }
}

/** The call centre calls, and says of each whether it is worth selling to. */
async function qualify(day: Day): Promise<void> {
  const { anna, questions, leads, midnight } = day
  const { call } = anna
  const find = (leadId: string, words: object) =>
    ask(call, 'POST', `/v1/leads/${leadId}/qualifications`, { note: 'on the phone', ...words })
  const clue = (index: number) => [
    { questionId: questions[index].id, clueId: questions[index].clues[0].id }
  ]
  // Twelve minutes after she asked, at night.
  const called = done('call', leads.ada, midnight - 18 * MINUTE, 'reached')
  await ask(call, 'POST', '/v1/activities', called)
  await find(leads.ada, { clues: clue(0) })
  await find(await findGuest(day, 0), { clues: clue(1) })
  await find(await findGuest(day, 1), { clues: [], reason: 'too far away' })
  const move = moving(day)
  await move(leads.winner, 'deleted', 'spam')
  await move(await findGuest(day, EVENING_GUESTS + NIGHT_GUESTS - 1), 'lost', 'price')
}

/** Ada's way: online sales arrange an appointment, the store shows, offers, reserves and sells. */
async function sellToAda({ leads, anna, olek, stefan, midnight, ...day }: Day): Promise<void> {
  const handOver = async (from: typeof anna, to: typeof anna) => {
    const path = `/v1/leads/${leads.ada}/handovers` as const
    const { id } = await ask(from.call, 'POST', path, { toUserId: to.id })
    await ask(to.call, 'POST', `/v1/handovers/${id}/accept`)
  }
  await handOver(anna, olek)
  const appointment = await ask(olek.call, 'POST', '/v1/activities', {
    type: 'appointment',
    leadId: leads.ada,
    userId: stefan.id,
    dueAt: new Date(midnight + 10 * HOUR).toISOString()
  })
  await handOver(olek, stefan)
  const { type: _, leadId: _id, ...shown } = done('', '', midnight + 11 * HOUR, 'interested')
  await ask(stefan.call, 'PATCH', `/v1/activities/${appointment.id}`, shown)
  const offer = done('offer', leads.ada, midnight + 12 * HOUR, 'accepted')
  await ask(stefan.call, 'POST', '/v1/activities', offer)
  const reservation = done('reservation', leads.ada, midnight + 13 * HOUR, 'confirmed')
  await ask(stefan.call, 'POST', '/v1/activities', reservation)
  await moving(day)(leads.ada, 'sold', null, stefan.call)
}

/** Cleo comes through Piotr and buys from Olek; answers when she became a client, and was called. */
async function sellToCleo({ owner, leads, olek, midnight, ...day }: Day) {
  const call = done('call', leads.cleo, midnight + DAY + 10 * HOUR, 'reached')
  await ask(olek.call, 'POST', '/v1/activities', call)
  const { operationId } = await ask(olek.call, 'POST', `/v1/leads/${leads.cleo}/convert`, {})
  const { createdAt } = await ask(owner, 'GET', `/v1/operations/${operationId}`)
  const again = await ask(olek.call, 'POST', '/v1/activities', {
    type: 'call',
    leadId: leads.cleo,
    state: 'done',
    outcome: 'reached'
  })
  await moving({ owner, ...day })(leads.cleo, 'sold')
  return { clientAt: Date.parse(createdAt), calledAt: Date.parse(again.doneAt) }
}

/** Ewa is taken for somebody else, set free, and found to be a third; answers when she had her client. */
async function findEwa({ owner, leads, ...day }: Day): Promise<number> {
  const lead = `/v1/leads/${leads.ewa}` as const
  const clientOf = async (fullName: string) =>
    (await ask(owner, 'POST', '/v1/clients', { contact: { fullName } })).id as string
  const [mistaken, near, right] = [
    await clientOf('Ewa Lisowska'),
    await clientOf('Eva Lis'),
    await clientOf('Ewa Lis')
  ]
  await ask(owner, 'POST', `${lead}/link`, { clientId: mistaken })
  await ask(owner, 'POST', `${lead}/unlink`)
  await ask(owner, 'POST', `${lead}/link`, { clientId: near })
  const { operationId } = await ask(owner, 'POST', `${lead}/move`, { clientId: right })
  const { createdAt } = await ask(owner, 'GET', `/v1/operations/${operationId}`)
  await ask(day.olek.call, 'GET', lead)
  return Date.parse(createdAt)
}

/** One lead that nobody has, and one whose time is over: what waits now, of no month told here. */
async function leaveWork(day: Day): Promise<void> {
  const { owner, sara, database, dealer } = day
  const post = async (words: object) =>
    (await ask(owner, 'POST', '/v1/leads', { source: 'phone', ...words })).id as string
  const free = await post({ contact: { phone: '603 000 001' } })
  await ask(owner, 'POST', `/v1/leads/${free}/assign`, { queueId: dealer.defaultQueueId })
  await ask(owner, 'PATCH', '/v1/dealer', { settings: { responseLimitMinutes: 30 } })
  const late = await post({ contact: { phone: '603 000 002' }, assignee: sara.id })
  await asClient(database.ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(`select set_config('app.tenant', $1, true)`, [dealer.id])
    await client.query(`update leads set respond_by = now() - interval '1 minute' where id = $1`, [
      late
    ])
    await client.query('commit')
  })
}

/** The whole of it, by the real program over HTTP; answers what the reports can't be asked for. */
export async function tellDay(t: Test) {
  const opened = await openDay(t)
  const day = { ...opened, leads: await bringLeads(opened) }
  const importId = await importGuests(day)
  await qualify(day)
  await sellToAda(day)
  const cleo = await sellToCleo(day)
  const ewaAt = await findEwa(day)
  await leaveWork(day)
  return { ...day, importId, cleo, ewaAt, received: { cleo: day.midnight + DAY } }
}
