import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

type Said = [purpose: string, channel: string | null, granted: boolean]

const FIELDS: readonly (readonly [name: string, value: string, said: Said])[] = [
  ['marketing_consent', 'yes', ['marketing', null, true]],
  ['marketing', 'no', ['marketing', null, false]],
  ['newsletter', 'on', ['newsletter', null, true]],
  ['zgodaMarketingowa', 'tak', ['marketing', null, true]],
  ['zgoda-marketing-sms', 'nie', ['marketing', 'sms', false]],
  ['consentimiento_publicidad', 'sí', ['marketing', null, true]],
  ['Einwilligung Werbung per E-Mail', 'ja', ['marketing', 'email', true]],
  ['email_opt_in', 'yes', ['marketing', 'email', true]],
  ['email_opt_out', 'yes', ['marketing', 'email', false]],
  ['do_not_call', '1', ['marketing', 'phone', false]]
]

/** What names no purpose, or says neither yes nor no: it is told and kept. */
const OTHERS = [
  ['consent', 'on'],
  ['RODO', 'tak'],
  ['marketing_consent', 'maybe'],
  ['marketing_campaign', 'yes'],
  ['email_opt_out', 'no']
] as const

void t.test('a field that names a consent is one, in forms and in JSON of forms', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const hook = { key: 'hook', name: 'Hook', kind: 'website', lenient: true }
  await dealer.admin('POST', '/v1/sources', hook)
  let count = 0
  const post = async (fields: Record<string, string>, isJson: boolean) => {
    const email = `ada${++count}@consents.example`
    const given = { source: 'hook', email, ...fields }
    const form = new URLSearchParams(given).toString() as unknown as object
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const path = '/v1/leads'
    const posted = isJson
      ? await dealer.admin('POST', path, given)
      : await dealer.admin('POST', path, form, type)
    t.equal(posted.status, 201)
    return posted.body
  }
  for (const isJson of [true, false]) {
    for (const [name, value, [purpose, channel, granted]] of FIELDS) {
      const body = await post({ [name]: value }, isJson)
      t.match(body.consents, [{ purpose, channel, granted }], name)
      t.equal(body.consents.length, 1)
    }
    for (const [name, value] of OTHERS) {
      const body = await post({ [name]: value }, isJson)
      t.strictSame(body.consents, [], name)
      t.match(body.unmapped, [{ path: `/${name}`, text: value }])
      t.match(body.warnings, [{ pointer: `/${name}` }])
    }
  }
})

void t.test(
  'members of JSON that name a consent are one where unknown members are kept',
  async (t) => {
    const { createDealer } = await createTestApp(t)
    const { admin } = await createDealer()
    await admin('POST', '/v1/sources', {
      key: 'hook',
      name: 'Hook',
      kind: 'website',
      lenient: true
    })
    const { body } = await admin('POST', '/v1/leads', {
      source: 'hook',
      contact: { email: 'ada@members.example', newsletter: true },
      consents: [{ purpose: 'marketing', channel: 'sms', granted: false }],
      zgoda_marketingowa: 'tak',
      'marketing-sms': 'yes',
      rodo: true,
      gdpr: 'yes',
      opt_in: '1'
    })
    const consents = body.consents.map(({ purpose, channel, granted }) => [
      purpose,
      channel,
      granted
    ])
    t.strictSame(consents, [
      ['marketing', 'sms', false],
      ['marketing', null, true],
      ['newsletter', null, true]
    ])
    const paths = body.unmapped.map(({ path }) => path).toSorted()
    t.strictSame(paths, ['/gdpr', '/marketing-sms', '/opt_in', '/rodo'])
    t.strictSame(body.warnings.map(({ pointer }) => pointer).toSorted(), paths)
  }
)
