import { eq } from 'drizzle-orm'
import t from 'tap'

import { ReadAgain, connect } from '../../src/database/client.ts'
import { queues } from '../../src/database/schema.ts'
import { statement } from '../../src/database/statement.ts'
import { newId } from '../../src/ids.ts'
import { createTestApp } from '../support/app.ts'
import { PATIENT } from '../support/database.ts'

const NAME = statement('test-name', {}, 'select name from dealers where id = :dealerId').returning<{
  name: string
}>()
const NONE = statement('test-none', {}, 'select :dealerId as id, 1 / 0 as no_number')

const QUEUE = { name: 'Once', isDefault: false, workingHours: null, version: 1 }
const stamps = () => ({ createdAt: new Date(), updatedAt: new Date() })

void t.test('transactions', async (t) => {
  const { database, createDealer } = await createTestApp(t)
  const { db } = database
  const dealer = await createDealer()

  await t.test('statements of one turn are sent at once, and see their dealer only', async (t) => {
    const other = await createDealer()
    const names = await Promise.all(
      [dealer, other].map(({ id }) => db.readAtOnce(id, (tx) => tx.run(NAME, {})))
    )
    t.strictSame(
      names.map((rows) => rows.length),
      [1, 1]
    )
  })

  await t.test('work that needs a later statement is done again, in turns', async (t) => {
    let rounds = 0
    const rows = await db.readAtOnce(dealer.id, async (tx) => {
      rounds += 1
      await tx.run(NAME, {})
      return await tx.run(NAME, {})
    })
    t.equal(rows.length, 1)
    t.equal(rounds, 2)
  })

  await t.test('a statement that is returned as it is runs once', async (t) => {
    const id = newId()
    await db.transaction(dealer.id, (tx) =>
      tx.orm.insert(queues).values({ ...QUEUE, ...stamps(), dealerId: dealer.id, id })
    )
    const texts: string[] = []
    const found = await db.read(dealer.id, (tx) => {
      texts.push('read')
      return tx.orm.select({ id: queues.id }).from(queues).where(eq(queues.id, id))
    })
    t.strictSame(found, [{ id }])
    t.equal(texts.length, 1)
  })

  await t.test('a statement that fails takes nothing else with it', async (t) => {
    await t.rejects(
      db.readAtOnce(dealer.id, (tx) => tx.run(NONE, {})),
      { code: '22012' }
    )
    await t.rejects(
      db.transaction(dealer.id, (tx) => tx.runLast(NONE, {})),
      { code: '22012' }
    )
    t.equal((await db.read(dealer.id, (tx) => tx.run(NAME, {}))).length, 1)
  })

  await t.test('a transaction that can not begin says why', async (t) => {
    const impatient = connect(database.appUrl, {
      max: 2,
      onError: () => undefined,
      waits: { ...PATIENT, lockMs: 50 }
    })
    t.teardown(() => impatient.close())
    await db.transaction(
      dealer.id,
      async () => {
        // Its first statement is refused with it; the cause is the lock.
        const late = impatient.transaction(dealer.id, (tx) => tx.run(NAME, {}), ['one lock'])
        await t.rejects(late, { code: '55P03' })
      },
      ['one lock']
    )
    t.equal((await impatient.read(dealer.id, (tx) => tx.run(NAME, {}))).length, 1)
  })

  await t.test('what was assumed and does not hold is done again', async (t) => {
    const seen: boolean[] = []
    const result = await db.read(dealer.id, async (tx) => {
      seen.push(tx.isRepeatable)
      if (tx.isRepeatable) tx.assume(Promise.resolve(seen.length > 1))
      return await Promise.resolve(seen.length)
    })
    t.equal(result, 2)
    const rounds: boolean[] = []
    const last = await db.read(dealer.id, async (tx) => {
      rounds.push(tx.isRepeatable)
      if (tx.isRepeatable) throw new ReadAgain('a part is newer')
      return await Promise.resolve('read')
    })
    t.equal(last, 'read')
    t.strictSame(rounds, [true, true, true, false])
  })
})
