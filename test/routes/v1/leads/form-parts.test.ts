import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const PHONES: readonly (readonly [country: 'PL' | 'US', form: string, phone: string])[] = [
  ['PL', 'phone_country=%2B49&phone=151 23456789', '+4915123456789'],
  ['PL', 'phone[dial_code]=%2B52&phone[number]=5512345678', '+525512345678'],
  ['PL', 'phone_cc=44&phone=2079460018', '+442079460018'],
  ['PL', 'country_code=%2B44&phone=7911 123456', '+447911123456'],
  ['PL', 'phone_country=%2B49&phone=%2B48 601 234 995', '+48601234995'],
  ['US', 'q5_phoneNumber[area]=585&q5_phoneNumber[phone]=2976411', '+15852976411'],
  ['US', 'phone_area=585&phone=297-6412', '+15852976412'],
  // The whole number that a widget adds has the country that was chosen there.
  ['PL', 'phone=501 234 569&phone_full=%2B31501234569', '+31501234569'],
  ['PL', 'phone=501 234 570&phone_e164=%2B31501234570', '+31501234570'],
  ['PL', 'full_phone=%2B31501234571&phone=501234571', '+31501234571'],
  ['PL', 'phone[main]=501234572&phone[full]=%2B31501234572', '+31501234572'],
  ['PL', 'phone_full=%2B31501234573', '+31501234573'],
  ['PL', 'phone=601234574&phone_full=%2B31501234573', '+48601234574'],
  ['US', 'phone[full]=(585) 297-6413', '+15852976413'],
  // Three boxes for one number.
  ['US', 'phone_area=585&phone_prefix=297&phone_suffix=6421', '+15852976421'],
  ['US', 'phone_a=585&phone_b=297&phone_c=6422', '+15852976422'],
  ['US', 'Field3=585&Field3-1=297&Field3-2=6423', '+15852976423'],
  ['US', 'phone1=585&phone2=297&phone3=6424', '+15852976424'],
  ['US', 'phone-0=585&phone-1=297&phone-2=6425', '+15852976425'],
  ['US', 'home_phone_1=585&home_phone_2=297&home_phone_3=6426', '+15852976426'],
  ['US', 'phone[area]=585&phone[exchange]=297&phone[number]=6427', '+15852976427'],
  ['US', 'phoneAreaCode=585&phonePrefix=297&phoneLineNumber=6428', '+15852976428'],
  // The code of each of two numbers, and an extension.
  ['US', 'phone=585 297 6432&extension=12', '+15852976432'],
  [
    'PL',
    'mobile_country_code=%2B49&mobile=151 23456771&work_country_code=%2B48&work_phone=22 123 45 71',
    '+4915123456771'
  ],
  ['PL', 'phone1=662 320 001&phone2=662 320 002&phone3=662 320 003', '+48662320001']
]

/** Members of JSON with a phone in parts or in several forms. */
const OBJECTS: readonly object[] = [
  { phone: { area: '585', prefix: '297', line: '6431' } },
  { phone: { npa: 585, nxx: 297, line: 6431 } },
  { phone: { areaCode: '585', exchange: '297', number: '6431' } },
  { phone: { main: '585 297 6431', full: '+15852976431' } },
  { phones: [{ formattedPhone: '(585) 297-6431', e164Phone: '+15852976431' }] },
  { phone: '(585) 297-6431', phone_e164: '+15852976431' },
  { phone_1: '585', phone_2: '297', phone_3: '6431' }
]

/** What has as many digits as a phone, and what asks for a call. */
const NO_PHONES: readonly string[] = [
  ...['budget_range=600000-700000', 'offer_number=601234567', 'session=601234567'],
  ...['listing=601234567', 'offerNumber=601234567', 'kunden_nr=301234567', 'order=601234567'],
  ...['ip_address=192.168.100.123', 'Rückruf=ja&callback=yes', 'prosze_o_telefon=po 17']
]

void t.test('the parts of a phone and of a name in a form are one', async (t) => {
  const app = await createTestApp(t)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const country of ['PL', 'US'] as const) {
    const dealer = await app.createDealer()
    await dealer.admin('PATCH', '/v1/dealer', { country })
    const hook = { key: 'hook', name: 'Hook', kind: 'website', lenient: true }
    await dealer.admin('POST', '/v1/sources', hook)
    for (const [at, [, form, phone]] of PHONES.filter(([of]) => of === country).entries()) {
      const body = `message=m${at}&${form}` as unknown as object
      const posted = await dealer.admin('POST', '/v1/leads', body, headers)
      t.equal(posted.status, 201, posted.text)
      t.equal(posted.body.contact.phone, phone, form)
    }
    if (country === 'US') {
      for (const [at, members] of OBJECTS.entries()) {
        const contact = { fullName: `Ann ${at}`, ...members }
        const bodies = [{ contact }, { name: `Ann ${at}`, ...members }]
        for (const body of bodies) {
          const posted = await dealer.admin('POST', '/v1/leads', { source: 'hook', ...body })
          const title = JSON.stringify(body)
          t.equal(posted.body.contact.phone, '+15852976431', title)
          t.strictSame(posted.body.contact.otherPhones, [], title)
        }
      }
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

void t.test('ids, amounts and requests for a call are no phone', async (t) => {
  const app = await createTestApp(t)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const dealer = await app.createDealer()
  const post = async (body: string) =>
    await dealer.admin('POST', '/v1/leads', body as unknown as object, headers)
  for (const [at, form] of NO_PHONES.entries()) {
    const posted = await post(`name=Jan&email=no${at}%40parts.example&${form}`)
    t.hasStrict(posted.body.contact, { phone: null, otherPhones: [] }, form)
    if (/\d{6}/.test(form)) t.equal((await post(`name=Jan&${form}`)).status, 422, form)
  }
  const found = await post('name=Jan&x_value=601234567')
  t.equal(found.body.contact.phone, '+48601234567', 'a name that says nothing')
  t.hasStrict(found.body.warnings, [{ pointer: '/x_value', code: 'found_in_text' }], 'is told')
})
