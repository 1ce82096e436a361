import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const TEXT_TYPE = { 'content-type': 'text/plain; charset=utf-8' }

void t.test('bodies of portals: who asks is the person, and not who advertises', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  const post = async (body: object) => {
    const sent = await admin('POST', '/v1/leads', { source: 'hook', ...body })
    t.equal(sent.status, 201, sent.text)
    return sent.body
  }
  const listing = await post({
    advertiser: { name: 'Auto X', email: 'info@autox.example', phone: '221112233' },
    consumer: {
      firstName: 'Sam',
      lastName: 'Poe',
      emailAddress: 'sam@portal.example',
      contactNumber: '662 400 220'
    },
    vehicle: { make: 'Ford', model: 'Focus' }
  })
  t.hasStrict(listing.contact, {
    firstName: 'Sam',
    fullName: null,
    email: 'sam@portal.example',
    otherEmails: [],
    phone: '+48662400220',
    otherPhones: []
  })
  const message = await post({
    sender_name: 'Marek Lis',
    sender_email: 'marek@portal.example',
    sender_phone: '662 400 221',
    body: 'Still there?'
  })
  t.hasStrict(message.contact, {
    fullName: 'Marek Lis',
    email: 'marek@portal.example',
    phone: '+48662400221'
  })
  const sold = await post({
    advertiser: { name: 'Iga Maj', phone: '662 400 222' },
    message: 'My car'
  })
  t.hasStrict(sold.contact, { fullName: 'Iga Maj', phone: '+48662400222' }, 'who sells')
})

void t.test('the times of a hook without data of a person are no phone', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  const value = { leadgen_id: '555', page_id: '1', created_time: 1_700_000_000 }
  const entry = [{ changes: [{ field: 'leadgen', value }] }]
  const sent = await admin('POST', '/v1/leads', { source: 'hook', object: 'page', entry })
  t.equal(sent.status, 422, 'nothing in it can reach a person')
})

// Guards mails of page builders that are posted as they are: they were held.
void t.test('a plain text with a label on each line is a form', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const texts = [
    'Imię i nazwisko: Ewa Dąb\nTelefon: 662 400 223\nE-mail: ewa1@labels.example\nMarka: Toyota',
    'New enquiry\r\n\r\nName: Ewa Dąb\r\nPhone: 662 400 223\r\nEmail: ewa2@labels.example\r\nMake: Toyota\r\n',
    'Name : Ewa Dąb\nTelefon : 662 400 223\nE-Mail : ewa3@labels.example\nMarke : Toyota\nNachricht : Hallo,\nist er noch da?',
    'Nombre completo: Ewa Dąb\nTeléfono: 662 400 223\nCorreo electrónico: ewa4@labels.example\nMarca: Toyota'
  ]
  for (const [at, text] of texts.entries()) {
    const sent = await admin('POST', '/v1/leads', text as unknown as object, TEXT_TYPE)
    t.equal(sent.status, 201, sent.text)
    t.hasStrict(
      sent.body.contact,
      { fullName: 'Ewa Dąb', email: `ewa${at + 1}@labels.example`, phone: '+48662400223' },
      text
    )
    t.equal(sent.body.vehicles[0]?.make, 'Toyota', text)
  }
  const prose = 'Hello, I am Ewa.\nPlease call: 662 400 224\nThank you!\nEwa'
  t.equal((await admin('POST', '/v1/leads', prose, TEXT_TYPE)).status, 202, 'words are held')
})
