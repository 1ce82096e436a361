import { fold } from './fold.ts'

/** Longer texts are not compared: each costs the product of the lengths. */
const MAX_LENGTH = 60
/** In a text of so many letters two errors are likely, in a shorter one a single one. */
const LONG = 10

/** Whether two texts are one with a typing error: a letter too many, missing, wrong, or in the place of its neighbour. */
export function differByTyping(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)]
  if (a === '' || b === '' || Math.max(a.length, b.length) > MAX_LENGTH) return false
  const most = Math.min(a.length, b.length) >= LONG ? 2 : 1
  return Math.abs(a.length - b.length) <= most && distance(a, b) <= most
}

/** How many errors lead from one text to the other. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a.charAt(i - 1) === b.charAt(j - 1)
      const isSwapped = a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1)
      const ways = [
        (row[j - 1] ?? 0) + 1,
        (last[j] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        ...(isSwapped && i > 1 && j > 1 ? [(before[j - 2] ?? 0) + 1] : [])
      ]
      row.push(Math.min(...ways))
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
