import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import type { LeadReceipt } from '../../../support/contract-types.ts'
import { dumpDatabase } from '../../../support/dump.ts'
import { first as firstOf, must } from '../../../support/must.ts'

const LEAD = { contact: { fullName: 'Ewa Lis', email: 'ewa.lis@example.test' }, message: 'Hello' }

void t.test('referrals', async (t) => {
  const { call, createDealer, database } = await createTestApp(t)
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    call(null, { method: 'POST', url, payload, headers })
  const visit = (code: string, method: 'GET' | 'HEAD' = 'GET') =>
    call(null, { method, url: `/r/${code}` })

  /** A dealer with a member, their promoter, and the promoter's link. */
  async function withPromoter(settings: Parameters<typeof createDealer>[0] = {}) {
    const dealer = await createDealer(settings)
    const user = await dealer.withUser({ name: 'Anna Nowak' })
    const words = { name: 'Piotr', email: 'piotr@promoter.test' }
    const { body: promoter } = await user.call('POST', '/v1/promoters', words)
    const { body: link } = await user.call('POST', '/v1/referral-links', {
      promoterId: promoter.id
    })
    return { dealer, user, promoter, link }
  }
  const readLead = async ({ admin }: TestDealer, id: string) =>
    (await admin('GET', `/v1/leads/${id}`)).body
  /** Purposes of what is owed for a lead, and to whom. */
  const owed = async (leadId: string) => {
    const { rows } = await asClient(database.ownerUrl, (client) =>
      client.query<{ purpose: string; address: string }>(
        `select purpose, target->>'address' as address from deliveries where lead_id = $1
         order by purpose`,
        [leadId]
      )
    )
    return rows.map((row) => [row.purpose, row.address])
  }

  await t.test('302 counts visits and leads on, with the code', async (t) => {
    const { admin, ownerId } = await createDealer({ landingPage: 'https://dealer.test/?a=b' })
    const make = async (words: object = {}) => {
      const { body } = await admin('POST', '/v1/referral-links', { userId: ownerId, ...words })
      return body
    }
    const link = await make()
    const answer = await visit(link.code)
    t.equal(answer.status, 302)
    t.equal(answer.headers.location, `https://dealer.test/?a=b&ref=${link.code}`)
    t.equal(answer.headers['cache-control'], 'no-store')
    t.equal(answer.headers['referrer-policy'], 'no-referrer')
    t.equal(answer.text, '')
    t.equal((await visit(link.code, 'HEAD')).status, 302)
    const told = await call(null, {
      method: 'GET',
      url: `/r/${link.code}`,
      headers: { accept: 'application/json' }
    })
    t.strictSame([told.status, told.body], [200, { target: answer.headers.location }])
    await Promise.all(Array.from({ length: 9 }, () => visit(link.code)))
    const { body, headers } = await admin('GET', `/v1/referral-links/${link.id}`)
    t.equal(body.visits, 11, 'looking ahead is no visit, and none is lost')
    t.type(body.lastVisitAt, 'string')
    t.equal(headers.etag, '"1"', 'a visit is no change')

    const own = await make({ targetUrl: 'https://dealer.test/ceed?ref=x#top' })
    const { headers: led } = await visit(own.code)
    t.equal(led.location, `https://dealer.test/ceed?ref=${own.code}#top`)
  })

  await t.test(
    'a link is never dead: without a landing page it leads to one of ours',
    async (t) => {
      const { admin, ownerId } = await createDealer()
      const { body: link } = await admin('POST', '/v1/referral-links', { userId: ownerId })
      const led = await visit(link.code)
      t.equal(led.status, 302)
      const ours = `http://leadyard.test/r/${link.code}/landing?ref=${link.code}`
      t.equal(led.headers.location, ours)
      t.equal((await visit(link.code, 'HEAD')).headers.location, ours)
      const { pathname, search } = new URL(ours)
      const page = await call(null, { method: 'GET', url: `${pathname}${search}` })
      t.equal(page.status, 200)
      t.match(page.headers['content-type'], 'text/html')
      const { body } = await admin('GET', `/v1/referral-links/${link.id}`)
      t.equal(body.visits, 1)
    }
  )

  await t.test('404 for codes that are unknown, inactive or are none', async (t) => {
    const { admin, ownerId } = await createDealer()
    const { body: link } = await admin('POST', '/v1/referral-links', { userId: ownerId })
    const words = { targetUrl: 'https://dealer.test/', active: false }
    await admin('PATCH', `/v1/referral-links/${link.id}`, words)
    t.equal((await visit(link.code)).status, 404)
    const { body } = await admin('GET', `/v1/referral-links/${link.id}`)
    t.equal(body.visits, 0)
    for (const code of ['unknown1', '%00', "';--", 'a'.repeat(200), '%F0%9F%9A%97']) {
      const { status } = await visit(code)
      t.ok([400, 404, 414, 422].includes(status), `${code}: ${status}`)
      t.ok([400, 404, 414, 422].includes((await post(`/v1/referrals/${code}/leads`, LEAD)).status))
    }
    t.equal((await post(`/v1/referrals/${link.code}/leads`, LEAD)).status, 404)
    const person = { name: 'P', email: 'p@example.test' }
    t.equal((await post(`/v1/referrals/${link.code}/promoters`, person)).status, 404)
  })

  await t.test('201: a lead through a promoter’s link has its user and its promoter', async (t) => {
    const { dealer, user, promoter, link } = await withPromoter()
    const url = `/v1/referrals/${link.code}/leads` as const
    const answer = await post(url, LEAD)
    t.equal(answer.status, 201)
    const { id, ...receipt } = answer.body
    t.strictSame(Object.keys(receipt).toSorted(), [
      'externalId',
      'outcome',
      'receivedAt',
      'status',
      'warnings'
    ])
    const lead = await readLead(dealer, id)
    t.hasStrict(lead, {
      assignee: { id: user.id, name: 'Anna Nowak' },
      promoter: { id: promoter.id, name: 'Piotr' },
      referralLink: { id: link.id, code: link.code },
      source: { key: 'referral' }
    })
    t.strictSame(await owed(id), [
      ['assignee_mail', user.email],
      ['promoter_mail', 'piotr@promoter.test']
    ])
    const { rows } = await asClient(database.ownerUrl, (client) =>
      client.query('select actor_type, actor_id from events where subject_id = $1', [id])
    )
    t.strictSame(rows, [{ actor_type: 'public', actor_id: null }])
    t.equal((await post(url, { ...LEAD, contact: { fullName: 'No One' } })).status, 422)
  })

  await t.test('members that are not for visitors cost no lead, and are told', async (t) => {
    const { dealer, user, promoter, link } = await withPromoter()
    const other = await dealer.withUser()
    const url = `/v1/referrals/${link.code}/leads` as const
    for (const [at, more] of [
      { assignee: other.id },
      { source: 'website' },
      { referralCode: 'Other123', shoe: 44 }
    ].entries()) {
      const contact = { fullName: 'Ewa Lis', email: `ewa${at}@members.test` }
      const answer = await post(url, { contact, ...more })
      t.equal(answer.status, 201, answer.text)
      t.strictSame(
        (answer.body as unknown as LeadReceipt).warnings.map(({ pointer, code }) => [
          pointer,
          code
        ]),
        Object.keys(more).map((name) => [`/${name}`, 'unknown_member'])
      )
      t.hasStrict(await readLead(dealer, answer.body.id), {
        assignee: { id: user.id },
        promoter: { id: promoter.id },
        referralLink: { id: link.id },
        source: { key: 'referral' }
      })
    }
  })

  await t.test('each lead of a short list is one, and a long list is held', async (t) => {
    const { dealer, user, link } = await withPromoter()
    const url = `/v1/referrals/${link.code}/leads` as const
    const lead = (at: number) => ({
      contact: { fullName: `Ewa Lis ${at}`, email: `list${at}@list.test` }
    })
    const send = async (body: string, type: string) =>
      await call(null, {
        method: 'POST',
        url,
        payload: body,
        headers: { 'content-type': type }
      })
    const lists = [
      [JSON.stringify([lead(1), lead(2)]), 'application/json'],
      [`${JSON.stringify(lead(3))}\n${JSON.stringify(lead(4))}\n`, 'application/x-ndjson']
    ] as const
    for (const [body, type] of lists) {
      const answer = await send(body, type)
      t.equal(answer.status, 201, answer.text)
      const { data } = answer.body as unknown as { data: { id: string; outcome: string }[] }
      t.equal(data.length, 2)
      for (const { id, outcome } of data) {
        t.equal(outcome, 'created')
        t.equal((await readLead(dealer, id)).assignee?.id, user.id)
      }
    }
    const many = Array.from({ length: 11 }, (_, at) => lead(at + 10))
    const held = await send(JSON.stringify(many), 'application/json')
    t.equal(held.status, 202, held.text)
    t.equal(held.body.outcome, 'quarantined')
  })

  await t.test(
    '200 for the same lead again by Idempotency-Key, of each link by itself',
    async (t) => {
      const { dealer, link } = await withPromoter()
      const headers = { 'idempotency-key': 'form-1' }
      const url = `/v1/referrals/${link.code}/leads` as const
      const answers = await Promise.all(Array.from({ length: 6 }, () => post(url, LEAD, headers)))
      t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 200, 200, 200, 200, 201])
      t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
      t.equal((await post(url, { ...LEAD, message: 'Other' }, headers)).status, 422)
      const { admin, ownerId } = dealer
      const { body: second } = await admin('POST', '/v1/referral-links', { userId: ownerId })
      const other = await post(`/v1/referrals/${second.code}/leads`, LEAD, headers)
      t.equal(other.status, 201)
    }
  )

  await t.test(
    'a removed promoter’s link stays live: the user gets the lead, they no mail',
    async (t) => {
      const { dealer, user, promoter, link } = await withPromoter({
        landingPage: 'https://dealer.test'
      })
      await user.call('PATCH', `/v1/promoters/${promoter.id}`, { state: 'removed' })
      t.equal((await visit(link.code)).status, 302)
      const { status, body } = await post(`/v1/referrals/${link.code}/leads`, LEAD)
      t.equal(status, 201)
      const lead = await readLead(dealer, body.id)
      t.hasStrict(lead, { assignee: { id: user.id }, promoter: { id: promoter.id } })
      t.strictSame(await owed(body.id), [['assignee_mail', user.email]])
    }
  )

  await t.test(
    'an inactive user’s leads go to the fallback, else to the default queue',
    async (t) => {
      const { dealer, user, link } = await withPromoter()
      const { admin, withUser } = dealer
      await admin('PATCH', `/v1/users/${user.id}`, { active: false })
      const capture = async (email: string) => {
        const body = { contact: { fullName: 'X Y', email } }
        const answer = await post(`/v1/referrals/${link.code}/leads`, body)
        return await readLead(dealer, answer.body.id)
      }
      const queued = await capture('one@example.test')
      t.hasStrict(queued, { assignee: null, queue: { name: 'Default' } })
      const fallback = await withUser()
      await admin('PATCH', '/v1/dealer', { settings: { fallbackAssigneeId: fallback.id } })
      t.equal((await capture('two@example.test')).assignee?.id, fallback.id)
      await admin('PATCH', `/v1/users/${fallback.id}`, { active: false })
      t.equal((await capture('three@example.test')).assignee, null)
    }
  )

  await t.test('409 where the dealer takes no referrals, without naming its sources', async (t) => {
    const { dealer, link } = await withPromoter()
    const { body } = await dealer.admin('GET', '/v1/sources')
    const { id } = must(body.data.find(({ key }) => key === 'referral'))
    await dealer.admin('PATCH', `/v1/sources/${id}`, { active: false })
    const refused = await post(`/v1/referrals/${link.code}/leads`, LEAD)
    t.equal(refused.status, 409)
    t.equal(refused.body.errors, undefined)
  })

  await t.test(
    '202 signs a promoter up: pending, under the user, with a link of their own',
    async (t) => {
      const { dealer, user, promoter, link } = await withPromoter()
      const url = `/v1/referrals/${link.code}/promoters` as const
      const person = { name: 'Maria Ruiz', email: 'Maria@Example.TEST', locale: 'es' }
      const first = await post(url, person)
      t.equal(first.status, 202)
      const { body } = await user.call('GET', '/v1/promoters?state=pending')
      t.equal(body.data.length, 1)
      const [maria] = body.data
      t.hasStrict(maria, { name: 'Maria Ruiz', email: 'maria@example.test', userId: user.id })
      const links = await user.call('GET', `/v1/referral-links?promoter=${must(maria).id}`)
      t.equal(links.body.data.length, 1)

      const before = await user.call('GET', '/v1/promoters')
      const known = await Promise.all([
        post(url, { ...person, name: 'Somebody Else' }),
        post(url, { name: 'Mallory', email: promoter.email }),
        post(url, { name: 'Mallory', email: promoter.email })
      ])
      for (const answer of known) {
        t.equal(answer.status, first.status)
        t.equal(answer.text, first.text, 'it tells nothing of who is known')
      }
      t.strictSame((await user.call('GET', '/v1/promoters')).body, before.body)

      const { code } = firstOf(links.body.data)
      const lead = await post(`/v1/referrals/${code}/leads`, LEAD)
      t.strictSame(
        await owed(lead.body.id),
        [['assignee_mail', user.email]],
        'pending: no mail yet'
      )
      await user.call('PATCH', `/v1/promoters/${must(maria).id}`, { state: 'active' })
      const next = { contact: { fullName: 'Jan Kos', email: 'jan@example.test' } }
      const later = await post(`/v1/referrals/${code}/leads`, next)
      t.strictSame(await owed(later.body.id), [
        ['assignee_mail', user.email],
        ['promoter_mail', 'maria@example.test']
      ])
      t.equal(must((await readLead(dealer, later.body.id)).promoter).id, must(maria).id)
      t.equal((await post(url, { name: 'X', email: 'nobody' })).status, 422)
      const dump = await dumpDatabase(database.ownerUrl)
      const events = dump.split('\n').filter((row) => row.includes('promoter.created'))
      t.ok(events.length > 0)
      t.notMatch(events.join(), /maria|piotr/i)
    }
  )

  // Guards the conflict clause of `insertUnknownPromoter`: with a plain insert some answer 409.
  await t.test('one promoter results, however often somebody signs up at once', async (t) => {
    const { user, link } = await withPromoter()
    const person = { name: 'Ola', email: 'ola@example.test' }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(`/v1/referrals/${link.code}/promoters`, person))
    )
    t.strictSame(new Set(answers.map(({ status }) => status)), new Set([202]))
    const { body } = await user.call('GET', '/v1/promoters?state=pending')
    t.equal(body.data.length, 1)
    const links = await user.call('GET', `/v1/referral-links?promoter=${must(body.data[0]).id}`)
    t.equal(links.body.data.length, 1)
  })
})
