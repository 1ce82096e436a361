import t from 'tap'

import type { Order, ToMember, ToPrimary } from '../../src/cluster/messages.ts'
import { Supervisor, restartWait } from '../../src/cluster/supervisor.ts'
import type { Handle } from '../../src/cluster/supervisor.ts'
import { StartError } from '../../src/config/start-error.ts'
import { must } from '../support/must.ts'

/** A process that the test plays. */
class Played implements Handle {
  readonly pid = 1
  readonly told: ToMember[] = []
  isKilled = false
  say: (message: ToPrimary) => void = () => undefined
  readonly #exits: ((code: number | null, signal: string | null) => void)[] = []

  tell(message: ToMember): void {
    this.told.push(message)
  }

  kill(): void {
    this.isKilled = true
    this.end(null, 'SIGKILL')
  }

  end(code: number | null, signal: string | null = null): void {
    for (const listener of this.#exits) listener(code, signal)
  }

  onMessage(listener: (message: ToPrimary) => void): void {
    this.say = listener
    listener({ kind: 'hello' })
  }

  onExit(listener: (code: number | null, signal: string | null) => void): void {
    this.#exits.push(listener)
  }

  /** The last reasons it was told why the service can't serve. */
  obstacles(): string[] | null {
    const last = this.told.filter((one) => one.kind === 'obstacles').at(-1)
    return last?.kind === 'obstacles' ? last.obstacles : null
  }
}

/** A supervisor of played processes, with a clock of the test's. */
function play() {
  const forked: Played[] = []
  const waits: { work: () => void; ms: number }[] = []
  const clock = { now: 0 }
  const supervisor = new Supervisor({
    logger: { info: () => undefined, warn: () => undefined },
    fork: () => {
      forked.push(new Played())
      return must(forked.at(-1))
    },
    readFigures: () => Promise.resolve('figures'),
    later: (work, ms) => waits.push({ work, ms }),
    clock: () => clock.now
  })
  /** Lets the next wait pass. */
  const pass = () => {
    const { work, ms } = must(waits.shift())
    clock.now += ms
    work()
    return ms
  }
  return { supervisor, forked, waits, clock, pass, last: () => must(forked.at(-1)) }
}

const order = (name: string, role: 'api' | 'worker') => ({ name, config: { role } }) as Order
const ready = { kind: 'ready', baseUrl: 'http://here' } as const

void t.test('a process that ends starts anew, each time after a longer wait', async (t) => {
  const { supervisor, clock, pass, last, forked } = play()
  const started = supervisor.start([order('api-1', 'api')])
  last().say(ready)
  t.equal(await started, 'http://here')
  clock.now += 40_000
  last().end(1)
  const waits = [pass()]
  for (let n = 0; n < 8; n += 1) {
    last().say(ready)
    clock.now += 1_000
    last().end(null, 'SIGKILL')
    waits.push(pass())
  }
  t.strictSame(waits, [100, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  t.equal(restartWait(1_000_000), 30_000)
  last().say(ready)
  clock.now += 30_000
  last().end(1)
  t.equal(pass(), 100, 'what ran for long starts at once again')
  t.equal(forked.length, 11)
  t.strictSame(
    supervisor.states().map(({ restarts }) => restarts),
    [10]
  )
  t.ok(forked.every(({ told }) => told[0]?.kind === 'begin' && told[0].order.name === 'api-1'))
})

void t.test('a process that can’t start for the first time ends the start', async (t) => {
  const { supervisor, forked, waits } = play()
  const started = supervisor.start([order('api-1', 'api'), order('api-2', 'api')])
  must(forked[0]).say(ready)
  must(forked[1]).say({ kind: 'failed', reason: 'port 3000 is taken' })
  must(forked[1]).end(1)
  await t.rejects(started, new StartError('port 3000 is taken'))
  t.equal(waits.length, 0)
  const stopped = supervisor.stop(60_000)
  must(forked[0]).end(0)
  t.equal(await stopped, true)
})

void t.test('the service is ready when all have started, and while a worker runs', async (t) => {
  const { supervisor, forked, pass } = play()
  const api = supervisor.start([order('api-1', 'api')])
  const [serving] = forked
  must(serving).say(ready)
  await api
  const workers = supervisor.start([order('worker-1', 'worker'), order('worker-2', 'worker')])
  const [, first, second] = forked
  for (const one of [first, second]) {
    must(one).say(ready)
    must(one).say({ kind: 'working', isWorking: true })
  }
  await workers
  const obstacles = () => must(serving).obstacles()
  t.strictSame(obstacles(), ['the start has not ended'])
  supervisor.settle()
  t.strictSame(obstacles(), [])
  must(first).end(null, 'SIGKILL')
  t.strictSame(obstacles(), [], 'the other worker runs')
  must(second).say({ kind: 'working', isWorking: false })
  t.strictSame(obstacles(), ['the worker does not run'])
  pass()
  must(forked.at(-1)).say(ready)
  must(forked.at(-1)).say({ kind: 'working', isWorking: true })
  t.strictSame(obstacles(), [])
})

void t.test('figures come from all that tell them, by name', async (t) => {
  const { supervisor, forked } = play()
  const started = supervisor.start([order('api-1', 'api'), order('api-2', 'api')])
  for (const one of forked) one.say(ready)
  await started
  const collected = supervisor.collect()
  for (const one of forked) {
    const asked = must(one.told.find(({ kind }) => kind === 'collect'))
    if (asked.kind === 'collect') one.say({ kind: 'collected', id: asked.id, figures: [] })
  }
  t.strictSame(await collected, [
    { name: 'api-1', figures: [] },
    { name: 'api-2', figures: [] }
  ])
  must(forked[0]).say({ kind: 'ask-metrics', id: 5 })
  await Promise.resolve()
  t.strictSame(must(forked[0]).told.at(-1), { kind: 'metrics', id: 5, text: 'figures' })
})

void t.test('the stop waits for all, and kills what does not end in time', async (t) => {
  const { supervisor, forked, waits } = play()
  const started = supervisor.start([order('api-1', 'api'), order('api-2', 'api')])
  for (const one of forked) one.say(ready)
  await started
  const [first, second] = forked
  const stopped = supervisor.stop(20)
  t.ok(forked.every(({ told }) => told.at(-1)?.kind === 'stop'))
  must(first).end(0)
  t.equal(await stopped, false)
  t.equal(must(first).isKilled, false)
  t.equal(must(second).isKilled, true)
  t.equal(waits.length, 0, 'nothing starts anew')
})
