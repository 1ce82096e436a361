import t from 'tap'

import { signLink } from '../../../src/security/signed-links.ts'
import { createTestApp } from '../../support/app.ts'
import { postLead } from '../../support/leads.ts'
import { sendAll } from '../../support/mails.ts'
import { must } from '../../support/must.ts'
import { TEST_SECRET } from '../../support/postgres.ts'

const NOW = new Date('2026-11-30T10:00:00Z')
const LATER = new Date('2026-12-01T10:00:00Z')

void t.test('the page of the open work of a user', async (t) => {
  const app = await createTestApp(t, { now: () => NOW })
  const dealer = await app.createDealer()
  const { admin } = dealer
  const boss = await dealer.withUser({ role: 'admin', name: 'Boss' })
  const gone = await dealer.withUser({ name: 'Gone & Away' })
  const contact = { fullName: 'Rita & Regular', email: 'rita@example.com' }
  const words = { contact, responsibleUserId: gone.id }
  const client = (await admin('POST', '/v1/clients', words)).body
  await postLead(admin, { assignee: gone.id, contact: { fullName: 'Ada', email: 'a@b.pl' } })
  await admin('POST', '/v1/activities', { type: 'call', userId: gone.id, clientId: client.id })
  const deal = { name: 'Ceed', clientId: client.id, responsibleUserId: gone.id }
  await admin('POST', '/v1/opportunities', deal)
  await admin('PATCH', `/v1/users/${gone.id}`, { active: false })
  const open = async (url: string, language = 'en') =>
    await app.call(null, { method: 'GET', url, headers: { 'accept-language': language } })
  const urlOf = (userId: string, { id = gone.id, expiresAt = LATER } = {}) => {
    const reader = { kind: 'user', id: userId } as const
    return `/w/${signLink(TEST_SECRET, 'work', { dealerId: dealer.id, id, reader, expiresAt })}`
  }

  await t.test('lists all of it, in three languages', async (t) => {
    for (const [language, ...texts] of [
      ['en', 'Open leads', 'Planned activities', 'Clients', 'Open opportunities', 'another user'],
      ['es', 'Leads abiertos', 'Actividades planificadas', 'Clientes', 'necesita otro usuario'],
      ['pl', 'Otwarte leady', 'Zaplanowane zadania', 'Klienci', 'innego użytkownika']
    ] as const) {
      const { status, text, headers } = await open(urlOf(boss.id), language)
      t.equal(status, 200, text)
      for (const word of [...texts, '<h1>Gone &amp; Away</h1>', 'Ada', 'Ceed']) t.match(text, word)
      t.match(text, `<html lang="${language}">`)
      t.match(text, 'Rita &amp; Regular')
      t.notMatch(text, '<script')
      t.match(headers['content-security-policy'], /^default-src 'none'/)
    }
  })

  await t.test('is where the mail and the list lead to, and leads on', async (t) => {
    const { mails } = await sendAll(app.database.db, dealer, () => NOW)
    const { text } = must(
      mails.find(({ to, text: body }) => to === boss.email && body.includes('/w/'))
    )
    const { data } = (await boss.call('GET', '/v1/notifications')).body
    const { url } = must(data.find(({ kind }) => kind === 'openLeads'))
    for (const link of [must(/\/w\/[\w-]+/.exec(text))[0], new URL(must(url)).pathname]) {
      const page = await open(link)
      t.equal(page.status, 200)
      const paths = new Set([...page.text.matchAll(/\/[lc]\/[\w-]+/g)].map(([path]) => path))
      t.ok(paths.size >= 2)
      for (const path of paths) t.equal((await open(path)).status, 200, path)
    }
  })

  await t.test('opens for active owners and admins only, until the link ends', async (t) => {
    const member = await dealer.withUser()
    t.equal((await open(urlOf(member.id))).status, 404)
    t.equal((await open(urlOf(gone.id))).status, 404)
    t.equal((await open(urlOf(boss.id, { id: dealer.id }))).status, 404)
    t.equal((await open(urlOf(boss.id, { expiresAt: NOW }))).status, 410)
    const none = await open(urlOf(boss.id, { id: member.id }))
    t.equal(none.status, 200)
    t.match(none.text, 'No work of this user is open.')
  })
})
