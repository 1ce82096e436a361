import t from 'tap'

import { Turns, mapInTurns } from '../src/turns.ts'

/** How many items were made before others got each turn, at a clock that each item moves on. */
async function stepsBetweenTurns(items: number, msOfItem: number): Promise<number[]> {
  let time = 0
  let sinceTurn = 0
  const steps: number[] = []
  let isOver = false
  const other = () => {
    if (sinceTurn > 0) steps.push(sinceTurn)
    sinceTurn = 0
    if (!isOver) setImmediate(other)
  }
  setImmediate(other)
  const make = (item: number) => {
    time += msOfItem
    sinceTurn += 1
    return item
  }
  const all = Array.from({ length: items }, (_, at) => at)
  const made = await mapInTurns(all, make, new Turns(() => time))
  isOver = true
  t.strictSame(made, all)
  return sinceTurn > 0 ? [...steps, sinceTurn] : steps
}

void t.test('others get their turn by the time that steps took', async (t) => {
  t.strictSame(await stepsBetweenTurns(4, 20), [1, 1, 1, 1])
  t.strictSame(await stepsBetweenTurns(7, 5), [3, 3, 1])
  t.strictSame(await stepsBetweenTurns(5, 1), [5])
})
