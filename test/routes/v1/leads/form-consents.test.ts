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

/** The member `consents` in loose forms: what is stored, and what is kept with a warning. */
const LOOSE: readonly (readonly [given: unknown, said: readonly Said[], isKept?: boolean])[] = [
  [{ do_not_call: true }, [['marketing', 'phone', false]]],
  [{ email_opt_out: true }, [['marketing', 'email', false]]],
  [{ emailOptOut: true }, [['marketing', 'email', false]]],
  [{ unsubscribed: true }, [['marketing', null, false]]],
  [{ noMarketing: true }, [['marketing', null, false]]],
  [['no marketing'], [['marketing', null, false]]],
  ['marketing:false', [['marketing', null, false]]],
  ['newsletter: no', [['newsletter', null, false]]],
  [
    'marketing=yes;newsletter=no',
    [
      ['marketing', null, true],
      ['newsletter', null, false]
    ]
  ],
  [[{ purpose: 'do not call', granted: true }], [['marketing', 'phone', false]]],
  [{ marketing: 'withdrawn' }, [['marketing', null, false]]],
  [{ marketing: 'no thanks' }, [['marketing', null, false]]],
  [{ marketing: 'revoked' }, [['marketing', null, false]]],
  [{ marketing: { granted: 'withdrawn' } }, [['marketing', null, false]]],
  [{ marketing: null }, []],
  [{ marketing: '' }, []],
  [{ marketing: null, newsletter: true }, [['newsletter', null, true]]],
  ['none', [], true],
  [{ no_spam: true }, [], true],
  [{ do_not_call: false }, [], true],
  [{ marketing: '2026-01-01' }, [], true],
  [{ marketing: { email: 'perhaps', sms: 'yes' } }, [['marketing', 'sms', true]], true]
]

void t.test('a refusal among consents is none of them, and a value costs no lead', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  await admin('POST', '/v1/sources', { key: 'strict', name: 'Strict', kind: 'website' })
  let count = 0
  for (const [consents, said, isKept = false] of LOOSE) {
    const contact = { email: `ada${++count}@loose.example` }
    const posted = await admin('POST', '/v1/leads', { source: 'strict', contact, consents })
    const name = JSON.stringify(consents)
    t.equal(posted.status, 201, name)
    if (posted.status !== 201) continue
    const stored = posted.body.consents.map((one) => [one.purpose, one.channel, one.granted])
    t.strictSame(stored, said, name)
    t.equal(posted.body.unmapped.length, isKept ? 1 : 0, name)
    t.equal(posted.body.warnings.length, isKept ? 1 : 0, name)
  }
})

void t.test('a refusal in the field of consents is none of them in forms', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  await admin('POST', '/v1/sources', { key: 'form', name: 'Form', kind: 'website' })
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const forms: readonly (readonly [string, Said])[] = [
    ['consents[do_not_call]=1', ['marketing', 'phone', false]],
    ['consents[email_opt_out]=yes', ['marketing', 'email', false]],
    ['consents[]=no+marketing', ['marketing', null, false]],
    ['consents=marketing%3Dno', ['marketing', null, false]]
  ]
  for (const [at, [field, [purpose, channel, granted]]] of forms.entries()) {
    const form = `source=form&email=eva${at}@loose.example&${field}` as unknown as object
    const { status, body } = await admin('POST', '/v1/leads', form, type)
    t.equal(status, 201, field)
    t.match(body.consents, [{ purpose, channel, granted }], field)
    t.equal(body.consents.length, 1)
  }
})

/** A yes and a refusal of one purpose in one body: what holds, and the places of what does not. */
const CONTRADICTED: readonly (readonly [
  given: unknown,
  said: readonly Said[],
  places: readonly string[]
])[] = [
  [{ marketing: true, noMarketing: true }, [['marketing', null, false]], ['/marketing']],
  ['marketing;no marketing', [['marketing', null, false]], ['']],
  [
    [
      { purpose: 'marketing', granted: false },
      { purpose: 'Marketing', granted: true }
    ],
    [['marketing', null, false]],
    ['/1']
  ],
  [
    [
      { purpose: 'newsletter', granted: true },
      { purpose: 'marketing', channel: 'email', granted: true },
      { purpose: 'marketing', granted: false },
      { purpose: 'marketing', channel: 'sms', granted: true }
    ],
    [['marketing', null, false]],
    ['/0', '/1', '/3']
  ],
  [
    [
      { purpose: 'marketing', granted: true },
      { purpose: 'do not call', granted: true }
    ],
    [
      ['marketing', null, true],
      ['marketing', 'phone', false]
    ],
    []
  ],
  [
    [
      { purpose: 'marketing', granted: false, givenAt: '2025-01-01T10:00:00Z' },
      { purpose: 'marketing', granted: true, givenAt: '2026-01-01T10:00:00Z' }
    ],
    [
      ['marketing', null, false],
      ['marketing', null, true]
    ],
    []
  ]
]

void t.test(
  'of a yes and a refusal in one body the refusal holds, and the yes is told',
  async (t) => {
    const { createDealer } = await createTestApp(t)
    const { admin } = await createDealer()
    await admin('POST', '/v1/sources', {
      key: 'hook',
      name: 'Hook',
      kind: 'website',
      lenient: true
    })
    const code = 'contradicted_consent'
    const said = (consents: { purpose: string; channel: string | null; granted: boolean }[]) =>
      consents.map((one) => [one.purpose, one.channel, one.granted])
    for (const [at, [consents, holds, places]] of CONTRADICTED.entries()) {
      const contact = { email: `ada${at}@both.example` }
      const { status, body } = await admin('POST', '/v1/leads', {
        source: 'hook',
        contact,
        consents
      })
      const name = JSON.stringify(consents)
      t.equal(status, 201, name)
      t.strictSame(said(body.consents), holds, name)
      t.match(
        body.warnings,
        places.map((place) => ({ pointer: `/consents${place}`, code })),
        name
      )
      t.equal(body.warnings.length, places.length, name)
    }
    const forms = [
      ['marketing=no&marketing_consent=yes', '/marketing_consent'],
      ['marketing_consent=yes&marketing=no', '/marketing_consent'],
      ['email_opt_in=yes&email_opt_out=yes', '/email_opt_in'],
      ['consents[marketing]=on&noMarketing=1', '/consents[marketing]'],
      ['marketing=no&marketing_email=yes', '/marketing_email'],
      ['consents[]=marketing&consents[]=no+marketing', '/consents[]']
    ] as const
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const [at, [fields, pointer]] of forms.entries()) {
      const form = `source=hook&email=eva${at}@both.example&${fields}` as unknown as object
      const { body } = await admin('POST', '/v1/leads', form, type)
      t.strictSame(
        body.consents.map(({ granted }) => granted),
        [false],
        fields
      )
      t.match(body.warnings, [{ pointer, code }], fields)
      t.equal(body.warnings.length, 1, fields)
    }
    const members = await admin('POST', '/v1/leads', {
      source: 'hook',
      contact: { email: 'iga@both.example' },
      consents: [{ purpose: 'newsletter', granted: true }],
      no_newsletter: true
    })
    t.strictSame(said(members.body.consents), [['newsletter', null, false]])
    t.match(members.body.warnings, [{ pointer: '/consents/0', code }])
    const both = 'consents[marketing][email]=no&marketing=yes'
    const apart = await admin(
      'POST',
      '/v1/leads',
      `source=hook&email=una@both.example&${both}` as unknown as object,
      type
    )
    t.strictSame(said(apart.body.consents).toSorted(), [
      ['marketing', null, true],
      ['marketing', 'email', false]
    ])
    t.strictSame(apart.body.warnings, [], 'a refusal of one channel leaves the others')
  }
)

void t.test('a consent that does not say whether the person agreed is told', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  await admin('POST', '/v1/sources', { key: 'strict', name: 'Strict', kind: 'website' })
  const cases: readonly (readonly [unknown, string])[] = [
    [[{ purpose: 'marketing', granted: '', text: 'Write to me' }], '/consents/0'],
    [[{ purpose: 'marketing', granted: null }], '/consents/0'],
    [{ purpose: 'marketing', granted: ' ' }, '/consents'],
    [{ marketing: { granted: '', text: 'Write to me' } }, '/consents/marketing']
  ]
  for (const [at, [consents, pointer]] of cases.entries()) {
    const contact = { email: `ada${at}@open.example` }
    const { body } = await admin('POST', '/v1/leads', { source: 'strict', contact, consents })
    const name = JSON.stringify(consents)
    t.strictSame(body.consents, [], name)
    t.match(body.warnings, [{ pointer, code: 'incomplete_value' }], name)
    t.equal(body.warnings.length, 1, name)
  }
})

void t.test('a landing page says refusals in loose forms too', async (t) => {
  const app = await createTestApp(t)
  const { admin, ownerId } = await app.createDealer()
  const link = await admin('POST', '/v1/referral-links', { userId: ownerId })
  const refusals: readonly (readonly [unknown, object[]])[] = [
    [{ do_not_call: true }, [{ purpose: 'marketing', channel: 'phone', granted: false }]],
    ['newsletter: no', [{ purpose: 'newsletter', granted: false }]],
    [{ marketing: 'withdrawn' }, [{ purpose: 'marketing', granted: false }]],
    [{ marketing: null }, []]
  ]
  for (const [at, [consents, said]] of refusals.entries()) {
    const { status } = await app.call(null, {
      method: 'POST',
      url: `/v1/referrals/${link.body.code}/leads`,
      payload: { contact: { email: `ola${at}@loose.example` }, consents }
    })
    t.equal(status, 201, JSON.stringify(consents))
    const { body } = await admin('GET', '/v1/leads')
    t.match(body.data[0]?.consents, said)
    t.equal(body.data[0]?.consents.length, said.length)
  }
})
