import t from 'tap'

import { FailedSignIns } from '../../src/http/failed-sign-ins.ts'
import { Problem } from '../../src/http/problems.ts'
import { createTestDatabase } from '../support/database.ts'
import { asClient } from '../support/database.ts'

void t.test('failed sign-ins', async (t) => {
  const { db, ownerUrl } = await createTestDatabase(t)
  const failed = new FailedSignIns(db)
  const refusals = async (
    counter: FailedSignIns,
    tries: number,
    of: (i: number) => [string, string]
  ) => {
    let refused = 0
    for (let i = 0; i < tries; i += 1) {
      try {
        await counter.begin(...of(i))
      } catch (error) {
        if (!(error instanceof Problem && error.status === 429)) throw error
        refused += 1
      }
    }
    return refused
  }
  /** As if so much time had passed. */
  const later = async (minutes: number) => {
    await asClient(ownerUrl, (client) =>
      client.query(`update directory.counted set ends_at = ends_at - interval '${minutes} minutes'`)
    )
  }

  await t.test('ten of one account from one address in a quarter of an hour', async (t) => {
    t.equal(await refusals(failed, 12, () => ['d anna', 'x']), 2)
    await later(14)
    t.equal(await refusals(failed, 1, () => ['d anna', 'x']), 1)
    await later(1)
    t.equal(await refusals(failed, 11, () => ['d anna', 'x']), 1)
    await later(15)
  })

  await t.test('of all processes together', async (t) => {
    const other = new FailedSignIns(db)
    t.equal(await refusals(failed, 6, () => ['d together', 'x']), 0)
    t.equal(await refusals(other, 6, () => ['d together', 'x']), 2)
    const tries = Array.from({ length: 30 }, (_, i) =>
      (i % 2 === 0 ? failed : other).begin('d at once', 'y').then(
        () => 0,
        () => 1
      )
    )
    const refused = (await Promise.all(tries)).filter((one) => one === 1)
    t.equal(refused.length, 20)
    await later(15)
  })

  await t.test(
    'fifty of one account from wherever, but for where it signed in before',
    async (t) => {
      await failed.begin('d anna', 'office')
      await failed.succeed('d anna', 'office')
      t.equal(await refusals(failed, 52, (i) => ['d anna', `address ${i}`]), 2)
      const other = new FailedSignIns(db)
      t.equal(
        await refusals(other, 11, () => ['d anna', 'office']),
        1,
        'the office is locked out by its own tries only, also in another process'
      )
      await later(15)
    }
  )

  await t.test('a hundred of one address, whichever accounts', async (t) => {
    t.equal(await refusals(failed, 103, (i) => [`account ${i}`, 'one address']), 3)
    t.equal(await refusals(failed, 1, () => ['account x', 'another address']), 0)
  })

  await t.test(
    'a success takes back what its account had, and one try of its address',
    async (t) => {
      for (let i = 0; i < 120; i += 1) {
        await failed.begin('d ewa', 'office 2')
        await failed.succeed('d ewa', 'office 2')
      }
      t.equal(await refusals(failed, 10, () => ['d ewa', 'office 2']), 0)
    }
  )

  await t.test('are stored without a name or an address, and go when they ended', async (t) => {
    const rows = await asClient(ownerUrl, async (client) => {
      const found = await client.query<{ key: string }>('select key from directory.counted')
      return found.rows
    })
    t.ok(rows.length > 100)
    t.ok(rows.every(({ key }) => /^[\w-]{40,}$/.test(key)))
    const left = async () => {
      await db.forgetCounted(10_000)
      const { rowCount } = await asClient(ownerUrl, (client) =>
        client.query('select from directory.counted')
      )
      return rowCount
    }
    await later(16)
    t.equal(await db.forgetCounted(3), 3, 'so many at most')
    t.equal(await left(), 2, 'where accounts signed in is known for longer')
    await later(20 * 24 * 60)
    t.equal(await left(), 0)
  })
})
