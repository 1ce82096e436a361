import { setTimeout as wait } from 'node:timers/promises'
import type { Test } from 'tap'

import type { DeliveryPurpose } from '../../src/domain/deliveries/delivery.ts'
import { must } from '../support/must.ts'
import { until } from '../support/worker.ts'
import type { Desk, Person } from './desk-scene.ts'
import { namesOf, subjectTo } from './follow-mails.ts'
import { ask } from './qualification-scene.ts'

// What team members are told of beside the leads themselves: what a colleague asks, what a colleague
// leaves behind, and what comes due. People without an e-mail get no auto-response.

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The time that is so far from now, as it is sent. */
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()

/** One lead whose response limit is over in a minute, and one of which a warning comes by then. */
export async function startClocks(t: Test, { adam, machine, stefan, mails }: Desk): Promise<void> {
  const limit = (responseLimitMinutes: number, responseWarningMinutes: number | null) =>
    ask(adam.call, 'PATCH', '/v1/dealer', {
      settings: { responseLimitMinutes, responseWarningMinutes }
    })
  await limit(1, null)
  const late = { fullName: 'Lena Late', phone: '603 000 013' }
  await ask(machine, 'POST', '/v1/leads', { source: 'website', contact: late })
  await limit(30, 1)
  const waiting = { fullName: 'Wera Waiting', phone: '603 000 014' }
  await ask(stefan.call, 'POST', '/v1/leads', { source: 'walk-in', contact: waiting })
  await limit(30, null)
  await mails.follow(t)
}

/** Stefan asks for a link to Sara's client, and she accepts. */
export async function askForLink(t: Test, { adam, sara, stefan, mails }: Desk): Promise<void> {
  await ask(adam.call, 'PATCH', '/v1/dealer', { settings: { linkToColleaguesClient: 'ask' } })
  const contact = { fullName: 'Tomek Regular', phone: '603 000 011' }
  const client = { contact, responsibleUserId: sara.id }
  const { id: clientId } = await ask(sara.call, 'POST', '/v1/clients', client)
  const lead = await ask(stefan.call, 'POST', '/v1/leads', { source: 'walk-in', contact })
  await mails.follow(t)
  const path = `/v1/leads/${lead.id}`
  t.equal((await stefan.call('POST', `${path}/link`, { clientId })).status, 409, 'not at once')
  const request = await ask(stefan.call, 'POST', `${path}/link-requests`, {
    clientId,
    message: 'He is at my desk'
  })
  const asked = await mails.follow(t)
  t.strictSame(namesOf(asked), ['link_request_mail sara@auto.test'])
  t.equal(subjectTo(asked, sara), 'A colleague asks for a link to your client: Tomek Regular')
  await ask(sara.call, 'POST', `/v1/link-requests/${request.id}/accept`)
  const answered = await mails.follow(t)
  t.strictSame(namesOf(answered), ['link_response_mail stefan@auto.test'])
  t.equal(subjectTo(answered, stefan), 'Twój lead został powiązany z klientem: Tomek Regular')
  t.equal((await ask(stefan.call, 'GET', path)).client.id, clientId)
}

/** A person signs up as a promoter through Olek's link, and Adam approves. */
export async function approvePromoter(t: Test, { adam, olek, mails }: Desk): Promise<void> {
  const { code } = await ask(olek.call, 'POST', '/v1/referral-links', {})
  const person = { name: 'Maria Ruiz', email: 'maria@promoters.test', locale: 'es' }
  await ask(olek.call, 'POST', `/v1/referrals/${code}/promoters`, person)
  const told = await mails.follow(t)
  t.strictSame(namesOf(told), [
    'pending_promoter_mail adam@auto.test',
    'pending_promoter_mail ola@auto.test',
    'pending_promoter_mail olek@auto.test'
  ])
  t.equal(subjectTo(told, adam), 'A promoter waits for approval: Maria Ruiz')
  const [waiting] = (await ask(adam.call, 'GET', '/v1/promoters?state=pending')).data
  await ask(adam.call, 'PATCH', `/v1/promoters/${waiting.id}`, { state: 'active' })
  const decided = await mails.follow(t)
  t.strictSame(namesOf(decided), [
    'promoter_response_mail olek@auto.test',
    'promoter_welcome maria@promoters.test'
  ])
  t.equal(subjectTo(decided, olek), 'Novedades de su promotor: Maria Ruiz')
}

/** Adam assigns a lead of Stefan's to Sara by mistake, and takes that back. */
export async function undoAssignment(t: Test, { adam, sara, stefan, mails }: Desk): Promise<void> {
  const contact = { fullName: 'Mila Mistake', phone: '603 000 016' }
  const lead = await ask(stefan.call, 'POST', '/v1/leads', { source: 'walk-in', contact })
  const moved = await ask(adam.call, 'POST', '/v1/leads/assign', {
    leadIds: [lead.id],
    assigneeId: sara.id
  })
  await mails.follow(t)
  await ask(adam.call, 'POST', `/v1/operations/${moved.operationId}/undo`)
  const told = await mails.follow(t)
  t.strictSame(namesOf(told), ['assignee_mail stefan@auto.test', 'taken_back_mail sara@auto.test'])
  t.equal(subjectTo(told, sara), 'A lead is no longer yours: Mila Mistake')
}

/** Adam gives a lead and a client of Sara's to Stefan, and records the sale of the lead. */
export async function handAround(
  t: Test,
  { adam, sara, stefan, statuses, mails }: Desk
): Promise<void> {
  const kinds = { movedActivity: 'now', movedLead: 'now', movedClient: 'now', newClient: 'off' }
  await ask(sara.call, 'PUT', '/v1/me/notifications', { kinds })
  const contact = { fullName: 'Gabi Given', phone: '603 000 017' }
  const body = { source: 'phone', contact, assignee: sara.id }
  const lead = await ask(adam.call, 'POST', '/v1/leads', body)
  const person = { fullName: 'Cora Client', phone: '603 000 018' }
  const made = { contact: person, responsibleUserId: sara.id }
  const client = await ask(adam.call, 'POST', '/v1/clients', made)
  await mails.follow(t)
  await ask(adam.call, 'POST', `/v1/leads/${lead.id}/assign`, { assigneeId: stefan.id })
  await ask(adam.call, 'PATCH', `/v1/clients/${client.id}`, { responsibleUserId: stefan.id })
  const sold = statuses.find(({ group }: { group: string }) => group === 'sold')
  await ask(adam.call, 'POST', `/v1/leads/${lead.id}/status`, { statusId: sold.id })
  t.strictSame(namesOf(await mails.follow(t)), [
    'assignee_mail stefan@auto.test',
    'moved_client_mail sara@auto.test',
    'moved_lead_mail sara@auto.test',
    'new_client_mail stefan@auto.test',
    'sale_mail stefan@auto.test'
  ])
}

/** A user leaves who has an open lead. */
export async function leave(t: Test, { adam, owner, hire, mails }: Desk): Promise<void> {
  const gosia = await hire(adam.call, 'Gosia', { role: 'member' })
  const contact = { fullName: 'Irena Idle', phone: '603 000 012' }
  await ask(gosia.call, 'POST', '/v1/leads', { source: 'walk-in', contact })
  await mails.follow(t)
  await ask(adam.call, 'PATCH', `/v1/users/${gosia.id}`, { active: false })
  const told = await mails.follow(t)
  t.strictSame(namesOf(told), ['open_leads_mail adam@auto.test', 'open_leads_mail ola@auto.test'])
  t.equal(subjectTo(told, owner), 'Dezaktywowany użytkownik ma otwarte sprawy: Gosia')
  t.match(must(told[0]).text, 'Irena Idle')
}

/** The mails that only the watcher causes. */
const DUE = [
  'offer_ending_mail',
  'overdue_mail',
  'quiet_source_mail',
  'reminder_mail',
  'response_overdue_mail',
  'response_warning_mail'
] as const satisfies readonly DeliveryPurpose[]

/**
 * Everything that the watcher tells, with one wait for it. It looks at each turn of a minute, so one to two
 * minutes after the clocks were started all is told. The lead is one of Olek's.
 */
export async function comeDue(t: Test, desk: Desk, leadId: string): Promise<void> {
  const { adam, olek, sara, mails } = desk
  await planWork(desk, leadId)
  await quieten(desk)
  await turnOfMinute()
  // An offer of one minute is warned of in its last quarter: the next turn is to be in its middle.
  await wait(8_000)
  const offer = { toUserId: sara.id, minutes: 1 }
  await ask(olek.call, 'POST', `/v1/leads/${leadId}/handovers`, offer)
  await turnOfMinute()
  await mails.waitFor(DUE)
  const sent = await mails.follow(t)
  const told = sent.filter(({ purpose }) => DUE.some((due) => due === purpose))
  t.strictSame(namesOf(told), [
    'offer_ending_mail sara@auto.test',
    'overdue_mail olek@auto.test',
    'quiet_source_mail adam@auto.test',
    'quiet_source_mail ola@auto.test',
    'reminder_mail stefan@auto.test',
    'response_overdue_mail adam@auto.test',
    'response_overdue_mail anna@auto.test',
    'response_overdue_mail ola@auto.test',
    'response_warning_mail stefan@auto.test'
  ])
  const subjects = (person: Person) =>
    told.filter(({ to }) => to.address === person.address).map(({ subject }) => subject)
  t.strictSame(subjects(olek), ['Actividad vencida: Ewa Lis'])
  t.strictSame(subjects(sara), ['An offer to you is about to end: Ewa Lis'])
  t.strictSame(subjects(adam).toSorted(), [
    'A lead was not answered in time: Lena Late',
    'A source has gone quiet: Fair'
  ])
}

/** A call with a reminder, and one that is overdue, of a user who wants to hear of that at once. */
async function planWork({ olek, stefan }: Desk, leadId: string): Promise<void> {
  const reminded = { type: 'call', userId: stefan.id, text: 'Ring the bank' }
  const times = { remindAt: fromNow(2_000), dueAt: fromNow(HOUR) }
  const [lead] = (await ask(stefan.call, 'GET', '/v1/leads?q=Waiting')).data
  await ask(stefan.call, 'POST', '/v1/activities', { ...reminded, leadId: lead.id, ...times })
  await ask(olek.call, 'PUT', '/v1/me/notifications', { kinds: { overdue: 'now' } })
  const call = { type: 'call', leadId, userId: olek.id, dueAt: fromNow(2_000) }
  await ask(olek.call, 'POST', '/v1/activities', call)
}

/** A source whose only lead came two days ago: a list says so. */
async function quieten({ adam: { call } }: Desk): Promise<void> {
  const fair = { key: 'fair', name: 'Fair', kind: 'trade_fair' }
  const source = await ask(call, 'POST', '/v1/sources', fair)
  const list = `name,phone,date\nFilip Fair,603 000 015,${fromNow(-48 * HOUR)}\n`
  const uploaded = await call('POST', '/v1/imports?name=fair.csv&source=fair', list, 'text/csv')
  const path = `/v1/imports/${uploaded.body.id}`
  await ask(call, 'POST', `${path}/start`)
  const { counts } = await until(
    () => ask(call, 'GET', path),
    ({ state }) => state === 'done',
    { seconds: 30, what: 'the end of the import' }
  )
  if (counts.created !== 1) throw new Error(`no lead came of the list: ${JSON.stringify(counts)}`)
  await ask(call, 'PATCH', `/v1/sources/${source.id}`, { quietAfterHours: 24 })
}

async function turnOfMinute(): Promise<void> {
  await wait(MINUTE - (Date.now() % MINUTE))
}
