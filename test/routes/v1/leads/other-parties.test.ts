import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const DEALER = { name: 'Auto X', email: 'info@autox.example', phone: '221112233' }
const JAN = { fullName: 'Jan Kowal', otherEmails: [], otherPhones: [] }

/** A person of a body, each by an address of their own. */
const person = (key: string, at: string) => ({
  [key]: { name: 'Jan Kowal', email: `${at}@party.example`, phone: '601234567' }
})

/** Members that hold another than the person. */
const PARTIES = [
  ...[
    'dealer',
    'seller',
    'agent',
    'owner',
    'vendor',
    'provider',
    'vendedor',
    'haendler',
    'händler'
  ],
  ...['assigned_to', 'recipient', 'salesPerson', 'sprzedawca', 'concesionario', 'organizer']
]

void t.test(
  'the dealer and its people in a body are not the person',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
    await admin('POST', '/v1/sources', {
      key: 'hook',
      name: 'Hook',
      kind: 'website',
      lenient: true
    })
    for (const [index, party] of PARTIES.entries()) {
      const bodies = [
        { [party]: DEALER, ...person('buyer', `a${index}`) },
        { ...person('customer', `b${index}`), [party]: DEALER },
        {
          [party]: DEALER,
          contact_name: 'Jan Kowal',
          contact_email: `c${index}@party.example`,
          contact_phone: '601234567'
        }
      ]
      for (const [at, body] of bodies.entries()) {
        const email = `${'abc'.charAt(at)}${index}@party.example`
        const json = await admin('POST', '/v1/leads', { source: 'hook', ...body })
        t.equal(json.status, 201, `${party} ${at}`)
        t.hasStrict(json.body.contact, { ...JAN, email, phone: '+48601234567' }, `${party} ${at}`)
      }
      for (const dot of ['[name]=', '.name=']) {
        const [name, mail] = [dot, dot.replace('name', 'email')]
        const fields =
          `${party}${name}Auto X&${party}${mail}info@autox.example` +
          `&customer${name}Jan Kowal&customer${mail}f${index}${dot.length}@party.example`
        const form = await admin('POST', '/v1/leads', fields as unknown as object, urlencoded)
        t.equal(form.status, 201, fields)
        t.hasStrict(
          form.body.contact,
          { ...JAN, email: `f${index}${dot.length}@party.example` },
          fields
        )
      }
    }

    const host = { user: 'https://meet.example/users/1', user_email: 'ola@autox.example' }
    const meeting = await admin('POST', '/v1/leads', {
      source: 'hook',
      event: 'invitee.created',
      payload: {
        email: 'jan9@party.example',
        name: 'Jan Kowal',
        scheduled_event: { event_memberships: [host], name: 'Test drive' }
      }
    })
    t.hasStrict(meeting.body.contact, { ...JAN, email: 'jan9@party.example' })

    const alone = await admin('POST', '/v1/leads', {
      source: 'hook',
      seller: { name: 'Jan Kowal', email: 'jan10@party.example' },
      message: 'I sell my car'
    })
    t.hasStrict(
      alone.body.contact,
      { ...JAN, email: 'jan10@party.example' },
      'who sells is the person'
    )

    const nobody = await admin('POST', '/v1/leads', {
      source: 'hook',
      dealer: DEALER,
      message: 'Hi'
    })
    t.equal(nobody.status, 422, 'a dealer alone is nobody')
  }
)

const staff = { name: 'Ola Sales', email: 'ola@autox.example', phone: '221112233' }
const second = { name: 'Ewa Kowal', email: 'ewa@party.example', phone: '601234599' }

/** Lists of people whose part in the deal a member beside the name tells; the first has the person's address. */
const LISTS: readonly ((email: string) => object[])[] = [
  (email) => [
    { ...staff, role: 'salesperson' },
    { ...asked(email), role: 'customer' }
  ],
  (email) => [
    { ...asked(email), role: 'Customer' },
    { ...second, role: 'co-buyer' },
    { ...staff, role: 'Dealer' }
  ],
  (email) => [
    { type: 'SALES_CONSULTANT', ...staff },
    { type: 'PROSPECT', ...asked(email) }
  ],
  (email) => [
    { ...second, relationship: 'spouse' },
    { ...asked(email), relationship: 'buyer' }
  ],
  (email) => [
    { ...second, isPrimary: false },
    { ...asked(email), isPrimary: true }
  ],
  (email) => [
    { rola: 'doradca', ...staff },
    { rola: 'klient', ...asked(email) }
  ],
  (email) => [
    { rolle: 'Verkaufsberater', ...staff },
    { rolle: 'Kunde', ...asked(email) }
  ],
  (email) => [
    { rol: 'vendedor', ...staff },
    { rol: 'comprador', ...asked(email) }
  ],
  (email) => [{ ...asked(email) }, { ...staff, role: 'dealer' }]
]

const asked = (email: string) => ({ name: 'Jan Kowal', email, phone: '601234567' })

// Guards systems that send all people of a deal in one list: the first one was the person, or all of them.
void t.test(
  'of people in a list, the customer is the person by the role beside the name',
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    await admin('POST', '/v1/sources', {
      key: 'hook',
      name: 'Hook',
      kind: 'website',
      lenient: true
    })
    for (const [index, listOf] of LISTS.entries()) {
      for (const name of ['participants', 'contacts', 'parties', 'people', 'records']) {
        const email = `${name}${index}@party.example`
        const body = { source: 'hook', [name]: listOf(email), vehicle: { make: 'Kia' } }
        const sent = await admin('POST', '/v1/leads', body)
        t.equal(sent.status, 201, JSON.stringify(body))
        t.hasStrict(
          sent.body.contact,
          { ...JAN, email, phone: '+48601234567' },
          JSON.stringify(body)
        )
        t.match(JSON.stringify(sent.body.unmapped), /ola@autox|ewa@party/, 'the others are told')
      }
      const email = `contact${index}@party.example`
      const sent = await admin('POST', '/v1/leads', { source: 'hook', contact: listOf(email) })
      t.equal(sent.status, 201, sent.text)
      t.hasStrict(sent.body.contact, { ...JAN, email }, JSON.stringify(listOf(email)))
    }
  }
)
