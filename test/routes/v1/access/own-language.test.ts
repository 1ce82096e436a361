import t from 'tap'

import { signLink } from '../../../../src/security/signed-links.ts'
import { findReader } from '../../../../src/mail/purposes/lead-url.ts'
import { findDealer } from '../../../../src/repositories/dealers/dealers.ts'
import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { TEST_SECRET } from '../../../support/postgres.ts'

void t.test('a user’s own language', async (t) => {
  const { call, createDealer, database } = await createTestApp(t)

  await t.test('is none until the user or an admin chooses one', async (t) => {
    const { admin, withUser } = await createDealer()
    const person = { email: 'a@example.test', name: 'A', role: 'member' }
    const made = await admin('POST', '/v1/users', { ...person, locale: 'es' })
    t.equal(made.body.locale, 'es')
    const anna = await withUser()
    const read = async () => (await anna.call('GET', '/v1/me')).body.user?.locale
    t.equal(await read(), null)
    t.equal((await anna.call('PATCH', '/v1/me', { locale: 'pl' })).body.locale, 'pl')
    t.equal(await read(), 'pl')
    const url = `/v1/users/${anna.id}` as const
    t.equal((await admin('PATCH', url, { name: 'Anna' })).body.locale, 'pl', 'it stays')
    t.equal((await admin('PATCH', url, { locale: null })).body.locale, null)
    for (const locale of ['de', '', 1, ['pl']]) {
      const refused = await anna.call('PATCH', '/v1/me', { locale })
      t.strictSame(
        [refused.status, refused.problem.errors?.[0]?.pointer],
        [422, '/locale'],
        JSON.stringify(locale)
      )
    }
    t.equal(await read(), null)
  })

  await t.test('is that of sentences in responses; others read the dealer’s', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ routing: { locale: 'pl' } })
    const ben = await withUser()
    const lead = await postLead(admin, { assignee: anna.id })
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: anna.id })
    const path = `/v1/leads/${lead.id}/timeline` as const
    const sentences = async (caller: typeof admin) =>
      (await caller('GET', path)).body.data.map(({ sentence }) => sentence)
    t.ok((await sentences(anna.call)).includes('Wpłynął lead.'))
    t.ok((await sentences(admin)).includes('The lead came in.'))
    await admin('PATCH', '/v1/dealer', { locale: 'es' })
    t.ok((await sentences(anna.call)).includes('Wpłynął lead.'), 'of the user, not the dealer')
    t.ok((await sentences(admin)).includes('Entró el lead.'))
  })

  await t.test('is that of pages opened by the user, whatever the browser asks for', async (t) => {
    const { id, admin, withUser } = await createDealer()
    const anna = await withUser({ routing: { locale: 'es' } })
    const ben = await withUser()
    const lead = await postLead(admin, { assignee: anna.id })
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: ben.id })
    await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: anna.id })
    const open = async (userId: string, language: string) => {
      const link = {
        ...{ dealerId: id, id: lead.id },
        reader: { kind: 'user', id: userId },
        expiresAt: new Date(Date.now() + 60_000)
      } as const
      const url = `/l/${signLink(TEST_SECRET, 'lead', link)}`
      const headers = { 'accept-language': language }
      const { text } = await call(null, { method: 'GET', url, headers })
      return must(/<html lang="(..)">/.exec(text)?.[1])
    }
    t.equal(await open(anna.id, 'en'), 'es')
    t.equal(await open(ben.id, 'pl'), 'pl', 'without one, the browser’s')
    t.equal(await open(ben.id, 'fr'), 'en', 'else the dealer’s')
  })

  await t.test('is that of the mails to the user, and of the calendar', async (t) => {
    const { id, admin, withUser } = await createDealer({ leadAddress: 'desk@dealer.test' })
    const anna = await withUser({ routing: { locale: 'pl' } })
    const ben = await withUser()
    const languages = await database.db.read(id, async (tx) => {
      const dealer = must(await findDealer(tx))
      const addresses = [anna.email, ben.email, 'desk@dealer.test', 'stranger@example.test']
      const found: string[] = []
      for (const address of addresses) {
        found.push((await findReader(tx, { target: { name: null, address } }, dealer)).locale)
      }
      return found
    })
    t.strictSame(languages, ['pl', 'en', 'en', 'en'])

    const lead = await postLead(admin, { assignee: anna.id })
    const dueAt = new Date(Date.now() + 86_400_000).toISOString()
    const visit = { type: 'appointment', leadId: lead.id, userId: anna.id, dueAt }
    t.equal((await admin('POST', '/v1/activities', visit)).status, 201)
    const { body } = await anna.call('POST', '/v1/me/calendar')
    const { pathname } = new URL(must(body.url))
    const { text } = await call(null, { method: 'GET', url: pathname })
    t.match(text, 'SUMMARY:Umówiona wizyta: Ada')
  })
})
