import tap from 'tap'
import type { Test } from 'tap'

let current: Test = tap

/** Runs a test file as a test of its own: what it names `t` is that test, as if it ran alone. */
export async function runFile(name: string, load: () => Promise<unknown>): Promise<void> {
  await tap.test(name, async (t) => {
    current = t
    await load()
  })
}

/** What a test file gets for `import t from 'tap'`. */
export default new Proxy(tap, {
  get: (_, key) => {
    const value: unknown = Reflect.get(current, key)
    return typeof value === 'function' ? (value.bind(current) as unknown) : value
  }
})
