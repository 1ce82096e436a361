import t from 'tap'

import { connect } from '../../../src/database/client.ts'
import { forgetNames, namesOf } from '../../../src/repositories/dealers/dealer-names.ts'
import { createTestApp } from '../../support/app.ts'
import { asClient } from '../../support/database.ts'
import { postLead } from '../../support/leads.ts'

void t.test('names that a process remembers', async (t) => {
  const { database, createDealer } = await createTestApp(t)
  const { db, appUrl, ownerUrl } = database

  await t.test('follow each change at once', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser({ name: 'Anna Old' })
    const lead = await postLead(admin, { assignee: user.id })
    const read = async () => (await admin('GET', `/v1/leads/${lead.id}`)).body
    t.equal((await read()).assignee?.name, 'Anna Old')
    await admin('PATCH', `/v1/users/${user.id}`, { name: 'Anna New' })
    t.equal((await read()).assignee?.name, 'Anna New')
    const { body: page } = await admin('GET', '/v1/leads')
    t.equal(page.data[0]?.assignee?.name, 'Anna New')
  })

  await t.test('follow changes of another process and by hand', async (t) => {
    const { id, admin } = await createDealer()
    await postLead(admin)
    const source = async () => (await admin('GET', '/v1/leads')).body.data[0]?.source.name
    t.equal(await source(), 'Website')
    await asClient(ownerUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [id])
      await client.query("update sources set name = 'Our site' where key = 'website'")
    })
    t.equal(await source(), 'Our site')
  })

  await t.test('are checked in a write, and assumed in a read', async (t) => {
    const { id } = await createDealer()
    forgetNames(id)
    const first = await db.read(id, (tx) => namesOf(tx))
    t.equal(await db.read(id, (tx) => namesOf(tx)), first, 'remembered')
    const other = connect(appUrl, { max: 1, onError: () => undefined })
    t.teardown(() => other.close())
    await other.transaction(id, (tx) =>
      tx.orm.execute("update queues set name = 'Front desk' where is_default")
    )
    let rounds = 0
    const second = await db.read(id, async (tx) => {
      rounds += 1
      return await namesOf(tx)
    })
    t.equal(rounds, 2)
    t.match([...second.queues.values()], [{ name: 'Front desk' }])
    await db.transaction(id, async (tx) => {
      await tx.orm.execute("update queues set name = 'Hall' where is_default")
      t.match([...(await namesOf(tx)).queues.values()], [{ name: 'Hall' }], 'its own change')
    })
  })

  await t.test('of a change that is rolled back are not kept', async (t) => {
    const { id } = await createDealer()
    const failed = db.transaction(id, async (tx) => {
      await tx.orm.execute("update queues set name = 'Never' where is_default")
      t.match([...(await namesOf(tx)).queues.values()], [{ name: 'Never' }])
      throw new Error('no')
    })
    await t.rejects(failed, { message: 'no' })
    const { queues } = await db.read(id, (tx) => namesOf(tx))
    t.notMatch([...queues.values()], [{ name: 'Never' }])
  })
})
