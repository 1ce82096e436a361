import t from 'tap'

import { Problem } from '../../src/http/problems.ts'
import { FailedSignIns } from '../../src/http/failed-sign-ins.ts'

const MINUTE_MS = 60_000

void t.test('failed sign-ins', async (t) => {
  let clock = 0
  const later = (minutes: number) => {
    clock += minutes * MINUTE_MS
  }
  const refusals = (failed: FailedSignIns, tries: number, of: (i: number) => [string, string]) =>
    Array.from({ length: tries }, (_, i) => {
      try {
        failed.begin(...of(i))
        return false
      } catch (error) {
        if (error instanceof Problem && error.status === 429) return true
        throw error
      }
    }).filter(Boolean).length

  await t.test('ten of one account from one address in a quarter of an hour', async (t) => {
    const failed = new FailedSignIns(() => new Date(clock))
    t.equal(
      refusals(failed, 12, () => ['d anna', 'x']),
      2
    )
    later(14)
    t.equal(
      refusals(failed, 1, () => ['d anna', 'x']),
      1
    )
    later(1)
    t.equal(
      refusals(failed, 11, () => ['d anna', 'x']),
      1
    )
  })

  await t.test(
    'fifty of one account from wherever, but for where it signed in before',
    async (t) => {
      const failed = new FailedSignIns(() => new Date(clock))
      failed.begin('d anna', 'office')
      failed.succeed('d anna', 'office')
      t.equal(
        refusals(failed, 52, (i) => ['d anna', `address ${i}`]),
        2
      )
      t.equal(
        refusals(failed, 11, () => ['d anna', 'office']),
        1,
        'the office is locked out by its own tries only'
      )
      later(15)
    }
  )

  await t.test('a hundred of one address, whichever accounts', async (t) => {
    const failed = new FailedSignIns(() => new Date(clock))
    t.equal(
      refusals(failed, 103, (i) => [`account ${i}`, 'one address']),
      3
    )
    t.equal(
      refusals(failed, 1, () => ['account x', 'another address']),
      0
    )
  })

  await t.test(
    'a success takes back what its account had, and one try of its address',
    async (t) => {
      const failed = new FailedSignIns(() => new Date(clock))
      for (let i = 0; i < 500; i++) {
        failed.begin('d anna', 'office')
        failed.succeed('d anna', 'office')
      }
      t.equal(
        refusals(failed, 10, () => ['d anna', 'office']),
        0
      )
    }
  )

  await t.test('the remembered tries are bounded, and the oldest go first', async (t) => {
    const failed = new FailedSignIns(() => new Date(clock))
    t.equal(
      refusals(failed, 11, () => ['first', 'a']),
      1
    )
    t.equal(
      refusals(failed, 20_000, (i) => [`account ${i}`, `address ${i}`]),
      0
    )
    t.equal(
      refusals(failed, 1, () => ['first', 'b']),
      0
    )
    t.equal(
      refusals(failed, 50, (i) => ['account 19999', `other ${i}`]),
      1
    )
  })
})
