import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const PHONES: readonly (readonly [country: 'PL' | 'US', form: string, phone: string])[] = [
  ['PL', 'phone_country=%2B49&phone=151 23456789', '+4915123456789'],
  ['PL', 'phone[dial_code]=%2B52&phone[number]=5512345678', '+525512345678'],
  ['PL', 'phone_cc=44&phone=2079460018', '+442079460018'],
  ['PL', 'country_code=%2B44&phone=7911 123456', '+447911123456'],
  ['PL', 'phone_country=%2B49&phone=%2B48 601 234 995', '+48601234995'],
  ['US', 'q5_phoneNumber[area]=585&q5_phoneNumber[phone]=2976411', '+15852976411'],
  ['US', 'phone_area=585&phone=297-6412', '+15852976412']
]

void t.test('the parts of a phone and of a name in a form are one', async (t) => {
  const app = await createTestApp(t)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const country of ['PL', 'US'] as const) {
    const dealer = await app.createDealer()
    await dealer.admin('PATCH', '/v1/dealer', { country })
    for (const [at, [, form, phone]] of PHONES.filter(([of]) => of === country).entries()) {
      const body = `message=m${at}&${form}` as unknown as object
      const posted = await dealer.admin('POST', '/v1/leads', body, headers)
      t.equal(posted.status, 201, posted.text)
      t.equal(posted.body.contact.phone, phone, form)
    }
    const names = {
      'name=Jan&surname=Kosiorek': ['Jan', 'Kosiorek'],
      'name=Ola&nazwisko=Kos': ['Ola', 'Kos'],
      'name=Maier&vorname=Uwe': ['Uwe', 'Maier'],
      'nombre=Eva&apellido1=Paz&apellido2=Gil': ['Eva', 'Paz Gil'],
      'segundo_apellido=Gil&primer_apellido=Paz&nombre=Pia': ['Pia', 'Paz Gil']
    }
    for (const [form, [first, last]] of Object.entries(names)) {
      const body = `${form}&email=${first}%40parts.example` as unknown as object
      const posted = await dealer.admin('POST', '/v1/leads', body, headers)
      t.hasStrict(posted.body.contact, { firstName: first, lastName: last }, form)
    }
    const states = { Jalisco: ['Jalisco', null], usado: [null, 'used'] }
    for (const [state, [region, condition]] of Object.entries(states)) {
      const body =
        `estado=${state}&ciudad=Tonila&marca=Kia&email=${state}%40parts.example` as unknown as object
      const posted = await dealer.admin('POST', '/v1/leads', body, headers)
      t.equal(posted.body.contact.address?.region ?? null, region, state)
      t.equal(posted.body.vehicles[0]?.condition, condition, state)
    }
    const stock = 'vehicle_id=602345678&email=stock%40parts.example' as unknown as object
    const wanted = await dealer.admin('POST', '/v1/leads', stock, headers)
    t.hasStrict(wanted.body.vehicles[0], { model: null, stockNumber: '602345678' })
    t.equal(wanted.body.contact.phone, null)
    const couple =
      'buyer_name=Ann Lee&co_buyer_name=Bob Lee&co_buyer_email=bob%40parts.example&buyer_email=ann%40parts.example' as unknown as object
    const buyer = await dealer.admin('POST', '/v1/leads', couple, headers)
    t.hasStrict(buyer.body.contact, {
      fullName: 'Ann Lee',
      email: 'ann@parts.example',
      otherEmails: []
    })
  }
})
