/** Words behind a name that tell a father from his son, by the one that stands for all of its kind. */
const GENERATIONS: ReadonlyMap<string, string> = new Map([
  ...words('sr', 'sr senior sen padre starszy'),
  ...words('jr', 'jr junior jun hijo mlodszy'),
  ...words('ii', 'ii 2nd'),
  ...words('iii', 'iii 3rd'),
  ...words('iv', 'iv 4th')
])

function words(kind: string, all: string): [string, string][] {
  return all.split(' ').map((word) => [word, kind])
}

/** The generation that the last of these folded words says, or null: it is a word of the name. */
export function generationOf(folded: readonly string[]): string | null {
  return GENERATIONS.get(folded.at(-1) ?? '') ?? null
}
