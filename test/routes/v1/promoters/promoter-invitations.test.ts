import PostalMime from 'postal-mime'
import t from 'tap'

import type { SendOutcome } from '../../../../src/domain/deliveries/delivery.ts'
import { deliverNow } from '../../../support/deliver-now.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { LATER, SENT, deliveryContext } from '../../../support/delivery-context.ts'
import { openConnections, postLead } from '../../../support/leads.ts'
import { first, only, must } from '../../../support/must.ts'

const DAY = 24 * 60 * 60 * 1000
const MARIA = { email: 'Maria@Example.ES', name: 'Maria Ruiz', locale: 'es' }

void t.test('invitations of promoters', async (t) => {
  let now = new Date('2026-11-23T12:00:00Z')
  const { call, createDealer, database } = await createTestApp(t, { now: () => now })
  const anyone = (method: 'GET' | 'POST', url: string, body?: object) =>
    call(null, { method, url, ...(body ? { payload: body } : {}) })

  /** Attempts what a promoter is owed, the oldest first, and answers what became of each. */
  const attempt = async (dealer: TestDealer, outcome: SendOutcome = SENT) => {
    const list = '/v1/deliveries?sort=createdAt'
    const owed = (await dealer.admin('GET', list)).body.data as { id: string; purpose: string }[]
    const mails: string[] = []
    for (const { id, purpose } of owed.filter((one) => /^promoter_[iw]/.test(one.purpose))) {
      await deliverNow(
        deliveryContext(database.db, {
          send: ({ raw }) => {
            mails.push(raw.toString('utf8'))
            return Promise.resolve(outcome)
          },
          now: () => now,
          retrySeconds: [10, 10, 10]
        }),
        { dealerId: dealer.id, deliveryId: id }
      )
      t.match(purpose, /^promoter_/)
    }
    const { data } = (await dealer.admin('GET', list)).body
    const states = (data as { purpose: string; state: string; reason: { code: string } | null }[])
      .filter(({ purpose }) => /^promoter_[iw]/.test(purpose))
      .map(({ state, reason }) => `${state}: ${reason?.code ?? ''}`)
    return { states, mails: await Promise.all(mails.map((raw) => PostalMime.parse(raw))) }
  }
  /** The secret in the link of a mail. */
  const secretIn = (mail: { text?: string | undefined } | undefined, kind = 'li_') =>
    new RegExp(`${kind}[0-9A-Za-z]{60}`).exec(mail?.text ?? '')?.[0] ?? 'none'
  const invite = async ({ admin }: TestDealer, words: object = MARIA) => {
    const { status, body } = await admin('POST', '/v1/promoter-invitations', words)
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body as { id: string; state: string; email: string }
  }

  await t.test('by mail, read and accepted by its secret alone', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser({ name: 'Anna Nowak' })
    const message = 'As we spoke of: <b>https://evil.test</b>'
    const invited = await anna.call('POST', '/v1/promoter-invitations', { ...MARIA, message })
    t.hasStrict(invited.body, { email: 'maria@example.es', state: 'invited', userId: anna.id })
    const { id } = invited.body
    t.equal(invited.headers.location, `/v1/promoters/${id}`)
    const { mails, states } = await attempt(dealer)
    t.strictSame(states, ['sent: '])
    const [mail] = mails
    t.match(mail?.subject, /^Invitación para recomendar Dealer/)
    t.match(mail?.text, 'Anna Nowak')
    t.match(mail?.text, 'https[:]//evil.test')
    t.notMatch(mail?.html, '<b>')
    t.strictSame(mail?.to, [{ name: 'Maria Ruiz', address: 'maria@example.es' }])
    const secret = secretIn(mail)
    const url = `/v1/promoter-invitations/${secret}` as const
    t.match(mail?.text, `http://leadyard.test${url}`)
    const shown = await anyone('GET', url)
    t.hasStrict(shown.body, {
      invitedBy: 'Anna Nowak',
      name: 'Maria Ruiz',
      expiresAt: new Date(now.getTime() + 30 * DAY).toISOString()
    })

    const accepted = await anyone('POST', `${url}/accept`, { phone: '602 345 678', locale: 'pl' })
    t.equal(accepted.status, 200)
    const promoter = (await dealer.admin('GET', `/v1/promoters/${id}`)).body
    t.hasStrict(promoter, {
      name: 'Maria Ruiz',
      state: 'active',
      phone: '+48602345678',
      locale: 'pl',
      userId: anna.id
    })
    const page = await anyone('GET', accepted.body.pageUrl.replace('http://leadyard.test', ''))
    t.hasStrict(page.body.links, [accepted.body.link])
    const lead = await postLead(dealer.admin, { referralCode: accepted.body.link.code })
    t.equal(lead.promoter?.id, id)
    for (const used of [await anyone('GET', url), await anyone('POST', `${url}/accept`, {})]) {
      t.hasStrict([used.status, used.body.code], [410, 'invitation-accepted'])
    }
    const { body: events } = await dealer.admin('GET', '/v1/events')
    const types = events.data.map(({ type }: { type: string }) => type)
    t.ok(types.includes('promoter.invited') && types.includes('promoter.joined'))
    t.notMatch(JSON.stringify(events.data), /maria|evil/i)
  })

  await t.test('an address that is known, users, members: as in signing up', async (t) => {
    const dealer = await createDealer()
    await invite(dealer)
    const again = await dealer.admin('POST', '/v1/promoter-invitations', MARIA)
    t.equal(again.status, 409)
    t.equal(again.problem.type, 'urn:leadyard:problem:already-exists')
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const foreign = { ...MARIA, email: 'x@example.test', userId: ben.id }
    t.equal((await anna.call('POST', '/v1/promoter-invitations', foreign)).status, 403)
    for (const words of [{ email: 'nobody' }, { ...MARIA, message: 'x'.repeat(501) }, {}]) {
      t.equal((await dealer.admin('POST', '/v1/promoter-invitations', words)).status, 422)
    }
  })

  await t.test('a person without a name gives one when they accept', async (t) => {
    const dealer = await createDealer()
    const { id } = await invite(dealer, { email: 'eva@example.test' })
    const url = `/v1/promoter-invitations/${secretIn((await attempt(dealer)).mails[0])}` as const
    t.equal((await anyone('GET', url)).body.name, null)
    const nameless = await anyone('POST', `${url}/accept`, {})
    t.strictSame([nameless.status, nameless.body.errors?.[0].pointer], [422, '/name'])
    t.equal((await anyone('POST', `${url}/accept`, { name: 'Eva' })).status, 200)
    t.equal((await dealer.admin('GET', `/v1/promoters/${id}`)).body.name, 'Eva')
  })

  await t.test('sent again: the link before is no good, and its mail is not sent', async (t) => {
    const dealer = await createDealer()
    const { id } = await invite(dealer)
    const first = secretIn((await attempt(dealer, LATER)).mails[0])
    t.equal((await anyone('GET', `/v1/promoter-invitations/${first}`)).status, 200)
    const again = await dealer.admin('POST', `/v1/promoters/${id}/invitation`)
    t.equal(again.status, 200)
    const replaced = await anyone('GET', `/v1/promoter-invitations/${first}`)
    t.hasStrict([replaced.status, replaced.body.code], [410, 'link-replaced'])
    const sent = await anyone('POST', `/v1/promoter-invitations/${first}/accept`, { name: 'Eva' })
    t.hasStrict([sent.status, sent.body.code], [410, 'link-replaced'])
    const { states, mails } = await attempt(dealer)
    t.strictSame(states, ['cancelled: newer_message_sent', 'sent: '])
    t.equal(mails.length, 1)
    const second = secretIn(mails[0])
    t.not(second, first)
    t.equal((await anyone('POST', `/v1/promoter-invitations/${second}/accept`, {})).status, 200)
    t.equal((await dealer.admin('POST', `/v1/promoters/${id}/invitation`)).status, 409)
  })

  await t.test('every attempt sends the same link', async (t) => {
    const dealer = await createDealer()
    await invite(dealer)
    const [one, two] = [await attempt(dealer, LATER), await attempt(dealer)]
    t.equal(secretIn(one.mails[0]), secretIn(two.mails[0]))
  })

  await t.test('an expired invitation can’t be accepted', async (t) => {
    const dealer = await createDealer()
    await invite(dealer)
    const secret = secretIn((await attempt(dealer, LATER)).mails[0])
    now = new Date(now.getTime() + 30 * DAY)
    const late = await anyone('POST', `/v1/promoter-invitations/${secret}/accept`, {})
    t.hasStrict([late.status, late.body.code], [410, 'invitation-expired'])
    t.strictSame((await attempt(dealer)).states, ['cancelled: invitation_expired'])
  })

  // Guards the lock in `lockInvited`: without `for update` both win.
  await t.test('of many who accept at once, one does', async (t) => {
    const dealer = await createDealer()
    const { id } = await invite(dealer)
    const url =
      `/v1/promoter-invitations/${secretIn((await attempt(dealer)).mails[0])}/accept` as const
    await openConnections(dealer.admin)
    const answers = await Promise.all(Array.from({ length: 6 }, () => anyone('POST', url, {})))
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 410, 410, 410, 410, 410])
    const { body } = await dealer.admin('GET', `/v1/referral-links?promoter=${id}`)
    t.equal(body.data.length, 1)
  })

  await t.test('a removed promoter, or one with another address, gets no mail', async (t) => {
    const dealer = await createDealer({ leadAddress: null })
    const maria = await invite(dealer)
    await dealer.admin('PATCH', `/v1/promoters/${maria.id}`, { state: 'removed' })
    const eva = await invite(dealer, { email: 'eva@example.test' })
    const before = secretIn((await attempt(dealer, LATER)).mails.at(-1))
    const moved = await dealer.admin('PATCH', `/v1/promoters/${eva.id}`, { email: 'e@v.test' })
    t.equal(moved.body.name, 'e@v.test', 'still nameless')
    t.equal((await anyone('GET', `/v1/promoter-invitations/${before}`)).status, 410)
    t.strictSame((await attempt(dealer)).states, [
      'cancelled: promoter_not_invited',
      'cancelled: promoter_address_changed'
    ])
    t.equal((await dealer.admin('POST', `/v1/promoters/${eva.id}/invitation`)).status, 200)
    t.equal((await attempt(dealer)).states.at(-1), 'sent: ')
    await dealer.admin('PATCH', `/v1/promoters/${eva.id}`, { email: null })
    t.equal((await dealer.admin('POST', `/v1/promoters/${eva.id}/invitation`)).status, 409)
  })

  await t.test('invited and pending promoters hear of no lead', async (t) => {
    const dealer = await createDealer()
    const { id } = await invite(dealer)
    const { body: link } = await dealer.admin('POST', '/v1/referral-links', { promoterId: id })
    const signedUp = { name: 'Pia', email: 'pia@example.test' }
    await anyone('POST', `/v1/referrals/${link.code}/promoters`, signedUp)
    const pending = (await dealer.admin('GET', '/v1/promoters?state=pending')).body.data[0]
    const { body: links } = await dealer.admin(
      'GET',
      `/v1/referral-links?promoter=${must(pending).id}`
    )
    for (const { code } of [link, first(links.data)]) {
      const lead = await postLead(dealer.admin, { referralCode: code })
      t.not(lead.promoter, null)
      const { body } = await dealer.admin('GET', `/v1/leads/${lead.id}/deliveries`)
      const purposes = body.data.map(({ purpose }: { purpose: string }) => purpose)
      t.notOk(purposes.includes('promoter_mail'))
    }
  })

  await t.test('an approved person gets one welcome mail with a page', async (t) => {
    const dealer = await createDealer({ promoterPage: 'https://dealer.test/p' })
    const { body: link } = await dealer.admin('POST', '/v1/referral-links', {
      userId: dealer.ownerId
    })
    await anyone('POST', `/v1/referrals/${link.code}/promoters`, {
      name: 'Pia',
      email: 'pia@example.test',
      locale: 'pl'
    })
    const pending = (await dealer.admin('GET', '/v1/promoters?state=pending')).body.data[0]
    const url = `/v1/promoters/${must(pending).id}` as const
    t.equal((await dealer.admin('PATCH', url, { state: 'active' })).status, 200)
    const { mails } = await attempt(dealer)
    t.match(mails[0]?.subject, /^Witamy/)
    const secret = secretIn(mails[0], 'lp_')
    t.match(mails[0]?.text, `https://dealer.test/p?promoter=${secret}`)
    t.hasStrict((await anyone('GET', `/v1/promoter-page/${secret}`)).body, { name: 'Pia' })
    for (const state of ['removed', 'active']) await dealer.admin('PATCH', url, { state })
    t.equal((await attempt(dealer)).states.length, 1, 'whoever comes back knows it')
  })

  await t.test('a welcome to one who was removed since is cancelled', async (t) => {
    const dealer = await createDealer()
    const { body: link } = await dealer.admin('POST', '/v1/referral-links', {
      userId: dealer.ownerId
    })
    await anyone('POST', `/v1/referrals/${link.code}/promoters`, { name: 'P', email: 'p@p.test' })
    const { id } = only((await dealer.admin('GET', '/v1/promoters?state=pending')).body.data)
    for (const state of ['active', 'removed']) {
      await dealer.admin('PATCH', `/v1/promoters/${id}`, { state })
    }
    t.strictSame((await attempt(dealer)).states, ['cancelled: promoter_inactive'])
  })

  await t.test('the inviting user sees the mail, and only its recipient the secret', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    await anna.call('POST', '/v1/promoter-invitations', MARIA)
    const [mail] = (await attempt(dealer)).mails
    const secret = secretIn(mail)
    const { data } = (await anna.call('GET', '/v1/deliveries')).body
    t.hasStrict(data, [{ purpose: 'promoter_invitation', leadId: null, state: 'sent' }])
    t.strictSame((await ben.call('GET', '/v1/deliveries')).body.data, [])
    const url = `/v1/deliveries/${must(data[0]).id}/message` as const
    t.equal((await ben.call('GET', url)).status, 404)
    const keys = [await dealer.withKey(['read']), await dealer.withKey(['write'])]
    for (const call of [anna.call, dealer.admin, ...keys]) {
      const read = await PostalMime.parse((await call('GET', url)).text)
      t.match(read.text, 'li_***')
      t.notOk(`${read.text} ${read.html}`.includes(secret))
    }
  })

  await t.test('leads to the dealer’s page where there is one', async (t) => {
    const dealer = await createDealer({ invitationPage: 'https://dealer.test/join?x=1' })
    await invite(dealer)
    const [mail] = (await attempt(dealer)).mails
    t.match(mail?.text, `https://dealer.test/join?x=1&invitation=${secretIn(mail)}`)
  })
})
