import t from 'tap'

import { signLink } from '../../../../src/security/signed-links.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { sendAll } from '../../../support/mails.ts'
import { must } from '../../../support/must.ts'
import { TEST_SECRET } from '../../../support/postgres.ts'

void t.test('a promoter who waits for approval', async (t) => {
  const now = new Date()
  const { createDealer, database, call } = await createTestApp(t, { now: () => now })
  const send = (dealer: TestDealer) => sendAll(database.db, dealer, () => now)

  /** A dealer, a member with a link, and a person who signed up through it. */
  async function signUp(name = 'Piotr Lis') {
    const dealer = await createDealer()
    const users = {
      anna: await dealer.withUser({ name: 'Anna', routing: { locale: 'pl' } }),
      boss: await dealer.withUser({ name: 'Boss', role: 'admin' }),
      other: await dealer.withUser({ name: 'Other' })
    }
    const { body: link } = await users.anna.call('POST', '/v1/referral-links', {})
    const payload = { name, email: 'piotr@promoter.test', phone: '602 345 678', locale: 'es' }
    const url = `/v1/referrals/${link.code}/promoters`
    const post = async () => await call(null, { method: 'POST', url, payload })
    t.equal((await post()).status, 202)
    const [promoter] = (await users.anna.call('GET', '/v1/promoters')).body.data
    return { dealer, ...users, promoter: must(promoter), post }
  }

  await t.test('those who can approve are told once, and open the page', async (t) => {
    const { dealer, anna, boss, other, promoter, post } = await signUp()
    await post()
    const { mails } = await send(dealer)
    const told = mails.filter(({ text }) => text.includes('/p/'))
    t.ok(told.some(({ to }) => to === anna.email) && told.some(({ to }) => to === boss.email))
    t.notOk(told.some(({ to }) => to === other.email))
    t.equal(new Set(told.map(({ to }) => to)).size, told.length, 'one mail each')
    const mail = must(told.find(({ to }) => to === anna.email))
    t.equal(mail.subject, 'Polecający czeka na zatwierdzenie: Piotr Lis')
    t.match(mail.html, 'href="tel:+48602345678"')
    t.match(mail.html, 'href="mailto:piotr@promoter.test"')
    const { pathname } = new URL(must(/http\S+\/p\/\S+/.exec(mail.text))[0])
    const page = await call(null, { method: 'GET', url: pathname })
    t.equal(page.status, 200)
    t.match(page.text, '<html lang="pl">')
    t.match(page.text, 'Czeka na zatwierdzenie')
    t.notMatch(page.text, /<script|<form/)
    const [notification] = (await anna.call('GET', '/v1/notifications')).body.data
    t.hasStrict(must(notification), {
      kind: 'pendingPromoter',
      subject: { type: 'promoter', id: promoter.id },
      promoter: { id: promoter.id, name: 'Piotr Lis' },
      path: `/v1/promoters/${promoter.id}`
    })
    t.match(must(notification).url, '/p/')
  })

  await t.test('the page is for its reader only, for a time, and harmless', async (t) => {
    const { dealer, anna, other, promoter } = await signUp('<b>Piotr</b>')
    const open = async (userId: string, expiresAt = new Date(now.getTime() + 60_000)) => {
      const reader = { kind: 'user', id: userId } as const
      const link = { dealerId: dealer.id, id: promoter.id, reader, expiresAt }
      const url = `/p/${signLink(TEST_SECRET, 'promoter', link)}`
      return await call(null, { method: 'GET', url })
    }
    t.match((await open(anna.id)).text, '&lt;b&gt;Piotr')
    t.equal((await open(other.id)).status, 404, 'a member sees the own promoters')
    const late = await open(anna.id, new Date(now.getTime() - 2000))
    t.equal(late.status, 410)
    t.match(late.text, (await dealer.admin('GET', '/v1/dealer')).body.name, 'whom to ask')
    const lead = { dealerId: dealer.id, id: promoter.id, expiresAt: now }
    const reader = { kind: 'user', id: anna.id } as const
    const url = `/p/${signLink(TEST_SECRET, 'lead', { ...lead, reader })}`
    t.equal((await call(null, { method: 'GET', url })).status, 404, 'signed for another page')
    await dealer.admin('PATCH', `/v1/users/${anna.id}`, { active: false })
    t.equal((await open(anna.id)).status, 404)
  })

  await t.test('an approval and a refusal are told to the promoter and their user', async (t) => {
    for (const [state, subject] of [
      ['active', 'Le damos la bienvenida: usted recomienda'],
      ['removed', 'Su registro en']
    ] as const) {
      const { dealer, anna, boss, promoter } = await signUp()
      await boss.call('PATCH', `/v1/promoters/${promoter.id}`, { state })
      const { mails, outcomes } = await send(dealer)
      const to = (address: string) => mails.filter((mail) => mail.to === address)
      t.match(must(to('piotr@promoter.test')[0]).subject, subject)
      t.equal(to('piotr@promoter.test').length, 1)
      t.equal(must(to(anna.email)[0]).subject, 'Wiadomość o Twoim polecającym: Piotr Lis')
      t.strictSame(to(boss.email), [], 'the mail of what is decided is not sent any more')
      t.ok(outcomes.includes('pending_promoter_mail cancelled: promoter_not_pending'))
    }
  })

  await t.test('a user is not told what they decided; a refusal can be taken back', async (t) => {
    const { dealer, anna, promoter } = await signUp()
    const path = `/v1/promoters/${promoter.id}` as const
    await anna.call('PATCH', path, { state: 'removed' })
    await anna.call('PATCH', path, { state: 'active' })
    const { mails, outcomes } = await send(dealer)
    t.ok(outcomes.includes('promoter_refusal cancelled: promoter_not_refused'))
    const welcome = mails.filter(({ to }) => to === 'piotr@promoter.test')
    t.match(must(welcome[0]).subject, 'Le damos la bienvenida', 'the first approval')
    t.strictSame(
      mails.filter(({ to }) => to === anna.email),
      []
    )
  })

  await t.test('an invitation that is accepted is told to the user who invited', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const invited = { email: 'maria@promoter.test', name: 'Maria Ruiz' }
    await anna.call('POST', '/v1/promoter-invitations', invited)
    const { mails } = await send(dealer)
    const secret = must(/li_\w+/.exec(must(mails[0]).text))[0]
    const url = `/v1/promoter-invitations/${secret}/accept`
    t.equal((await call(null, { method: 'POST', url, payload: {} })).status, 200)
    const told = (await send(dealer)).mails.filter(({ to }) => to === anna.email)
    t.equal(must(told[0]).subject, 'News of your promoter: Maria Ruiz')
  })
})
