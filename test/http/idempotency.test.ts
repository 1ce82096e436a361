import t from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import type { TestResponse } from '../support/response.ts'
import { createFixture } from '../support/fixture.ts'
import type { Fixture } from '../support/fixture.ts'
import { listOperations } from '../support/operations.ts'

const DEALER = {
  ...{ locale: 'en', timeZone: 'Europe/Warsaw', country: 'PL', currency: 'PLN' },
  owner: { name: 'Olga', email: 'olga@once.test' }
}
const HOUR_MS = 3_600_000

/** They change a lead, a client, a rule set or a link, and have no second body to tell apart. */
const CHANGES = [
  ...['rotateApiKey', 'rollBackAssignmentRules', 'rollBackAutoResponses', 'rollBackScoringRules'],
  ...[
    'mergeClients',
    'mergeDuplicate',
    'convertLead',
    'linkLead',
    'moveLead',
    'unlinkLead',
    'offerLead'
  ],
  'requestLink',
  ...['qualifyLead', 'createMyCalendar', 'invitePromoter', 'createPromoterPageLink']
]

type Post = (headers: Record<string, string>, variant: number) => Promise<TestResponse>

/** Every operation that creates a record, by two requests or more that differ by `variant` only. */
function creators({ call }: TestApp, { dealer, ids, code }: Fixture): Record<string, Post> {
  const at =
    (url: string, bodyOf: (name: string) => object): Post =>
    (headers, variant) =>
      dealer.admin('POST', url, bodyOf(`v${variant}`), headers)
  const named = (name: string) => ({ name })
  const contact = (name: string) => ({ fullName: name, email: `${name}@people.test` })
  const consent = (purpose: string) => ({ purpose, channel: 'email', granted: true })
  return {
    createAccount: at('/v1/accounts', named),
    createActivity: at('/v1/activities', (text) => ({
      ...{ type: 'call', leadId: ids.lead, text }
    })),
    createApiKey: at('/v1/api-keys', (name) => ({ name, scopes: ['read'] })),
    createAssignmentRules: at('/v1/assignment-rules', (note) => ({ note })),
    createAutoResponses: at('/v1/auto-responses', (note) => ({ note })),
    createDealer: async (headers, variant) =>
      await call(OPERATOR_TOKEN, {
        ...{ method: 'POST', url: '/v1/dealers', headers },
        payload: { name: 'Once', slug: `once-${variant}`, ...DEALER }
      }),
    createClient: at('/v1/clients', (name) => ({ contact: contact(name) })),
    recordClientConsent: at(`/v1/clients/${ids.client}/consents`, consent),
    recordLeadConsent: at(`/v1/leads/${ids.lead}/consents`, consent),
    createCustomField: at('/v1/custom-fields', (key) => ({
      ...{ target: 'lead', key, label: key, type: 'text' }
    })),
    // The body is a stream: only the query tells two requests apart.
    createImport: (headers, variant) =>
      dealer.admin('POST', `/v1/imports?name=v${variant}`, 'email\na@x.test\n', {
        ...headers,
        'content-type': 'text/csv'
      }),
    createLead: at('/v1/leads', (name) => ({ source: 'website', contact: contact(name) })),
    createLeadsFromDocument: (headers, variant) =>
      dealer.admin(
        'POST',
        '/v1/leads/documents',
        `<adf><prospect><customer><contact><name part="full">D${variant}</name>
          <email>d${variant}@people.test</email></contact></customer></prospect></adf>`,
        { ...headers, 'content-type': 'application/xml' }
      ),
    createReferredLead: (headers, variant) =>
      call(null, {
        method: 'POST',
        url: `/v1/referrals/${code}/leads`,
        payload: { contact: contact(`r${variant}`) },
        headers
      }),
    createEngagement: at(`/v1/leads/${ids.lead}/engagements`, (name) => ({
      ...{ type: 'page_view', page: `https://dealer.test/${name}` }
    })),
    createOpportunity: at('/v1/opportunities', (name) => ({ name, clientId: ids.client })),
    createPromoter: at('/v1/promoters', (name) => ({ name, email: `${name}@promoters.test` })),
    createQueue: at('/v1/queues', named),
    createReferralLink: at('/v1/referral-links', (name) => ({
      ...{ userId: ids.user, targetUrl: `https://dealer.test/${name}` }
    })),
    createRewardProgramme: at('/v1/reward-programmes', (name) => ({
      ...{ name, pointsPerSale: 5, active: false }
    })),
    createSaleStatus: at('/v1/sale-statuses', (name) => ({ name, group: 'open' })),
    createScoringRules: at('/v1/scoring-rules', (note) => ({ note })),
    createSource: at('/v1/sources', (key) => ({ key, name: key, kind: 'trade_fair' })),
    createStatus: at('/v1/statuses', (name) => ({ name, group: 'working' })),
    createStatusReason: at('/v1/status-reasons', (name) => ({ key: name, name, group: 'lost' })),
    createSuppression: at('/v1/suppressions', (name) => ({ email: `${name}@gone.test` })),
    createTemplate: at('/v1/templates', (name) => ({
      ...{ name, languages: { en: { subject: 'Thanks', text: 'We call you.' } } }
    })),
    createUser: at('/v1/users', (name) => ({ name, email: `${name}@users.test`, role: 'member' }))
  }
}

void t.test('an Idempotency-Key is remembered for 24 hours', async (t) => {
  const start = new Date('2026-11-21T12:00:00Z')
  let now = start
  const app = await createTestApp(t, { now: () => now })
  const fixture = await createFixture(await app.createDealer(), 'one')
  const posts = creators(app, fixture)
  let keys = 0

  await t.test('every operation that takes a key is here', async (t) => {
    const operations = listOperations(app.app).filter(({ idempotent }) => idempotent)
    t.strictSame(
      operations.map(({ id }) => id).toSorted(),
      [...Object.keys(posts), ...CHANGES].toSorted()
    )
  })

  for (const [operation, post] of Object.entries(posts)) {
    await t.test(operation, async (t) => {
      now = start
      const headers = { 'idempotency-key': `key ${(keys += 1)}` }
      const idOf = ({ status, body, text }: TestResponse) => {
        if (status > 201) throw new Error(text)
        // A document is a list of leads.
        return (body.id ?? body.data?.[0]?.id) as string
      }
      const first = idOf(await post(headers, 1))
      t.type(first, 'string')

      now = new Date(start.getTime() + 24 * HOUR_MS - 1)
      t.equal(idOf(await post(headers, 1)), first, 'until then a repeat gets the first')
      const other = await post(headers, 2)
      t.equal(other.status, 422, 'and another request is refused')
      t.equal(other.body.type, 'urn:leadyard:problem:idempotency-key-reused')

      now = new Date(start.getTime() + 24 * HOUR_MS)
      const next = await post(headers, 2)
      t.equal(next.status, 201, 'then another request is carried out')
      t.not(idOf(next), first)
      t.equal(idOf(await post(headers, 2)), idOf(next), 'and is remembered in its turn')
      t.equal((await post(headers, 1)).status, 422)
    })
  }

  await t.test('the same body under the same key to another operation is refused', async (t) => {
    const { admin } = fixture.dealer
    const headers = { 'idempotency-key': 'two operations' }
    const body = { name: 'Two operations' }
    t.equal((await admin('POST', '/v1/queues', body, headers)).status, 201)
    const other = await admin('POST', '/v1/accounts', body, headers)
    t.equal(other.problem.type, 'urn:leadyard:problem:idempotency-key-reused')
  })
})
