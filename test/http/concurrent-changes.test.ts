import t from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import type { Caller, TestResponse } from '../support/response.ts'
import { createFixture } from '../support/fixture.ts'
import type { Fixture } from '../support/fixture.ts'
import { openConnections } from '../support/leads.ts'
import { listOperations } from '../support/operations.ts'

const AT_ONCE = 6

/** A change in variants, with these headers: each variant is another content. */
type Change = (headers: Record<string, string>, variant: number) => Promise<TestResponse>

/** Every PATCH and PUT that heeds `If-Match`. */
function changes(
  { call }: TestApp,
  { dealer, ids }: Fixture,
  user: { id: string; call: Caller }
): Record<string, Change> {
  const { admin } = dealer
  const patch =
    (url: string, bodyOf: (name: string) => object): Change =>
    (headers, variant) =>
      admin('PATCH', url, bodyOf(`v${variant}`), headers)
  const put =
    (url: string, bodyOf: (variant: number) => object, caller = admin): Change =>
    (headers, variant) =>
      caller('PUT', url, bodyOf(variant), headers)
  const named = (name: string) => ({ name })
  const noted = (note: string) => ({ note })
  // Two settings in turn: most of those at once then differ from what is stored.
  const mails = (variant: number) => ({ kinds: { newLead: variant % 2 === 0 ? 'now' : 'off' } })
  return {
    updateAccount: patch(`/v1/accounts/${ids.account}`, named),
    updateActivity: patch(`/v1/activities/${ids.activity}`, (text) => ({ text })),
    updateApiKey: patch(`/v1/api-keys/${ids.apiKey}`, named),
    updateAssignmentRules: patch(`/v1/assignment-rules/${ids.assignmentRules}`, noted),
    updateAutoResponses: patch(`/v1/auto-responses/${ids.autoResponses}`, noted),
    updateScoringRules: patch(`/v1/scoring-rules/${ids.scoringRules}`, noted),
    updateClient: patch(`/v1/clients/${ids.client}`, (description) => ({ description })),
    updateCustomField: patch(`/v1/custom-fields/${ids.customField}`, (label) => ({ label })),
    updateDealer: patch('/v1/dealer', named),
    updateDuplicate: patch(`/v1/duplicates/${ids.duplicate}`, () => ({ state: 'different' })),
    renameDealer: (headers, variant) => {
      const payload = { name: `v${variant}` }
      return call(OPERATOR_TOKEN, {
        ...{ method: 'PATCH', url: `/v1/dealers/${dealer.id}`, payload, headers }
      })
    },
    writeFieldMapping: put('/v1/field-mapping', (variant) => ({
      entries: [{ to: 'account.name', from: 'contact.companyName', default: `v${variant}` }]
    })),
    updateImport: patch(`/v1/imports/${ids.import}`, named),
    writeIncentiveRates: put('/v1/incentive-rates', (variant) => ({
      rates: [{ measure: 'directSales', amount: `${variant}.00` }]
    })),
    updateLead: patch(`/v1/leads/${ids.lead}`, (message) => ({ message })),
    updateMe: (headers, variant) => user.call('PATCH', '/v1/me', { name: `v${variant}` }, headers),
    writeMyNotifications: put('/v1/me/notifications', mails, user.call),
    writeUserNotifications: put(`/v1/users/${ids.user}/notifications`, mails),
    updateOpportunity: patch(`/v1/opportunities/${ids.opportunity}`, named),
    updatePromoter: patch(`/v1/promoters/${ids.promoter}`, named),
    writeQualificationForm: put('/v1/qualification-forms/inquiry', (variant) => ({
      ...FORM,
      followUpDays: 2 + variant
    })),
    updateQueue: patch(`/v1/queues/${ids.queue}`, named),
    updateReferralLink: patch(`/v1/referral-links/${ids.referralLink}`, (label) => ({ label })),
    updateRewardProgramme: patch(`/v1/reward-programmes/${ids.rewardProgramme}`, named),
    updateSaleStatus: patch(`/v1/sale-statuses/${ids.saleStatus}`, named),
    updateSale: (headers, variant) =>
      admin('PATCH', `/v1/sales/${ids.sale}`, { amount: money(variant) }, headers),
    updateSource: patch(`/v1/sources/${ids.source}`, named),
    writeSourceCost: put(`/v1/sources/${ids.source}/costs/2026-11`, (variant) => ({
      amount: `${variant}.00`
    })),
    updateStatus: patch(`/v1/statuses/${ids.status}`, named),
    updateStatusReason: patch(`/v1/status-reasons/${ids.statusReason}`, named),
    renameTeam: patch('/v1/teams/call_center', named),
    updateTemplate: patch(`/v1/templates/${ids.template}`, named),
    updateUser: patch(`/v1/users/${ids.user}`, named)
  }
}

const money = (amount: number) => ({ amount: `${amount}.00`, currency: 'PLN' })
const FORM = {
  questions: [{ kind: 'need', text: 'Why?', weight: 1, clues: [{ text: 'Asks', strength: 1 }] }],
  qualifiesFrom: 1,
  notYetFrom: 0,
  routes: false
}

// Guards the lock of each record: without it several find the version they are based on.
void t.test('of changes at once that are based on one version, one is made', async (t) => {
  const app = await createTestApp(t)
  const fixture = await createFixture(await app.createDealer(), 'one')
  const { dealer } = fixture
  const user = await dealer.withUser()
  const all = changes(app, fixture, user)

  await t.test('every PATCH and PUT that heeds If-Match is here', async (t) => {
    const operations = listOperations(app.app).filter(
      ({ method, conditional }) => conditional && ['PATCH', 'PUT'].includes(method)
    )
    t.strictSame(operations.map(({ id }) => id).toSorted(), Object.keys(all).toSorted())
  })

  await openConnections(dealer.admin)
  for (const [operation, change] of Object.entries(all)) {
    await t.test(operation, async (t) => {
      const before = await change({}, 1)
      t.equal(before.status, 200, before.text)
      const etag = String(before.headers.etag)
      t.match(etag, /^"\d+"$/)
      const responses = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, n) => change({ 'if-match': etag }, 2 + n))
      )
      const made = responses.filter(({ status }) => status === 200)
      t.equal(made.length, 1, 'one is made')
      const refused = responses.filter(({ status }) => status === 412)
      t.equal(refused.length, AT_ONCE - 1, 'the others are refused')
      t.equal(made[0]?.headers.etag, `"${Number(etag.slice(1, -1)) + 1}"`)
      t.equal((await change({ 'if-match': '*' }, 20)).status, 200)
      t.equal((await change({}, 21)).status, 200)
    })
  }
})
