import t from 'tap'

import { IMPORT_STATES } from '../../src/domain/imports/import.ts'
import { PROMOTER_STATES } from '../../src/domain/promoters/promoter.ts'
import type { Refusal } from '../../src/domain/refusals.ts'
import { REWARD_STATES } from '../../src/domain/sales/reward.ts'
import { toProblem } from '../../src/http/refusals.ts'
import { sharedTestApp } from '../support/app.ts'
import { findStatusIds, postLead } from '../support/leads.ts'
import { must } from '../support/must.ts'

void t.test('problems say what to do', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('an outdated change has the version to repeat it with', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    await admin('PATCH', `/v1/leads/${lead.id}`, { message: 'One' })
    const late = await admin(
      'PATCH',
      `/v1/leads/${lead.id}`,
      { message: 'Two' },
      { 'if-match': '"1"' }
    )
    t.equal(late.status, 412)
    t.match(late.problem.detail, /version 2 now\. Read it again, .*If-Match/)
  })

  await t.test('an undo that later changes prevent names them in words', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const made = (await admin('POST', `/v1/leads/${lead.id}/convert`, {})).body
    await admin('PATCH', `/v1/clients/${made.client.id}`, { description: 'New' })
    await admin('PATCH', `/v1/leads/${lead.id}`, { message: 'New' })
    const undo = await admin('POST', `/v1/operations/${made.operationId}/undo`)
    t.strictSame(undo.problem.changes, ['lead', 'client'])
    t.match(
      undo.problem.detail,
      /the lead was changed; the client was changed, merged or removed\. Undo those first/
    )
  })

  await t.test('groups that a lead does not enter by a move name the way there', async (t) => {
    const { admin } = await createDealer()
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    for (const [group, way] of [
      ['converted', 'convert'],
      ['linked', 'link']
    ] as const) {
      const url = `/v1/leads/${lead.id}/status` as const
      const refused = await admin('POST', url, { statusId: must(statuses[group]) })
      t.match(refused.problem.detail, `POST /v1/leads/{id}/${way}`)
    }
  })

  await t.test('a path that can name no record is told in words', async (t) => {
    const { admin } = await createDealer()
    const { problem } = await admin('GET', '/v1/qualification-forms/nothing')
    t.equal(problem.detail, 'Not found: record with this lead type.')
    const { problem: other } = await admin('GET', '/v1/leads/7')
    t.equal(other.detail, 'Not found: record with this id.')
    const { problem: lost } = await admin('GET', '/v1/nowhere' as '/v1/leads')
    t.equal(lost.detail, 'The API has no operation at this address.')
    const unknown = '01938f2e-0001-7000-8000-000000000001'
    const { problem: gone } = await admin('GET', `/v1/leads/${unknown}`)
    t.equal(gone.detail, 'Not found: lead.')
  })

  await t.test('who can create a user is told without a word of a change', async (t) => {
    const { withUser } = await createDealer()
    const { call } = await withUser({ role: 'admin' })
    const sent = { name: 'Ewa', email: 'ewa@example.pl', role: 'owner' }
    const { status, problem } = await call('POST', '/v1/users', sent)
    t.equal(status, 403)
    t.match(problem.detail, /^Only an owner can create or change owners and admins/)
  })

  await t.test('a state that refuses a step is told with the step before it', (t) => {
    const detail = (refusal: Refusal) => toProblem(refusal).message
    for (const state of REWARD_STATES) {
      t.match(detail({ refusal: 'reward-state', state }), /sale|approve|pa(?:id|y)/, state)
      t.notMatch(detail({ refusal: 'reward-state', state }), /^The reward is \w+\.$/, state)
    }
    for (const state of IMPORT_STATES) {
      t.notMatch(detail({ refusal: 'import-state', state }), /^The import is \w+\.$/, state)
    }
    for (const state of PROMOTER_STATES) {
      t.match(detail({ refusal: 'promoter-state', state }), /invit/, state)
    }
    t.match(detail({ refusal: 'reward-state', state: 'eligible' }), /Approve it first/)
    t.end()
  })

  await t.test(
    'a client who exists is told without a lead, which the request has not',
    async (t) => {
      const { admin } = await createDealer()
      const client = { contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@x.example' } }
      t.equal((await admin('POST', '/v1/clients', client)).status, 201)
      const { status, problem } = await admin('POST', '/v1/clients', client)
      t.equal(status, 409)
      t.match(problem.detail, /matches.*allowDuplicate/)
      t.notMatch(problem.detail, /\blead\b/)
    }
  )

  await t.test('users of one name are told by their addresses', async (t) => {
    const { admin, withUser } = await createDealer()
    await withUser({ name: 'Jan Lis', email: 'jan.a@dealer.example' })
    await withUser({ name: 'Jan Lis', email: 'jan.b@dealer.example' })
    const { problem } = await admin('GET', '/v1/leads?assignee=zoe' as '/v1/leads')
    t.match(problem.errors?.[0]?.message, /jan\.a@dealer\.example.*jan\.b@dealer\.example/)
    t.notMatch(problem.errors?.[0]?.message, 'Jan Lis')
  })

  await t.test('a body that is too large is told the limit', async (t) => {
    const { admin } = await createDealer()
    const message = 'x'.repeat(1024 * 1024)
    const { status, problem } = await admin('POST', '/v1/leads', { message })
    t.equal(status, 413)
    t.equal(problem.detail, 'The body is larger than 1048576 bytes.')
  })

  await t.test('a null among the values of a list is no word', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const { problem } = await admin('PATCH', `/v1/leads/${lead.id}`, { temperature: 'boiling' })
    t.equal(problem.errors?.[0]?.message, 'must be empty or one of hot, warm, cold')
  })

  await t.test('all queues that a new user can’t have are told at once', async (t) => {
    const { admin } = await createDealer()
    const ids = ['1', '2'].map((digit) => `01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6${digit}`)
    const body = { name: 'Una', email: 'una@users.test', role: 'member', queues: ids }
    const { problem } = await admin('POST', '/v1/users', body)
    t.strictSame(
      problem.errors?.map(({ pointer }) => pointer),
      ['/queues/0', '/queues/1']
    )
  })

  await t.test('a phone that may not be dialable is a reason of its own', async (t) => {
    const { admin } = await createDealer()
    const reasonOf = async (contact: object) => {
      const lead = await postLead(admin, { contact })
      const { data } = (await admin('GET', `/v1/leads/${lead.id}/decisions`)).body
      return must(data.find(({ step }) => step === 'validated'))
    }
    const unsure = await reasonOf({ phone: '123456' })
    t.hasStrict(unsure, { outcome: 'reachable', code: 'only_unsure_phone' })
    const sure = await reasonOf({ phone: '123456', email: 'a@example.com' })
    t.hasStrict(sure, { code: 'reachable' })
  })
})
