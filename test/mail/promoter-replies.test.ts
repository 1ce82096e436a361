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
