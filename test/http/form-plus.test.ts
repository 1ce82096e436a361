import t from 'tap'

import { createTestApp } from '../support/app.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

void t.test('a plus of an address that is not escaped stays a plus', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  await admin('POST', '/v1/sources', { key: 'form', name: 'Form' })
  const emailOf = async (email: string, name: string) => {
    const body = `name=${name}&email=${email}`
    const sent = await admin('POST', '/v1/leads?source=form', body, FORM)
    t.equal(sent.status, 201, email)
    const { data } = (await admin('GET', '/v1/leads?limit=1')).body
    return data[0]?.contact.email
  }
  t.equal(await emailOf('jan+kia@f.example', 'Jan+Kos'), 'jan+kia@f.example')
  t.equal(await emailOf('ewa%2Bkia%40f.example', 'Ewa+Lis'), 'ewa+kia@f.example')
  t.equal(await emailOf('mail+to:+ola%40f.example', 'Ola'), 'ola@f.example', 'a blank of a form')
})
