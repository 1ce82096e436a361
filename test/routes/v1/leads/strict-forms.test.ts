import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const CONTACT = {
  fullName: 'Ola Bem',
  phone: '601 641 401',
  phoneType: 'Mobile',
  address: { city: 'Berlin', country: 'Niemcy' }
}
const VEHICLE = {
  make: 'Kia',
  model: 'Ceed',
  condition: 'Pre-owned',
  year: 'MY2022',
  interest: 'kupno'
}
const READ_CONTACT = { phone: '+48601641401', phoneType: 'mobile', address: { country: 'DE' } }
const READ_VEHICLE = { condition: 'used', year: 2022, interest: 'buy' }

void t.test('changes of leads and clients read what a capture reads', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const posted = { contact: CONTACT, vehicles: [VEHICLE] } as unknown as object
  const captured = await admin('POST', '/v1/leads', { source: 'website', ...posted })
  t.hasStrict(captured.body, { contact: READ_CONTACT, vehicles: [READ_VEHICLE] })

  const { body: lead } = await admin('POST', '/v1/leads', {
    source: 'website',
    contact: { email: 'ola@strict.example' }
  })
  const patched = await admin('PATCH', `/v1/leads/${lead.id}`, posted)
  t.equal(patched.status, 200, patched.text)
  t.hasStrict(patched.body, {
    contact: { ...READ_CONTACT, email: 'ola@strict.example' },
    vehicles: [READ_VEHICLE]
  })
  const lists = await admin('PATCH', `/v1/leads/${lead.id}`, {
    contact: { phones: [{ number: '601 641 402', type: 'komórka' }, '601 641 403'] }
  })
  t.hasStrict(lists.body.contact, {
    phone: '+48601641402',
    phoneType: 'mobile',
    otherPhones: [{ number: '+48601641403' }],
    email: 'ola@strict.example',
    address: { country: 'DE' }
  })
  const cleared = await admin('PATCH', `/v1/leads/${lead.id}`, {
    contact: { phones: [] }
  })
  t.hasStrict(cleared.body.contact, { phone: null, otherPhones: [], email: 'ola@strict.example' })

  const client = await admin('POST', '/v1/clients', {
    contact: { ...CONTACT, emails: ['ola@strict.example', { value: 'bem@strict.example' }] },
    vehicleInterests: [VEHICLE]
  })
  t.equal(client.status, 201, client.text)
  t.hasStrict(client.body, {
    contact: { ...READ_CONTACT, email: 'ola@strict.example', otherEmails: ['bem@strict.example'] },
    vehicleInterests: [READ_VEHICLE]
  })
  const changed = await admin('PATCH', `/v1/clients/${client.body.id}`, {
    contact: { address: { country: 'Polska' }, phoneType: 'dom' }
  })
  t.hasStrict(changed.body.contact, {
    phoneType: 'home',
    address: { city: 'Berlin', country: 'PL' }
  })
})

void t.test('what no capture can read is refused with its pointer', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const { body: lead } = await admin('POST', '/v1/leads', {
    source: 'website',
    contact: { email: 'ola@strict2.example' }
  })
  for (const [member, pointer] of [
    [{ contact: { phoneType: 'carrier pigeon' } }, '/contact/phoneType'],
    [{ contact: { address: { country: 'Narnia' } } }, '/contact/address/country'],
    [{ vehicles: [{ make: 'Kia', condition: 'shiny' }] }, '/vehicles/0/condition'],
    [{ vehicles: [{ make: 'Kia', year: 'old' }] }, '/vehicles/0/year'],
    [{ contact: { nickname: 'Ola' } }, '/contact/nickname']
  ] as [object, string][]) {
    const { status, body } = await admin('PATCH', `/v1/leads/${lead.id}`, member)
    t.equal(status, 422, pointer)
    t.hasStrict((body as unknown as { errors: unknown }).errors, [{ pointer }])
  }
})
