import t from 'tap'

import { claimRandomCode } from '../../../../src/repositories/promoters/referral-links.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

void t.test('referral links', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  await t.test('201 makes a link, which can then be read, listed and changed', async (t) => {
    const { admin, ownerId } = await createDealer()
    const created = await admin('POST', '/v1/referral-links', {
      userId: ownerId,
      label: 'Business card',
      targetUrl: 'https://dealer.test/welcome'
    })
    t.equal(created.status, 201)
    const { code, url: shared } = created.body
    t.match(code, /^[2-9A-HJ-NP-Za-km-z]{8}$/, 'no letters that look alike')
    t.equal(shared, `http://leadyard.test/r/${code}`)
    t.hasStrict(created.body, { userId: ownerId, promoterId: null, active: true, visits: 0 })
    const url = String(created.headers.location)
    t.strictSame((await admin('GET', url)).body, created.body)
    const changed = await admin(
      'PATCH',
      url,
      { label: null, targetUrl: null, active: false },
      { 'if-match': '"1"' }
    )
    t.hasStrict(changed.body, { code, label: null, targetUrl: null, active: false, version: 2 })
    t.equal((await admin('PATCH', url, { active: true }, { 'if-match': '"1"' })).status, 412)
    t.equal((await admin('PATCH', url, { code: 'another' })).status, 422)
    const inactive = await admin('GET', `/v1/referral-links?active=false&user=${ownerId}`)
    t.strictSame(inactive.body, { data: [changed.body], nextCursor: null })
  })

  await t.test('a code of one’s own choice is taken once, over all dealers', async (t) => {
    const [one, two] = [await createDealer(), await createDealer()]
    const code = `Autumn-${one.slug.slice(-6)}`
    const answers = await Promise.all(
      [one, two, one, two].map(({ admin, ownerId }) =>
        admin('POST', '/v1/referral-links', { userId: ownerId, code })
      )
    )
    t.strictSame(answers.map(({ status }) => status).toSorted(), [201, 409, 409, 409])
    const taken = answers.find(({ status }) => status === 409)
    t.strictSame(must(taken).problem.errors, [{ pointer: '/code', message: 'is taken' }])
    const drawn = [code, code, `${code}x`]
    const random = await database.db.transaction(two.id, (tx) =>
      claimRandomCode(tx, () => must(drawn.shift()))
    )
    t.equal(random, `${code}x`, 'a drawn code that is taken is drawn again')
    for (const wrong of ['abc', 'with blank', '-dash', 'ÄÖÜß', 'a'.repeat(41)]) {
      const body = { userId: one.ownerId, code: wrong }
      t.equal((await one.admin('POST', '/v1/referral-links', body)).status, 422, wrong)
    }
  })

  await t.test(
    '422 for holders that are not there, and targets no browser should follow',
    async (t) => {
      const { admin, ownerId } = await createDealer()
      const other = await createDealer()
      const { body: promoter } = await other.admin('POST', '/v1/promoters', { name: 'P' })
      const wrong = [
        {},
        { userId: other.ownerId },
        { promoterId: promoter.id },
        { userId: ownerId, promoterId: promoter.id },
        { userId: ownerId, targetUrl: 'javascript:alert(1)' },
        { userId: ownerId, targetUrl: '//dealer.test' },
        { userId: ownerId, targetUrl: 'https://a:b@dealer.test' }
      ]
      for (const body of wrong) {
        t.equal((await admin('POST', '/v1/referral-links', body)).status, 422, JSON.stringify(body))
      }
      t.strictSame((await admin('GET', '/v1/referral-links')).body.data, [])
    }
  )

  await t.test('members make and see links of their own and of their promoters', async (t) => {
    const { withUser } = await createDealer()
    const anna = await withUser()
    const ben = await withUser()
    const { body: promoter } = await anna.call('POST', '/v1/promoters', { name: 'Hers' })
    const make = (body: object) => anna.call('POST', '/v1/referral-links', body)
    const { body: own } = await make({})
    t.equal(own.userId, anna.id)
    const { body: theirs } = await make({ promoterId: promoter.id })
    t.hasStrict(theirs, { userId: null, promoterId: promoter.id })
    t.equal((await make({ userId: ben.id })).status, 403)
    const foreign = { promoterId: promoter.id }
    t.equal((await ben.call('POST', '/v1/referral-links', foreign)).status, 422)

    const seen = async (call: Caller, query = '') =>
      (await call('GET', `/v1/referral-links${query}`)).body.data.map(
        ({ id }: { id: string }) => id
      )
    t.strictSame(await seen(anna.call), [theirs.id, own.id])
    t.strictSame(await seen(anna.call, `?promoter=${promoter.id}`), [theirs.id])
    t.strictSame(await seen(ben.call), [])
    const outsiders = [ben.call, (await createDealer()).admin]
    for (const { id } of [own, theirs]) {
      for (const call of outsiders) {
        t.equal((await call('GET', `/v1/referral-links/${id}`)).status, 404)
        const patched = await call('PATCH', `/v1/referral-links/${id}`, { active: false })
        t.equal(patched.status, 404)
      }
    }
    const renamed = await anna.call('PATCH', `/v1/referral-links/${theirs.id}`, { label: 'L' })
    t.equal(renamed.status, 200)
  })
})
