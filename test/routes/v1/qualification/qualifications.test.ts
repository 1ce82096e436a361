import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { findStatusIds, historyOf, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

const FORM = {
  questions: [
    {
      kind: 'timing',
      text: 'When?',
      weight: 40,
      clues: [
        { text: 'Lease ends', strength: 1 },
        { text: 'Asks for stock', strength: 0.5 }
      ]
    },
    { kind: 'budget', text: 'How much?', weight: 20, clues: [{ text: 'Has a price', strength: 1 }] }
  ],
  qualifiesFrom: 50,
  notYetFrom: 20,
  followUpDays: 30,
  routes: false
}

void t.test('qualification forms and qualifications', async (t) => {
  const { createDealer } = await sharedTestApp()
  const put = (call: Caller, body: object, headers?: Record<string, string>) =>
    call('PUT', '/v1/qualification-forms/inquiry', body, headers)
  const qualify = (call: Caller, leadId: string, body: object) =>
    call('POST', `/v1/leads/${leadId}/qualifications`, body)

  await t.test(
    'a form is created and replaced, and an unreachable total answers 422',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const member = await withUser()
      t.equal((await member.call('GET', '/v1/qualification-forms/inquiry')).status, 404)
      t.equal((await put(member.call, FORM)).status, 403)
      t.equal((await put(admin, { ...FORM, qualifiesFrom: 61 })).status, 422)
      t.equal((await put(admin, { ...FORM, notYetFrom: 51 })).status, 422)
      t.equal((await put(admin, FORM)).body.version, 1)
      t.equal((await put(admin, FORM, { 'if-match': '"2"' })).status, 412)
      t.equal((await put(admin, FORM, { 'if-match': '"1"' })).body.version, 2)
      t.equal((await member.call('GET', '/v1/qualification-forms')).body.data.length, 1)
    }
  )

  await t.test(
    'a qualification counts the strongest clue of a question, moves the lead and plans a follow-up',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const lead = await postLead(admin)
      t.equal((await qualify(admin, lead.id, { clues: [] })).status, 409, 'no form yet')
      const { questions } = (await put(admin, FORM)).body
      const clue = (question: number, index: number) => ({
        questionId: must(questions[question]).id,
        clueId: must(must(questions[question]).clues[index]).id
      })
      const notYet = await qualify(admin, lead.id, { clues: [clue(0, 1)] })
      t.equal(notYet.status, 201, notYet.text)
      t.hasStrict(notYet.body, { result: 'not_yet', total: 20, formVersion: 1, statusKept: null })
      t.equal(notYet.body.lead.status.group, 'nurturing')
      t.ok(notYet.body.followUpId)
      const full = { clues: [clue(0, 0), clue(0, 1), clue(1, 0)], temperature: 'hot' }
      const qualified = await qualify(admin, lead.id, full)
      t.hasStrict(qualified.body, { result: 'qualified', total: 60, followUpId: null })
      t.hasStrict(qualified.body.lead, { temperature: 'hot' })
      t.equal((await qualify(admin, lead.id, { clues: [] })).status, 422, 'a reason is needed')
      const overruled = { ...full, result: 'not_yet' }
      t.equal((await qualify(admin, lead.id, overruled)).status, 422, 'a note is needed')
      const strange = { clues: [{ ...clue(0, 0), questionId: clue(1, 0).questionId }] }
      t.equal((await qualify(admin, lead.id, strange)).status, 422)
      const statuses = await findStatusIds(admin)
      await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.lost, reason: 'x' })
      const closed = await qualify(admin, lead.id, full)
      t.equal(closed.body.statusKept, 'closed')
      t.equal(closed.body.lead.status.group, 'lost')
      t.equal((await admin('GET', `/v1/leads/${lead.id}/qualifications`)).body.data.length, 3)
      t.equal((await historyOf(admin, lead.id, 'lead.qualified')).length, 3)
      t.equal((await qualify((await withUser()).call, lead.id, full)).status, 404)
    }
  )
})
