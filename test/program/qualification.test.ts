import t from 'tap'

import { until } from '../support/worker.ts'
import { ask, capture, letExpire, mailed, openDealer } from './qualification-scene.ts'
import type { Call } from './qualification-scene.ts'

// The real program, with its worker: a lead on its way from the call centre to the store.

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
  routes: true
}

const addressesOf = (mails: { target: { address: string } }[]) =>
  mails.map(({ target }) => target.address)

void t.test('from the call centre by online sales to the store, and back its word', async (t) => {
  const scene = await openDealer(t)
  const { owner, anna, olek, sara, stefan, program } = scene
  const { questions } = await ask(owner, 'PUT', '/v1/qualification-forms/inquiry', FORM)
  const found = [{ questionId: questions[0].id, clueId: questions[0].clues[0].id }]
  const leadId = await capture(scene, 'ada')
  const leadPath = `/v1/leads/${leadId}` as const
  const offer = (call: Call, to: object) => ask(call, 'POST', `${leadPath}/handovers`, to)
  const holder = async () => (await ask(owner, 'GET', leadPath)).assignee.id
  const stillReads = async (call: Call, who: string) => {
    t.equal((await call('GET', leadPath)).status, 200, `${who} still reads it`)
    const theirs = await ask(call, 'GET', '/v1/leads')
    t.ok(
      theirs.data.some(({ id }: { id: string }) => id === leadId),
      `${who} finds it listed`
    )
    const assign = await call('POST', `${leadPath}/assign`, { assigneeId: sara.id })
    t.equal(assign.status, 403, `and it is no longer ${who}’s to give`)
  }

  const qualified = await ask(anna.call, 'POST', `${leadPath}/qualifications`, { clues: found })
  t.hasStrict(qualified, { result: 'qualified', total: 40, by: { type: 'user', id: anna.id } })
  t.hasStrict(qualified.lead, { status: { group: 'qualified' }, assignee: { id: anna.id } })

  t.equal((await olek.call('GET', leadPath)).status, 404)
  const first = await offer(anna.call, { toUserId: olek.id, message: 'Wants it by Friday' })
  t.match((await mailed(scene, leadId, 'offer_mail', 1))[0], { target: { address: olek.email } })
  await ask(olek.call, 'POST', `/v1/handovers/${first.id}/accept`)
  t.equal(await holder(), olek.id)
  await stillReads(anna.call, 'Anna')

  const second = await offer(olek.call, { toUserId: sara.id })
  await mailed(scene, leadId, 'offer_mail', 2)
  await ask(sara.call, 'POST', `/v1/handovers/${second.id}/decline`, { reason: 'Not our store' })
  const declined = await ask(olek.call, 'GET', `/v1/handovers/${second.id}`)
  t.hasStrict(declined, { state: 'declined', reason: 'Not our store', endedBy: { id: sara.id } })
  t.equal(await holder(), olek.id, 'declined: it stays')
  t.equal(
    (await sara.call('GET', leadPath)).status,
    200,
    'and Sara, who was told of it, still reads it'
  )

  const third = await offer(olek.call, { toUserId: sara.id })
  await mailed(scene, leadId, 'offer_mail', 3)
  await letExpire(scene, third.id)
  const late = await sara.call('POST', `/v1/handovers/${third.id}/accept`)
  t.equal(late.status, 409, 'a late answer is none')
  await until(
    () => ask(olek.call, 'GET', `/v1/handovers/${third.id}`),
    ({ state }: { state: string }) => state === 'expired',
    { seconds: 90, what: 'the end of the offer' }
  )
  t.equal(await holder(), olek.id, 'timed out: it stays')

  const fourth = await offer(olek.call, { toTeam: 'store_sales' })
  const asked = (await mailed(scene, leadId, 'offer_mail', 5)).slice(-2)
  t.strictSame(addressesOf(asked).toSorted(), [sara.email, stefan.email].toSorted())
  await ask(stefan.call, 'POST', `/v1/handovers/${fourth.id}/accept`)
  t.equal((await sara.call('POST', `/v1/handovers/${fourth.id}/accept`)).status, 409)
  t.equal(await holder(), stefan.id)
  await stillReads(olek.call, 'Olek')
  await stillReads(anna.call, 'Anna')
  const answers = await mailed(scene, leadId, 'offer_response_mail', 4)
  t.strictSame(
    addressesOf(answers),
    [anna.email, olek.email, olek.email, olek.email],
    'who offered it hears of every end'
  )

  const appointment = await ask(olek.call, 'POST', '/v1/activities', {
    ...{ type: 'appointment', leadId, userId: stefan.id },
    dueAt: new Date(Date.now() + 86_400_000).toISOString()
  })
  t.hasStrict(appointment, { createdBy: olek.id, userId: stefan.id })
  const feedback = 'Drove it and wants an offer'
  const path = `/v1/activities/${appointment.id}` as const
  await ask(stefan.call, 'PATCH', path, { state: 'done', outcome: 'interested', feedback })
  const told = await ask(olek.call, 'GET', path)
  t.hasStrict(told, { state: 'done', outcome: 'interested', feedback })
  const [mail] = await mailed(scene, leadId, 'feedback_mail', 1)
  t.equal(mail?.target.address, olek.email)
  const { text } = await owner('GET', `/v1/deliveries/${mail?.id}/message`)
  t.match(text, /^Subject: News of what you arranged: ada/m)
  t.match(text, /Outcome: Interested\r?\nFeedback: Drove it and wants an offer/)
  const events = await ask(owner, 'GET', `/v1/events?leadId=${leadId}&type=activity.feedback`)
  t.hasStrict(events.data, [{ data: { outcome: 'interested', arrangerId: olek.id } }])
  t.equal(await program.stop(), 0)
})

void t.test('a rule offers what is qualified, by itself', async (t) => {
  const scene = await openDealer(t)
  const { owner, anna, olek, program } = scene
  const { questions } = await ask(owner, 'PUT', '/v1/qualification-forms/inquiry', FORM)
  const target = { type: 'team', team: 'online_sales' }
  const entries = [{ name: 'To online sales', on: 'qualified', asOffer: true, target }]
  const draft = await ask(owner, 'POST', '/v1/assignment-rules', { rules: { entries } })
  await ask(owner, 'POST', `/v1/assignment-rules/${draft.id}/publish`, {})
  const leadId = await capture(scene, 'bob')
  const qualify = (question: number) => {
    const { id: questionId, clues } = questions[question]
    const words = { clues: [{ questionId, clueId: clues[0].id }] }
    return ask(anna.call, 'POST', `/v1/leads/${leadId}/qualifications`, words)
  }
  const offers = async () => (await ask(olek.call, 'GET', '/v1/handovers?to=me')).data

  t.equal((await qualify(1)).result, 'not_yet')
  t.strictSame(await offers(), [], 'not yet: nobody is asked')
  const { result, lead } = await qualify(0)
  t.equal(result, 'qualified')
  t.equal(lead.assignee.id, anna.id, 'an offer is no gift')
  const [made, ...others] = await offers()
  t.strictSame(others, [])
  t.hasStrict(made, { state: 'offered', lead: { id: leadId }, from: { id: anna.id } })
  t.equal(made.toUser.id, olek.id)
  await mailed(scene, leadId, 'offer_mail', 1)
  await ask(olek.call, 'POST', `/v1/handovers/${made.id}/accept`)
  t.equal((await ask(anna.call, 'GET', `/v1/leads/${leadId}`)).assignee.id, olek.id)
  t.equal(await program.stop(), 0)
})
