import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { sendAll } from '../../../support/mails.ts'

void t.test('an assignment that is undone', async (t) => {
  const now = new Date()
  const { createDealer, database } = await createTestApp(t, { now: () => now })

  await t.test('tells who lost the lead, who has it again, and its queue', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const [anna, ben, olga] = [
      await dealer.withUser(),
      await dealer.withUser(),
      await dealer.withUser({ inQueue: true })
    ]
    const named = (fullName: string, words: object) => {
      const email = `${fullName.toLowerCase()}@example.com`
      return postLead(admin, { contact: { fullName, email }, ...words })
    }
    const leads = [
      await named('Annas', { assignee: anna.id }),
      await named('Waiting', {}),
      await named('Test', { assignee: anna.id, isTest: true })
    ]
    const body = { leadIds: leads.map(({ id }) => id), assigneeId: ben.id }
    const { body: moved } = await admin('POST', '/v1/leads/assign', body)
    await sendAll(database.db, dealer, () => now)
    await admin('POST', `/v1/operations/${moved.operationId}/undo`)
    const { mails } = await sendAll(database.db, dealer, () => now)
    const told = mails.map(({ to, subject }) => `${to} ${subject}`).toSorted()
    t.strictSame(
      told,
      [
        `${anna.email} New lead for you: Annas`,
        `${ben.email} A lead is no longer yours: Annas`,
        `${ben.email} A lead is no longer yours: Waiting`,
        `${olga.email} New lead without an assignee: Waiting`
      ].toSorted()
    )
    for (const { id } of leads.slice(0, 2)) {
      t.equal((await ben.call('GET', `/v1/leads/${id}`)).status, 200, 'reads what it is about')
    }
  })

  await t.test('tells no user what they did, and many leads with the digest', async (t) => {
    const dealer = await createDealer()
    const [boss, ben] = [await dealer.withUser({ role: 'admin' }), await dealer.withUser()]
    const leadIds = []
    for (let count = 0; count < 11; count += 1) {
      leadIds.push((await postLead(dealer.admin, { assignee: boss.id })).id)
    }
    const body = { leadIds, assigneeId: ben.id }
    const { body: moved } = await boss.call('POST', '/v1/leads/assign', body)
    await sendAll(database.db, dealer, () => now)
    await boss.call('POST', `/v1/operations/${moved.operationId}/undo`)
    const { mails } = await sendAll(database.db, dealer, () => now)
    t.strictSame(mails, [])
    const { data } = (await ben.call('GET', '/v1/notifications?limit=200')).body
    const taken = data.filter(({ kind }) => kind === 'takenBackLead')
    t.equal(taken.length, 11)
    t.ok(taken.every(({ mode }) => mode === 'digest'))
  })
})
