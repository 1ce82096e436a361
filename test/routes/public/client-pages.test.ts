import t from 'tap'

import { signLink } from '../../../src/security/signed-links.ts'
import { createTestApp } from '../../support/app.ts'
import { postLead } from '../../support/leads.ts'
import { must } from '../../support/must.ts'
import { TEST_SECRET } from '../../support/postgres.ts'

const NOW = new Date('2026-11-30T10:00:00Z')
const LATER = new Date('2026-12-01T10:00:00Z')

void t.test('the page of a client', async (t) => {
  const app = await createTestApp(t, { now: () => NOW })
  const dealer = await app.createDealer()
  const { admin } = dealer
  const anna = await dealer.withUser({ name: 'Anna Nowak' })
  const ben = await dealer.withUser({ name: 'Ben' })
  const contact = {
    fullName: 'Rita & Regular',
    email: 'rita@example.com',
    phone: '+48 601 234 567'
  }
  const client = (await admin('POST', '/v1/clients', { contact, responsibleUserId: anna.id })).body
  const lead = await postLead(admin, { assignee: anna.id, contact })
  const hidden = await postLead(admin, { assignee: ben.id, message: 'Another car' })
  for (const { id } of [lead, hidden]) {
    const link = { clientId: client.id, planActivity: false }
    t.equal((await admin('POST', `/v1/leads/${id}/link`, link)).status, 201)
  }
  const plan = async (words: object) => {
    const about = { type: 'call', userId: anna.id, clientId: client.id, ...words }
    t.equal((await admin('POST', '/v1/activities', about)).status, 201)
  }
  await plan({ dueAt: '2026-11-29T09:00:00Z', text: 'Ask about <i>winter</i> tyres' })
  await plan({ type: 'test_drive', dueAt: '2026-12-05T09:00:00Z' })
  const open = async (
    userId: string,
    { expiresAt = LATER, language = 'en', secret = TEST_SECRET, id = client.id } = {}
  ) => {
    const link = {
      dealerId: dealer.id,
      id,
      reader: { kind: 'user', id: userId },
      expiresAt
    } as const
    const url = `/c/${signLink(secret, 'client', link)}`
    return await app.call(null, { method: 'GET', url, headers: { 'accept-language': language } })
  }

  await t.test('has contact, user, planned work and leads, in three languages', async (t) => {
    for (const [language, ...words] of [
      ['en', 'Planned activities', 'overdue', 'Test drive', 'Responsible user'],
      ['es', 'Actividades planificadas', 'vencida', 'Prueba', 'Usuario responsable'],
      ['pl', 'Zaplanowane zadania', 'po terminie', 'Jazda', 'Odpowiedzialny użytkownik']
    ] as const) {
      const { status, text, headers } = await open(anna.id, { language })
      t.equal(status, 200, text)
      t.match(text, `<html lang="${language}">`)
      for (const word of words) t.match(text, word)
      t.match(text, '<h1>Rita &amp; Regular</h1>')
      t.match(text, 'href="mailto:rita@example.com"')
      t.match(text, 'href="tel:+48601234567"')
      t.match(text, 'Ask about &lt;i&gt;winter&lt;/i&gt; tyres')
      t.match(text, 'Anna Nowak')
      t.notMatch(text, '<script')
      t.match(headers['content-security-policy'], /^default-src 'none'/)
      t.equal(headers['cache-control'], 'no-store')
    }
  })

  await t.test('leads to the pages of the leads that its reader sees', async (t) => {
    const { text } = await open(anna.id)
    const paths = [...text.matchAll(/href="http:\/\/leadyard\.test(\/l\/[\w-]+)"/g)]
    t.equal(paths.length, 2, 'as the responsible user sees all')
    for (const [, path] of paths) {
      t.equal((await app.call(null, { method: 'GET', url: must(path) })).status, 200)
    }
    const ofBen = (await open(ben.id)).text
    t.equal([...ofBen.matchAll(/\/l\/[\w-]+/g)].length, 1, 'Ben sees his own')
  })

  await t.test('opens for its reader alone, while the link and the sight last', async (t) => {
    const gone = { id: '01920000-0000-7000-8000-000000000000' }
    t.equal((await open(anna.id, gone)).status, 404)
    t.equal((await open(anna.id, { expiresAt: NOW })).status, 410)
    t.equal(
      (await open(anna.id, { secret: 'another secret, which is not ours at all' })).status,
      404
    )
    await admin('PATCH', `/v1/users/${ben.id}`, { active: false })
    t.equal((await open(ben.id)).status, 404)
  })

  await t.test('says who looks after a client that its reader sees no more', async (t) => {
    const former = await dealer.withUser()
    for (const [language, words] of [
      ['en', 'went to a colleague'],
      ['es', 'ha pasado a otra persona'],
      ['pl', 'przejęła inna osoba']
    ] as const) {
      const { status, text } = await open(former.id, { language })
      t.equal(status, 410)
      t.match(text, words)
      t.match(text, 'Anna Nowak')
      t.notMatch(text, /Rita|rita@|601/)
    }
  })

  await t.test('the page of a lead shows what is planned with it', async (t) => {
    await plan({
      leadId: lead.id,
      clientId: null,
      dueAt: '2026-11-29T09:00:00Z',
      text: 'Bring keys'
    })
    const reader = { kind: 'user', id: anna.id } as const
    const link = { dealerId: dealer.id, id: lead.id, reader, expiresAt: LATER }
    const url = `/l/${signLink(TEST_SECRET, 'lead', link)}`
    const { text } = await app.call(null, { method: 'GET', url })
    for (const words of ['Planned activities', 'overdue', 'Bring keys']) t.match(text, words)
  })

  await t.test('is where entries of a calendar without a lead lead', async (t) => {
    const { body } = await anna.call('POST', '/v1/me/calendar', {})
    const url = new URL(must(body.url)).pathname
    const calendar = (await app.call(null, { method: 'GET', url })).text.replaceAll('\r\n ', '')
    const [, path = ''] = /URL:http:\/\/leadyard\.test(\/c\/[\w-]+)/.exec(calendar) ?? []
    t.equal((await app.call(null, { method: 'GET', url: path })).status, 200)
  })
})
