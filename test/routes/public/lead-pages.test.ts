import t from 'tap'

import { mailboxReader, signLink } from '../../../src/security/signed-links.ts'
import type { LinkReader } from '../../../src/security/signed-links.ts'
import { createTestApp } from '../../support/app.ts'
import { TEST_SECRET } from '../../support/postgres.ts'

const NOW = new Date('2026-11-30T10:00:00Z')
const LATER = new Date('2026-12-01T10:00:00Z')

void t.test('the page of a lead', async (t) => {
  const app = await createTestApp(t, { now: () => NOW })
  const dealer = await app.createDealer({ leadAddress: 'desk@dealer.test' })
  const anna = await dealer.withUser({ name: 'Anna' })
  const other = await dealer.withUser({ name: 'Other' })
  const created = await dealer.admin('POST', '/v1/leads', {
    source: 'website',
    assignee: anna.id,
    contact: { fullName: 'Ewa & Lis', email: 'ewa@example.test', phone: '+48 601 234 567' },
    message: 'Is the blue one there?'
  })
  t.equal(created.status, 201, created.text)
  const lead = created.body
  const open = async (
    reader: LinkReader,
    { expiresAt = LATER, language = 'en', secret = TEST_SECRET, id = lead.id } = {}
  ) =>
    await app.call(null, {
      method: 'GET',
      url: `/l/${signLink(secret, 'lead', { dealerId: dealer.id, id, reader, expiresAt })}`,
      headers: { 'accept-language': language }
    })
  const byAnna: LinkReader = { kind: 'user', id: anna.id }

  await t.test('opens for its reader in three languages, without scripts', async (t) => {
    for (const [language, word] of [
      ['en', 'Message'],
      ['es', 'Mensaje'],
      ['pl', 'Wiadomość']
    ] as const) {
      const { status, text, headers } = await open(byAnna, { language })
      t.equal(status, 200)
      t.match(text, `<html lang="${language}">`)
      t.match(text, word)
      t.match(text, '<h1>Ewa &amp; Lis</h1>')
      t.match(text, '<a href="mailto:ewa@example.test">ewa@example.test</a>')
      t.match(text, '<a href="tel:+48601234567">+48601234567</a>')
      t.match(text, 'Is the blue one there?')
      t.notMatch(text, '<script')
      t.equal(headers['cache-control'], 'no-store')
    }
  })

  await t.test('the shared mailbox opens it as long as it is the dealer’s', async (t) => {
    t.equal((await open(mailboxReader('desk@dealer.test'))).status, 200)
    t.equal((await open(mailboxReader('old@dealer.test'))).status, 404)
  })

  await t.test('410 when it has expired; 404 where we did not sign it', async (t) => {
    const reached = { name: 'Autos Lis', email: 'desk@auto.example', phone: '+48221234567' }
    t.equal((await dealer.admin('PATCH', '/v1/dealer', reached)).status, 200)
    const ended = await open(byAnna, { expiresAt: NOW, language: 'es' })
    t.equal(ended.status, 410)
    t.match(ended.text, 'Este enlace ha caducado')
    for (const way of ['Autos Lis', 'mailto:desk@auto.example', 'tel:+48221234567']) {
      t.match(ended.text, way)
    }
    t.notMatch(ended.text, 'Ewa')
    const forged = await open(byAnna, { secret: 'another secret, which is not ours at all' })
    t.equal(forged.status, 404)
    t.notMatch(forged.text, 'Autos Lis')
    t.equal((await app.call(null, { method: 'GET', url: '/l/x' })).status, 404)
  })

  await t.test('HEAD is answered as GET, without the page', async (t) => {
    const link = { dealerId: dealer.id, id: lead.id, reader: byAnna, expiresAt: LATER }
    const url = `/l/${signLink(TEST_SECRET, 'lead', link)}`
    const head = await app.call(null, { method: 'HEAD', url })
    t.strictSame([head.status, head.text], [200, ''])
  })

  await t.test('a token that is too long gets a page', async (t) => {
    const token = 'x'.repeat(300)
    for (const path of ['/l', '/r', '/v1/promoter-page', '/v1/promoter-invitations']) {
      const { status, headers } = await app.call(null, {
        method: 'GET',
        url: `${path}/${token}`,
        headers: { accept: 'text/html' }
      })
      t.ok(status === 404 || status === 422, `${path}: ${status}`)
      t.match(headers['content-type'], 'text/html', path)
    }
  })

  await t.test('410 says that a lead was deleted, to its reader', async (t) => {
    const gone = await dealer.admin('POST', '/v1/leads', {
      source: 'website',
      assignee: anna.id,
      contact: { fullName: 'Jan Nowak', email: 'jan@example.test' }
    })
    const { id } = gone.body
    const { data } = (await dealer.admin('GET', '/v1/statuses')).body
    const statusId = data.find(({ group }) => group === 'deleted')?.id
    await dealer.admin('POST', `/v1/leads/${id}/status`, { statusId, reason: 'Spam' })
    const { status, text } = await open(byAnna, { id, language: 'pl' })
    t.equal(status, 410)
    t.match(text, 'Ten lead został usunięty')
    t.notMatch(text, /Jan|Nowak/)
    t.equal((await open({ kind: 'user', id: other.id }, { id })).status, 404)
  })

  await t.test('410 says where a lead went that its reader sees no more', async (t) => {
    const ben = await dealer.withUser({ name: 'Ben Holder' })
    const told = await dealer.withUser({ name: 'Told', inQueue: true })
    const asked = await dealer.admin('POST', '/v1/leads', {
      source: 'website',
      contact: { fullName: 'Jan Nowak', email: 'jan.nowak@example.test' }
    })
    const { id } = asked.body
    const reader = { kind: 'user', id: told.id } as const
    t.equal((await open(reader, { id })).status, 200, 'told as one of the queue')
    const body = { responsibleUserId: ben.id }
    const converted = await dealer.admin('POST', `/v1/leads/${id}/convert`, body)
    t.equal(converted.status, 201, converted.text)
    for (const [language, title] of [
      ['en', 'This lead became a client'],
      ['es', 'Este lead se ha convertido en cliente'],
      ['pl', 'Ten lead stał się klientem']
    ] as const) {
      const { status, text } = await open(reader, { id, language })
      t.equal(status, 410)
      t.match(text, title)
      t.match(text, 'Ben Holder')
      t.notMatch(text, /Jan|Nowak/)
    }
    t.equal((await open({ kind: 'user', id: other.id }, { id })).status, 404, 'was not told')
    const read = await told.call('GET', `/v1/leads/${id}`)
    t.hasStrict(read, { status: 410, body: { code: 'record-gone' } }, 'as the API')
    t.equal((await other.call('GET', `/v1/leads/${id}`)).status, 404)
  })

  await t.test('404 for who does not see the lead, and all 404s are the same', async (t) => {
    const pages = [
      await open({ kind: 'user', id: other.id }),
      await open({ kind: 'user', id: lead.id }),
      await open(byAnna, { id: other.id })
    ]
    for (const { status, text } of pages) {
      t.equal(status, 404)
      t.equal(text, pages[0]?.text)
    }
    await dealer.admin('PATCH', `/v1/users/${anna.id}`, { active: false })
    const left = await open(byAnna)
    t.strictSame([left.status, left.text], [404, pages[0]?.text], 'who left reads nothing')
  })
})
