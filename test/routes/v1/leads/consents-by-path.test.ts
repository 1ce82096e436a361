import t from 'tap'

import type { CapturedLead } from '../../../support/contract-types.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { first } from '../../../support/must.ts'

type Consents = CapturedLead['consents']
type Said = [purpose: string, channel: string | null, granted: boolean]

const XML = { 'content-type': 'application/xml' }

/** The one lead of an answer to a document. */
const leadOf = ({ data }: { data: CapturedLead[] }): CapturedLead => first(data)

/** Fields of forms and of programs: as elements of ADF they say the same. */
const FIELDS: readonly (readonly [fields: readonly (readonly [string, string])[], Said[]])[] = [
  [[['do_not_call', 'yes']], [['marketing', 'phone', false]]],
  [[['newsletter', 'no']], [['newsletter', null, false]]],
  [
    [
      ['donotcall', 'true'],
      ['marketingoptin', 'N']
    ],
    [
      ['marketing', 'phone', false],
      ['marketing', null, false]
    ]
  ],
  [[['marketing_consent', 'no']], [['marketing', null, false]]],
  [[['marketing_consent', 'Ja, ich stimme zu']], [['marketing', null, true]]],
  [[['newsletter', 'sí, acepto']], [['newsletter', null, true]]],
  [[['newsletter', 'tak, zgadzam się']], [['newsletter', null, true]]],
  [[['newsletter', 'yes please']], [['newsletter', null, true]]],
  [[['newsletter', 'Nie chcę newslettera']], [['newsletter', null, false]]],
  [[['emailoptout', 'no']], []],
  [
    [
      ['newsletter', 'yes'],
      ['unsubscribe', 'yes']
    ],
    [['marketing', null, false]]
  ],
  [
    [
      ['newsletter', 'yes'],
      ['do_not_call', 'yes']
    ],
    [
      ['newsletter', null, true],
      ['marketing', 'phone', false]
    ]
  ]
]

void t.test('the same names of consents say the same in forms, in JSON and in ADF', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  let count = 0
  const nextEmail = () => `ada${++count}@paths.example`
  const saidBy = ({ status, consents }: { status: number; consents: Consents }) => {
    t.equal(status, 201)
    return consents.map((one): Said => [one.purpose, one.channel, one.granted]).toSorted()
  }
  const type = 'application/x-www-form-urlencoded'
  for (const [fields, said] of FIELDS) {
    const given = { source: 'hook', ...Object.fromEntries(fields) }
    const name = JSON.stringify(fields)
    const right = said.toSorted()
    const fieldsOf = new URLSearchParams({ ...given, email: nextEmail() }).toString()
    const form = await admin('POST', '/v1/leads', fieldsOf as unknown as object, {
      'content-type': type
    })
    t.strictSame(saidBy({ ...form.body, status: form.status }), right, `form ${name}`)
    const json = await admin('POST', '/v1/leads', { ...given, email: nextEmail() })
    t.strictSame(saidBy({ ...json.body, status: json.status }), right, `JSON ${name}`)
    const elements = fields.map(([key, text]) => `<${key}>${text}</${key}>`).join('')
    for (const inner of [
      `${elements}<customer><contact>|</contact></customer>`,
      `<customer><contact>|</contact>${elements}</customer>`,
      `<customer><contact>|${elements}</contact></customer>`
    ]) {
      const whole = inner.replace('|', `<email>${nextEmail()}</email>`)
      const document = `<adf><prospect>${whole}</prospect></adf>`
      const { status, body } = await admin('POST', '/v1/leads', document, XML)
      const { consents } = leadOf(body)
      t.strictSame(saidBy({ status, consents }), right, `ADF ${inner}`)
    }
  }
})

/** Fields that were sent twice: what holds, and whether a yes is told that does not. */
const TWICE: readonly (readonly [fields: string, said: Said[], isTold: boolean])[] = [
  ['marketing_consent=yes&marketing_consent=no', [['marketing', null, false]], true],
  ['marketing_consent=no&marketing_consent=yes', [['marketing', null, false]], true],
  ['marketing_consent=0&marketing_consent=1', [['marketing', null, true]], false],
  ['marketing_consent=false&marketing_consent=true', [['marketing', null, true]], false],
  ['marketing_consent=off&marketing_consent=on', [['marketing', null, true]], false],
  ['marketing_consent=1&marketing_consent=0', [['marketing', null, false]], true],
  ['consents[marketing]=0&consents[marketing]=1', [['marketing', null, true]], false],
  ['email_opt_out=0&email_opt_out=1', [['marketing', 'email', false]], false]
]

void t.test(
  'of a field that was sent twice a refusal holds, and a box behind its hidden field',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website' })
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const [at, [fields, said, isTold]] of TWICE.entries()) {
      const form = `source=hook&email=eva${at}@twice.example&${fields}` as unknown as object
      const { status, body } = await admin('POST', '/v1/leads', form, type)
      t.equal(status, 201, fields)
      t.strictSame(
        body.consents.map((one) => [one.purpose, one.channel, one.granted]),
        said,
        fields
      )
      const told = isTold ? [{ code: 'contradicted_consent' }] : []
      t.match(body.warnings, told, fields)
      t.equal(body.warnings.length, told.length, fields)
    }
  }
)

void t.test('purposes and channels in other spellings contradict each other too', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website' })
  const pairs = [
    ['Marketing', 'E-mail', 'marketing', 'email'],
    ['marketing', 'email', ' Marketing ', 'E-Mail'],
    ['marketing', 'Telefon', 'MARKETING', 'phone'],
    ['marketing', 'Text message', 'marketing', 'sms'],
    ['Third party', null, 'third-party', null],
    ['newsletter', null, 'marketing', null]
  ] as const
  for (const [at, [purpose, channel, refused, by]] of pairs.entries()) {
    const { body } = await admin('POST', '/v1/leads', {
      source: 'hook',
      contact: { email: `iga${at}@spelled.example` },
      consents: [
        { purpose, channel, granted: true },
        { purpose: refused, channel: by, granted: false }
      ]
    })
    t.match(body.consents, [{ granted: false }], `${purpose} ${String(channel)}`)
    t.equal(body.consents.length, 1)
    t.match(body.warnings, [{ pointer: '/consents/0', code: 'contradicted_consent' }])
  }
})

void t.test('a second contact of a document says nothing for the first', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const one = '<contact><email>una@second.example</email></contact>'
  const second = '<contact><email>ole@second.example</email><newsletter>yes</newsletter></contact>'
  const document = `<adf><prospect><customer>${one}${second}</customer></prospect></adf>`
  const { body } = await admin('POST', '/v1/leads', document, XML)
  t.strictSame(leadOf(body).consents, [])
})

void t.test('a vehicle of a document that is a bare text is taken apart', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const mail = '<customer><contact><email>kia@bare.example</email></contact></customer>'
  const vehicles =
    '<vehicle status="used">2021 Kia Ceed</vehicle><trade>2018 Ford Focus</trade><vehicle>n/a</vehicle>'
  const document = `<adf><prospect>${vehicles}${mail}</prospect></adf>`
  const { body } = await admin('POST', '/v1/leads', document, XML)
  const { vehicles: read } = leadOf(body)
  t.match(read, [
    { interest: 'buy', condition: 'used', year: 2021, make: 'Kia', model: 'Ceed' },
    { interest: 'trade-in', year: 2018, make: 'Ford', model: 'Focus' }
  ])
  t.equal(read.length, 2)
})
