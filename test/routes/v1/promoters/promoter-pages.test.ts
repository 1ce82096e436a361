import t from 'tap'

import { issueSecret } from '../../../../src/security/credentials.ts'
import { progressOf } from '../../../../src/domain/promoter-pages/promoter-page.ts'
import { STATUS_GROUPS } from '../../../../src/domain/leads/status-groups.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { findStatusIds, postLead, postQuarantinedLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { moveTo, salesOf } from '../../../support/sales.ts'

void t.test('a promoter sees the progress of a lead, and no more of it', (t) => {
  const known = STATUS_GROUPS.map((group) => [
    group,
    progressOf({ group, isQuarantined: false, isCancelled: false })
  ])
  t.strictSame(Object.fromEntries(known), {
    new: 'received',
    working: 'in_progress',
    nurturing: 'in_progress',
    qualified: 'in_progress',
    unqualified: 'closed',
    linked: 'in_progress',
    converted: 'in_progress',
    sold: 'sold',
    lost: 'closed',
    deleted: 'closed'
  })
  t.equal(progressOf({ group: 'new', isQuarantined: true, isCancelled: false }), 'received')
  t.equal(progressOf({ group: 'deleted', isQuarantined: true, isCancelled: false }), 'closed')
  t.end()
})

void t.test('a promoter’s own page', async (t) => {
  const { call, createDealer, database } = await createTestApp(t)
  const get = (url: string, headers: Record<string, string> = {}) =>
    call(null, { method: 'GET', url: url.replace('http://leadyard.test', ''), headers })

  const sign = async (dealer: TestDealer, name: string) => {
    const { body: promoter } = await dealer.admin('POST', '/v1/promoters', {
      name,
      email: `${name.toLowerCase()}@promoters.test`
    })
    const { body: link } = await dealer.admin('POST', '/v1/referral-links', {
      promoterId: promoter.id
    })
    const url = `/v1/promoters/${promoter.id}/page-link` as const
    const made = await dealer.admin('POST', url)
    t.equal(made.status, 201)
    return { id: promoter.id, link, page: String(made.body.url), url }
  }
  const sell = async ({ admin }: TestDealer, lead: { id: string }) => {
    const { sold } = await findStatusIds(admin)
    const moved = await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: sold })
    if (moved.status !== 200) throw new Error(moved.text)
  }

  await t.test('shows links, leads, sales and rewards, and nothing of the people', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    await admin('POST', '/v1/reward-programmes', {
      name: 'Autumn',
      pointsPerSale: 100,
      eligibleWhen: 'recorded',
      active: true
    })
    const piotr = await sign(dealer, 'Piotr')
    const other = await sign(dealer, 'Other')
    const through = { referralCode: piotr.link.code, vehicles: [{ make: 'Kia', model: 'Ceed' }] }
    const leads = [await postLead(admin, through), await postLead(admin, through)] as const
    await postLead(admin, { ...through, isTest: true })
    await postLead(admin, { referralCode: other.link.code })
    await sell(dealer, leads[0])
    await get(`/r/${piotr.link.code}`)

    const { status, body, headers } = await get(piotr.page)
    t.equal(status, 200)
    t.equal(headers['cache-control'], 'no-store')
    t.hasStrict(body, {
      name: 'Piotr',
      state: 'active',
      links: [{ code: piotr.link.code, url: piotr.link.url, active: true }],
      totals: { leads: 2, sales: 1, rewards: { eligible: 100, approved: 0, paid: 0, balance: 100 } }
    })
    const list = await get(`${piotr.page}/leads`)
    t.strictSame(
      list.body.data.map(({ state, reward }: { state: string; reward: object }) => [state, reward]),
      [
        ['received', null],
        ['sold', { points: 100, state: 'eligible' }]
      ]
    )
    const secrets = leads.flatMap(({ id, contact }) => [
      id,
      String(contact.email),
      String(contact.lastName)
    ])
    for (const text of [JSON.stringify(body), list.text]) {
      t.notOk(
        [...secrets, piotr.id, other.id, 'Kia', 'Other'].some((secret) => text.includes(secret))
      )
    }
    const qr = await get(`${piotr.page}/links/${piotr.link.code}/qr`)
    t.equal(qr.headers['content-type'], 'image/svg+xml')
    t.equal((await get(`${piotr.page}/links/${other.link.code}/qr`)).status, 404)
  })

  await t.test('a cancelled sale is none', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const pia = await sign(dealer, 'Pia')
    const lead = await postLead(admin, { referralCode: pia.link.code })
    await moveTo(admin, lead.id, 'sold')
    t.hasStrict((await get(pia.page)).body, { totals: { leads: 1, sales: 1 } })
    const { data } = (await admin('GET', '/v1/sale-statuses')).body
    const { id: statusId } = must(data.find(({ group }) => group === 'cancelled'))
    const [sale] = await salesOf(admin, lead.id)
    await admin('PATCH', `/v1/sales/${must(sale).id}`, { statusId })
    t.hasStrict((await get(pia.page)).body, { totals: { leads: 1, sales: 0 } })
    const [shown] = (await get(`${pia.page}/leads`)).body.data
    // The lead is where it was before the sale.
    t.equal(shown?.state, 'received')
  })

  await t.test('goes on for a removed promoter, with what they earned', async (t) => {
    const dealer = await createDealer()
    const { admin, ownerId } = dealer
    const pia = await sign(dealer, 'Pia')
    await postLead(admin, { referralCode: pia.link.code })
    const removed = await admin('PATCH', `/v1/promoters/${pia.id}`, { state: 'removed' })
    t.equal(removed.body.state, 'removed')
    const late = await postLead(admin, { referralCode: pia.link.code, assignee: ownerId })
    t.equal(late.promoter?.id, pia.id, 'the link stays live')
    const owed = await admin('GET', `/v1/leads/${late.id}/deliveries?purpose=promoter_mail`)
    t.strictSame(owed.body.data, [], 'but no mail is owed')
    const { body } = await get(pia.page)
    t.hasStrict(body, { state: 'removed', totals: { leads: 2 } })
  })

  await t.test('pages of its leads join, and no cursor gives an id away', async (t) => {
    const dealer = await createDealer()
    const pia = await sign(dealer, 'Pia')
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      ids.push((await postLead(dealer.admin, { referralCode: pia.link.code })).id)
    }
    // All at one moment: only the ids tell them apart.
    await asClient(database.ownerUrl, (client) =>
      client.query(`update leads set received_at = '2026-01-01' where promoter_id = '${pia.id}'`)
    )
    const sizes: number[] = []
    let next: string | null = null
    do {
      const query: string = next === null ? '?limit=2' : `?limit=2&cursor=${next}`
      const { body } = await get(`${pia.page}/leads${query}`)
      sizes.push(body.data.length)
      next = body.nextCursor
      const cursor = Buffer.from(next ?? '', 'base64url').toString()
      t.notOk(ids.some((id) => cursor.includes(id)))
    } while (next !== null)
    t.strictSame(sizes, [2, 2, 1])
    t.equal((await get(`${pia.page}/leads?cursor=x`)).status, 422)
  })

  await t.test('held back leads are received', async (t) => {
    const dealer = await createDealer()
    const pia = await sign(dealer, 'Pia')
    const held = await postQuarantinedLead(dealer.admin)
    await asClient(database.ownerUrl, (client) =>
      client.query(`update leads set promoter_id = '${pia.id}' where id = '${held.id}'`)
    )
    const { body } = await get(`${pia.page}/leads`)
    t.strictSame(
      body.data.map(({ state }: { state: string }) => state),
      ['received']
    )
  })

  await t.test('earlier addresses go on until all are ended, 404 for all others', async (t) => {
    const dealer = await createDealer()
    const { admin, withUser } = dealer
    const pia = await sign(dealer, 'Pia')
    const again = await admin('POST', pia.url, undefined, { 'idempotency-key': 'k' })
    for (const rest of ['', '/leads', `/links/${pia.link.code}/qr`]) {
      t.equal((await get(`${pia.page}${rest}`)).status, 200, 'the one before')
    }
    t.equal((await get(must(again.body.url))).status, 200)
    const repeated = await admin('POST', pia.url, undefined, { 'idempotency-key': 'k' })
    t.strictSame(repeated.body, { url: null })
    t.equal((await get(must(again.body.url))).status, 200, 'a repeat changes nothing')

    const foreign = issueSecret('lp_', (await createDealer()).id)
    const nobody = issueSecret('lp_', '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e')
    for (const text of ['x', foreign.text, nobody.text]) {
      for (const rest of ['', '/leads', `/links/${pia.link.code}/qr`]) {
        t.equal((await get(`/v1/promoter-page/${text}${rest}`)).status, 404)
      }
    }
    const { call: stranger } = await withUser()
    t.equal((await stranger('POST', pia.url)).status, 404)
    t.equal((await stranger('DELETE', pia.url)).status, 404)
    t.equal((await admin('DELETE', pia.url)).status, 204)
    for (const url of [pia.page, must(again.body.url)]) {
      for (const rest of ['', '/leads', `/links/${pia.link.code}/qr`]) {
        const { status, body } = await get(`${url}${rest}`)
        t.strictSame([status, body.code], [410, 'link-replaced'], 'taken away')
      }
    }
    const next = (await admin('POST', pia.url)).body
    t.equal((await get(must(next.url))).status, 200)
    t.equal((await get(pia.page)).status, 410, 'it stays ended')
    const { body: events } = await admin('GET', '/v1/events?type=promoter.updated')
    t.hasStrict(events.data[0], { data: { fields: ['page'] } })
  })

  await t.test('leads to the dealer’s own page where there is one', async (t) => {
    const dealer = await createDealer({ promoterPage: 'https://dealer.test/p?a=b' })
    const { page } = await sign(dealer, 'Pia')
    const url = new URL(page)
    t.equal(`${url.origin}${url.pathname}${url.searchParams.get('a')}`, 'https://dealer.test/pb')
    const secret = String(url.searchParams.get('promoter'))
    t.equal((await get(`/v1/promoter-page/${secret}`)).status, 200)
    const bad = {
      settings: { promoterPage: 'file:///etc', invitationPage: 'https://d.test/{secret}' }
    }
    const refused = await dealer.admin('PATCH', '/v1/dealer', bad)
    t.strictSame(
      refused.problem.errors?.map(({ pointer }: { pointer: string }) => pointer),
      ['/settings/invitationPage', '/settings/promoterPage']
    )
  })
})
