export const ROWS = 100

/** A sequence of numbers below a limit that a seed decides (a linear congruential generator). */
function seeded(seed: number) {
  let state = seed
  return (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
}

const MARKS = [
  '"',
  '""',
  ';',
  ';;;;',
  ',',
  '\t',
  '\0',
  '\u0096',
  ' "',
  "'",
  '=',
  '\u00ff\u00fe',
  '|'
]

/** Latin1 text with a name row and `ROWS` people, about half of them damaged by a mark; `file` is the seed. */
export function damaged(file: number): string {
  const below = seeded(file + 1)
  const rows = Array.from({ length: ROWS }, (_, number) => {
    const row = `Jan ${number};m${number}@mutated.example;601 234 567;note`
    if (below(2) === 0) return row
    const at = below(row.length)
    return row.slice(0, at) + (MARKS[below(MARKS.length)] ?? '') + row.slice(at)
  })
  return `Name;Email;Phone;Note\n${rows.join('\n')}\n`
}
