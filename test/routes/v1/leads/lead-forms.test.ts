import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

void t.test('POST /v1/leads takes forms with a key', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const send = async (form: string, query = '') =>
    await dealer.admin(
      'POST',
      `/v1/leads${query}` as '/v1/leads',
      form as unknown as object,
      headers
    )
  await dealer.admin('POST', '/v1/custom-fields', {
    target: 'lead',
    key: 'budget',
    label: 'Budget in zł',
    type: 'number',
    required: true
  })
  const { status, body } = await send('name=Iga+Rak&mail=iga%40f.example&Budget+in+z%C5%82=41+000')
  t.equal(status, 201)
  t.hasStrict(body, { source: { key: 'website' }, customFields: { budget: 41000 } })
  t.hasStrict(body.contact, { fullName: 'Iga Rak', email: 'iga@f.example' })
  const portal = await send('mail=iga2%40f.example&budget=1', '?source=portal')
  t.equal(portal.body.source.key, 'portal')
  const own = await send('mail=iga3%40f.example&budget=1&source=Portal')
  t.equal(own.body.source.key, 'portal')
  const unknown = await send('mail=iga4%40f.example&source=nowhere')
  t.equal(unknown.status, 201, 'neither an unknown source nor a missing field refuses a form')
  t.hasStrict(unknown.body, { source: { key: 'website' } })
  t.hasStrict(unknown.body.warnings, [{ pointer: 'source', code: 'unknown_reference' }])
  t.equal((await send('name=Iga')).status, 422)
})
