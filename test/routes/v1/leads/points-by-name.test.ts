import t from 'tap'
import type { Test } from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'
import { postAdf } from '../../../support/leads.ts'
import { must, only } from '../../../support/must.ts'

/** A person by the names that a sender has for the values. */
type Named = Record<string, string>

interface Right {
  email?: string | null
  otherEmails?: string[]
  phone?: string | null
  phoneType?: string | null
  otherPhones?: [number: string, type: string][]
}

type Contact = Awaited<ReturnType<typeof byForm>>['contact']

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function byForm({ admin }: TestDealer, named: Named) {
  const fields = new URLSearchParams({ source: 'walk-in', ...named }).toString()
  const posted = await admin('POST', '/v1/leads', fields as unknown as object, FORM)
  if (posted.status !== 201) throw new Error(posted.text)
  return posted.body
}

async function byJson({ admin }: TestDealer, named: Named) {
  const posted = await admin('POST', '/v1/leads', { source: 'website', contact: named })
  if (posted.status !== 201) throw new Error(posted.text)
  return posted.body
}

async function byAdf({ admin }: TestDealer, named: Named) {
  const elements = Object.entries(named).map(
    ([name, text]) => `<${name.replaceAll(' ', '')}>${text}</${name.replaceAll(' ', '')}>`
  )
  const contact = `<contact>${elements.join('')}</contact>`
  const text = `<adf><prospect><customer>${contact}</customer></prospect></adf>`
  const posted = await postAdf(admin, text, '?source=portal')
  if (posted.status !== 201) throw new Error(posted.text)
  return only(posted.body.data)
}

async function byList(t: Test, app: TestApp, dealer: TestDealer, named: Named) {
  const cells = [Object.keys(named), Object.values(named).map((text) => `"${text}"`)]
  const file = cells.map((row) => row.join(',')).join('\n')
  const { leads, done } = await bringList(t, app, dealer, file)
  t.equal(leads.length, 1, JSON.stringify(done.columns))
  return only(leads)
}

function shownOf({ email, otherEmails, phone, phoneType, otherPhones }: Contact) {
  const others = otherPhones.map(({ number, type }) => [number, type])
  return { email, otherEmails, phone, phoneType, otherPhones: others }
}

async function lenientDealer(app: TestApp) {
  const dealer = await app.createDealer()
  const sources = await dealer.admin('GET', '/v1/sources')
  const website = must(sources.body.data.find(({ key }) => key === 'website'))
  const changed = await dealer.admin('PATCH', `/v1/sources/${website.id}`, { lenient: true })
  t.equal(changed.status, 200, changed.text)
  return dealer
}

const NAMES: [Named, Right][] = [
  [
    { phone1: '662 320 001', phone2: '662 320 002', phone3: '662 320 003' },
    {
      phone: '+48662320001',
      otherPhones: [
        ['+48662320002', 'voice'],
        ['+48662320003', 'voice']
      ]
    }
  ],
  [{ mobilephone: '662320011' }, { phone: '+48662320011', phoneType: 'mobile' }],
  [{ cellphone: '662320012' }, { phone: '+48662320012', phoneType: 'mobile' }],
  [
    { homePhone: '225113201', workPhone: '225113202' },
    { phone: '+48225113201', phoneType: 'home', otherPhones: [['+48225113202', 'work']] }
  ],
  [
    {
      phone: '662320015',
      alternatePhone: '662320016',
      email: 'a1@names.example',
      email2: 'a2@names.example'
    },
    {
      phone: '+48662320015',
      otherPhones: [['+48662320016', 'voice']],
      email: 'a1@names.example',
      otherEmails: ['a2@names.example']
    }
  ],
  [
    { email: 'b1@names.example', 'Alt Email': 'b2@names.example' },
    { email: 'b1@names.example', otherEmails: ['b2@names.example'], phone: null }
  ],
  [{ secondaryEmail: 'c1@names.example' }, { email: 'c1@names.example' }]
]

void t.test(
  'e-mails and phones are read by their names in forms, lists, documents and lenient JSON',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await lenientDealer(app)
    for (const [named, right] of NAMES) {
      const contacts = {
        form: (await byForm(dealer, named)).contact,
        json: (await byJson(dealer, named)).contact,
        adf: (await byAdf(dealer, named)).contact,
        list: (await byList(t, app, dealer, named)).contact
      }
      for (const [path, contact] of Object.entries(contacts)) {
        const found = shownOf(contact)
        t.strictSame({ ...found, ...right }, found, `${path}: ${JSON.stringify(named)}`)
      }
    }

    await t.test('a fax is not the phone of a person', async (t) => {
      for (const name of ['Work Fax', 'Fax', 'Faks']) {
        const named = { email: `${name.replace(' ', '')}@fax.example`, [name]: '22 511 32 55' }
        const kept = {
          form: await byForm(dealer, named),
          list: await byList(t, app, dealer, named)
        }
        for (const [path, { contact, unmapped }] of Object.entries(kept)) {
          t.strictSame([contact.phone, contact.otherPhones], [null, []], `${path}: ${name}`)
          t.ok(
            unmapped.some(({ text }) => text === '22 511 32 55'),
            `${path} keeps ${name}`
          )
        }
      }
      const adf = await byAdf(dealer, { fax: '22 511 32 56', phone: '662 320 056' })
      t.hasStrict(shownOf(adf.contact), {
        phone: '+48662320056',
        otherPhones: [['+48225113256', 'fax']]
      })
    })
  }
)

/** The code of a country or area beside a number, and the number as it is dialled from abroad. */
const CODES: [Named, string][] = [
  [{ phone: '5512345671', 'Country code': '+52' }, '+525512345671'],
  [{ phone: '612345672', Prefijo: '+34' }, '+34612345672'],
  [{ phone: '612345673', Prefijo: '34' }, '+34612345673'],
  [{ phone: '662330004', Kierunkowy: '+48' }, '+48662330004'],
  [{ phone: '5113305', Kierunkowy: '22' }, '+48225113305'],
  [{ phone: '15123456706', Vorwahl: '+49' }, '+4915123456706'],
  [{ phone: '7911 123457', 'Phone country code': '0044' }, '+447911123457'],
  [{ phone: '81 234 5678', phoneCountry: 'TH' }, '+66812345678'],
  [{ phone: '50 123 4569', phone_country: 'United Arab Emirates (+971)' }, '+971501234569'],
  [{ phone: '98765 43210', 'Phone country': 'India' }, '+919876543210'],
  [{ phone: '+48 662 330 011', 'Country code': '+52' }, '+48662330011'],
  [{ phone: '48662330012', 'Country code': '48' }, '+48662330012']
]

void t.test('a code beside a number belongs to it', { timeout: 120_000 }, async (t) => {
  const app = await createTestApp(t)
  const dealer = await lenientDealer(app)
  for (const [named, phone] of CODES) {
    const title = JSON.stringify(named)
    t.equal((await byForm(dealer, named)).contact.phone, phone, `form: ${title}`)
    t.equal((await byJson(dealer, named)).contact.phone, phone, `JSON: ${title}`)
    t.equal((await byList(t, app, dealer, named)).contact.phone, phone, `list: ${title}`)
  }

  await t.test('a code in an object is read without leniency', async (t) => {
    const { admin } = await app.createDealer()
    const shapes = [
      { national: '662 340 001', country: 'PL' },
      { number: '662340001', countryCode: '48' },
      { countryCode: '+48', number: '662340001' },
      { number: '662340001', dialCode: '+48', iso2: 'pl' },
      { e164: '+48662340001', national: '662 340 001', country: 'PL' },
      { areaCode: '662', number: '340001', country: 'PL' }
    ]
    for (const [at, phone] of shapes.entries()) {
      const body = { source: 'website', contact: { phone }, message: `shape ${at}` }
      const posted = await admin('POST', '/v1/leads', body)
      t.equal(posted.status, 201, posted.text)
      t.equal(posted.body.contact.phone, '+48662340001', JSON.stringify(phone))
      const more = { phone: '662340009', otherPhones: [phone] }
      const other = await admin('POST', '/v1/leads', { ...body, contact: more })
      t.equal(only(other.body.contact.otherPhones).number, '+48662340001', JSON.stringify(phone))
    }
    const strict = { source: 'website', contact: { phone: '662340001', countryCode: '+48' } }
    t.equal((await admin('POST', '/v1/leads', strict)).status, 422, 'an unknown member is refused')
  })

  await t.test('a number behind the letters or the flag of its country', async (t) => {
    const { admin } = await app.createDealer()
    const texts = {
      'MX 55 1234 5678': '+525512345678',
      '🇹🇭 81 234 5679': '+66812345679',
      '(DE) 0151 23456780': '+4915123456780',
      'Tel 662 340 021': '+48662340021'
    }
    for (const [phone, right] of Object.entries(texts)) {
      const posted = await admin('POST', '/v1/leads', { source: 'website', contact: { phone } })
      t.equal(posted.body.contact.phone, right, phone)
    }
  })
})
