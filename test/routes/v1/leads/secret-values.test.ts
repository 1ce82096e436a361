import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

const CARD = '4111 1111 1111 1111'
const PASSWORD = 'hunter2-Tajne!'

const FORM = new URLSearchParams({
  name: 'Iga Rak',
  email: 'iga@f.example',
  phone: '601 234 567',
  'user-password': PASSWORD,
  numer: CARD,
  cvv: '123',
  room: '123',
  order: '4111 1111 1111 1112'
}).toString()

const ADF = `<adf><prospect><customer><contact><name part="full">Iga Rak</name><email>iga2@f.example</email>
<phone>601 234 567</phone></contact><password>${PASSWORD}</password><number>${CARD}</number></customer></prospect></adf>`

void t.test('passwords and card numbers are not stored', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const send = async (body: string, type: string) => {
    const headers = { 'content-type': type }
    const sent = await admin('POST', '/v1/leads', body as unknown as object, headers)
    t.equal(sent.status, 201, type)
    const id = must((await admin('GET', '/v1/leads')).body.data[0]).id
    const lead = await admin('GET', `/v1/leads/${id}`)
    const payload = (await admin('GET', `/v1/leads/${id}/payload`)).body.body
    const kept = decodeURIComponent(JSON.stringify([sent.body, lead.body, payload]))
    t.notMatch(kept, /hunter2|4111.1111.1111.1111/)
    t.match(kept, '601 234 567')
    return { payload, unmapped: lead.body.unmapped }
  }
  const { payload, unmapped } = await send(FORM, 'application/x-www-form-urlencoded')
  const texts = Object.fromEntries(unmapped.map(({ path, text }) => [path, text]))
  t.hasStrict(texts, {
    '/cvv': '[removed]',
    '/numer': '[removed]',
    '/order': '4111 1111 1111 1112'
  })
  t.match(payload, 'cvv=[removed]&room=123')
  const document = await send(ADF, 'application/xml')
  t.match(document.payload, '<password>[removed]</password><number>[removed]</number>')
})
