import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { openConnections } from '../../../support/leads.ts'
import {
  eventsOf,
  findSaleStatusIds,
  ledgerOf,
  sell,
  signUp,
  startProgramme
} from '../../../support/sales.ts'
import { nextPage } from '../../../support/response.ts'
import { must, only } from '../../../support/must.ts'

void t.test('rewards', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('programmes: one active at most, each change told', async (t) => {
    const { admin } = await createDealer()
    const first = await startProgramme(admin, 'recorded')
    t.hasStrict(first, { active: true, pointsPerSale: 500, description: null })
    const url = `/v1/reward-programmes/${first.id}` as const
    const second = await admin('POST', '/v1/reward-programmes', { name: 'Next', pointsPerSale: 1 })
    t.hasStrict(second.body, { active: false, eligibleWhen: 'fulfilled' })
    const changed = await admin('PATCH', String(second.headers.location), {
      ...{ active: true, pointsPerSale: 600, description: 'Twice a year' }
    })
    t.hasStrict(changed.body, { active: true, pointsPerSale: 600, version: 2 })
    t.hasStrict((await admin('GET', url)).body, { active: false, version: 2 })
    const active = (await admin('GET', '/v1/reward-programmes?active=true')).body.data
    t.strictSame(active, [changed.body])
    t.hasStrict(await eventsOf(admin, 'reward_programme.updated'), [
      { subject: { id: first.id }, data: { active: false, endedBy: second.body.id } },
      { subject: { id: second.body.id }, data: { active: true } }
    ])
    const named = await admin('PATCH', url, { name: 'Next' })
    t.equal(named.problem.type, 'urn:leadyard:problem:already-exists')
    t.equal((await admin('PATCH', url, { active: true }, { 'if-match': '"1"' })).status, 412)
    t.equal((await admin('PATCH', url, { pointsPerSale: 0 })).status, 422)
    t.equal((await admin('DELETE', url)).status, 405)
  })

  // Guards the lock by text: without it all but one break the unique index.
  await t.test('of many activated at once one is, and none fails', async (t) => {
    const { admin } = await createDealer()
    const urls: string[] = []
    for (let each = 0; each < 6; each += 1) {
      const words = { name: `Programme ${each}`, pointsPerSale: 1 }
      urls.push(String((await admin('POST', '/v1/reward-programmes', words)).headers.location))
    }
    await openConnections(admin)
    const answers = await Promise.all(urls.map((url) => admin('PATCH', url, { active: true })))
    t.strictSame(
      answers.map(({ status }) => status),
      urls.map(() => 200)
    )
    t.equal((await admin('GET', '/v1/reward-programmes?active=true')).body.data.length, 1)
  })

  await t.test('a sale with credit makes one, by the programme of that moment', async (t) => {
    const { admin } = await createDealer()
    const { id: promoterId, code } = await signUp(admin)
    await sell(admin, { referralCode: code })
    t.strictSame((await admin('GET', '/v1/rewards')).body.data, [], 'no programme, no reward')
    const programme = await startProgramme(admin, 'fulfilled')
    await sell(admin)
    t.strictSame((await admin('GET', '/v1/rewards')).body.data, [], 'nobody to reward')
    const { sale } = await sell(admin, { referralCode: code })
    await admin('PATCH', `/v1/reward-programmes/${programme.id}`, { pointsPerSale: 900 })
    const [reward, ...others] = (await admin('GET', '/v1/rewards')).body.data
    t.strictSame(others, [])
    t.hasStrict(reward, {
      ...{ saleId: sale.id, promoterId, programmeId: programme.id, points: 500 },
      ...{ eligibleWhen: 'fulfilled', state: 'pending', paymentReference: null, version: 1 }
    })
    t.strictSame((await admin('GET', `/v1/rewards/${must(reward).id}`)).body, reward)
  })

  await t.test('from recorded to paid, cancelled and back: states, ledger, events', async (t) => {
    const { admin } = await createDealer()
    const { id: promoterId, code } = await signUp(admin)
    await startProgramme(admin, 'fulfilled')
    const statuses = await findSaleStatusIds(admin)
    const { sale } = await sell(admin, { referralCode: code })
    const { id } = only((await admin('GET', '/v1/rewards')).body.data)
    const url = `/v1/rewards/${id}` as const
    const approve = (headers = {}) => admin('POST', `${url}/approve`, undefined, headers)
    const pay = () => admin('POST', `${url}/pay`, { reference: 'Transfer 7' })
    const become = async (name: string) => {
      await admin('PATCH', `/v1/sales/${sale.id}`, { statusId: statuses[name] })
      return (await admin('GET', url)).body.state
    }
    const balance = async () => (await ledgerOf(admin, promoterId)).balance

    t.equal((await approve()).status, 409, 'pending')
    t.equal(await become('Working'), 'pending')
    t.equal(await become('Fulfilled'), 'eligible')
    t.strictSame(await balance(), { eligible: 500, approved: 0, paid: 0, balance: 500 })
    t.equal(await become('Cancelled'), 'cancelled')
    t.equal(await become('New'), 'pending')
    t.equal(await become('Fulfilled'), 'eligible')
    t.equal((await pay()).status, 409, 'not approved')
    t.equal((await approve({ 'if-match': '"1"' })).status, 412)
    t.hasStrict((await approve()).body, { state: 'approved' })
    t.equal((await approve()).status, 409)
    t.strictSame(await balance(), { eligible: 0, approved: 500, paid: 0, balance: 500 })
    t.hasStrict((await pay()).body, { state: 'paid', paymentReference: 'Transfer 7' })
    t.equal((await pay()).status, 409)
    t.strictSame(await balance(), { eligible: 0, approved: 0, paid: 500, balance: 0 })
    t.equal(await become('Cancelled'), 'cancelled')
    t.strictSame(await balance(), { eligible: 0, approved: 0, paid: 0, balance: -500 })
    t.equal(await become('New'), 'paid', 'it was')
    const { lines, balance: last } = await ledgerOf(admin, promoterId)
    t.strictSame(last, { eligible: 0, approved: 0, paid: 500, balance: 0 })
    t.strictSame(lines, [
      ['recorded', 0],
      ['eligible', 500],
      ['cancelled', -500],
      ['recorded', 0],
      ['eligible', 500],
      ['approved', 0],
      ['paid', -500],
      ['cancelled', -500],
      ['eligible', 500]
    ])
    const events = await eventsOf(admin, 'reward.updated')
    t.strictSame(
      events.map(({ data }) => data.toState),
      [
        ...['pending', 'eligible', 'cancelled', 'pending', 'eligible', 'approved'],
        ...['paid', 'cancelled', 'paid']
      ]
    )
    const page = await admin('GET', `/v1/promoters/${promoterId}/rewards?limit=3`)
    t.equal(page.body.data.length, 3)
    const next = must(nextPage(page))
    t.strictSame((await admin('GET', next)).body.data.length, 3)
  })

  await t.test('lists are narrowed, and members see those of their promoters', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    await startProgramme(admin, 'recorded')
    const ours = await signUp(admin)
    const theirs = await signUp(user.call, 'Pia')
    await sell(admin, { referralCode: ours.code })
    await sell(admin, { referralCode: theirs.code })
    const all = (await admin('GET', '/v1/rewards')).body.data
    t.equal(all.length, 2)
    t.equal((await admin('GET', '/v1/rewards?state=pending')).body.data.length, 0)
    t.equal((await admin('GET', `/v1/rewards?promoter=${ours.id}`)).body.data.length, 1)
    const seen = (await user.call('GET', '/v1/rewards')).body.data
    t.strictSame(
      seen.map((reward) => reward.promoterId),
      [theirs.id]
    )
    t.equal((await user.call('GET', `/v1/rewards/${must(all[0]).id}`)).status, 200)
    t.equal((await user.call('GET', `/v1/rewards/${must(all[1]).id}`)).status, 404)
    t.equal((await ledgerOf(user.call, theirs.id)).balance.balance, 500)
    t.equal((await user.call('GET', `/v1/promoters/${ours.id}/rewards`)).status, 404)
    t.equal((await user.call('POST', `/v1/rewards/${must(all[0]).id}/approve`)).status, 403)
  })

  await t.test('approved many times at once, it is approved once', async (t) => {
    const { admin } = await createDealer()
    const { id: promoterId, code } = await signUp(admin)
    await startProgramme(admin, 'recorded')
    await sell(admin, { referralCode: code })
    const { id } = only((await admin('GET', '/v1/rewards')).body.data)
    await openConnections(admin)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin('POST', `/v1/rewards/${id}/approve`))
    )
    t.equal(answers.filter(({ status }) => status === 200).length, 1)
    t.equal((await ledgerOf(admin, promoterId)).lines.length, 3)
  })
})
