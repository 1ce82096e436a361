import { randomUUID } from 'node:crypto'

import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { nextPage } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

const SETTINGS = { leadAddress: 'leads@dealer.test', adfAddress: 'adf@dealer.test' }

void t.test('deliveries', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  const capture = async ({ admin }: TestDealer, members: object = {}) => {
    const contact = { fullName: 'Ada Łoś', email: 'ada@example.test' }
    const lead = { source: 'website', contact, ...members }
    const key = { 'idempotency-key': randomUUID() }
    const { body } = await admin('POST', '/v1/leads', lead, key)
    return body.id
  }
  const purposes = ({ body }: { body: { data: { purpose: string }[] } }) =>
    body.data.map(({ purpose }) => purpose).toSorted()

  await t.test('200 lists what is owed, by state, purpose and lead, page by page', async (t) => {
    const dealer = await createDealer(SETTINGS)
    const user = await dealer.withUser()
    const first = await capture(dealer, { assignee: user.id })
    await capture(dealer, { contact: { email: 'somebody@else.test' } })
    const all = ['assignee_mail', 'dealer_adf', 'dealer_mail']
    t.strictSame(purposes(await dealer.admin('GET', `/v1/leads/${first}/deliveries`)), all)
    t.strictSame(purposes(await dealer.admin('GET', `/v1/deliveries?leadId=${first}`)), all)
    const adf = await dealer.admin('GET', '/v1/deliveries?purpose=dealer_adf&state=pending')
    t.strictSame(purposes(adf), ['dealer_adf', 'dealer_adf'])
    t.strictSame((await dealer.admin('GET', '/v1/deliveries?state=sent')).body.data, [])

    const seen: string[] = []
    let url: string | null = '/v1/deliveries?limit=2&sort=createdAt'
    while (url !== null) {
      const page = await dealer.admin('GET', url)
      seen.push(...page.body.data.map(({ id }: { id: string }) => id))
      url = nextPage(page)
    }
    t.equal(seen.length, 5)
    t.strictSame(seen, [...new Set(seen)].toSorted(), 'oldest first, without repeat')
    const [id] = seen
    const one = await dealer.admin('GET', `/v1/deliveries/${id}`)
    t.hasStrict(one.body, { id, state: 'pending', attemptCount: 0, attempts: [] })
    t.equal(one.headers.etag, '"1"')
  })

  await t.test('a member sees the deliveries of leads they see, and no others', async (t) => {
    const dealer = await createDealer(SETTINGS)
    const member = await dealer.withUser()
    const other = await dealer.withUser()
    const theirs = await capture(dealer, { assignee: member.id })
    const foreign = await capture(dealer, { assignee: other.id, contact: { email: 'b@b.test' } })
    const list = await member.call('GET', '/v1/deliveries')
    t.strictSame(new Set(list.body.data.map(({ leadId }) => leadId)), new Set([theirs]))
    t.equal((await member.call('GET', `/v1/leads/${foreign}/deliveries`)).status, 404)
    const { body } = await other.call('GET', `/v1/deliveries?leadId=${foreign}`)
    const hidden = `/v1/deliveries/${must(body.data[0]).id}` as const
    t.equal((await member.call('GET', hidden)).status, 404)
    t.equal((await member.call('GET', `${hidden}/message`)).status, 404)
    t.equal((await member.call('POST', `${hidden}/retry`)).status, 404)

    const stranger = await createDealer()
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/message'],
      ['POST', '/retry']
    ] as const) {
      t.equal((await stranger.admin(method, hidden + path)).status, 404)
    }
    t.equal((await stranger.admin('GET', `/v1/leads/${theirs}/deliveries`)).status, 404)
    const reader = await dealer.withKey(['read'])
    t.equal((await reader('GET', hidden)).status, 200)
    t.equal((await reader('POST', `${hidden}/retry`)).status, 403)
    t.equal((await (await dealer.withKey(['leads:capture']))('GET', hidden)).status, 403)
  })

  await t.test('retry: pending and failed are due now, the rest is 409', async (t) => {
    const dealer = await createDealer({ leadAddress: 'leads@dealer.test' })
    const leadId = await capture(dealer)
    const { body: list } = await dealer.admin('GET', `/v1/leads/${leadId}/deliveries`)
    const url = `/v1/deliveries/${must(list.data[0]).id}` as const
    const owner = (text: string) =>
      asClient(database.ownerUrl, (client) => client.query(text, [must(list.data[0]).id]))
    const isDue = async () =>
      (await owner('select due_at <= now() as due from deliveries where id = $1')).rows[0].due

    await owner(`update deliveries set next_attempt_at = now() + interval '1 day',
      due_at = now() + interval '1 day', failures = 2 where id = $1`)
    t.equal(
      (await dealer.admin('POST', `${url}/retry`, undefined, { 'if-match': '"9"' })).status,
      412
    )
    const retried = await dealer.admin('POST', `${url}/retry`)
    t.equal(retried.status, 200)
    t.hasStrict(retried.body, { state: 'pending', version: 2 })
    t.ok(Date.parse(must(retried.body.nextAttemptAt)) <= Date.now())
    t.ok(await isDue())

    await owner("update deliveries set state = 'failed', next_attempt_at = null where id = $1")
    t.hasStrict((await dealer.admin('POST', `${url}/retry`)).body, { state: 'pending' })
    t.equal((await owner('select failures from deliveries where id = $1')).rows[0].failures, 0)
    const { body } = await dealer.admin('GET', `/v1/events?leadId=${leadId}`)
    t.equal(body.data.filter(({ type }: { type: string }) => type === 'delivery.retried').length, 2)

    // An attempt under way is what was asked for: another one would make a second mail.
    await owner(`update deliveries set next_attempt_at = null, attempts = 1,
      due_at = now() + interval '1 minute' where id = $1`)
    t.equal((await dealer.admin('POST', `${url}/retry`)).status, 200)
    t.notOk(await isDue())

    for (const state of ['sent', 'cancelled']) {
      await owner(`update deliveries set state = '${state}' where id = $1`)
      t.equal((await dealer.admin('POST', `${url}/retry`)).status, 409)
    }
  })
})
