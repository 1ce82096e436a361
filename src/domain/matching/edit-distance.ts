/** Longer texts are compared by their beginnings: each costs the product of the lengths. */
const MAX_LENGTH = 32

/**
 * How many errors lead from one text to the other, at most `most + 1`: a letter too many, missing, wrong, or in
 * the place of its neighbour (optimal string alignment).
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > most) return most + 1
  let [start, endA, endB] = [0, Math.min(a.length, MAX_LENGTH), Math.min(b.length, MAX_LENGTH)]
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1
    endB -= 1
  }
  const longest = Math.max(endA - start, endB - start)
  if (endA === start || endB === start) return Math.min(longest, most + 1)
  if (longest === 1) return 1
  if (most === 1) return longest === 2 && isSwap(a, b, start, endA, endB) ? 1 : 2
  return alignment(a.slice(start, endA), b.slice(start, endB), most)
}

/** Names as long as this may have two slips. */
const LONG_NAME = 7

/**
 * Whether two words of names are one with a slip of typing. Of two letters only a missing third one is a slip. In
 * scripts other than Latin one sign is much: Kiran and Karan differ in one of Devanagari.
 */
export function isSlip(short: string, long: string): boolean {
  const first = short.charCodeAt(0)
  if (first < A || first > Z) return false
  if (short.length < 3) return long.length === 3 && long.startsWith(short)
  const most = short.length >= LONG_NAME ? 2 : 1
  return editDistance(short, long, most) <= most
}

const A = 'a'.charCodeAt(0)
const Z = 'z'.charCodeAt(0)

/** Whether two neighbours have changed places. */
function isSwap(a: string, b: string, start: number, endA: number, endB: number): boolean {
  return (
    endA === endB &&
    a.charCodeAt(start) === b.charCodeAt(start + 1) &&
    a.charCodeAt(start + 1) === b.charCodeAt(start)
  )
}

/** Rows of the table that all comparisons share: nothing is compared twice at once. */
const FIRST_ROW = new Uint8Array(MAX_LENGTH + 1)
const SECOND_ROW = new Uint8Array(MAX_LENGTH + 1)
const THIRD_ROW = new Uint8Array(MAX_LENGTH + 1)

function alignment(a: string, b: string, most: number): number {
  let before = FIRST_ROW
  let last = SECOND_ROW
  let row = THIRD_ROW
  for (let place = 0; place <= b.length; place += 1) last[place] = place
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j <= b.length; j += 1) {
      const other = b.charCodeAt(j - 1)
      const isSwapped =
        i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other
      const left = row[j - 1] ?? 0
      const above = last[j] ?? 0
      const diagonal = last[j - 1] ?? 0
      let cost = Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1))
      if (isSwapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    const spare = before
    before = last
    last = row
    row = spare
  }
  return Math.min(last[b.length] ?? 0, most + 1)
}
