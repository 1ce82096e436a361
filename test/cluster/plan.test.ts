import t from 'tap'

import { planProcesses, shareConnections } from '../../src/cluster/plan.ts'
import { StartError } from '../../src/config/start-error.ts'

const UNSAID = { api: null, worker: null }

void t.test('the number of processes', (t) => {
  const plan = (cores: number, isEmbedded: boolean) =>
    planProcesses({ role: 'all', given: UNSAID, cores, isEmbedded })
  t.strictSame(plan(1, true), { api: 2, worker: 1 }, 'while one starts anew, the other responds')
  t.strictSame(plan(8, false), { api: 6, worker: 2 }, 'all cores, where PostgreSQL has others')
  t.strictSame(plan(8, true), { api: 3, worker: 1 }, 'half of them, where it has none')
  t.strictSame(plan(128, false), { api: 8, worker: 4 }, 'no more than it makes sense')
  const of = (role: 'api' | 'worker') =>
    planProcesses({ role, given: { api: 3, worker: 5 }, cores: 4, isEmbedded: false })
  t.strictSame(of('api'), { api: 3, worker: 0 })
  t.strictSame(of('worker'), { api: 0, worker: 5 })
  t.end()
})

void t.test('all processes together have fewer connections than PostgreSQL takes', (t) => {
  const beside = { api: 2, worker: 8 }
  const share = (api: number, worker: number, most: number) =>
    shareConnections({ plan: { api, worker }, beside, wanted: 20, most })
  t.equal(share(4, 2, 197), 20, 'as many as asked for, where there are enough')
  for (let api = 1; api <= 16; api += 1) {
    const each = share(api, 2, 97)
    t.ok(each <= 20)
    t.ok(api * (each + 2) + 2 * (each + 8) <= 97 * 0.9, `${api} processes of ${each}`)
    t.ok(each >= 2)
  }
  t.throws(() => share(30, 2, 97), StartError)
  t.throws(() => share(30, 2, 97), /30 API and 2 worker processes need 161/)
  t.equal(share(30, 2, 161), 2, 'what the sentence says is enough')
  t.end()
})
