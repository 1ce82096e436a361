import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

void t.test('lenient JSON without a source has that of forms', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const flat = (email: string) => ({ name: 'Ida Kot', email }) as unknown as object
  const own = (email: string) => ({ contact: { email } }) as unknown as object

  for (const body of [flat('ida1@default.example'), own('ida2@default.example')]) {
    const refused = await admin('POST', '/v1/leads', body)
    t.equal(refused.status, 422)
  }
  const refused = await admin('POST', '/v1/leads', own('ida2@default.example'))
  const { errors } = refused.body as unknown as { errors: object[] }
  t.hasStrict(errors, [
    {
      pointer: '/source',
      message: 'is required here, as ?source= or by a key that is bound to a source'
    }
  ])
  const named = await admin(
    'POST',
    '/v1/leads?source=portal' as '/v1/leads',
    own('ida3@default.example')
  )
  t.equal(named.body.source.key, 'portal')

  const sources = await admin('GET', '/v1/sources')
  const website = must(sources.body.data.find(({ key }) => key === 'website'))
  await admin('PATCH', `/v1/sources/${website.id}`, { lenient: true })
  for (const body of [flat('ida4@default.example'), own('ida5@default.example')]) {
    const taken = await admin('POST', '/v1/leads', body)
    t.equal(taken.status, 201, taken.text)
    t.equal(taken.body.source.key, 'website')
  }
  const other = await admin('POST', '/v1/leads', {
    ...own('ida6@default.example'),
    source: 'walk-in'
  })
  t.equal(other.body.source.key, 'walk-in')
})

void t.test('a referral link reads flat JSON as a form', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { body: link } = await dealer.admin('POST', '/v1/referral-links', {
    userId: dealer.ownerId
  })
  const post = async (payload: object) =>
    await app.call(null, {
      method: 'POST',
      url: `/v1/referrals/${link.code}/leads`,
      payload,
      headers: { 'content-type': 'application/json' }
    })
  const flat = await post({ name: 'Ida Kot', phone: '601 641 501', mesaj: 'Hej', colour: 'red' })
  t.equal(flat.status, 201, flat.text)
  const { body } = await dealer.admin('GET', '/v1/leads?q=601641501')
  t.hasStrict(body.data, [
    { contact: { fullName: 'Ida Kot', phone: '+48601641501' }, message: 'Hej' }
  ])
  t.equal((await post({ name: 'Ida Kot' })).status, 422, 'nothing reaches the person')
  const unknown = await post({ contact: { phone: '601 641 502' }, colour: 'red' })
  t.equal(unknown.status, 201, 'what is unknown costs no lead')
})
