import t from 'tap'

import { mailboxReader, signLink } from '../../../src/security/signed-links.ts'
import type { LinkReader } from '../../../src/security/signed-links.ts'
import { createTestApp } from '../../support/app.ts'
import { postLead } from '../../support/leads.ts'
import { TEST_SECRET } from '../../support/postgres.ts'

const START = Date.UTC(2026, 10, 30, 10)
const MINUTE = 60_000

void t.test('the page behind the mail of an offer says what became of it', async (t) => {
  let now = new Date(START)
  const { call, createDealer } = await createTestApp(t, { now: () => now })
  t.beforeEach(() => {
    now = new Date(START)
  })
  const prepare = async () => {
    const dealer = await createDealer({ leadAddress: 'desk@dealer.test', offerMinutes: 60 })
    const olga = await dealer.withUser({ name: 'Olga', team: 'call_center' })
    const ben = await dealer.withUser({ name: 'Ben', team: 'store_sales' })
    const sofia = await dealer.withUser({ name: 'Sofia', team: 'store_sales' })
    const lead = await postLead(dealer.admin, { assignee: olga.id })
    const offer = async () =>
      (await olga.call('POST', `/v1/leads/${lead.id}/handovers`, { toTeam: 'store_sales' })).body.id
    const open = async (reader: LinkReader, language = 'en') => {
      const expiresAt = new Date(START + 30 * 86_400_000)
      const link = { dealerId: dealer.id, id: lead.id, reader, expiresAt }
      const url = `/l/${signLink(TEST_SECRET, 'lead', link)}`
      const page = await call(null, {
        method: 'GET',
        url,
        headers: { 'accept-language': language }
      })
      t.equal(page.status, 200)
      return page.text
    }
    const as = ({ id }: { id: string }): LinkReader => ({ kind: 'user', id })
    return { ...dealer, olga, ben, sofia, lead, offer, open, as }
  }

  await t.test('where to answer, for those who may', async (t) => {
    const { admin, olga, ben, lead, offer, open, as } = await prepare()
    const id = await offer()
    t.match(await open(as(ben)), `POST /v1/handovers/${id}/accept`)
    t.match(await open(as(ben)), `POST /v1/handovers/${id}/decline`)
    t.notMatch(await open(as(olga)), `/v1/handovers/${id}/accept`)
    t.match(await open(as(olga)), `POST /v1/handovers/${id}/withdraw`)
    t.notMatch(await open(mailboxReader('desk@dealer.test')), '/v1/handovers')
    await admin('PATCH', '/v1/dealer', { settings: { leadUrl: 'https://desk.test/lead/{id}' } })
    const screen = `https://desk.test/lead/${lead.id}`
    t.match(await open(as(ben)), `<a href="${screen}">Open the lead</a>`)
    t.notMatch(await open(as(ben)), '/v1/handovers')
  })

  await t.test('accepted, declined and withdrawn: by whom and when', async (t) => {
    const { ben, olga, sofia, offer, open, as } = await prepare()
    const first = await offer()
    await olga.call('POST', `/v1/handovers/${first}/withdraw`)
    t.match(await open(as(ben)), /Withdrawn by Olga at [^<]*11:00/)
    const second = await offer()
    t.notMatch(await open(as(ben)), 'Withdrawn', 'an open offer stands for itself')
    now = new Date(START + 5 * MINUTE)
    await sofia.call('POST', `/v1/handovers/${second}/accept`)
    for (const reader of [ben, olga, sofia]) {
      t.match(await open(as(reader)), /Accepted by Sofia at [^<]*11:05/)
      t.notMatch(await open(as(reader)), 'POST /v1')
    }
    t.match(await open(as(ben), 'es'), 'Aceptado por Sofia')
    t.match(await open(as(ben), 'pl'), 'Przyjęto: Sofia')
    t.notMatch(await open(mailboxReader('desk@dealer.test')), 'Accepted')
  })

  await t.test('the reason of a refusal, and an offer past its time', async (t) => {
    const { admin, olga, ben, lead, offer, open, as } = await prepare()
    const made = await olga.call('POST', `/v1/leads/${lead.id}/handovers`, { toUserId: ben.id })
    await ben.call('POST', `/v1/handovers/${made.body.id}/decline`, { reason: 'On <leave>' })
    const page = await open(as(olga))
    t.match(page, 'Declined by Ben at')
    t.match(page, 'On &lt;leave&gt;')
    await offer()
    now = new Date(START + 61 * MINUTE)
    t.match(await open(as(ben)), /Ended at [^<]*12:00[^<]* without an answer/)
    t.equal((await admin('GET', `/v1/leads/${lead.id}`)).body.waiting, undefined)
  })
})
