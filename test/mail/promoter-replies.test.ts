import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { sendAll } from '../support/mails.ts'
import { must, only } from '../support/must.ts'

void t.test('a promoter reaches who invited them', async (t) => {
  let now = new Date('2026-11-23T09:00:00Z')
  const { app, createDealer, database } = await createTestApp(t, { now: () => now })
  const dealer = await createDealer()
  const set = await dealer.admin('PATCH', '/v1/dealer', {
    email: 'desk@auto.example',
    phone: '+48221234567'
  })
  t.equal(set.status, 200, set.text)
  const anna = await dealer.withUser({ name: 'Anna' })
  const invite = async (call: typeof anna.call, email: string) => {
    const made = await call('POST', '/v1/promoter-invitations', { email, name: 'Piotr' })
    t.equal(made.status, 201, made.text)
    return only((await sendAll(database.db, dealer, () => now)).mails)
  }

  t.equal((await invite(anna.call, 'one@person.example')).replyTo, anna.email, 'a user')
  const mail = await invite(dealer.admin, 'two@person.example')
  t.equal(mail.replyTo, 'desk@auto.example', 'the dealer')
  const [link] = must(/http\S+/.exec(mail.text))
  now = new Date('2027-11-23T09:00:00Z')
  const page = await app.inject({
    method: 'GET',
    url: new URL(must(link)).pathname,
    headers: { accept: 'text/html' }
  })
  t.equal(page.statusCode, 410)
  t.match(page.body, 'href="mailto:desk@auto.example"')
  t.match(page.body, 'href="tel:+48221234567"')
})

void t.test('who is told of a promoter answers the promoter', async (t) => {
  const { call, createDealer, database } = await createTestApp(t)
  for (const replyToPerson of [true, false]) {
    const dealer = await createDealer({ replyToPerson })
    const anna = await dealer.withUser({ name: 'Anna' })
    const link = (await anna.call('POST', '/v1/referral-links', {})).body
    const email = 'piotr@person.example'
    const url = `/v1/referrals/${link.code}/promoters` as const
    const payload = { name: 'Piotr Lis', email }
    t.equal((await call(null, { method: 'POST', url, payload })).status, 202)
    const toAnna = async () =>
      (await sendAll(database.db, dealer)).mails
        .filter(({ to }) => to === anna.email)
        .map(({ replyTo }) => replyTo)
    const person = replyToPerson ? email : null
    t.strictSame(await toAnna(), [person], 'a promoter waits for approval')
    const { data } = (await anna.call('GET', '/v1/promoters')).body
    await dealer.admin('PATCH', `/v1/promoters/${only(data).id}`, { state: 'active' })
    t.strictSame(await toAnna(), [person], 'others approved the promoter')
  }
})
